//! Objects of a store to the records that an operation answers, and calls to objects.

use codegen::ir::{
    Action, Api, Effect, EnumKind, Field, Hole, IdKind, Json, Member, Operation, Payload, Presence, Sensitivity, Shape,
    Type,
};

use crate::envelope;
use crate::json;
use crate::random::Draw;
use crate::rules;
use crate::spelling;
use crate::store::Store;
use crate::types::{Kind, Types};
use crate::value::Making;

/// Digits of a secret that the mock makes up.
const SECRET_DIGITS: usize = 32;

/// The fields of the record that an operation answers; none where it answers no record.
pub(crate) fn fields<'a>(making: &Making<'a>) -> &'a [Field] {
    making.api.answered(making.operation).map_or(&[], |ty| making.api.fields(ty))
}

/// The documented record of an operation: where values come from that nobody gave.
fn documented<'a>(api: &Api, operation: &'a Operation) -> Option<&'a Json> {
    let answer = operation.examples.iter().find_map(|example| Some(&example.response.as_ref()?.json))?;
    let mut json = api.envelope_of(operation).payload.find(answer)?;
    if let Payload::Key(key, _) | Payload::Page(Some(key), _) = &operation.payload {
        json = json::member(json, key)?;
    }
    match json {
        Json::Array(items) => items.first(),
        _ => Some(json),
    }
}

/// What an operation answers of an object: exactly the fields of its record, those of `answer` as that says.
///
/// What was documented of another object does not fill in, save for what is answered of an object that is no more: one
/// that a call makes or changes holds what it answers.
pub(crate) fn project(making: &Making<'_>, effect: &Effect, stores: &[Store], object: &Json) -> Json {
    if let Some(value) = &effect.value {
        let making = Making { object: Some(object), ..*making };
        let kind = making.api.answered(making.operation).map(|ty| Kind::of(making.api, ty));
        return making.value("", value, kind).unwrap_or(Json::Null);
    }
    let fields = fields(making);
    if fields.is_empty() && making.api.answered(making.operation) == Some(&Type::Json) {
        return open(making.api, effect, object);
    }
    let documented = match effect.action {
        Action::Delete => documented(making.api, making.operation),
        Action::List | Action::Show | Action::Insert | Action::Put | Action::Update => None,
    };
    let making = Making { object: Some(object), ..*making };
    let value = |field: &Field| {
        let name = field.name.wire.as_str();
        let kind = Kind::of(making.api, &field.ty);
        let said = effect.answer.iter().find(|member| *member.name == name);
        let count = effect.counts.iter().find(|count| *count.name == name);
        let counted = |count| kind.literal(&Json::Number(rules::count(count, &making, stores).to_string()));
        said.and_then(|member| making.value(name, &member.value, Some(kind)))
            .or_else(|| count.map(counted))
            .or_else(|| json::member(object, name).cloned())
            .or_else(|| json::member(documented?, name).cloned())
            .or_else(|| blank(making.api, field))
    };
    let mut record = Json::Object(Vec::new());
    for field in fields {
        let Some(value) = value(field) else { continue };
        match field.places.first() {
            None => json::set_member(&mut record, &field.name.wire, value),
            // Nothing else would have room beside it.
            Some(place) if place.is_empty() => {}
            Some(place) => envelope::put_at(&mut record, place, value),
        }
    }
    record
}

/// An object, of which nobody says what it looks like, without what only the mock knows.
fn open(api: &Api, effect: &Effect, object: &Json) -> Json {
    let mut shown = object.clone();
    if let Json::Object(members) = &mut shown {
        let hidden = &api.collection(effect.collection).hidden;
        members.retain(|(name, _)| !hidden.iter().any(|hidden| hidden.value == *name));
    }
    shown
}

/// What an error carries of objects: a list of them all, or the first, each with the fields of the type.
pub(crate) fn carried(api: &Api, ty: &Type, objects: &[Json]) -> Json {
    match ty {
        Type::List(item) if matches!(**item, Type::List(_)) => Json::Array(vec![carried(api, item, objects)]),
        Type::List(item) => {
            Json::Array(objects.iter().map(|object| carried(api, item, std::slice::from_ref(object))).collect())
        }
        _ => {
            let value = |field: &Field| {
                let name = field.name.wire.as_str();
                let held = objects.first().and_then(|object| json::member(object, name)).cloned();
                Some((name.to_owned(), held.or_else(|| blank(api, field))?))
            };
            Json::Object(api.fields(ty).iter().filter_map(value).collect())
        }
    }
}

/// What a field holds that nothing is known about; `None` leaves it out.
fn blank(api: &Api, field: &Field) -> Option<Json> {
    match (field.nullable, field.presence) {
        (true, _) => Some(Json::Null),
        (false, Presence::Optional) => None,
        (false, Presence::Required) => Some(blank_of(api, &field.ty)),
    }
}

/// The emptiest value of a type. What always holds itself is refused when the spec is checked, so this ends.
fn blank_of(api: &Api, ty: &Type) -> Json {
    let form = api.form(ty);
    match api.bare(ty) {
        Type::Boolean => spelling::word(form, false),
        Type::Integer | Type::Unsigned | Type::Decimal if form.is_some() => Json::String("0".to_owned()),
        Type::Integer | Type::Unsigned | Type::Decimal | Type::NumberOrString => Json::Number("0".to_owned()),
        Type::String | Type::Base64 | Type::File => Json::String(String::new()),
        moment @ (Type::DateTime | Type::CivilDateTime | Type::Date | Type::Time) => spelling::moment(0, form, moment),
        Type::List(_) => Json::Array(Vec::new()),
        Type::Map(_) => Json::Object(Vec::new()),
        Type::JsonText(held) => Json::String(json::write(&blank_of(api, held))),
        Type::Json | Type::Spelled(..) => Json::Null,
        named @ Type::Named(_) => match api.shape(named) {
            Some(Shape::Id(IdKind::String)) => Json::String(String::new()),
            Some(Shape::Id(_) | Shape::Enum(_, EnumKind::Integer)) | None => Json::Number("0".to_owned()),
            Some(Shape::Enum(values, EnumKind::String)) => {
                Json::String(values.first().map(|value| value.name.wire.clone()).unwrap_or_default())
            }
            Some(Shape::Record(fields)) => {
                let member = |field: &Field| Some((field.name.wire.clone(), blank(api, field)?));
                Json::Object(fields.iter().filter_map(member).collect())
            }
            Some(Shape::Union(union)) => Json::Object(vec![(union.tag.clone(), Json::String(String::new()))]),
            Some(Shape::Alias(ty)) => blank_of(api, ty),
        },
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
        let like = documented(making.api, operation).and_then(|record| json::member(record, name));
        let is_optional_parameter =
            || operation.parameters.iter().any(|parameter| parameter.name.wire == name) && field.nullable;
        let value = match like {
            // It is made, or said by the effect.
            _ if name == key || effect.says(name) => None,
            _ if effect.defaults.iter().any(|member| *member.name == *name) => None,
            // Who leaves out when something is has not said that it is now.
            _ if is_left_out(making, effect, name) => None,
            _ if is_optional_parameter() => Some(Json::Null),
            Some(Json::Null) => Some(Json::Null),
            None if field.nullable => Some(Json::Null),
            _ if field.sensitivity == Sensitivity::Secret => {
                let Making { seed, collection, number, .. } = *making;
                Some(Json::String(Draw { seed, collection, member: name, number }.token(SECRET_DIGITS)))
            }
            _ if *making.api.bare(&field.ty) == Type::DateTime => {
                Some(spelling::moment(making.now, making.api.form(&field.ty), &Type::DateTime))
            }
            Some(documented) => Some(documented.clone()),
            None => blank(making.api, field),
        };
        if let Some(value) = value {
            json::set_member(&mut object, name, value);
        }
    }
    if !key.is_empty() {
        json::set_member(&mut object, key, number_key(making, key, types));
    }
    merge(&mut object, making, effect, types, None);
    let unsaid = |member: &&Member| json::member(&object, &member.name).is_none();
    let unsaid: Vec<&Member> = effect.defaults.iter().filter(unsaid).collect();
    set(&mut object, making, unsaid, types);
    set(&mut object, making, &effect.filter, types);
    set(&mut object, making, &effect.set, types);
    object
}

/// Whether a member is a parameter of the call's own that was not given: nothing is known of it, and no rule holds it
/// against another object.
fn is_left_out(making: &Making<'_>, effect: &Effect, name: &str) -> bool {
    let mut own = making.operation.parameters.iter().enumerate();
    let own = own.find(|(index, it)| it.name.wire == name && effect.takes(making.operation, *index));
    own.is_some_and(|(index, _)| making.parameter(index, Kind::Any).is_none())
}

/// The number of the object, in the form that its key has.
fn number_key(making: &Making<'_>, key: &str, types: &Types) -> Json {
    let kind = types.kind(key).unwrap_or(Kind::Any);
    making.hole(key, &Hole::Next, kind).unwrap_or(Json::Null)
}

/// An object as a call changes it; its key stays unless the effect sets it.
pub(crate) fn changed_object(making: &Making<'_>, effect: &Effect, old: &Json, key: &str, types: &Types) -> Json {
    let mut object = old.clone();
    if let Some(documented) = documented(making.api, making.operation) {
        // What is answered of the object once is what it holds from then on. What a change leaves out it does not
        // touch, and what can be null was answered as that before.
        let names = fields(making).iter().filter(|field| !field.nullable).map(|field| field.name.wire.as_str());
        for name in names.filter(|name| json::member(old, name).is_none() && !is_left_out(making, effect, name)) {
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
pub(crate) fn set<'m>(
    object: &mut Json,
    making: &Making<'_>,
    members: impl IntoIterator<Item = &'m Member>,
    types: &Types,
) {
    for member in members {
        let so_far = object.clone();
        let making = Making { object: making.object.or(Some(&so_far)), ..*making };
        if let Some(value) = making.value(&member.name, &member.value, types.kind(&member.name)) {
            json::set_member(object, &member.name, value);
        }
    }
}
