//! How an operation is called, as code of its documentation. What a short text cannot stand for is an argument.

use std::collections::BTreeMap;

use super::docs::is_deprecated;
use super::rust::{is_named, type_of};
use crate::ir::{
    Api, Constraint, Form, IdKind, If, Json, Operation, Parameter, Payload, Resource, Sensitivity, Shape, Type,
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
    let rules = || api.rules_of(&parameter.ty).chain([&parameter.rules]).flat_map(|rules| &rules.constraints);
    let is_secret = parameter.sensitivity == Sensitivity::Secret;
    let documented = documented(operation, parameter).filter(|text| !is_secret && text.len() <= MAX_TEXT);
    let documented = match api.bare(&parameter.ty) {
        Type::Boolean => {
            documented.and_then(|text| Form::truth(api.form(&parameter.ty), text)).map(|it| it.to_string())
        }
        _ => documented.map(str::to_owned),
    };
    let allowed = rules().flat_map(|constraint| match &constraint.value {
        Constraint::OneOf(texts) => texts.iter().map(|text| text.value.clone()).collect(),
        Constraint::Min(least) => vec![least.as_str().to_owned()],
        _ => Vec::new(),
    });
    let is_met = |text: &String| {
        let json = Json::String(text.clone());
        let json = if matches!(api.bare(&parameter.ty), Type::List(_)) { Json::Array(vec![json]) } else { json };
        rules().all(|constraint| constraint.is_met_by(&json, api.same_by(&parameter.ty)))
    };
    let usual = usual(api, &parameter.ty, &parameter.name.wire).to_owned();
    documented.into_iter().chain([usual]).chain(allowed).filter(is_met).find_map(|text| {
        let code = value(api, parameter, &text)?;
        Some(Shown { text, code })
    })
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
