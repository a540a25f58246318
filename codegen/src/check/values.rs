//! Whether a JSON value is of a type, and a text meets a constraint: strict about what is sent, lenient about
//! what is read.

use super::across::{self, across};
use super::constraints::class;
use super::misfit::Misfit;
use crate::ir::{
    AnswerPath, Api, By, Constraint, EnumKind, Field, Form, IdKind, Json, Presence, Rules, Shape, Spelling, Type,
    Union, Word, whole,
};

/// What a text is that was to hold JSON.
const NO_JSON: &str = "must be a text with JSON in it, and there is none in it";

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// It is what the type says.
    Sent,
    /// It may be anything that the client reads without complaint.
    Received,
}

/// The first thing about a value that is not of its type.
pub(super) fn misfit(api: &Api, ty: &Type, value: &Json, direction: Direction) -> Option<Misfit> {
    let mut first = None;
    misfits(api, ty, value, direction, &mut |misfit| {
        first.get_or_insert(misfit);
    });
    first
}

/// Tells everything about a value that is not of its type.
pub(super) fn misfits(api: &Api, ty: &Type, value: &Json, direction: Direction, tell: &mut dyn FnMut(Misfit)) {
    match shape(api, ty, value, direction, tell) {
        Ok(()) if direction == Direction::Sent => {
            breaches(api.rules_of(ty), value, api.same_by(ty)).for_each(|breach| tell(Misfit::new(breach)));
        }
        Ok(()) => {}
        Err(wanted) => {
            let wanted = moment(api, ty, direction).unwrap_or_else(|| wanted.to_owned());
            tell(Misfit::new(format!("must be {wanted}, and is {}", kind(value))));
        }
    }
}

/// What of some rules a value does not meet.
fn breaches<'a>(rules: impl Iterator<Item = &'a Rules>, value: &Json, by: By<'_>) -> impl Iterator<Item = String> {
    rules.flat_map(|rules| &rules.constraints).filter_map(move |constraint| breach(constraint, value, by))
}

/// Says what should be there where something else is.
fn shape(
    api: &Api,
    ty: &Type,
    value: &Json,
    direction: Direction,
    tell: &mut dyn FnMut(Misfit),
) -> Result<(), &'static str> {
    let lenient = direction == Direction::Received;
    match (api.bare(ty), value) {
        (Type::List(item), Json::Array(values)) => {
            let item = &spelled(api, ty, item);
            for (at, value) in values.iter().enumerate() {
                misfits(api, item, value, direction, &mut |misfit| tell(misfit.at(at)));
            }
        }
        (Type::List(_), _) => return Err("a list"),
        (Type::Map(item), Json::Object(members)) => {
            let item = &spelled(api, ty, item);
            for (at, (name, value)) in members.iter().enumerate() {
                misfits(api, item, value, direction, &mut |misfit| tell(misfit.under(name, Some(at))));
            }
        }
        (Type::Map(_), _) => return Err("an object"),
        (Type::JsonText(held), Json::String(text)) => match crate::parse_json(text) {
            // Words without quotes are a text in YAML, and none in JSON.
            Ok(Json::String(_)) if !text.trim_start().starts_with('"') => tell(Misfit::new(NO_JSON)),
            Ok(value) => misfits(api, held, &value, direction, &mut |misfit| tell(misfit.in_text())),
            Err(_) => tell(Misfit::new(NO_JSON)),
        },
        (Type::JsonText(_), _) => return Err("a text with JSON in it"),
        (Type::Named(id), value) => match (&api.type_def(*id).shape, value) {
            (Shape::Id(kind), value) => {
                let (ty, wanted) = match kind {
                    IdKind::Integer => (Type::Integer, "a whole number"),
                    IdKind::Unsigned => (Type::Unsigned, "a whole number that is not negative"),
                    IdKind::String => (Type::String, "a text"),
                    IdKind::NumberOrString => (Type::NumberOrString, "a number or a text"),
                };
                return if scalar(&ty, None, value, lenient).is_ok() { Ok(()) } else { Err(wanted) };
            }
            (Shape::Enum(_, EnumKind::Integer), value) if lenient => return scalar(&Type::Integer, None, value, true),
            (Shape::Enum(values, EnumKind::Integer), Json::Number(text))
            | (Shape::Enum(values, EnumKind::String), Json::String(text)) => {
                if !lenient && values.iter().all(|it| it.name.wire != *text) {
                    let name = &api.type_def(*id).name.wire;
                    tell(Misfit::new(format!("is `{text}`, which is no value of `{name}`")));
                }
            }
            (Shape::Enum(_, EnumKind::String), Json::Number(_)) if lenient => {}
            (Shape::Enum(_, EnumKind::Integer), _) => return Err("a whole number"),
            (Shape::Enum(..), _) => return Err("a text"),
            (Shape::Record(fields), Json::Object(members)) => record(api, fields, members, value, direction, tell),
            // It may be of a shape that one of the fields is.
            (Shape::Record(fields), _) if lenient && is_bare(api, fields, value) => {
                record(api, fields, &[], value, direction, tell);
            }
            (Shape::Union(union), Json::Object(members)) => tagged(api, union, members, value, direction, tell),
            (Shape::Record(_) | Shape::Union(_), _) => return Err("an object"),
            (Shape::Alias(_), _) => {}
        },
        (bare, value) => return scalar(bare, api.form(ty), value, lenient),
    }
    Ok(())
}

/// What the form of a list or map says holds for what is in it.
fn spelled(api: &Api, whole: &Type, item: &Type) -> Type {
    match api.form(whole) {
        Some(form) => Type::Spelled(Box::new(item.clone()), form.clone()),
        None => item.clone(),
    }
}

/// A value without parts.
fn scalar(ty: &Type, form: Option<&Form>, value: &Json, lenient: bool) -> Result<(), &'static str> {
    let text = match value {
        Json::Number(text) | Json::String(text) => Some(text.as_str()),
        Json::Boolean(true) => Some("true"),
        Json::Boolean(false) => Some("false"),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    };
    let is_quoted = matches!(value, Json::String(_));
    let number = text.filter(|_| !matches!(value, Json::Boolean(_)));
    // A number stands as the spec says, unless it is read.
    let counts = number.filter(|_| lenient || is_quoted == (form == Some(&Form::Quoted)));
    let (fits, wanted) = match ty {
        Type::Json => (true, ""),
        Type::Boolean => match (form, value) {
            (Some(Form::Words(words)), _) => {
                let fits = |word: &Word| Some(word.text.as_str()) == text && (lenient || word.is_bare != is_quoted);
                (words.iter().any(fits), "a word for true or false")
            }
            (_, Json::Boolean(_)) => (true, ""),
            _ => (lenient && text.is_some_and(|text| matches!(text, "0" | "1" | "true" | "false")), "a boolean"),
        },
        Type::Integer => (counts.is_some_and(|text| text.parse::<i64>().is_ok()), "a whole number of 64 bits"),
        Type::Unsigned => {
            (counts.is_some_and(|text| text.parse::<u64>().is_ok()), "a whole number of 64 bits that is not negative")
        }
        Type::Decimal => (counts.is_some_and(is_number), "a decimal number"),
        Type::String => (number.is_some() && (lenient || is_quoted), "a text"),
        Type::NumberOrString => (number.is_some(), "a number or a text"),
        Type::Base64 => (is_quoted && text.is_some_and(is_base64), "bytes as base64"),
        Type::DateTime | Type::CivilDateTime | Type::Date | Type::Time => {
            (number.is_some_and(|text| Form::is_moment(form, text, ty, !lenient)), "a date or time")
        }
        Type::File => (is_quoted, "the name of a file"),
        Type::List(_) | Type::Map(_) | Type::JsonText(_) | Type::Named(_) | Type::Spelled(..) => (true, ""),
    };
    if fits { Ok(()) } else { Err(wanted) }
}

/// What a date or time looks like here; nothing of any other type.
fn moment(api: &Api, ty: &Type, direction: Direction) -> Option<String> {
    let bare = api.bare(ty);
    let kind = match bare {
        Type::Date => "a date",
        Type::Time => "a time",
        Type::DateTime | Type::CivilDateTime => "a date-time",
        _ => return None,
    };
    let spellings = match (api.form(ty), direction) {
        (Some(Form::Moments(_, write)), Direction::Sent) => std::slice::from_ref(write),
        (Some(Form::Moments(read, _)), Direction::Received) => read,
        (Some(Form::Quoted | Form::Words(_)) | None, _) => &[Spelling::Iso],
    };
    let like: Vec<String> = spellings.iter().map(|spelling| format!("`{}`", spelling.example(bare))).collect();
    Some(format!("{kind} like {}", like.join(" or ")))
}

/// `-12.50`, `1e3`
pub(super) fn is_number(text: &str) -> bool {
    whole(r"-?\d+(\.\d+)?([eE][+-]?\d+)?").is_ok_and(|regex| regex.is_match(text))
}

fn is_base64(text: &str) -> bool {
    whole(r"[A-Za-z0-9+/_-]*=*").is_ok_and(|regex| regex.is_match(text))
}

fn tagged(
    api: &Api,
    union: &Union,
    members: &[(String, Json)],
    value: &Json,
    direction: Direction,
    tell: &mut dyn FnMut(Misfit),
) {
    let member = |name: &str| members.iter().enumerate().find(|(_, (member, _))| member == name);
    let tag = match member(&union.tag) {
        Some((_, (_, Json::String(text) | Json::Number(text)))) => text,
        Some((at, _)) => return tell(Misfit::new("must be a text").under(&union.tag, Some(at))),
        None => return tell(Misfit::new("is missing").under(&union.tag, None)),
    };
    let Some((_, ty)) = union.variants.iter().find(|(value, _)| value.name.wire == *tag) else { return };
    match &union.content {
        None => misfits(api, ty, value, direction, tell),
        Some(content) => match member(content) {
            Some((at, (_, value))) => {
                misfits(api, ty, value, direction, &mut |misfit| tell(misfit.under(content, Some(at))));
            }
            None => tell(Misfit::new("is missing").under(content, None)),
        },
    }
}

fn record(
    api: &Api,
    fields: &[Field],
    members: &[(String, Json)],
    whole: &Json,
    direction: Direction,
    tell: &mut dyn FnMut(Misfit),
) {
    let beside = if direction == Direction::Sent { across::fields(fields, members) } else { Vec::new() };
    for (index, field) in fields.iter().enumerate() {
        let is_optional = field.presence == Presence::Optional;
        if direction == Direction::Received && !field.places.is_empty() {
            let is_there =
                field.places.iter().any(|place| place.find(whole).is_some_and(|value| fits(api, field, value)));
            if !is_there && !is_optional {
                tell(Misfit::new("is missing").of(field, None));
            }
            continue;
        }
        let found = members.iter().enumerate().find(|(_, (member, _))| *member == field.name.wire);
        let mut is_told = false;
        match found {
            None if is_optional => {}
            None => {
                is_told = true;
                tell(Misfit::new("is missing").of(field, None));
            }
            Some((at, (_, value))) => member(api, field, at, value, direction, &mut |misfit| {
                is_told = true;
                tell(misfit);
            }),
        }
        if !is_told && let Some(problem) = across(api, &beside, index) {
            tell(Misfit::new(problem).of(field, found.map(|(at, _)| at)));
        }
    }
}

/// Whether something that is no object is what one of the fields says.
fn is_bare(api: &Api, fields: &[Field], value: &Json) -> bool {
    let at_root = |field: &&Field| field.places.iter().any(AnswerPath::is_empty);
    fields.iter().filter(at_root).any(|field| fits(api, field, value))
}

/// Whether a client takes what stands in one of the places of a field.
fn fits(api: &Api, field: &Field, value: &Json) -> bool {
    let begins = |begin: &String| matches!(value, Json::String(text) if text.starts_with(begin.as_str()));
    !matches!(value, Json::Null)
        && !matches!(value, Json::String(text) if text.is_empty())
        && (field.begins.is_empty() || field.begins.iter().any(begins))
        && misfit(api, &field.ty, value, Direction::Received).is_none()
}

/// Tells what about a member of an object is not what its field says.
pub(super) fn member(
    api: &Api,
    field: &Field,
    at: usize,
    value: &Json,
    direction: Direction,
    tell: &mut dyn FnMut(Misfit),
) {
    let may_be_null = field.nullable || (field.presence == Presence::Optional && direction == Direction::Received);
    if *value == Json::Null && may_be_null {
        return;
    }
    if let (true, Type::List(item)) = (field.or_one && !matches!(value, Json::Array(_)), api.bare(&field.ty)) {
        let item = spelled(api, &field.ty, item);
        return misfits(api, &item, value, direction, &mut |misfit| tell(misfit.of(field, Some(at))));
    }
    if direction == Direction::Sent {
        let by = api.same_by(&field.ty);
        let breaches = breaches([&field.rules].into_iter(), value, by);
        breaches.for_each(|breach| tell(Misfit::new(breach).of(field, Some(at))));
    }
    misfits(api, &field.ty, value, direction, &mut |misfit| tell(misfit.of(field, Some(at))));
}

/// What a value is called where it is not what it must be; of numbers, one may be whole and another not.
fn kind(value: &Json) -> String {
    let kind = match value {
        Json::Number(text) if text.len() <= 32 => return format!("`{text}`"),
        Json::Null => "null",
        Json::Boolean(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    };
    kind.to_owned()
}

/// How a value does not meet a constraint that needs no neighbour. `by` is what values of its type are the same by.
pub(super) fn breach(constraint: &Constraint, value: &Json, by: By<'_>) -> Option<String> {
    if constraint.is_met_by(value, by) {
        return None;
    }
    let text = if let Json::String(text) | Json::Number(text) = value { text.as_str() } else { "" };
    let (length, bytes) = (count(text.chars().count(), "character"), count(text.len(), "byte"));
    let items = match value {
        Json::Array(items) => items.len(),
        Json::Object(members) => members.len(),
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::String(_) => 0,
    };
    let items = count(items, "item");
    match constraint {
        Constraint::MinLength(least) => Some(format!("has {length}, fewer than `min_length: {least}`")),
        Constraint::MaxLength(most) => Some(format!("has {length}, more than `max_length: {most}`")),
        Constraint::MinBytes(least) => Some(format!("has {bytes}, fewer than `min_bytes: {least}`")),
        Constraint::MaxBytes(most) => Some(format!("has {bytes}, more than `max_bytes: {most}`")),
        Constraint::Min(least) => Some(format!("is less than `min: {}`", least.as_str())),
        Constraint::Max(most) => Some(format!("is more than `max: {}`", most.as_str())),
        Constraint::MultipleOf(unit) => Some(format!("is no multiple of `{}`", unit.as_str())),
        Constraint::Contains(wanted) => Some(format!("has no character of `contains: {}`", class(*wanted))),
        Constraint::Pattern(_) => Some("does not match `pattern`".to_owned()),
        Constraint::OneOf(_) => Some("is none of `one_of`".to_owned()),
        Constraint::Format(format) => Some(format!("is not {}", format.what())),
        Constraint::MinItems(least) => Some(format!("has {items}, fewer than `min_items: {least}`")),
        Constraint::MaxItems(most) => Some(format!("has {items}, more than `max_items: {most}`")),
        Constraint::UniqueItems => Some("has the same item twice".to_owned()),
        Constraint::MaxSize(_)
        | Constraint::Equals(_)
        | Constraint::Unless(_)
        | Constraint::RequiredIf(_)
        | Constraint::ForbiddenIf(_)
        | Constraint::AtLeastOne(_)
        | Constraint::ExactlyOne(_)
        | Constraint::After(_) => None,
    }
}

fn count(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
