//! Rules over what the mock server remembers.

use std::collections::HashMap;

use super::operation_id;
use super::values::{self, Direction};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Effect, Json, Written};

/// Without it, the mock would show, change or delete whatever it has.
pub(super) fn effect_without_key(api: &Api, diagnostics: &mut Diagnostics) {
    for (resource, operation) in api.operations() {
        let Some(collection) = &resource.collection else { continue };
        let word = match operation.effect {
            Effect::Show => "show",
            Effect::Update => "update",
            Effect::Delete => "delete",
            Effect::None | Effect::List | Effect::Insert => continue,
        };
        if !operation.parameters.iter().any(|parameter| parameter.name.wire == collection.key) {
            let id = operation_id(resource, operation);
            let message = format!("`mock: {word}` of `{id}` needs the parameter `{}`", collection.key);
            diagnostics
                .report(&rules::EFFECT_WITHOUT_KEY, operation.span, message)
                .help("`key` in the resource's `mock` names the parameter that says which object is meant");
        }
    }
}

/// Without it, an object of the mock could never be asked for.
pub(super) fn collection_item(api: &Api, diagnostics: &mut Diagnostics) {
    for resource in &api.resources {
        let Some(collection) = &resource.collection else { continue };
        let mut seen = HashMap::new();
        for Written { json, place } in &collection.items {
            let key = &collection.key;
            match key_of(json, key) {
                None => {
                    diagnostics
                        .report(&rules::COLLECTION_ITEM, place.span, format!("this item has no `{key}`"))
                        .help("give each item a key of its own");
                }
                Some(value) => {
                    if let Some(first) = seen.insert(value, place.span) {
                        diagnostics
                            .report(&rules::COLLECTION_ITEM, place.span, format!("two items have the same `{key}`"))
                            .also(first, "the first one")
                            .help("give each item a key of its own");
                    }
                }
            }
        }
    }
}

/// Without it, the mock would answer what the client cannot read, or never what is meant.
pub(super) fn collection_member(api: &Api, diagnostics: &mut Diagnostics) {
    for resource in &api.resources {
        let (Some(collection), Some(fields)) = (&resource.collection, api.collection_fields(resource)) else {
            continue;
        };
        for Written { json, place } in &collection.items {
            let Json::Object(members) = json else { continue };
            for (at, (name, value)) in members.iter().enumerate() {
                let mut misfit = None;
                let mut tell = |found| _ = misfit.get_or_insert(found);
                let mut is_known = false;
                for field in fields.iter().filter(|field| field.name.wire == *name) {
                    is_known = true;
                    values::member(api, field, at, value, Direction::Received, &mut tell);
                }
                if let Some(misfit) = misfit {
                    let diagnostic =
                        diagnostics.report(&rules::COLLECTION_ITEM, misfit.span(place), misfit.to_string());
                    if let Some(field) = misfit.field {
                        diagnostic.also(field, "the field");
                    }
                } else if !is_known && !resource.collection_parameters().any(|it| it.name.wire == *name) {
                    let known = fields.iter().map(|field| field.name.wire.as_str());
                    let help = diagnostics.suggest(name, known);
                    diagnostics
                        .report(&rules::UNKNOWN_FIELD, place.at([at]), format!("unknown field `{name}`"))
                        .help(help);
                }
            }
        }
    }
}

fn key_of<'a>(item: &'a Json, key: &str) -> Option<&'a str> {
    let Json::Object(members) = item else { return None };
    match members.iter().find(|(name, _)| name == key) {
        Some((_, Json::Number(text) | Json::String(text))) => Some(text),
        Some(_) | None => None,
    }
}
