//! How an operation is called, as code of its documentation. What a short text cannot stand for is an argument.

use super::rust::{is_named, needed, type_of};
use crate::ir::{Api, IdKind, Operation, Parameter, Payload, Resource, Sensitivity, Shape, Type};

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
    for parameter in needed(operation) {
        let value = value(api, operation, parameter).unwrap_or_else(|| {
            let name = variable(parameter);
            let ty = type_of(api, &parameter.ty, parameter.sensitivity).to_string();
            arguments.push_str(&format!(", {name}: {}", ty.replace("rt :: ", "").replace(' ', "")));
            name
        });
        given.push((&parameter.name.snake, value));
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
    let call = format!("{CLIENT}.{}().{}({request})", resource.name.snake, operation.name.snake);
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

/// A value as the first documented request has it, or one of the same kind.
fn value(api: &Api, operation: &Operation, parameter: &Parameter) -> Option<String> {
    if parameter.sensitivity == Sensitivity::Secret {
        return Some(text(&parameter.name.wire));
    }
    let requests = operation.examples.iter().flat_map(|example| &example.request);
    let documented = requests.filter(|(name, _)| *name == parameter.name.wire).find_map(|(_, it)| it.json.spelling());
    let documented = documented.filter(|text| text.len() <= MAX_TEXT);
    let value = of_type(api, &parameter.ty, documented, &parameter.name.wire)?;
    let is_wrapped = parameter.sensitivity == Sensitivity::Personal && *api.bare(&parameter.ty) != Type::String;
    Some(if is_wrapped { format!("Personal::from({value})") } else { value })
}

fn of_type(api: &Api, ty: &Type, documented: Option<&str>, name: &str) -> Option<String> {
    let number = || documented.and_then(|text| text.parse::<u32>().ok()).unwrap_or(1);
    Some(match api.bare(ty) {
        Type::Boolean => "true".to_owned(),
        Type::Integer | Type::Unsigned => number().to_string(),
        Type::String => text(documented.unwrap_or(name)),
        Type::NumberOrString => format!("NumberOrText::from({:?})", documented.unwrap_or(name)),
        Type::List(item) => format!("vec![{}]", of_type(api, item, None, name)?),
        Type::Named(id) => {
            let def = api.type_def(*id);
            let ty = &def.name.pascal;
            match &def.shape {
                Shape::Id(IdKind::Integer | IdKind::Unsigned) => format!("{ty}({})", number()),
                Shape::Id(IdKind::String | IdKind::NumberOrString) => {
                    format!("{ty}::from({:?})", documented.unwrap_or(name))
                }
                Shape::Enum(values, _) => {
                    let said = values.iter().find(|value| Some(value.name.wire.as_str()) == documented);
                    format!("{ty}::{}", said.or(values.first())?.name.pascal)
                }
                Shape::Record(_) | Shape::Union(_) | Shape::Alias(_) => return None,
            }
        }
        _ => return None,
    })
}

fn text(text: &str) -> String {
    format!("{text:?}.into()")
}
