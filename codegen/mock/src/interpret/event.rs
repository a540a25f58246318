//! What a receiver reads of a webhook, once it is verified.

use std::collections::BTreeSet;

use codegen::ir::{Api, EventName, Json, Source, Webhooks};

use super::body::BodyKind;
use super::received::{Delivery, pairs};
use super::{nested, reads};
use crate::json;

/// Of one place there may be only one text where fields are signed, and one way to name it.
const DOUBTFUL: &str = "has two texts for one place, or names it in two ways";

/// Why a receiver cannot read the payload as what the spec says; nothing where it can, or where the format is one that
/// only the receiver itself can read.
pub fn unreadable(api: &Api, webhooks: &Webhooks, delivery: &Delivery) -> Option<String> {
    let by_fields = webhooks.values().any(|value| value.reads(&[Source::BodyParams]));
    let doubt = |is_doubtful: bool| (by_fields && is_doubtful).then(|| format!("it {DOUBTFUL}"));
    let Some((payload, doubtful)) = payload(delivery, &[])? else { return Some("it is not JSON".to_owned()) };
    let name = match &webhooks.event {
        EventName::Header(name) => delivery.header(name),
        EventName::Body(path) => {
            if let Some(reason) = doubt(path.first().is_some_and(|member| doubtful.contains(member))) {
                return Some(reason);
            }
            text_at(&payload, path)
        }
    };
    let Some(event) = webhooks.events.iter().find(|event| event.name.wire == name.unwrap_or_default()) else {
        return doubt(!doubtful.is_empty());
    };
    let (payload, doubtful) = match api.undivided(&event.payload).as_slice() {
        [] => (payload, doubtful),
        undivided => self::payload(delivery, undivided)??,
    };
    if let Some(reason) = doubt(!doubtful.is_empty()) {
        return Some(reason);
    }
    let (path, problem) = reads::read(api, &event.payload, &payload).err()?;
    Some(if path.is_empty() { format!("it {problem}") } else { format!("`{path}` {problem}") })
}

/// What was received, as a value, and the doubtful members of a form: none in a format that cannot be read, and none
/// within where it is not what it says.
fn payload(delivery: &Delivery, undivided: &[&str]) -> Option<Option<(Json, BTreeSet<String>)>> {
    let body = delivery.body.as_slice();
    match delivery.content_type().as_str() {
        "application/x-www-form-urlencoded" => {
            let pairs = pairs(body).into_iter().map(|item| (item.name, item.text));
            Some(Some(nested::object(pairs, undivided)))
        }
        "text/csv" => Some(Some(nested::object(nested::columns(body)?, undivided))),
        _ if delivery.written_as() == BodyKind::Json => {
            let text = std::str::from_utf8(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body));
            Some(text.ok().and_then(json::parse_whole).map(|json| (json, BTreeSet::new())))
        }
        _ => None,
    }
}

/// The text that names lead to; of equal ones the last counts.
fn text_at<'j>(payload: &'j Json, path: &[String]) -> Option<&'j str> {
    let step = |value: &'j Json, step: &String| match value {
        Json::Array(items) => step.parse().ok().and_then(|at: usize| items.get(at)),
        Json::Object(members) => members.iter().rev().find(|(name, _)| name == step).map(|(_, value)| value),
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::String(_) => None,
    };
    path.iter().try_fold(payload, step)?.spelling()
}
