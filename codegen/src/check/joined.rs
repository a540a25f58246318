//! Items that nobody could tell apart once they are sent: what a client refuses, whatever the type says.

use std::collections::HashSet;

use super::misfit::Misfit;
use crate::ir::{Api, BodyKind, Json, Lists, Location, Maps, Nesting, Parameter, Shape, Type};

/// How far into a value its lists are texts with commas: where parts have names of their own.
#[derive(Clone, Copy)]
struct Named {
    members: bool,
    entries: bool,
    /// What is in the value itself has names of its own, whatever the style: it is spread.
    spread: bool,
    /// HTTP takes the blanks off the ends.
    is_header: bool,
}

/// An item of a parameter's value that could not be told from several.
pub(super) fn joined(api: &Api, parameter: &Parameter, body: BodyKind, value: &Json) -> Option<Misfit> {
    let is_json = parameter.location == Location::Body && body.is_json();
    let style = &parameter.style;
    if is_json || style.lists != Lists::Commas {
        return None;
    }
    let members = matches!(style.nesting, Nesting::Named(..));
    let named = Named {
        members,
        entries: members || matches!(style.maps, Maps::Pairs(..)),
        spread: parameter.spread.is_some(),
        is_header: parameter.location == Location::Header,
    };
    within(api, &parameter.ty, value, named)
}

fn within(api: &Api, ty: &Type, value: &Json, named: Named) -> Option<Misfit> {
    match (api.bare(ty), value) {
        (_, Json::Array(items)) => items.iter().enumerate().find_map(|(at, item)| {
            let problem = match item {
                Json::String(text) if items.len() == 1 && is_nothing(text, named) => {
                    "is an empty text, and so is a list of nothing"
                }
                item if has_comma(item) => "has a comma, which is what stands between items",
                _ => return None,
            };
            Some(Misfit::new(problem).at(at))
        }),
        (bare, Json::Object(members)) => {
            let is_map = matches!(bare, Type::Map(_) | Type::Json);
            if !named.spread && !(if is_map { named.entries } else { named.members }) {
                return None;
            }
            let named = Named { spread: false, ..named };
            members.iter().enumerate().find_map(|(at, (name, value))| {
                let ty = member(api, bare, members, name)?;
                Some(within(api, ty, value, named)?.under(name, Some(at)))
            })
        }
        _ => None,
    }
}

/// An entry of a map that is spread, if it would be sent as another of these parameters.
pub(super) fn taken<'a>(mut all: impl Iterator<Item = &'a Parameter>, map: &Parameter, value: &Json) -> Option<String> {
    let Json::Object(entries) = value else { return None };
    map.spread?;
    let names: HashSet<String> =
        entries.iter().map(|(name, _)| sent(&[&map.name.wire, name.as_str()].concat(), map.location)).collect();
    let other = all.find(|other| {
        let is_beside = other.location == map.location && other.span != map.span;
        is_beside && names.contains(&sent(&other.name.wire, map.location))
    })?;
    Some(format!("has an entry that would be sent as the parameter `{}`", other.name.wire))
}

/// A name as it is compared: case makes no difference to a header.
fn sent(name: &str, location: Location) -> String {
    if location == Location::Header { name.to_ascii_lowercase() } else { name.to_owned() }
}

/// Whether a text arrives as nothing.
fn is_nothing(text: &str, named: Named) -> bool {
    if named.is_header { text.trim_matches([' ', '\t']) } else { text }.is_empty()
}

/// What a member of an object is.
fn member<'a>(api: &'a Api, bare: &'a Type, members: &[(String, Json)], name: &str) -> Option<&'a Type> {
    match (bare, api.shape(bare)) {
        (Type::Map(item), _) => Some(item),
        (Type::Json, _) => Some(bare),
        (_, Some(Shape::Union(union))) => {
            let tag = members.iter().find(|(name, _)| *name == union.tag)?.1.spelling()?;
            let (_, shape) = union.variants.iter().find(|(value, _)| value.name.wire == tag)?;
            match &union.content {
                Some(content) => (content == name).then_some(shape),
                None => api.fields(shape).iter().find(|field| field.name.wire == name).map(|field| &field.ty),
            }
        }
        _ => api.fields(bare).iter().find(|field| field.name.wire == name).map(|field| &field.ty),
    }
}

/// Whether one stands in the text that an item is.
fn has_comma(item: &Json) -> bool {
    let parts = match item {
        Json::Array(items) => return items.len() > 1 || items.iter().any(has_comma),
        Json::Object(members) => members,
        Json::String(text) | Json::Number(text) => return text.contains(','),
        Json::Null | Json::Boolean(_) => return false,
    };
    parts.len() > 1 || parts.iter().any(|(name, value)| name.contains(',') || has_comma(value))
}
