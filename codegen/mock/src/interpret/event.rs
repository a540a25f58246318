//! What a receiver reads of a webhook, once it is verified.

use std::collections::HashSet;

use codegen::ir::{Api, EventName, Json, Webhooks};

use super::body::BodyKind;
use super::received::{Delivery, pairs};
use crate::json;

/// Why a receiver cannot read the payload as what the spec says; nothing where it can, or where the format is one that
/// only the receiver itself can read.
pub fn unreadable(api: &Api, webhooks: &Webhooks, delivery: &Delivery) -> Option<String> {
    let payload = match delivery.written_as() {
        BodyKind::Form => form(&delivery.body),
        BodyKind::Json => match std::str::from_utf8(&delivery.body).ok().and_then(json::parse) {
            Some(payload) => payload,
            None => return Some("it is not JSON".to_owned()),
        },
        _ => return None,
    };
    let name = match &webhooks.event {
        EventName::Header(name) => delivery.header(name),
        EventName::Body(path) if delivery.written_as() == BodyKind::Form => text_at(&payload, &[path.join(".")]),
        EventName::Body(path) => text_at(&payload, path),
    };
    let event = webhooks.events.iter().find(|event| Some(event.name.wire.as_str()) == name)?;
    codegen::check::unreadable(api, &event.payload, &payload)
}

/// A form as an object of texts: the first of each name.
fn form(body: &[u8]) -> Json {
    let mut seen = HashSet::new();
    let pairs = pairs(&String::from_utf8_lossy(body)).into_iter().map(|item| (item.name, item.text));
    Json::Object(
        pairs.filter(|(name, _)| seen.insert(name.clone())).map(|(name, text)| (name, Json::String(text))).collect(),
    )
}

/// The text that names lead to.
fn text_at<'j>(payload: &'j Json, path: &[String]) -> Option<&'j str> {
    let step = |value: &'j Json, step: &String| match value {
        Json::Array(items) => step.parse().ok().and_then(|at: usize| items.get(at)),
        object => json::member(object, step),
    };
    json::scalar_text(path.iter().try_fold(payload, step)?)
}
