//! Rules over what the mock server remembers.

use std::collections::HashMap;

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Hole, Json, Member, Written};

/// Without it, an object of the mock could never be asked for.
pub(super) fn collection_item(api: &Api, diagnostics: &mut Diagnostics) {
    for collection in api.collections.iter().filter(|collection| !collection.key.is_empty()) {
        let key = collection.key.as_str();
        let mut seen = HashMap::new();
        for Written { json, place } in &collection.items {
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
        let template = collection.synthesis.iter().flat_map(|synthesis| &synthesis.item);
        for member in template.filter(|member| *member.name == key && !is_numbered(member)) {
            diagnostics
                .report(
                    &rules::COLLECTION_ITEM,
                    member.value.span(),
                    format!("all of these items have the same `{key}`"),
                )
                .help(format!("leave `{key}` out, or write `{{next()}}` into it"));
        }
    }
}

/// Whether each object that is made has another value.
fn is_numbered(member: &Member) -> bool {
    member.value.holes().any(|hole| matches!(hole.value, Hole::Next | Hole::Uuid | Hole::Token(_)))
}

fn key_of<'a>(item: &'a Json, key: &str) -> Option<&'a str> {
    let Json::Object(members) = item else { return None };
    match members.iter().find(|(name, _)| name == key) {
        Some((_, Json::Number(text) | Json::String(text))) => Some(text),
        Some(_) | None => None,
    }
}
