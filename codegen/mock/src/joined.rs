//! Items that no request could have: where commas stand between them, and in them.

use codegen::ir::{Api, BodyKind, Json, Lists, Parameter, Type};

use crate::json;

/// The path of the first item in the value of a parameter that would arrive as another, or as several.
pub(crate) fn unsayable(api: &Api, parameter: &Parameter, body: BodyKind, value: &Json) -> Option<String> {
    if parameter.is_json(body) || parameter.style.lists != Lists::Commas {
        return None;
    }
    within(api, parameter, &parameter.ty, value, &parameter.name.wire)
}

fn within(api: &Api, parameter: &Parameter, ty: &Type, value: &Json, path: &str) -> Option<String> {
    let style = &parameter.style;
    match value {
        Json::Array(items) => items.iter().enumerate().find_map(|(at, item)| {
            let text = item.spelling().map_or_else(|| json::write(item), str::to_owned);
            let is_nothing = text.is_empty() && items.len() == 1;
            (is_nothing || text.contains(',')).then(|| format!("{path}[{at}]"))
        }),
        Json::Object(members) => {
            let bare = api.bare(ty);
            let is_map = matches!(bare, Type::Map(_) | Type::Json);
            let is_parted = if is_map { style.names_entries() } else { style.names_members() };
            if !is_parted && parameter.spread.is_none() {
                return None;
            }
            members.iter().find_map(|(name, value)| {
                let field = || api.fields(bare).iter().find(|field| field.name.wire == *name).map(|field| &field.ty);
                match bare {
                    Type::Map(item) => within(api, parameter, item, value, &format!("{path}.*")),
                    Type::Json => within(api, parameter, bare, value, &format!("{path}.*")),
                    _ => within(api, parameter, field().unwrap_or(&Type::Json), value, &format!("{path}.{name}")),
                }
            })
        }
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::String(_) => None,
    }
}
