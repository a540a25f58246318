//! Received parameters against their types and constraints: the second reading of the validations.

use codegen::ir::{Api, Class, Constraint, Json, Operation, Parameter, Presence, Shape, Type};
use regex_lite::Regex;

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
                    if !fits(api, &parameter.ty, &given.json) || !parameter.constraints.iter().all(holds) {
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
    parameter.clear.as_ref().is_some_and(|clear| *clear == given.text)
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
    let number = |holds: &dyn Fn(i64) -> bool| text.parse().is_ok_and(holds);
    match constraint {
        Constraint::MinLength(min) => text.chars().count() >= *min as usize,
        Constraint::MaxLength(max) => text.chars().count() <= *max as usize,
        Constraint::Min(min) => number(&|value| value >= *min),
        Constraint::Max(max) => number(&|value| value <= *max),
        Constraint::Contains(class) => text.chars().any(|character| is_of(*class, character)),
        // A pattern that does not compile is a mistake in the spec, which its checks report.
        Constraint::Pattern(pattern) => Regex::new(&format!(r"\A(?:{pattern})\z")).is_ok_and(|re| re.is_match(text)),
        Constraint::Equals(other) => {
            let other = list.get(*other).and_then(|parameter| parameters.get(&parameter.name.wire));
            other.is_some_and(|other| other.text == text)
        }
    }
}

fn is_of(class: Class, character: char) -> bool {
    match class {
        Class::Lower => character.is_lowercase(),
        Class::Upper => character.is_uppercase(),
        Class::Digit => character.is_ascii_digit(),
        Class::Special => !character.is_alphabetic() && !character.is_numeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds_alone(constraint: &Constraint, text: &str) -> bool {
        holds(constraint, text, &[], &Parameters::new())
    }

    #[test]
    fn lengths_count_characters() {
        assert!(holds_alone(&Constraint::MaxLength(2), "éé") && !holds_alone(&Constraint::MaxLength(2), "ééé"));
        assert!(holds_alone(&Constraint::MinLength(2), "éé") && !holds_alone(&Constraint::MinLength(2), "é"));
    }

    #[test]
    fn classes_cover_unicode() {
        let in_class = |class, text| holds_alone(&Constraint::Contains(class), text);
        assert!(in_class(Class::Lower, "É é") && !in_class(Class::Lower, "ÉA1_"));
        assert!(in_class(Class::Upper, "É") && !in_class(Class::Upper, "éa1_"));
        assert!(in_class(Class::Digit, "a1") && !in_class(Class::Digit, "a٣"));
        assert!(in_class(Class::Special, "a b") && in_class(Class::Special, "€") && !in_class(Class::Special, "aÉ1"));
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        assert!(holds_alone(&Constraint::Max(300), "300") && !holds_alone(&Constraint::Max(300), "301"));
        assert!(!holds_alone(&Constraint::Min(1), "0") && !holds_alone(&Constraint::Min(1), "x"));
    }

    #[test]
    fn patterns_are_anchored() {
        let pattern = Constraint::Pattern("a|bc".to_owned());
        assert!(holds_alone(&pattern, "bc") && !holds_alone(&pattern, "bcd") && !holds_alone(&pattern, "ab"));
        assert!(!holds_alone(&pattern, "a\n") && !holds_alone(&Constraint::Pattern("(".to_owned()), "("));
    }

    #[test]
    fn date_times_have_their_shape() {
        assert!(is_date_time("2019-01-23T12:05:52.391+01:00") && !is_date_time("2019-01-23"));
    }
}
