//! What a vendor sends by itself, and how a receiver knows that it is the vendor.

use super::{Api, Doc, Expr, Name, Shape, Step, Type};
use crate::source::Span;

/// The webhooks of an API. Their expressions read what was received: `Source::Credential(0)` is the secret in question,
/// and nothing is drawn.
#[derive(Debug)]
pub struct Webhooks {
    /// The environment variable with the secret.
    pub env: String,
    /// What the spec says about the secret.
    pub secret_doc: Doc,
    /// In order; a step sees those above it.
    pub steps: Vec<Step>,
    /// What was received; any text of a list may match.
    pub signatures: Expr,
    /// Where that stands.
    pub signatures_span: Span,
    /// What it must be; bytes if `signatures` is bytes, a text otherwise.
    pub expected: Expr,
    /// How old it may be.
    pub time: Option<Freshness>,
    /// What must be the same besides, once the signature holds.
    pub also: Vec<Match>,
    /// Where the name of the event stands.
    pub event: EventName,
    /// Those that are documented, in spec order.
    pub events: Vec<Event>,
    /// What the vendor sends, so that it can be sent in its stead.
    pub headers: Vec<SentHeader>,
    /// What the spec says about webhooks.
    pub doc: Doc,
    /// Where they are described.
    pub span: Span,
}

/// How old a webhook may be.
#[derive(Debug)]
pub struct Freshness {
    /// When it was sent: a text.
    pub value: Expr,
    /// How that is written.
    pub unit: TimeUnit,
    /// So many seconds may lie between then and now, in either direction.
    pub tolerance: u32,
    /// Where the value stands.
    pub span: Span,
}

/// How a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// Seconds since 1970, in decimal.
    EpochS,
    /// Milliseconds since 1970, in decimal.
    EpochMs,
    /// `2026-01-02T03:04:05Z`, with an offset and perhaps a fraction.
    Rfc3339,
}

/// Two values of one type, text or bytes, that must be the same.
#[derive(Debug)]
pub struct Match {
    /// What was received.
    pub given: Expr,
    /// What it must be.
    pub expected: Expr,
    /// Where what was received stands.
    pub span: Span,
}

/// Where the name of an event stands.
#[derive(Debug)]
pub enum EventName {
    /// The members that lead to it, from the outermost.
    Body(Vec<String>),
    /// A header.
    Header(String),
}

/// A documented event.
#[derive(Debug)]
pub struct Event {
    /// Its name on the wire, and its variant.
    pub name: Name,
    /// What the whole body is read as.
    pub payload: Type,
    /// What the spec says about it.
    pub doc: Doc,
    /// The key that names it.
    pub span: Span,
}

/// A header that the vendor sends.
#[derive(Debug)]
pub struct SentHeader {
    /// As the vendor writes it.
    pub name: String,
    /// Its value.
    pub value: Vec<SentPart>,
}

/// A part of a header that the vendor sends.
#[derive(Debug)]
pub enum SentPart {
    /// As it stands.
    Text(String),
    /// The time, in the unit of `Webhooks::time`.
    Time,
    /// Something that names the delivery.
    Id,
    /// What is expected.
    Signature,
    /// Index into `Webhooks::steps`: a text.
    Step(usize),
}

impl Api {
    /// The names of a payload's members that a form would be read to lead further down by: they lead nowhere.
    pub fn undivided<'a>(&'a self, payload: &'a Type) -> Vec<&'a str> {
        let records: Vec<&Type> = match self.shape(self.bare(payload)) {
            Some(Shape::Union(union)) => union.variants.iter().map(|(_, ty)| ty).collect(),
            _ => vec![payload],
        };
        let fields = records.into_iter().flat_map(|ty| self.fields(ty)).filter(|field| field.places.is_empty());
        let mut names: Vec<_> =
            fields.map(|field| field.name.wire.as_str()).filter(|name| name.contains(['.', '['])).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}
