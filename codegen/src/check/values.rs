//! Whether a JSON value is of a type, and a text meets a constraint: strict about what is sent, lenient about
//! what is read.

use std::fmt;

use regex_lite::Regex;

use super::constraints::class;
use crate::ir::{Api, Class, Constraint, Field, Json, Presence, Shape, Type};

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
fn kind(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Boolean(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

/// `2019-01-23T12:05:52.391+01:00`: the shape, not the calendar.
fn is_date_time(text: &str) -> bool {
    let date_time = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)";
    regex(date_time).is_ok_and(|regex| regex.is_match(text))
}

/// A pattern of the spec, anchored at both ends.
pub(super) fn regex(pattern: &str) -> Result<Regex, regex_lite::Error> {
    // On its own first: what is unbalanced could become balanced within the group.
    Regex::new(pattern)?;
    Regex::new(&format!("^(?:{pattern})$"))
}

/// How a text does not meet a constraint that needs no other parameter.
pub(super) fn breach(constraint: &Constraint, text: &str) -> Option<String> {
    let length = || u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let number = || text.parse::<i64>().ok();
    let has = |class: Class| {
        text.chars().any(|character| match class {
            Class::Lower => character.is_lowercase(),
            Class::Upper => character.is_uppercase(),
            Class::Digit => character.is_ascii_digit(),
            Class::Special => !character.is_alphanumeric(),
        })
    };
    match constraint {
        Constraint::MinLength(least) if length() < *least => {
            Some(format!("has {}, fewer than `min_length: {least}`", characters(length())))
        }
        Constraint::MaxLength(most) if length() > *most => {
            Some(format!("has {}, more than `max_length: {most}`", characters(length())))
        }
        Constraint::Min(least) if number().is_some_and(|number| number < *least) => {
            Some(format!("is less than `min: {least}`"))
        }
        Constraint::Max(most) if number().is_some_and(|number| number > *most) => {
            Some(format!("is more than `max: {most}`"))
        }
        Constraint::Contains(wanted) if !has(*wanted) => {
            Some(format!("has no character of `contains: {}`", class(*wanted)))
        }
        Constraint::Pattern(pattern) if regex(pattern).is_ok_and(|regex| !regex.is_match(text)) => {
            Some("does not match `pattern`".to_owned())
        }
        Constraint::MinLength(_)
        | Constraint::MaxLength(_)
        | Constraint::Min(_)
        | Constraint::Max(_)
        | Constraint::Contains(_)
        | Constraint::Pattern(_)
        | Constraint::Equals(_) => None,
    }
}

fn characters(count: u32) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{count} characters") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_are_met_or_not() {
        let met = |constraint: &Constraint, text: &str| breach(constraint, text).is_none();
        assert!(met(&Constraint::MinLength(2), "äö") && !met(&Constraint::MinLength(3), "äö"));
        assert!(met(&Constraint::MaxLength(2), "äö") && !met(&Constraint::MaxLength(1), "äö"));
        assert!(met(&Constraint::Min(-1), "-1") && !met(&Constraint::Min(0), "-1"));
        assert!(met(&Constraint::Max(3), "3") && !met(&Constraint::Max(3), "4"));
        assert!(met(&Constraint::Contains(Class::Upper), "É") && !met(&Constraint::Contains(Class::Upper), "é1-"));
        assert!(met(&Constraint::Contains(Class::Special), " ") && !met(&Constraint::Contains(Class::Special), "é1"));
        let pattern = Constraint::Pattern("a|b+".into());
        assert!(met(&pattern, "bb") && !met(&pattern, "ab") && !met(&pattern, "a\n"));
    }

    #[test]
    fn patterns_are_whole() {
        assert!(regex("a)(b").is_err());
        assert!(regex("(?x) a # b").is_err());
        assert!(regex(r"\p{L}").is_err());
    }

    #[test]
    fn date_times_have_an_offset() {
        assert!(is_date_time("2019-01-23T12:05:52.391+01:00") && is_date_time("2019-01-23T12:05:52Z"));
        assert!(!is_date_time("2019-01-23T12:05:52") && !is_date_time("2019-01-23 12:05:52Z"));
    }
}
