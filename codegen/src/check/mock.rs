//! Rules over what the mock server remembers.

use std::collections::HashMap;

use super::operation_id;
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

fn key_of<'a>(item: &'a Json, key: &str) -> Option<&'a str> {
    let Json::Object(members) = item else { return None };
    match members.iter().find(|(name, _)| name == key) {
        Some((_, Json::Number(text) | Json::String(text))) => Some(text),
        Some(_) | None => None,
    }
}
