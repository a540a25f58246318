//! Received parameters against their types and constraints: the second reading of the validations.

use codegen::ir::{Api, Constraint, Json, Operation, Parameter, Presence, Shape, Type};

use crate::parameters::{Parameters, declared};
use crate::received::Given;
use crate::reply::Reply;

/// Answers the first parameter, in spec order, that breaks what the spec states.
///
/// Parameters that the spec does not know are nobody's business.
pub(crate) fn check(api: &Api, operation: &Operation, parameters: &Parameters) -> Result<(), Reply> {
    for list in declared(api, operation) {
        for parameter in list {
            let name = parameter.name.wire.as_str();
            let given = parameters.get(name);
            let required = parameter.presence == Presence::Required;
            match given {
                Some(given) if is_cleared(parameter, given) => {}
                None if !required => {}
                Some(given) if !(required && given.text.is_empty()) => {
                    let holds = |constraint| holds(constraint, &given.text, list, parameters);
                    if !fits(api, &parameter.ty, &given.json) || !parameter.constraints.iter().all(|it| holds(it)) {
                        return Err(Reply::invalid(api, name));
                    }
                }
                Some(_) | None => return Err(Reply::missing(api, operation, name)),
            }
        }
    }
    Ok(())
}

/// Whether a value is what the spec says clearing is.
pub(crate) fn is_cleared(parameter: &Parameter, given: &Given) -> bool {
    parameter.clear.as_ref().is_some_and(|clear| clear.value == given.text)
}

/// Whether a value is of a type. Scalars may come as text, as they do in paths and queries, and a
/// number may stand for a text. Enums are open, so any text is one.
fn fits(api: &Api, ty: &Type, value: &Json) -> bool {
    match (ty, value) {
        (Type::Json, _) => true,
        (Type::Boolean, Json::Boolean(_)) => true,
        (Type::Boolean, Json::String(text)) => text == "true" || text == "false",
        (Type::Integer, Json::Number(text) | Json::String(text)) => text.parse::<i64>().is_ok(),
        (Type::String, Json::String(_) | Json::Number(_)) => true,
        (Type::DateTime, Json::String(text)) => is_date_time(text),
        (Type::List(item), Json::Array(items)) => items.iter().all(|value| fits(api, item, value)),
        (Type::Named(id), value) => match api.types.get(id.0).map(|definition| &definition.shape) {
            Some(Shape::Id) => fits(api, &Type::Integer, value),
            Some(Shape::Enum(_)) => matches!(value, Json::String(text) if !text.is_empty()),
            Some(Shape::Record(_)) => matches!(value, Json::Object(_)),
            None => false,
        },
        (Type::Boolean | Type::Integer | Type::String | Type::DateTime | Type::List(_), _) => false,
    }
}

/// `2019-01-23T12:05:52`, with whatever fraction and offset follow.
fn is_date_time(text: &str) -> bool {
    let shape = b"dddd-dd-ddTdd:dd:dd";
    text.len() >= shape.len()
        && shape.iter().zip(text.bytes()).all(|(shape, byte)| match shape {
            b'd' => byte.is_ascii_digit(),
            literal => *literal == byte,
        })
}

fn holds(constraint: &Constraint, text: &str, list: &[Parameter], parameters: &Parameters) -> bool {
    let Constraint::Equals(other) = constraint else { return constraint.is_met_by(text) };
    let other = list.get(*other).and_then(|parameter| parameters.get(&parameter.name.wire));
    other.is_some_and(|other| other.text == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_times_have_their_shape() {
        assert!(is_date_time("2019-01-23T12:05:52.391+01:00") && !is_date_time("2019-01-23"));
    }
}
