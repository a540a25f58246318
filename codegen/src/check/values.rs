//! Whether a JSON value is of a type, and a text meets a constraint: strict about what is sent, lenient about
//! what is read.

use std::fmt;

use super::constraints::class;
use crate::ir::{Api, Constraint, Field, Json, Place, Presence, Shape, Type, whole};
use crate::source::Span;

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// It is what the type says.
    Sent,
    /// It may be anything that the client reads without complaint.
    Received,
}

/// Something in a value that is not of its type.
#[derive(Debug)]
pub(super) struct Misfit {
    /// From the innermost value outward.
    steps: Vec<Step>,
    problem: String,
    /// The field that says what it should be, if one does.
    pub field: Option<Span>,
}

/// A step into a value.
#[derive(Debug)]
enum Step {
    Item(usize),
    /// Position and name; the position is none where the member is missing.
    Member(Option<usize>, String),
}

/// Keys and positions from the outermost value inward: `users[0].id`.
impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut path = String::new();
        for step in self.steps.iter().rev() {
            match step {
                Step::Item(at) => path.push_str(&format!("[{at}]")),
                Step::Member(_, name) if path.is_empty() => path.push_str(name),
                Step::Member(_, name) => path.push_str(&format!(".{name}")),
            }
        }
        if path.is_empty() { f.write_str(&self.problem) } else { write!(f, "`{path}` {}", self.problem) }
    }
}

impl Misfit {
    pub(super) fn new(problem: impl Into<String>) -> Self {
        Self { steps: Vec::new(), problem: problem.into(), field: None }
    }

    /// The path without positions, as `breaks` of an example has it: `users.id`.
    pub(super) fn name(&self) -> String {
        let member = |step: &'_ Step| match step {
            Step::Member(_, name) => Some(name.clone()),
            Step::Item(_) => None,
        };
        self.steps.iter().rev().filter_map(member).collect::<Vec<_>>().join(".")
    }

    /// Where it stands within a value that stands there.
    pub(super) fn span(&self, place: &Place) -> Span {
        let position = |step: &Step| match step {
            Step::Item(at) => Some(*at),
            Step::Member(at, _) => *at,
        };
        place.at(self.steps.iter().rev().map_while(position))
    }

    /// What is said of the member of an object; one that is missing has no position.
    pub(super) fn under(self, name: &str, at: Option<usize>) -> Self {
        self.within(Step::Member(at, name.to_owned()))
    }

    fn of(mut self, field: &Field, at: Option<usize>) -> Self {
        self.field.get_or_insert(field.span);
        self.under(&field.name.wire, at)
    }

    fn within(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }
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
    let lenient = direction == Direction::Received;
    let wanted = match (ty, value) {
        (Type::Json, _) | (Type::Boolean, Json::Boolean(_)) | (Type::String, Json::String(_)) => return,
        (Type::String, Json::Number(_)) if lenient => return,
        (Type::Boolean, Json::Number(text) | Json::String(text))
            if lenient && matches!(text.as_str(), "0" | "1" | "true" | "false") =>
        {
            return;
        }
        (Type::DateTime, Json::String(text)) if lenient || is_date_time(text) => return,
        (Type::Integer, value) if is_integer(value, lenient) => return,
        (Type::List(item), Json::Array(values)) => {
            for (at, value) in values.iter().enumerate() {
                misfits(api, item, value, direction, &mut |misfit| tell(misfit.within(Step::Item(at))));
            }
            return;
        }
        (Type::Named(id), value) => match (&api.type_def(*id).shape, value) {
            (Shape::Id, value) if is_integer(value, lenient) => return,
            (Shape::Enum(_), Json::String(_) | Json::Number(_)) if lenient => return,
            (Shape::Enum(values), Json::String(text)) if values.iter().any(|it| it.name.wire == *text) => return,
            (Shape::Record(fields), Json::Object(members)) => return record(api, fields, members, direction, tell),
            (Shape::Id, _) => "a whole number",
            (Shape::Enum(_), Json::String(text)) => {
                let name = &api.type_def(*id).name.wire;
                return tell(Misfit::new(format!("is `{text}`, which is no value of `{name}`")));
            }
            (Shape::Enum(_), _) => "a text",
            (Shape::Record(_), _) => "an object",
        },
        (Type::Boolean, _) => "a boolean",
        (Type::Integer, _) => "a whole number of 64 bits",
        (Type::String, _) => "a text",
        (Type::DateTime, Json::String(_)) => {
            return tell(Misfit::new("is no date-time like `2019-01-23T12:05:52+01:00`"));
        }
        (Type::DateTime, _) => "a date-time",
        (Type::List(_), _) => "a list",
    };
    tell(Misfit::new(format!("must be {wanted}, and is {}", kind(value))));
}

fn record(api: &Api, fields: &[Field], members: &[(String, Json)], direction: Direction, tell: &mut dyn FnMut(Misfit)) {
    for field in fields {
        let is_optional = field.presence == Presence::Optional;
        match members.iter().enumerate().find(|(_, (member, _))| *member == field.name.wire) {
            None if is_optional => {}
            None => tell(Misfit::new("is missing").of(field, None)),
            Some((at, (_, value))) => member(api, field, at, value, direction, tell),
        }
    }
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
    misfits(api, &field.ty, value, direction, &mut |misfit| tell(misfit.of(field, Some(at))));
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
