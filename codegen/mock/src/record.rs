//! Objects of a store to the records that an operation answers, and calls to objects.

use codegen::ir::{Action, Effect, Field, Hole, Json, Member, Operation, Payload, Presence, Sensitivity, Shape, Type};

use crate::json;
use crate::random::Draw;
use crate::time;
use crate::types::{Kind, Types};
use crate::value::Making;

/// Digits of a secret that the mock makes up.
const SECRET_DIGITS: usize = 32;

/// The fields of the record that an operation answers; none where it answers no record.
pub(crate) fn fields<'a>(making: &Making<'a>) -> &'a [Field] {
    match making.operation.answered() {
        Some(Type::Named(id)) => match making.api.types.get(id.0).map(|definition| &definition.shape) {
            Some(Shape::Record(fields)) => fields,
            Some(Shape::Id | Shape::Enum(_)) | None => &[],
        },
        Some(Type::Boolean | Type::Integer | Type::String | Type::DateTime | Type::Json | Type::List(_)) | None => &[],
    }
}

/// The documented record of an operation: where values come from that nobody gave.
fn documented(operation: &Operation) -> Option<&Json> {
    let mut json = operation.examples.iter().find_map(|example| Some(&example.response.as_ref()?.json))?;
    if let Payload::Key(key, _) | Payload::Page(key, _) = &operation.payload {
        json = json::member(json, key)?;
    }
    match json {
        Json::Array(items) => items.first(),
        _ => Some(json),
    }
}

/// What an operation answers of an object: exactly the fields of its record, those of `answer` as that says.
///
/// A list and a show answer what the object holds; what was documented of another object does not fill in.
pub(crate) fn project(making: &Making<'_>, effect: &Effect, object: &Json) -> Json {
    let fields = fields(making);
    if fields.is_empty() && making.operation.answered() == Some(&Type::Json) {
        return object.clone();
    }
    let documented = match effect.action {
        Action::List | Action::Show => None,
        Action::Insert | Action::Put | Action::Update | Action::Delete => documented(making.operation),
    };
    let making = Making { object: Some(object), ..*making };
    let value = |field: &Field| {
        let name = field.name.wire.as_str();
        let kind = Kind::of(making.api, &field.ty);
        let said = effect.answer.iter().find(|member| *member.name == name);
        said.and_then(|member| making.value(name, &member.value, Some(kind)))
            .or_else(|| json::member(object, name).cloned())
            .or_else(|| json::member(documented?, name).cloned())
            .or_else(|| blank(field))
    };
    Json::Object(fields.iter().filter_map(|field| Some((field.name.wire.clone(), value(field)?))).collect())
}

/// What a field holds that nothing is known about; `None` leaves it out.
fn blank(field: &Field) -> Option<Json> {
    match (&field.ty, field.nullable, field.presence) {
        (_, true, _) => Some(Json::Null),
        (_, false, Presence::Optional) => None,
        (Type::Boolean, false, Presence::Required) => Some(Json::Boolean(false)),
        (Type::Integer | Type::Named(_), false, Presence::Required) => Some(Json::Number("0".to_owned())),
        (Type::String | Type::DateTime, false, Presence::Required) => Some(Json::String(String::new())),
        (Type::List(_), false, Presence::Required) => Some(Json::Array(Vec::new())),
        (Type::Json, false, Presence::Required) => Some(Json::Null),
    }
}

/// A new object: what the call and the spec say, and the documented record for the rest, with new secrets and
/// the time of the call in place of the documented ones.
///
/// A secret that no record returns, such as a password, is not kept.
pub(crate) fn new_object(making: &Making<'_>, effect: &Effect, key: &str, types: &Types) -> Json {
    let operation = making.operation;
    let mut object = Json::Object(Vec::new());
    for field in fields(making) {
        let name = field.name.wire.as_str();
        let like = documented(operation).and_then(|record| json::member(record, name));
        let is_optional_parameter =
            || operation.parameters.iter().any(|parameter| parameter.name.wire == name) && field.nullable;
        let value = match like {
            // It is made, or said by the effect.
            _ if name == key || effect.answer.iter().any(|member| *member.name == name) => None,
            _ if is_optional_parameter() => Some(Json::Null),
            Some(Json::Null) => Some(Json::Null),
            None if field.nullable => Some(Json::Null),
            _ if field.sensitivity == Sensitivity::Secret => {
                let Making { seed, collection, number, .. } = *making;
                Some(Json::String(Draw { seed, collection, member: name, number }.token(SECRET_DIGITS)))
            }
            _ if field.ty == Type::DateTime => Some(Json::String(time::iso(making.now))),
            Some(documented) => Some(documented.clone()),
            None => blank(field),
        };
        if let Some(value) = value {
            json::set_member(&mut object, name, value);
        }
    }
    json::set_member(&mut object, key, number_key(making, key, types));
    merge(&mut object, making, effect, types, None);
    set(&mut object, making, &effect.filter, types);
    set(&mut object, making, &effect.set, types);
    object
}

/// The number of the object, in the form that its key has.
fn number_key(making: &Making<'_>, key: &str, types: &Types) -> Json {
    let kind = types.kind(key).unwrap_or(Kind::Any);
    making.hole(key, &Hole::Next, kind).unwrap_or(Json::Null)
}

/// An object as a call changes it; its key stays unless the effect sets it.
pub(crate) fn changed_object(making: &Making<'_>, effect: &Effect, old: &Json, key: &str, types: &Types) -> Json {
    let mut object = old.clone();
    if let Some(documented) = documented(making.operation) {
        let names = fields(making).iter().map(|field| field.name.wire.as_str());
        // What is answered of the object once is what it holds from then on.
        for name in names.filter(|name| json::member(old, name).is_none()) {
            if let Some(value) = json::member(documented, name) {
                json::set_member(&mut object, name, value.clone());
            }
        }
    }
    merge(&mut object, making, effect, types, Some(key));
    set(&mut object, making, &effect.set, types);
    object
}

/// Sets what a call gave; what it cleared becomes null.
fn merge(object: &mut Json, making: &Making<'_>, effect: &Effect, types: &Types, but: Option<&str>) {
    let fields = fields(making);
    for (index, parameter) in making.operation.parameters.iter().enumerate() {
        let name = parameter.name.wire.as_str();
        let is_answered = fields.iter().any(|field| field.name.wire == name);
        let is_kept = is_answered || parameter.sensitivity != Sensitivity::Secret;
        if but == Some(name) || !is_kept || !effect.takes(making.operation, index) {
            continue;
        }
        let kind = types.kind(name).unwrap_or(Kind::Any);
        if let Some(value) = making.parameter(index, kind) {
            json::set_member(object, name, value);
        }
    }
}

/// Sets what the spec says.
pub(crate) fn set(object: &mut Json, making: &Making<'_>, members: &[Member], types: &Types) {
    for member in members {
        let so_far = object.clone();
        let making = Making { object: making.object.or(Some(&so_far)), ..*making };
        if let Some(value) = making.value(&member.name, &member.value, types.kind(&member.name)) {
            json::set_member(object, &member.name, value);
        }
    }
}
