//! Whether a received value is of the type that the spec states.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use codegen::ir::{Api, EnumKind, Field, Form, IdKind, Json, Lenience, Presence, Shape, Type, Union};

use crate::{json, time};

/// Whether a value is of a type. Scalars may come as text, as they do in paths and queries, and a
/// number may stand for a text. Enums are open, so any text is one.
pub(crate) fn fits(api: &Api, ty: &Type, value: &Json) -> bool {
    spelled(api, ty, api.form(ty), value)
}

/// The same; how a list or map is spelled is how its items are.
fn spelled(api: &Api, ty: &Type, form: Option<&Form>, value: &Json) -> bool {
    let text = value.spelling();
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
                || (*moment == Type::DateTime
                    && api.mock.takes(Lenience::Times)
                    && matches!(value, Json::String(text) if time::parse_iso(text.trim()).is_some()))
        }
        (Type::List(item), Json::Array(items)) => items.iter().all(|value| spelled(api, item, form, value)),
        (Type::Map(item), Json::Object(members)) => members.iter().all(|(_, value)| spelled(api, item, form, value)),
        (Type::JsonText(held), Json::String(text)) => {
            json::value(text).is_some_and(|value| spelled(api, held, form, &value))
        }
        (named @ Type::Named(_), value) => match api.shape(named) {
            Some(Shape::Id(IdKind::Integer) | Shape::Enum(_, EnumKind::Integer)) => fits(api, &Type::Integer, value),
            Some(Shape::Id(IdKind::Unsigned)) => fits(api, &Type::Unsigned, value),
            Some(Shape::Id(IdKind::String | IdKind::NumberOrString)) => number.is_some(),
            Some(Shape::Enum(_, EnumKind::String)) => matches!(value, Json::String(_)),
            Some(Shape::Record(fields)) => matches!(value, Json::Object(_)) && record(api, fields, value),
            Some(Shape::Union(union)) => tagged(api, union, value),
            Some(Shape::Alias(ty)) => fits(api, ty, value),
            None => false,
        },
        (Type::Boolean | Type::Base64 | Type::File | Type::List(_) | Type::Map(_) | Type::JsonText(_), _) => false,
    }
}

/// Whether the members that a record knows are what they must be, and those there that must be.
fn record(api: &Api, fields: &[Field], value: &Json) -> bool {
    fields.iter().all(|field| match json::member(value, &field.name.wire) {
        None => field.presence == Presence::Optional,
        Some(Json::Null) => field.nullable || field.presence == Presence::Optional,
        Some(member) => fits(api, &field.ty, member),
    })
}

/// Whether an object is of the shape that its tag says. Unions are open, so that an unknown tag is one.
fn tagged(api: &Api, union: &Union, value: &Json) -> bool {
    let Some(tag) = json::member(value, &union.tag).and_then(Json::spelling) else { return false };
    let shape = union.variants.iter().find(|(known, _)| known.name.wire == tag);
    shape.is_none_or(|(_, ty)| match &union.content {
        None => fits(api, ty, value),
        Some(content) => json::member(value, content).is_some_and(|held| fits(api, ty, held)),
    })
}

/// `-12.50`, with or without an exponent.
pub(crate) fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    digits(whole) && digits(fraction) && digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))
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
