//! Received parameters against their types and constraints: the second reading of the validations.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use codegen::ir::{Api, Constraint, EnumKind, Form, IdKind, Json, Operation, Parameter, Presence, Shape, Type};

use crate::json;
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
                None if !required && !lacks_both(parameter, list, parameters) => {}
                Some(given) if !(required && given.text.is_empty()) => {
                    let holds = |constraint| holds(constraint, given, list, parameters);
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
    spelled(api, ty, api.form(ty), value)
}

/// The same; how a list or map is spelled is how its items are.
fn spelled(api: &Api, ty: &Type, form: Option<&Form>, value: &Json) -> bool {
    let text = json::scalar_text(value);
    let number = text.filter(|_| !matches!(value, Json::Boolean(_)));
    match (api.bare(ty), value) {
        (Type::Json | Type::Spelled(..), _) => true,
        (Type::Boolean, Json::Boolean(_) | Json::String(_) | Json::Number(_)) => {
            text.is_some_and(|text| Form::truth(form, text).is_some())
        }
        (Type::Integer, _) => number.is_some_and(|text| text.parse::<i64>().is_ok()),
        (Type::Unsigned, _) => number.is_some_and(|text| text.parse::<u64>().is_ok()),
        (Type::Decimal, _) => number.is_some_and(is_decimal),
        (Type::String | Type::NumberOrString, _) => number.is_some(),
        (Type::File, Json::String(_)) => true,
        (Type::Base64, Json::String(text)) => STANDARD.decode(text).is_ok(),
        (moment @ (Type::DateTime | Type::CivilDateTime | Type::Date | Type::Time), _) => {
            number.is_some_and(|text| Form::is_moment(form, text, moment, true))
        }
        (Type::List(item), Json::Array(items)) => items.iter().all(|value| spelled(api, item, form, value)),
        (Type::Map(item), Json::Object(members)) => members.iter().all(|(_, value)| spelled(api, item, form, value)),
        (Type::JsonText(_), Json::String(_)) => true,
        (named @ Type::Named(_), value) => match api.shape(named) {
            Some(Shape::Id(IdKind::Integer) | Shape::Enum(_, EnumKind::Integer)) => fits(api, &Type::Integer, value),
            Some(Shape::Id(IdKind::Unsigned)) => fits(api, &Type::Unsigned, value),
            Some(Shape::Id(IdKind::String | IdKind::NumberOrString)) => number.is_some(),
            Some(Shape::Enum(_, EnumKind::String)) => matches!(value, Json::String(text) if !text.is_empty()),
            Some(Shape::Record(_) | Shape::Union(_)) => matches!(value, Json::Object(_)),
            Some(Shape::Alias(ty)) => fits(api, ty, value),
            None => false,
        },
        (Type::Boolean | Type::Base64 | Type::File | Type::List(_) | Type::Map(_) | Type::JsonText(_), _) => false,
    }
}

/// `-12.50`, with or without an exponent.
pub(crate) fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    digits(whole) && digits(fraction) && digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))
}

/// Whether a parameter that is not there would have to be, since another is not there either.
fn lacks_both(parameter: &Parameter, list: &[Parameter], parameters: &Parameters) -> bool {
    parameter.constraints.iter().any(|constraint| {
        let Constraint::Unless(other) = constraint.value else { return false };
        list.get(other).is_none_or(|other| !parameters.contains_key(&other.name.wire))
    })
}

fn holds(constraint: &Constraint, given: &Given, list: &[Parameter], parameters: &Parameters) -> bool {
    let other = match constraint {
        Constraint::MaxSize(most) => return largest(&given.json) <= *most,
        Constraint::Equals(other) => *other,
        constraint => return constraint.is_met_by(&given.text),
    };
    let other = list.get(other).and_then(|parameter| parameters.get(&parameter.name.wire));
    other.is_some_and(|other| other.text == given.text)
}

/// How many bytes the largest file has.
fn largest(files: &Json) -> u64 {
    match files {
        Json::String(bytes) => bytes.chars().count() as u64,
        Json::Array(items) => items.iter().map(largest).max().unwrap_or(0),
        Json::Object(members) => members.iter().map(|(_, file)| largest(file)).max().unwrap_or(0),
        Json::Null | Json::Boolean(_) | Json::Number(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_have_their_shape() {
        assert!(["0", "-12.50", "1e3", "2.5E-7"].into_iter().all(is_decimal));
        assert!(!["", "-", "1.", ".5", "1,5", "e3", "1e", "NaN"].into_iter().any(is_decimal));
    }
}
