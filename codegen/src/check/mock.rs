//! Rules over what the mock server remembers.

use std::collections::HashMap;

use super::operation_id;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Effect, Json};

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
        for (index, item) in collection.items.iter().enumerate() {
            let number = index + 1;
            let problem = match key_of(item, &collection.key) {
                None => format!("item {number} has no `{}`", collection.key),
                Some(key) => match seen.insert(key, number) {
                    None => continue,
                    Some(first) => format!("items {first} and {number} have the same `{}`", collection.key),
                },
            };
            diagnostics
                .report(
                    &rules::COLLECTION_ITEM,
                    resource.span,
                    format!("in the mock of `{}`, {problem}", resource.name.wire),
                )
                .help("give each item a key of its own");
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
