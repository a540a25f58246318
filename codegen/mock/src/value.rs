//! What a spec says a member is, for one call.

use codegen::ir::{Api, Hole, Json, MemberPart, MemberValue, Operation};

use crate::parameters::Parameters;
use crate::random::Draw;
use crate::received::Given;
use crate::time;
use crate::types::Kind;
use crate::validate::is_cleared;
use crate::{json, multipart};

/// What a file is that does not say it.
const UNKNOWN: &str = "application/octet-stream";

/// What values are made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Making<'a> {
    pub(crate) api: &'a Api,
    pub(crate) operation: &'a Operation,
    pub(crate) parameters: &'a Parameters,
    /// Milliseconds since the epoch.
    pub(crate) now: i64,
    pub(crate) seed: u64,
    /// The collection, and the number of the object.
    pub(crate) collection: &'a str,
    pub(crate) number: i64,
    /// The object that the operation is about, where there is one.
    pub(crate) object: Option<&'a Json>,
    /// The objects that `exists` found, by parameters.
    pub(crate) found: &'a [(usize, Json)],
}

impl Making<'_> {
    /// The value of a member; `None` where it hangs on a parameter that is not given, or on a member that is not there.
    pub(crate) fn value(&self, member: &str, value: &MemberValue, kind: Option<Kind>) -> Option<Json> {
        let kind = kind.unwrap_or(Kind::Any);
        let parts = match value {
            MemberValue::Literal(written) => return Some(kind.literal(&written.json)),
            MemberValue::Text(parts, _) => parts,
        };
        if let [MemberPart::Hole(hole)] = parts.as_slice() {
            return self.hole(member, &hole.value, kind);
        }
        let mut text = String::new();
        for part in parts {
            match part {
                MemberPart::Text(literal) => text.push_str(literal),
                MemberPart::Hole(hole) => {
                    // A text has room for the name of a file, and not for the file.
                    let kind = if self.is_file(&hole.value) { Kind::Text } else { Kind::Any };
                    let filling = self.hole(member, &hole.value, kind)?;
                    text.push_str(filling.spelling().unwrap_or(""));
                }
            }
        }
        Some(kind.value(&Given::text(text)))
    }

    fn is_file(&self, hole: &Hole) -> bool {
        let Hole::Parameter(index) = hole else { return false };
        self.operation.parameters.get(*index).is_some_and(|parameter| parameter.is_file())
    }

    /// What is filled in, in the form in which it is stored.
    pub(crate) fn hole(&self, member: &str, hole: &Hole, kind: Kind) -> Option<Json> {
        let Self { seed, collection, number, .. } = *self;
        let draw = Draw { seed, collection, member, number };
        let text = match hole {
            Hole::Parameter(index) => return self.parameter(*index, kind),
            Hole::Member(name) => return json::member(self.object?, name).map(|value| kind.literal(value)),
            Hole::Next if kind == Kind::Any => return Some(Json::Number(number.to_string())),
            Hole::Next => number.to_string(),
            Hole::Uuid => draw.uuid(),
            Hole::Token(digits) => draw.token(*digits),
            Hole::Now(format) => time::text(self.now, format),
            Hole::Within(index, name) => return self.within(*index, name).map(|value| kind.literal(&value)),
            Hole::Time(timed, format) => time::text(time::parse(&self.hole(member, timed, Kind::Any)?)?, format),
        };
        Some(kind.value(&Given::text(text)))
    }

    /// A member of what a parameter stands for.
    fn within(&self, index: usize, name: &str) -> Option<Json> {
        match self.found.iter().find(|(parameter, _)| *parameter == index) {
            Some((_, object)) => json::member(object, name).cloned(),
            None if self.is_file(&Hole::Parameter(index)) => self.of_file(index, name),
            None => json::member(&self.parameter(index, Kind::Any)?, name).cloned(),
        }
    }

    /// What is known of a file besides its name.
    fn of_file(&self, index: usize, name: &str) -> Option<Json> {
        let given = self.parameters.get(&self.operation.parameters.get(index)?.name.wire)?;
        let Json::String(text) = &given.json else { return None };
        match name {
            "size" => Some(Json::Number(multipart::as_bytes(text).len().to_string())),
            _ => Some(Json::String(given.content_type.clone().unwrap_or_else(|| UNKNOWN.to_owned()))),
        }
    }

    /// What the call gives; what it clears becomes null.
    pub(crate) fn parameter(&self, index: usize, kind: Kind) -> Option<Json> {
        let parameter = self.operation.parameters.get(index)?;
        let given = self.parameters.get(&parameter.name.wire)?;
        if is_cleared(parameter, given) {
            return Some(Json::Null);
        }
        let kind = if kind == Kind::Any { Kind::of(self.api, &parameter.ty) } else { kind };
        Some(if given.json == Json::Null { Json::Null } else { kind.value(given) })
    }
}
