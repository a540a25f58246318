//! Whether a client can read a value as a type: as leniently as it does, and no more.

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use codegen::ir::{AnswerPath, Api, EnumKind, Epoch, Field, Form, IdKind, Json, Shape, Spelling, Type, Union};

use crate::json;

/// The least and the most that a number with a fraction or an exponent may be to count as a whole one.
const EXACT: i128 = 1 << 53;

/// Where something cannot be read, and why.
pub(super) type Unread = (String, String);

/// Makes sure that a client can read a value; what is optional costs nothing but itself.
pub(super) fn read(api: &Api, ty: &Type, value: &Json) -> Result<(), Unread> {
    spelled(api, ty, api.form(ty), value)
}

/// The same; how a list or map is spelled is how its items are.
fn spelled(api: &Api, ty: &Type, form: Option<&Form>, value: &Json) -> Result<(), Unread> {
    match (api.bare(ty), value) {
        (Type::List(item), Json::Array(items)) => items.iter().enumerate().try_for_each(|(at, value)| {
            spelled(api, item, form, value).map_err(|unread| under(&at.to_string(), unread))
        }),
        (Type::Map(item), Json::Object(members)) => members
            .iter()
            .try_for_each(|(name, value)| spelled(api, item, form, value).map_err(|unread| under(name, unread))),
        (Type::JsonText(inner), value) => {
            let written = value.spelling().and_then(json::parse_whole);
            written
                .ok_or_else(|| here("a text with JSON in it", value))
                .and_then(|value| spelled(api, inner, form, &value))
        }
        (named @ Type::Named(_), value) => match (api.shape(named), value) {
            (Some(Shape::Record(fields)), value) => record(api, fields, value),
            (Some(Shape::Union(union)), Json::Object(members)) => tagged(api, union, members, value),
            (Some(Shape::Union(_)) | None, other) => Err(here("an object", other)),
            (Some(Shape::Id(IdKind::Integer) | Shape::Enum(_, EnumKind::Integer)), value) => {
                scalar(&Type::Integer, None, value)
            }
            (Some(Shape::Id(IdKind::Unsigned)), value) => scalar(&Type::Unsigned, None, value),
            (Some(Shape::Id(IdKind::NumberOrString)), value) => scalar(&Type::NumberOrString, None, value),
            (Some(Shape::Id(IdKind::String) | Shape::Enum(_, EnumKind::String)), value) => {
                scalar(&Type::String, None, value)
            }
            (Some(Shape::Alias(ty)), value) => read(api, ty, value),
        },
        (bare, value) => scalar(bare, form, value),
    }
}

fn here(expected: &str, found: &Json) -> Unread {
    let kind = match found {
        Json::Number(text) if text.len() <= 32 => format!("`{text}`"),
        Json::Null => "null".to_owned(),
        Json::Boolean(_) => "a boolean".to_owned(),
        Json::Number(_) => "a number".to_owned(),
        Json::String(_) => "a text".to_owned(),
        Json::Array(_) => "a list".to_owned(),
        Json::Object(_) => "an object".to_owned(),
    };
    (String::new(), format!("must be {expected}, and is {kind}"))
}

fn missing(name: &str) -> Unread {
    (name.to_owned(), "is missing".to_owned())
}

fn under(name: &str, (path, problem): Unread) -> Unread {
    (if path.is_empty() { name.to_owned() } else { format!("{name}.{path}") }, problem)
}

/// Of equal names each is read.
fn record(api: &Api, fields: &[Field], value: &Json) -> Result<(), Unread> {
    let members = match value {
        Json::Object(members) => members.as_slice(),
        // It may be of a shape that one of the fields is.
        other
            if fields
                .iter()
                .filter(|field| field.places.iter().any(AnswerPath::is_empty))
                .any(|field| is_meant(api, field, other)) =>
        {
            &[]
        }
        other => return Err(here("an object", other)),
    };
    for field in fields.iter().filter(|field| field.is_always_there()) {
        let name = &field.name.wire;
        let mut is_there =
            field.places.iter().any(|place| place.find(value).is_some_and(|value| is_meant(api, field, value)));
        for (_, member) in members.iter().filter(|(member, _)| field.places.is_empty() && member == name) {
            of_field(api, field, member).map_err(|unread| under(name, unread))?;
            is_there = true;
        }
        if !is_there {
            return Err(missing(name));
        }
    }
    Ok(())
}

fn of_field(api: &Api, field: &Field, value: &Json) -> Result<(), Unread> {
    match (api.bare(&field.ty), value) {
        (Type::List(_), Json::Array(_)) => read(api, &field.ty, value),
        (Type::List(item), one) if field.or_one => spelled(api, item, api.form(&field.ty), one),
        _ => read(api, &field.ty, value),
    }
}

/// Whether what stands in one of the places of a field is taken for it.
fn is_meant(api: &Api, field: &Field, value: &Json) -> bool {
    let begins = match value {
        Json::Null => false,
        Json::String(text) => {
            !text.is_empty() && (field.begins.is_empty() || field.begins.iter().any(|begin| text.starts_with(begin)))
        }
        _ => field.begins.is_empty(),
    };
    begins && of_field(api, field, value).is_ok()
}

/// What has no tag that is known is kept as it is.
fn tagged(api: &Api, union: &Union, members: &[(String, Json)], value: &Json) -> Result<(), Unread> {
    let last = |name: &str| members.iter().rev().find(|(member, _)| member == name).map(|(_, value)| value);
    let tag = last(&union.tag).and_then(Json::spelling);
    let Some((_, ty)) = union.variants.iter().find(|(known, _)| Some(known.name.wire.as_str()) == tag) else {
        return Ok(());
    };
    let Some(content) = &union.content else { return read(api, ty, value) };
    let held: Vec<_> = members.iter().filter(|(member, _)| member == content).collect();
    if held.is_empty() {
        return Err(missing(content));
    }
    held.iter().try_for_each(|(_, value)| read(api, ty, value)).map_err(|unread| under(content, unread))
}

/// A value without parts.
fn scalar(ty: &Type, form: Option<&Form>, value: &Json) -> Result<(), Unread> {
    let text = value.spelling();
    let number = text.filter(|_| !matches!(value, Json::Boolean(_))).map(str::trim);
    let (is_read, expected) = match ty {
        Type::Boolean => {
            let is_word = |text: &str| Form::truth(form, text).is_some();
            let is_digit = |text: &str| !matches!(form, Some(Form::Words(_))) && matches!(text, "0" | "1");
            (text.map(str::trim).is_some_and(|text| is_word(text) || is_digit(text)), "a boolean")
        }
        Type::Integer => (number.is_some_and(is_whole::<i64>), "a whole number of 64 bits"),
        Type::Unsigned => (number.is_some_and(is_whole::<u64>), "a whole number of 64 bits that is not negative"),
        Type::Decimal => (number.is_some_and(|text| decimal(text).is_some()), "a decimal number"),
        Type::String => (text.is_some(), "a text"),
        Type::NumberOrString => (number.is_some(), "a number or a text"),
        Type::Base64 => (matches!(value, Json::String(text) if is_base64(text)), "bytes as base64"),
        Type::DateTime | Type::CivilDateTime | Type::Date | Type::Time => {
            (number.is_some_and(|text| is_moment(text, form, ty)), "a date or time as the spec spells it")
        }
        Type::List(_) => (false, "a list"),
        Type::Map(_) => (false, "an object"),
        Type::Json | Type::File | Type::JsonText(_) | Type::Named(_) | Type::Spelled(..) => (true, ""),
    };
    if is_read { Ok(()) } else { Err(here(expected, value)) }
}

/// `7`, `7.0` and `7e0` are the same whole number.
fn is_whole<T: std::str::FromStr + TryFrom<i128>>(text: &str) -> bool {
    let is_fraction_nothing =
        |(whole, fraction): (&str, &str)| fraction.bytes().all(|digit| digit == b'0') && whole.parse::<T>().is_ok();
    text.parse::<T>().is_ok()
        || text.split_once('.').is_some_and(is_fraction_nothing)
        || decimal(text).and_then(|parts| parts.whole()).is_some_and(|whole| T::try_from(whole).is_ok())
}

/// What a decimal number is made of.
struct Parts<'t> {
    is_negative: bool,
    whole: &'t str,
    fraction: &'t str,
    exponent: i32,
}

/// `-12.50`, `+.5e3`
fn decimal(text: &str) -> Option<Parts<'_>> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None if mantissa.is_empty() => return None,
        None => (mantissa, ""),
    };
    let are_digits = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
    let exponent = exponent.parse().ok().filter(|_| are_digits)?;
    Some(Parts { is_negative: text.starts_with('-'), whole, fraction, exponent })
}

impl Parts<'_> {
    /// The number, where it is a whole one that floating-point numbers tell from its neighbours.
    fn whole(&self) -> Option<i128> {
        let digits = format!("{}{}", self.whole, self.fraction);
        let significant = digits.trim_start_matches('0').trim_end_matches('0');
        if significant.is_empty() {
            return Some(0);
        }
        let zeros = digits.len() - digits.trim_end_matches('0').len();
        let power = i64::from(self.exponent) - i64::try_from(self.fraction.len()).ok()? + i64::try_from(zeros).ok()?;
        let power = u32::try_from(power).ok().filter(|power| *power < 20)?;
        let number = significant.parse::<i128>().ok()?.checked_mul(10_i128.pow(power)).filter(|it| *it <= EXACT)?;
        Some(if self.is_negative { -number } else { number })
    }
}

fn is_moment(text: &str, form: Option<&Form>, ty: &Type) -> bool {
    let is_read = |spelling: &Spelling| match spelling {
        Spelling::Epoch(epoch) => {
            decimal(text).is_some() && text.parse().is_ok_and(|count: f64| is_in_years(count, *epoch))
        }
        other => other.is_like(text, ty) && other.moment(text, ty).is_some(),
    };
    match form {
        Some(Form::Moments(read, _)) => read.iter().any(is_read),
        Some(Form::Quoted | Form::Words(_)) | None => is_read(&Spelling::Iso),
    }
}

/// Whether a count since 1970 is in the years that calendars of four digits have, before Christ as well as after.
fn is_in_years(count: f64, epoch: Epoch) -> bool {
    let second = match epoch {
        Epoch::Seconds | Epoch::SecondsMicros => 1.0,
        Epoch::Millis => 1_000.0,
        Epoch::Micros => 1_000_000.0,
    };
    (-377_705_023_201.0..=253_402_207_200.0).contains(&(count / second))
}

/// In either alphabet, with or without padding, and on as many lines as it likes.
fn is_base64(text: &str) -> bool {
    let text: String = text.chars().filter(|char| !char.is_ascii_whitespace()).collect();
    let alphabet = if text.contains(['-', '_']) { URL_SAFE } else { STANDARD };
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(&alphabet, config).decode(text).is_ok()
}
