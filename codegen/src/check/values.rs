//! Whether a JSON value is of a type, and a text meets a constraint: strict about what is sent, lenient about
//! what is read.

use std::fmt;

use super::constraints::class;
use crate::ir::{Api, Constraint, Field, Json, Presence, Shape, Type, whole};

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// It is what the type says.
    Sent,
    /// It may be anything that the client reads without complaint.
    Received,
}

/// Why a value is not of a type.
#[derive(Debug)]
pub(super) struct Misfit {
    /// Keys and positions from the outermost value inward: `.users[0].id`.
    path: String,
    problem: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.trim_start_matches('.') {
            "" => f.write_str(&self.problem),
            path => write!(f, "`{path}` {}", self.problem),
        }
    }
}

impl Misfit {
    fn new(problem: impl Into<String>) -> Self {
        Self { path: String::new(), problem: problem.into() }
    }

    pub(super) fn within(mut self, outer: &str) -> Self {
        self.path.insert_str(0, outer);
        self
    }
}

/// The first thing about a value that is not of its type.
pub(super) fn misfit(api: &Api, ty: &Type, value: &Json, direction: Direction) -> Option<Misfit> {
    let lenient = direction == Direction::Received;
    let wanted = match (ty, value) {
        (Type::Json, _) | (Type::Boolean, Json::Boolean(_)) | (Type::String, Json::String(_)) => return None,
        (Type::String, Json::Number(_)) if lenient => return None,
        (Type::Boolean, Json::Number(text) | Json::String(text))
            if lenient && matches!(text.as_str(), "0" | "1" | "true" | "false") =>
        {
            return None;
        }
        (Type::DateTime, Json::String(text)) if lenient || is_date_time(text) => return None,
        (Type::Integer, value) if is_integer(value, lenient) => return None,
        (Type::List(item), Json::Array(values)) => {
            let found =
                values.iter().enumerate().find_map(|(at, value)| Some((at, misfit(api, item, value, direction)?)));
            return found.map(|(at, misfit)| misfit.within(&format!("[{at}]")));
        }
        (Type::Named(id), value) => match (&api.type_def(*id).shape, value) {
            (Shape::Id, value) if is_integer(value, lenient) => return None,
            (Shape::Enum(_), Json::String(_) | Json::Number(_)) if lenient => return None,
            (Shape::Enum(values), Json::String(text)) if values.iter().any(|it| it.name.wire == *text) => return None,
            (Shape::Record(fields), Json::Object(members)) => return record(api, fields, members, direction),
            (Shape::Id, _) => "a whole number",
            (Shape::Enum(_), Json::String(text)) => {
                let name = &api.type_def(*id).name.wire;
                return Some(Misfit::new(format!("is `{text}`, which is no value of `{name}`")));
            }
            (Shape::Enum(_), _) => "a text",
            (Shape::Record(_), _) => "an object",
        },
        (Type::Boolean, _) => "a boolean",
        (Type::Integer, _) => "a whole number of 64 bits",
        (Type::String, _) => "a text",
        (Type::DateTime, Json::String(_)) => {
            return Some(Misfit::new("is no date-time like `2019-01-23T12:05:52+01:00`"));
        }
        (Type::DateTime, _) => "a date-time",
        (Type::List(_), _) => "a list",
    };
    Some(Misfit::new(format!("must be {wanted}, and is {}", kind(value))))
}

fn record(api: &Api, fields: &[Field], members: &[(String, Json)], direction: Direction) -> Option<Misfit> {
    fields.iter().find_map(|field| {
        let name = &field.name.wire;
        let may_lack = field.presence == Presence::Optional;
        let problem = match members.iter().find(|(member, _)| member == name) {
            None if may_lack => None,
            None => Some(Misfit::new("is missing")),
            Some((_, Json::Null)) if field.nullable => None,
            Some((_, Json::Null)) if may_lack && direction == Direction::Received => None,
            Some((_, value)) => misfit(api, &field.ty, value, direction),
        };
        problem.map(|misfit| misfit.within(&format!(".{name}")))
    })
}

fn is_integer(value: &Json, lenient: bool) -> bool {
    match value {
        Json::Number(text) => text.parse::<i64>().is_ok(),
        Json::String(text) => lenient && text.parse::<i64>().is_ok(),
        Json::Null | Json::Boolean(_) | Json::Array(_) | Json::Object(_) => false,
    }
}

/// What a value is, in words.
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

/// `2019-01-23T12:05:52.391+01:00`: the shape, not the calendar.
fn is_date_time(text: &str) -> bool {
    let date_time = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)";
    whole(date_time).is_ok_and(|regex| regex.is_match(text))
}

/// How a text does not meet a constraint that needs no other parameter.
pub(super) fn breach(constraint: &Constraint, text: &str) -> Option<String> {
    if constraint.is_met_by(text) {
        return None;
    }
    let length = || characters(text.chars().count());
    match constraint {
        Constraint::MinLength(least) => Some(format!("has {}, fewer than `min_length: {least}`", length())),
        Constraint::MaxLength(most) => Some(format!("has {}, more than `max_length: {most}`", length())),
        Constraint::Min(least) => Some(format!("is less than `min: {least}`")),
        Constraint::Max(most) => Some(format!("is more than `max: {most}`")),
        Constraint::Contains(wanted) => Some(format!("has no character of `contains: {}`", class(*wanted))),
        Constraint::Pattern(_) => Some("does not match `pattern`".to_owned()),
        Constraint::Equals(_) => None,
    }
}

fn characters(count: usize) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{count} characters") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_times_have_an_offset() {
        assert!(is_date_time("2019-01-23T12:05:52.391+01:00") && is_date_time("2019-01-23T12:05:52Z"));
        assert!(!is_date_time("2019-01-23T12:05:52") && !is_date_time("2019-01-23 12:05:52Z"));
    }
}
