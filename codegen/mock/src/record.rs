//! Objects of a store to the records that an operation answers, and parameters to objects.

use codegen::ir::{Api, Field, Json, Operation, Payload, Presence, Sensitivity, Shape, Type};
use sha2::{Digest as _, Sha256};

use crate::json;
use crate::parameters::Parameters;
use crate::received::Given;
use crate::time;
use crate::validate::is_cleared;

/// The fields of the record that an operation answers; none where it answers no record.
pub(crate) fn fields<'a>(api: &'a Api, operation: &'a Operation) -> &'a [Field] {
    let mut ty = match &operation.payload {
        Payload::Nothing => return &[],
        Payload::Key(_, ty) | Payload::Page(_, ty) | Payload::Whole(ty) => ty,
    };
    while let Type::List(item) = ty {
        ty = item;
    }
    match ty {
        Type::Named(id) => match api.types.get(id.0).map(|definition| &definition.shape) {
            Some(Shape::Record(fields)) => fields,
            Some(Shape::Id | Shape::Enum(_)) | None => &[],
        },
        Type::Boolean | Type::Integer | Type::String | Type::DateTime | Type::Json | Type::List(_) => &[],
    }
}

/// The documented record of an operation: where values come from that nobody gave.
pub(crate) fn documented(operation: &Operation) -> Option<&Json> {
    let mut json = operation.examples.iter().find_map(|example| Some(&example.response.as_ref()?.json))?;
    if let Payload::Key(key, _) | Payload::Page(key, _) = &operation.payload {
        json = json::member(json, key)?;
    }
    match json {
        Json::Array(items) => items.first(),
        _ => Some(json),
    }
}

/// Exactly the fields of a record: from the object, else from the documented record.
pub(crate) fn project(fields: &[Field], object: &Json, documented: Option<&Json>) -> Json {
    let member = |name| json::member(object, name).or_else(|| json::member(documented?, name));
    let members = fields.iter().filter_map(|field| {
        let value = member(&field.name.wire).cloned().or_else(|| blank(field))?;
        Some((field.name.wire.clone(), value))
    });
    Json::Object(members.collect())
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

/// A new object: what the call gave, and the documented record for the rest, with new secrets and
/// the time of the call in place of the documented ones.
///
/// A secret that no record returns, such as a password, is not kept.
pub(crate) fn new_object(
    api: &Api,
    operation: &Operation,
    parameters: &Parameters,
    key: (&str, i64),
    now: i64,
) -> Json {
    let fields = fields(api, operation);
    let documented = documented(operation);
    let mut object = Json::Object(Vec::new());
    for field in fields {
        let name = field.name.wire.as_str();
        let like = documented.and_then(|record| json::member(record, name));
        let value = match like {
            _ if name == key.0 => Some(made_key(api, &field.ty, key.1)),
            _ if field.nullable && operation.parameters.iter().any(|parameter| parameter.name.wire == name) => {
                Some(Json::Null)
            }
            Some(Json::Null) => Some(Json::Null),
            None if field.nullable => Some(Json::Null),
            _ if field.sensitivity == Sensitivity::Secret => Some(Json::String(secret(name, key.1))),
            _ if field.ty == Type::DateTime => Some(Json::String(time::iso(now))),
            Some(documented) => Some(documented.clone()),
            None => blank(field),
        };
        if let Some(value) = value {
            json::set_member(&mut object, name, value);
        }
    }
    if json::member(&object, key.0).is_none() {
        json::set_member(&mut object, key.0, Json::Number(key.1.to_string()));
    }
    merge(&mut object, api, operation, parameters, fields, key.0);
    object
}

/// Sets what a call gave; what it cleared becomes null. The key stays.
pub(crate) fn merge(
    object: &mut Json,
    api: &Api,
    operation: &Operation,
    parameters: &Parameters,
    fields: &[Field],
    key: &str,
) {
    for parameter in &operation.parameters {
        let name = parameter.name.wire.as_str();
        let field = fields.iter().find(|field| field.name.wire == name);
        let Some(given) = parameters.get(name).filter(|_| name != key) else { continue };
        if field.is_none() && parameter.sensitivity == Sensitivity::Secret {
            continue;
        }
        let value = match field {
            _ if is_cleared(parameter, given) => Json::Null,
            Some(field) => typed(api, &field.ty, given),
            None => typed(api, &parameter.ty, given),
        };
        json::set_member(object, name, value);
    }
}

fn made_key(api: &Api, ty: &Type, key: i64) -> Json {
    typed(api, ty, &Given::text(key.to_string()))
}

/// A received value as a server stores it: numbers and booleans are such, whatever they came as.
fn typed(api: &Api, ty: &Type, given: &Given) -> Json {
    let as_integer = || match given.text.parse::<i64>() {
        Ok(number) => Json::Number(number.to_string()),
        Err(_) => given.json.clone(),
    };
    match ty {
        Type::Boolean => match given.text.as_str() {
            "true" => Json::Boolean(true),
            "false" => Json::Boolean(false),
            _ => given.json.clone(),
        },
        Type::Integer => as_integer(),
        Type::String | Type::DateTime => Json::String(given.text.clone()),
        Type::Json | Type::List(_) => given.json.clone(),
        Type::Named(id) => match api.types.get(id.0).map(|definition| &definition.shape) {
            Some(Shape::Id) => as_integer(),
            Some(Shape::Enum(_)) => Json::String(given.text.clone()),
            Some(Shape::Record(_)) | None => given.json.clone(),
        },
    }
}

/// A text that looks random and is the same in every run.
fn secret(field: &str, key: i64) -> String {
    hex::encode(Sha256::digest(format!("{field}/{key}"))).chars().take(32).collect()
}
