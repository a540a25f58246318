//! Values that no request could have: items with commas in them where commas stand between them, and two of one name.

use codegen::ir::{Api, BodyKind, Json, Lists, Location, Parameter, Type};

use crate::json;

/// The parameter that a spread map has an entry of the name of another, where a call would have two values of one name.
pub(crate) fn taken(all: &[&Parameter], parameter: &Parameter, value: &Json) -> Option<String> {
    let (Some(_), Json::Object(entries)) = (&parameter.spread, value) else { return None };
    let is_taken = |other: &&&Parameter| {
        let is_name = |(name, _): &(String, Json)| {
            let name = format!("{}{name}", parameter.name.wire);
            match parameter.location {
                Location::Header => name.eq_ignore_ascii_case(&other.name.wire),
                Location::Path | Location::Query | Location::Body => name == other.name.wire,
            }
        };
        !std::ptr::eq(**other, parameter) && other.location == parameter.location && entries.iter().any(is_name)
    };
    all.iter().any(|other| is_taken(&other)).then(|| parameter.name.wire.clone())
}

/// The path of the first item in the value of a parameter that would arrive as another, or as several.
pub(crate) fn unsayable(api: &Api, parameter: &Parameter, body: BodyKind, value: &Json) -> Option<String> {
    if parameter.is_json(body) || parameter.style.lists != Lists::Commas {
        return None;
    }
    within(api, parameter, &parameter.ty, value, &parameter.name.wire, parameter.spread.is_some())
}

/// `is_apart` says that each member has a name of its own, whatever the style.
fn within(api: &Api, parameter: &Parameter, ty: &Type, value: &Json, path: &str, is_apart: bool) -> Option<String> {
    let style = &parameter.style;
    match value {
        Json::Array(items) => items.iter().enumerate().find_map(|(at, item)| {
            let text = item.spelling().map_or_else(|| json::write(item), str::to_owned);
            let is_header = parameter.location == Location::Header;
            // HTTP takes the blanks off.
            let shown = if is_header { text.trim_matches([' ', '\t']) } else { text.as_str() };
            let is_nothing = shown.is_empty() && items.len() == 1;
            (is_nothing || text.contains(',')).then(|| format!("{path}[{at}]"))
        }),
        Json::Object(members) => {
            let bare = api.bare(ty);
            let is_map = matches!(bare, Type::Map(_) | Type::Json);
            let is_parted = if is_map { style.names_entries() } else { style.names_members() };
            if !is_parted && !is_apart {
                return None;
            }
            members.iter().find_map(|(name, value)| {
                let field = || api.fields(bare).iter().find(|field| field.name.wire == *name).map(|field| &field.ty);
                let (ty, path) = match bare {
                    Type::Map(item) => (&**item, format!("{path}.*")),
                    Type::Json => (bare, format!("{path}.*")),
                    _ => (field().unwrap_or(&Type::Json), format!("{path}.{name}")),
                };
                within(api, parameter, ty, value, &path, false)
            })
        }
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::String(_) => None,
    }
}
