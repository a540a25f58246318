//! Rules over what a success says, beside where in it the result stands.

use std::collections::HashSet;

use super::operation_id;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{AnswerPath, Api, Condition, Json, Operation, Payload, Shape, Success, Type};
use crate::source::Span;

/// Without it, whatever a server answers could not be a success with something to return.
pub(super) fn contradictory_success(api: &Api, diagnostics: &mut Diagnostics) {
    // What the answers of an API have in common is one mistake.
    let mut told = HashSet::new();
    for (resource, operation) in api.operations() {
        let Some(result) = Returned::of(api, operation) else { continue };
        let success = &api.envelope_of(operation).success;
        for (span, why) in result.contradictions(success).into_iter().filter(|(span, _)| told.insert(*span)) {
            let id = operation_id(resource, operation);
            let message = format!("where a success {why}, there is no room for what `{id}` returns");
            diagnostics
                .report(&rules::CONTRADICTORY_RULES, span, message)
                .also(operation.span, format!("what it returns {}", result.place()))
                .help(
                    "say with `payload` and `returns` where the result stands, or change `success`; an operation whose \
                     answers differ has an `envelope` of its own",
                );
        }
    }
}

/// What a success returns.
struct Returned {
    /// Where it may stand.
    places: Vec<Vec<String>>,
    room: Room,
}

/// What may stand in place of a value.
#[derive(Clone, Copy, Default)]
struct Room {
    is_single: bool,
    has_members: bool,
    has_items: bool,
}

impl Returned {
    /// Nothing where there is none, or where it is no JSON.
    fn of(api: &Api, operation: &Operation) -> Option<Self> {
        let (key, mut room, item) = match &operation.payload {
            Payload::Nothing | Payload::Raw(_) => return None,
            Payload::Key(key, ty) => (Some(key), Room::of(api, ty), api.bare(ty)),
            Payload::Whole(ty) => (None, Room::of(api, ty), api.bare(ty)),
            Payload::Page(key, item) => (key.as_ref(), Room { has_items: true, ..Room::default() }, item),
        };
        if operation.or_one {
            room = room.or(Room::of(api, if let Type::List(item) = item { item } else { item }));
        }
        let payload = &api.envelope_of(operation).payload.0;
        let keys = key.into_iter().chain(&operation.also_under);
        let mut places: Vec<Vec<String>> = keys.map(|key| payload.iter().chain([key]).cloned().collect()).collect();
        if places.is_empty() {
            places.push(payload.clone());
        }
        Some(Self { places, room })
    }

    /// Which conditions leave no room for it, and why: those of the first place, where there is room at none.
    fn contradictions(&self, success: &Success) -> Vec<(Span, String)> {
        let all = |place: &Vec<String>| {
            let conditions = success.conditions.iter().zip(&success.spans);
            conditions.filter_map(|(it, span)| Some((*span, contradiction(place, self.room, it)?))).collect::<Vec<_>>()
        };
        let mut places: Vec<_> = self.places.iter().map(all).collect();
        if places.iter().any(Vec::is_empty) { Vec::new() } else { places.swap_remove(0) }
    }

    fn place(&self) -> String {
        match self.places.first().map(|place| AnswerPath(place.clone())) {
            Some(place) if !place.is_empty() => format!("stands at `{}`", place.text()),
            _ => "is the whole answer".to_owned(),
        }
    }
}

/// What of a condition leaves no room at a place for what may stand there.
fn contradiction(place: &[String], room: Room, condition: &Condition) -> Option<String> {
    let (path, may_be_null) = match condition {
        // What it says was refused.
        Condition::Is(_, values) if values.is_empty() => return None,
        Condition::Is(path, values) => (path, values.contains(&Json::Null)),
        Condition::Empty(path) => (path, true),
    };
    let is_nothing = match condition {
        Condition::Is(_, values) => values.iter().all(|value| *value == Json::Null),
        Condition::Empty(_) => true,
    };
    let name = if path.is_empty() { "as a whole".to_owned() } else { format!("at `{}`", path.text()) };
    if place.starts_with(&path.0) {
        let is_the_same = place.len() == path.0.len();
        return match is_nothing {
            true => Some(format!("holds nothing {name}")),
            false if is_the_same && room.is_single => None,
            false => Some(format!("is a single value {name}")),
        };
    }
    let step = path.0.strip_prefix(place).and_then(|within| within.first()).filter(|_| !may_be_null)?;
    let is_position = step.parse::<usize>().is_ok();
    let has_room = room.has_members || (is_position && room.has_items);
    (!has_room).then(|| format!("has a member {name}"))
}

impl Room {
    fn of(api: &Api, ty: &Type) -> Self {
        let (is_single, has_members, has_items) = match (api.bare(ty), api.shape(api.bare(ty))) {
            (Type::List(_), _) => (false, false, true),
            (Type::Map(_), _) | (_, Some(Shape::Record(_))) => (false, true, false),
            (Type::Json | Type::File, _) | (_, Some(Shape::Union(_) | Shape::Alias(_))) => (true, true, true),
            _ => (true, false, false),
        };
        Self { is_single, has_members, has_items }
    }

    fn or(self, other: Self) -> Self {
        Self {
            is_single: self.is_single || other.is_single,
            has_members: self.has_members || other.has_members,
            has_items: self.has_items || other.has_items,
        }
    }
}

#[cfg(test)]
mod tests {
    /// What is said of an operation with these keys, beside an envelope.
    fn broken(envelope: &str, operation: &str) -> Vec<&'static str> {
        let api = format!(
            "codegen: 1\nname: x\nenvelope: {{{envelope}}}\ntypes:\n  Room: {{fields: {{name: string}}}}\n  \
             Listed: {{type: [Room]}}\n  Word: {{values: [ok, done]}}\n"
        );
        let rooms = format!("operations: {{a: {{http: GET /, {operation}}}}}\n");
        let (api, mut diagnostics) = crate::lower::from_memory(&[("api.yaml", &api), ("rooms.yaml", &rooms)]);
        crate::check::run(&api, &mut diagnostics);
        diagnostics.into_sorted().into_iter().map(|diagnostic| diagnostic.rule.id).collect()
    }

    #[test]
    fn what_can_be_met_is_no_mistake() {
        for (envelope, operation) in [
            ("success: {empty: errors}, payload: data", "returns: [Room]"),
            ("success: {absent: data.error}, payload: data", "returns: Room"),
            ("success: {is: {data.ok: true}}, payload: data", "returns: Room"),
            ("success: {is: {data.ok: true}}, payload: data", "returns: {rooms: [Room]}"),
            ("success: {is: {ok: true}}", "returns: Room"),
            ("success: {is: {ok: true}}", "returns: {rooms: [Room]}"),
            ("success: {is: {ok: true}}", "returns: json"),
            ("success: {is: {ok: true}}", "returns: {map: Room}"),
            ("success: {is: {ok: true}}", "returns: [Room], or_one: true"),
            ("success: {is: {0.name: x}}", "returns: [Room]"),
            ("success: {absent: ok}", "returns: [Room]"),
            ("success: {is: {ok: true}, absent: ok}", "returns: [Room]"),
            ("success: {is: {data: [ok, done]}}, payload: data", "returns: Word"),
            ("success: {is: {data: ok}}, payload: data", "returns: [string], or_one: true"),
            ("success: {empty: rooms}", "returns: {rooms: [Room]}, also_under: room"),
            ("success: {absent: data}, payload: data", "returns: nothing"),
            ("success: {absent: data}", "returns: text"),
        ] {
            assert_eq!(broken(envelope, operation), [""; 0], "{envelope} {operation}");
        }
    }

    #[test]
    fn what_cannot_be_met_is_told_once() {
        for (envelope, operation) in [
            ("success: {is: {data: ok}}, payload: data", "returns: Listed"),
            ("success: {is: {data: ok}, absent: data}, payload: data", "returns: [Room]"),
            ("success: {is: {data: ok}}, payload: data.word", "returns: Word"),
            ("success: {is: {data.ok: true}}, payload: data", "returns: Word"),
            ("success: {is: {0.ok: true}}", "returns: string"),
            ("success: {is: {ok: true}}", "returns: Listed"),
            ("success: {empty: [rooms, room]}", "returns: {rooms: [Room]}, also_under: room"),
            ("success: {is: {'': ok}}", "returns: {rooms: Room}, also_under: room"),
            ("success: {absent: ''}", "returns: json"),
        ] {
            assert_eq!(broken(envelope, operation), ["contradictory-rules"], "{envelope} {operation}");
        }
    }
}
