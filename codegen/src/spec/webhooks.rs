//! Webhooks as the spec writes them: expressions over what was received, and the events.

use super::cursor;
use super::doc::Doc;
use super::keys;
use super::node::{Declared, Named, Node};
use super::types::TypeRef;
use crate::diagnostics::Diagnostics;
use crate::ir::TimeUnit;
use crate::source::{Scalar, Span};

/// What the vendor sends by itself.
#[derive(Debug)]
pub(crate) struct Webhooks {
    pub secret: Option<Secret>,
    pub steps: Declared<Option<Scalar>>,
    pub signatures: Option<Scalar>,
    pub expected: Option<Scalar>,
    pub time: Option<Time>,
    pub also: Vec<Match>,
    pub event: Option<EventName>,
    pub events: Named<Event>,
    /// Templates.
    pub headers: Named<Scalar>,
    pub doc: Doc,
    pub at: Span,
}

/// An environment variable, or that and what is said about it.
#[derive(Debug)]
pub(crate) struct Secret {
    pub env: Option<Scalar>,
    pub doc: Doc,
}

/// How old a webhook may be.
#[derive(Debug)]
pub(crate) struct Time {
    pub value: Option<Scalar>,
    pub unit: TimeUnit,
    pub tolerance: Option<u32>,
}

/// Two expressions.
#[derive(Debug)]
pub(crate) struct Match {
    pub given: Option<Scalar>,
    pub expected: Option<Scalar>,
}

/// Where the name of an event stands.
#[derive(Debug)]
pub(crate) struct EventName {
    pub body: Option<Scalar>,
    pub header: Option<Scalar>,
}

/// What an event brings, or that and what is said about it.
#[derive(Debug)]
pub(crate) struct Event {
    pub payload: Option<TypeRef>,
    /// What it is called in Rust, where that is not its name.
    pub rust: Option<Scalar>,
    pub doc: Doc,
}

pub(super) const UNITS: [(&str, TimeUnit); 3] =
    [("epoch_s", TimeUnit::EpochS), ("epoch_ms", TimeUnit::EpochMs), ("rfc3339", TimeUnit::Rfc3339)];

impl Webhooks {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::WEBHOOKS, |map| Self {
            secret: map.get("secret", Secret::read),
            steps: map.declared("steps", |cx, node| Some(cursor::text(cx, node))),
            signatures: map.get("signatures", cursor::text),
            expected: map.get("expected", cursor::text),
            time: map.get("time", Time::read),
            also: map.get("also", matches).unwrap_or_default(),
            event: map.get("event", EventName::read),
            events: map.named("events", Event::read),
            headers: map.get("headers", headers).unwrap_or_default(),
            doc: Doc::read(map),
            at: map.at,
        })
    }
}

/// Pairs, always in a list.
fn matches(cx: &mut Diagnostics, node: &Node) -> Option<Vec<Match>> {
    let super::node::Value::List(items) = &node.value else { return cursor::wrong(cx, node, "a list") };
    Some(items.iter().filter_map(|item| Match::read(cx, item)).collect())
}

/// A template for each, with or without its key.
fn headers(cx: &mut Diagnostics, node: &Node) -> Option<Named<Scalar>> {
    cursor::named(cx, node, |cx, node| {
        cursor::map(cx, node, &keys::WEBHOOK_HEADER, |map| map.get("template", cursor::text))?
    })
}

impl Secret {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::WEBHOOK_SECRET, |map| Self {
            env: map.get("env", cursor::text),
            doc: Doc::read(map),
        })
    }
}

impl Time {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::WEBHOOK_TIME, |map| Self {
            value: map.get("value", cursor::text),
            unit: map.get("unit", |cx, node| cursor::word(cx, node, &UNITS)).unwrap_or(TimeUnit::EpochS),
            tolerance: map.get("tolerance", cursor::integer),
        })
    }
}

impl Match {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::WEBHOOK_MATCH, |map| Self {
            given: map.get("given", cursor::text),
            expected: map.get("expected", cursor::text),
        })
    }
}

impl EventName {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::WEBHOOK_NAME, |map| Self {
            body: map.get("body", cursor::text),
            header: map.get("header", cursor::text),
        })
    }
}

impl Event {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::WEBHOOK_EVENT, |map| Self {
            payload: map.get("payload", TypeRef::read),
            rust: map.get("rust", cursor::text),
            doc: Doc::read(map),
        })
    }
}
