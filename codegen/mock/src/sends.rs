//! Values of which a request has nothing: where each item has a name of its own, a list without items has none.

use codegen::ir::{Api, BodyKind, Json, Lists, Maps, Parameter, Style, Type};

use crate::fits::fits;

/// Whether a request has anything of the value of a parameter.
pub(crate) fn is_sent(api: &Api, parameter: &Parameter, body: BodyKind, value: &Json) -> bool {
    let is_json = parameter.is_json(body);
    match (&parameter.spread, value) {
        (None, _) => is_json || has_names(api, &parameter.style, &parameter.ty, value),
        (Some(_), Json::Object(members)) => {
            members.iter().any(|(name, value)| is_json || member(api, &parameter.style, &parameter.ty, name, value))
        }
        (Some(_), _) => true,
    }
}

/// A value without the members of which a request has nothing; what lacks a member of its own is kept, and refused.
pub(crate) fn sent(api: &Api, parameter: &Parameter, body: BodyKind, value: &Json) -> Json {
    if parameter.is_json(body) { value.clone() } else { named(api, &parameter.style, &parameter.ty, value) }
}

fn named(api: &Api, style: &Style, ty: &Type, value: &Json) -> Json {
    match value {
        Json::Array(items) if matches!(style.lists, Lists::Named(_)) => {
            let item = if let Type::List(item) = api.bare(ty) { item } else { &Type::Json };
            Json::Array(items.iter().map(|value| named(api, style, item, value)).collect())
        }
        Json::Object(members) if style.names_members() => {
            let is_sent = |(name, value): &&(String, Json)| {
                member(api, style, ty, name, value) || !fits(api, member_type(api, ty, name), value)
            };
            let sent = members.iter().filter(is_sent);
            let named =
                |(name, value): &(String, Json)| (name.clone(), named(api, style, member_type(api, ty, name), value));
            Json::Object(sent.map(named).collect())
        }
        whole => whole.clone(),
    }
}

/// Whether any name with a text is made of a value.
fn has_names(api: &Api, style: &Style, ty: &Type, value: &Json) -> bool {
    let is_map = matches!(api.bare(ty), Type::Map(_) | Type::Json);
    match value {
        Json::Array(items) => {
            let item = if let Type::List(item) = api.bare(ty) { item } else { &Type::Json };
            !matches!(style.lists, Lists::Named(_)) || items.iter().any(|value| has_names(api, style, item, value))
        }
        Json::Object(members) if is_map && style.maps != Maps::Nested => !members.is_empty(),
        Json::Object(members) => {
            !style.names_members() || members.iter().any(|(name, value)| member(api, style, ty, name, value))
        }
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::String(_) => true,
    }
}

fn member(api: &Api, style: &Style, ty: &Type, name: &str, value: &Json) -> bool {
    has_names(api, style, member_type(api, ty, name), value)
}

fn member_type<'a>(api: &'a Api, ty: &'a Type, name: &str) -> &'a Type {
    let field = || api.fields(ty).iter().find(|field| field.name.wire == name).map(|field| &field.ty);
    if let Type::Map(item) = api.bare(ty) { item } else { field().unwrap_or(&Type::Json) }
}
