//! How an operation is called, as code of its documentation. What a short text cannot stand for is an argument.

use std::collections::BTreeMap;

use super::docs::is_deprecated;
use super::rust::{is_named, type_of};
use crate::ir::{
    Api, Constraint, Form, IdKind, If, Json, Lists, Operation, Parameter, Payload, Resource, Rules, Sensitivity, Shape,
    Type,
};

/// Longer texts say more of the text than of the call.
const MAX_TEXT: usize = 60;

/// What every example has already.
const CLIENT: &str = "client";

/// ```text
/// # async fn example(client: &Client, lines: Vec<Line>) -> Result<(), AnyError> {
/// let answer = client.orders().create(OrderId(1), lines).await?;
/// # Ok(())
/// # }
/// ```
///
/// Documentation does not know the path of its own crate, so that it cannot be compiled where it stands.
pub(super) fn of(api: &Api, resource: &Resource, operation: &Operation) -> String {
    let mut arguments = format!("{CLIENT}: &Client");
    let mut given = Vec::new();
    let mut set = String::new();
    for (parameter, shown) in shown(api, operation) {
        let value = match shown {
            Some(shown) => shown.code,
            None => {
                let name = variable(parameter);
                arguments.push_str(&format!(", {name}: {}", spelled(api, parameter)));
                name
            }
        };
        if parameter.is_needed() {
            given.push((&parameter.name.snake, value));
        } else {
            set.push_str(&format!(".{}({value})", parameter.name.snake));
        }
    }
    let request = if is_named(api, operation) {
        let fields: String = given.iter().map(|(name, value)| field(name, value)).collect();
        format!("{} {{\n{fields}}}", operation.type_name.pascal)
    } else {
        given.into_iter().map(|(_, value)| value).collect::<Vec<_>>().join(", ")
    };
    let result = match operation.payload {
        Payload::Nothing => "",
        Payload::Page(..) => "let page = ",
        Payload::Key(..) | Payload::Whole(_) | Payload::Raw(_) => "let answer = ",
    };
    let call = format!("{CLIENT}.{}().{}({request}){set}", resource.name.snake, operation.name.snake);
    format!(
        "```rust,ignore\n# async fn example({arguments}) -> Result<(), AnyError> {{\n{result}{call}.await?;\n# Ok(())\n# }}\n```"
    )
}

fn field(name: &str, value: &str) -> String {
    if name == value { format!("    {name},\n") } else { format!("    {name}: {value},\n") }
}

fn variable(parameter: &Parameter) -> String {
    let name = &parameter.name.snake;
    if name == CLIENT { format!("{name}_") } else { name.clone() }
}

/// What stands for the value of a parameter.
struct Shown {
    /// As a request has it.
    text: String,
    /// The text as what the call takes.
    code: String,
}

/// The parameters that the call needs, and those that it needs beside them: what one of them stands for is demanded
/// where none is there. Each with what stands for it, where a text can.
fn shown<'a>(api: &'a Api, operation: &'a Operation) -> Vec<(&'a Parameter, Option<Shown>)> {
    let all = &operation.parameters;
    let of = |at: usize| all.get(at).and_then(|it| shown_of(api, operation, it));
    let needed = (0..all.len()).filter(|at| all[*at].is_needed());
    let mut shown: BTreeMap<usize, Option<Shown>> = needed.map(|at| (at, of(at))).collect();
    while let Some(at) = (0..all.len()).find_map(|at| demanded(api, operation, at, &shown)) {
        shown.insert(at, of(at));
    }
    shown.into_iter().filter_map(|(at, shown)| Some((all.get(at)?, shown))).collect()
}

/// A parameter that is not shown, without which the rules of this one are broken.
fn demanded(api: &Api, operation: &Operation, at: usize, shown: &BTreeMap<usize, Option<Shown>>) -> Option<usize> {
    let all = &operation.parameters;
    let is_shown = |at: &usize| shown.contains_key(at);
    let holds = |condition: &If| {
        let (Some(shown), Some(other)) = (shown.get(&condition.other), all.get(condition.other)) else { return false };
        let (form, by) = (api.form(&other.ty), api.same_by(&other.ty));
        let is_any = |shown: &Shown| match api.bare(&other.ty) {
            Type::Boolean => condition.texts.iter().any(|known| Form::truth(form, known) == Some(shown.text == "true")),
            _ => condition.texts.have(by, &shown.text),
        };
        condition.texts.is_empty() || shown.as_ref().is_some_and(is_any)
    };
    let constraints = all.get(at)?.rules.constraints.iter();
    let one_of = constraints.filter_map(|constraint| match &constraint.value {
        Constraint::Unless(other) if !is_shown(&at) => Some(vec![at, *other]),
        Constraint::RequiredIf(conditions) if conditions.iter().all(holds) => Some(vec![at]),
        Constraint::AtLeastOne(group) | Constraint::ExactlyOne(group) => Some(group.clone()),
        _ => None,
    });
    let missing = one_of.into_iter().find(|group| !group.iter().any(is_shown))?;
    let is_documented = |at: &&usize| all.get(**at).is_some_and(|it| documented(operation, it).is_some());
    let is_current = |at: &&usize| all.get(**at).is_some_and(|it| !is_deprecated(&it.doc));
    missing.iter().find(is_documented).or(missing.iter().find(is_current)).or(missing.first()).copied()
}

/// What the first documented request has for a parameter.
fn documented<'a>(operation: &'a Operation, parameter: &Parameter) -> Option<&'a str> {
    let requests = operation.examples.iter().flat_map(|example| &example.request);
    requests.filter(|(name, _)| *name == parameter.name.wire).find_map(|(_, it)| it.json.spelling())
}

/// What stands for a value: that of the first documented request, or one of the same kind; one that may be sent.
fn shown_of(api: &Api, operation: &Operation, parameter: &Parameter) -> Option<Shown> {
    let same = same_as(operation, parameter)?;
    let is_secret = same.sensitivity == Sensitivity::Secret;
    let documented = documented(operation, same).filter(|text| !is_secret && text.len() <= MAX_TEXT);
    let documented = match api.bare(&same.ty) {
        Type::Boolean => documented.and_then(|text| Form::truth(api.form(&same.ty), text)).map(|it| it.to_string()),
        _ => documented.map(str::to_owned),
    };
    let usual = usual(api, &same.ty, &same.name.wire).to_owned();
    let allowed = levels(api, same).into_iter().flat_map(|(_, rules)| rules).flat_map(|rules| &rules.constraints);
    let allowed = allowed.flat_map(|constraint| match &constraint.value {
        Constraint::OneOf(texts) => texts.iter().map(|text| text.value.clone()).collect(),
        Constraint::Min(least) => vec![least.as_str().to_owned()],
        _ => Vec::new(),
    });
    let may_be_sent = |text: &String| [same, parameter].into_iter().all(|it| may_be_sent(api, operation, it, text));
    documented.into_iter().chain([usual]).chain(allowed).filter(may_be_sent).find_map(|text| {
        let code = value(api, parameter, &text)?;
        Some(Shown { text, code })
    })
}

/// The parameter whose value this one has: itself, unless it must equal another. None where each equals the next.
fn same_as<'a>(operation: &'a Operation, parameter: &'a Parameter) -> Option<&'a Parameter> {
    let all = &operation.parameters;
    let equals = |it: &Parameter| {
        it.rules.constraints.iter().find_map(|constraint| match &constraint.value {
            Constraint::Equals(at) => all.get(*at),
            _ => None,
        })
    };
    std::iter::successors(Some(parameter), |it| equals(it)).take(all.len()).find(|it| equals(it).is_none())
}

/// What is demanded of a value, and where it is a list, of its items: from the outside in, each with its type.
fn levels<'a>(api: &'a Api, parameter: &'a Parameter) -> Vec<(&'a Type, Vec<&'a Rules>)> {
    let within = |ty: &&'a Type| match api.bare(ty) {
        Type::List(item) => Some(&**item),
        _ => None,
    };
    let mut levels: Vec<(_, Vec<_>)> =
        std::iter::successors(Some(&parameter.ty), within).map(|ty| (ty, api.rules_of(ty).collect())).collect();
    levels.iter_mut().take(1).for_each(|(_, rules)| rules.push(&parameter.rules));
    levels
}

/// Whether the client itself accepts a text, where there is a list as the only one of it.
fn may_be_sent(api: &Api, operation: &Operation, parameter: &Parameter, text: &str) -> bool {
    let mut json = Json::String(text.to_owned());
    let levels = levels(api, parameter);
    let is_list = levels.len() > 1;
    let is_joined = parameter.style.lists == Lists::Commas && !parameter.is_json(operation.encoding.body);
    let is_met = levels.into_iter().rev().enumerate().all(|(outside, (ty, rules))| {
        if outside > 0 {
            json = Json::Array(vec![std::mem::replace(&mut json, Json::Null)]);
        }
        let mut constraints = rules.into_iter().flat_map(|rules| &rules.constraints);
        constraints.all(|constraint| constraint.is_met_by(&json, api.same_by(ty)))
    });
    is_met && !(is_list && is_joined && text.contains(','))
}

/// What stands for a value of a type of which nothing else is known but its name.
fn usual<'a>(api: &'a Api, ty: &'a Type, name: &'a str) -> &'a str {
    match api.bare(ty) {
        Type::Boolean => "true",
        Type::Integer | Type::Unsigned => "1",
        Type::List(item) => usual(api, item, name),
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Id(IdKind::Integer | IdKind::Unsigned) => "1",
            Shape::Enum(values, _) => {
                let current = values.iter().find(|value| !is_deprecated(&value.doc));
                current.or(values.first()).map_or(name, |value| value.name.wire.as_str())
            }
            _ => name,
        },
        _ => name,
    }
}

/// A text as what the call takes; `None` where it cannot stand for that.
fn value(api: &Api, parameter: &Parameter, text: &str) -> Option<String> {
    let Parameter { ty, sensitivity, .. } = parameter;
    let is_text = *sensitivity == Sensitivity::Secret || api.is_made_of_text(ty);
    if parameter.is_needed() {
        let plain = if *sensitivity == Sensitivity::Secret { into(text) } else { of_type(api, ty, text)? };
        let is_wrapped = *sensitivity == Sensitivity::Personal && *api.bare(ty) != Type::String;
        return Some(if is_wrapped { format!("Personal::from({plain})") } else { plain });
    }
    if is_text && parameter.clear.is_none() {
        return Some(format!("{text:?}"));
    }
    let exact = spelled(api, parameter);
    match (is_text, sensitivity) {
        (true, _) => Some(format!("<{exact}>::from({text:?})")),
        (false, Sensitivity::Public) => of_type(api, ty, text),
        (false, _) => Some(format!("<{exact}>::from({})", of_type(api, ty, text)?)),
    }
}

/// The type of a parameter, as whoever reads the example writes it.
fn spelled(api: &Api, parameter: &Parameter) -> String {
    type_of(api, &parameter.ty, parameter.sensitivity).to_string().replace("rt :: ", "").replace(' ', "")
}

fn of_type(api: &Api, ty: &Type, text: &str) -> Option<String> {
    let number = || text.parse::<u32>().ok().map(|number| number.to_string());
    Some(match api.bare(ty) {
        Type::Boolean => (text != "false").to_string(),
        Type::Integer | Type::Unsigned => number()?,
        Type::String => into(text),
        Type::NumberOrString => format!("NumberOrText::from({text:?})"),
        Type::List(item) => format!("vec![{}]", of_type(api, item, text)?),
        Type::Named(id) => {
            let def = api.type_def(*id);
            let ty = &def.name.pascal;
            match &def.shape {
                Shape::Id(IdKind::Integer | IdKind::Unsigned) => format!("{ty}({})", number()?),
                Shape::Id(IdKind::String | IdKind::NumberOrString) => format!("{ty}::from({text:?})"),
                Shape::Enum(values, _) => {
                    let said = values.iter().find(|value| value.name.wire == text);
                    format!("{ty}::{}", said?.name.pascal)
                }
                Shape::Record(_) | Shape::Union(_) | Shape::Alias(_) => return None,
            }
        }
        _ => return None,
    })
}

fn into(text: &str) -> String {
    format!("{text:?}.into()")
}

#[cfg(test)]
mod tests {
    /// The call that is shown of an operation with these parameters.
    fn shown(params: &str) -> String {
        let types = "types:\n  Mail: {type: string, format: email}\n  Level: {type: integer, min: 5}\n  \
            Color: {values: [red, green, blue], one_of: [green, blue]}\n  Short: {type: string, max_length: 3}\n";
        let operations = format!(
            "operations:\n  a:\n    http: POST /\n    encoding: {{body: form, lists: commas}}\n    params: {{{params}}}\n"
        );
        let api = format!("codegen: 1\nname: x\n{types}");
        let (api, diagnostics) = crate::lower::from_memory(&[("api.yaml", &api), ("users.yaml", &operations)]);
        assert!(diagnostics.is_empty(), "{params}: {diagnostics:?}");
        let resource = &api.resources[0];
        let example = super::of(&api, resource, &resource.operations[0]);
        let (_, call) = example.split_once(".a(").unwrap();
        let (call, _) = call.split_once(").await?;").unwrap();
        call.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whoever copies what is shown makes a call that the client itself does not refuse.
    #[test]
    fn items_that_are_shown_keep_rules_of_their_own() {
        for (ty, expected) in [
            ("[string]", r#"vec!["them".into()]"#),
            ("[Mail]", "them"),
            ("[Level]", "vec![5]"),
            ("[Color]", "vec![Color::Green]"),
            ("[Short]", "them"),
            ("[[Level]]", "vec![vec![5]]"),
        ] {
            assert_eq!(shown(&format!("them: {{type: {ty}, required: true}}")), expected, "{ty}");
        }
        assert_eq!(shown("them: {type: [string], required: true, min_items: 2}"), "them");
        // Commas stand between items.
        assert_eq!(shown("'a,b': {type: [string], required: true}"), "a_b");
        assert_eq!(shown("'a,b': {type: string, required: true}"), r#""a,b".into()"#);
    }

    #[test]
    fn what_must_be_the_same_is_shown_the_same() {
        let two = "a: {type: Mail, required: true}, b: {type: [string], required: true}, \
                   c: {type: [string], required: true, equals: b}";
        assert_eq!(shown(two), r#"AUser { a, b: vec!["b".into()], c: vec!["b".into()], }"#);
    }
}
