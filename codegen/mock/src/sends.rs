//! Values of which a request has nothing: where each item has a name of its own, a list without items has none.

use codegen::ir::{Api, BodyKind, Json, Lists, Maps, Parameter, Style, Type};

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
    let field = || api.fields(ty).iter().find(|field| field.name.wire == name).map(|field| &field.ty);
    let ty = if let Type::Map(item) = api.bare(ty) { item } else { field().unwrap_or(&Type::Json) };
    has_names(api, style, ty, value)
}
