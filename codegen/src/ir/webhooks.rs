//! What a vendor sends by itself, and how a receiver knows that it is the vendor.

use super::{Api, Doc, Expr, ExprKind, Function, Name, Shape, Source, Step, Type};
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
#[derive(Debug, PartialEq, Eq)]
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

/// What is decoded of the secret, whatever is received.
#[derive(Debug, Default)]
pub struct SecretParts<'a> {
    /// Indices of steps that are made of the secret alone, and are needed for the rest.
    pub steps: Vec<usize>,
    /// What must decode.
    pub decoded: Vec<&'a Expr>,
}

impl Webhooks {
    /// Everything that verifying works out, the steps first.
    pub fn values(&self) -> impl Iterator<Item = &Expr> {
        let steps = self.steps.iter().map(|step| &step.value);
        let time = self.time.iter().map(|time| &time.value);
        let also = self.also.iter().flat_map(|pair| [&pair.given, &pair.expected]);
        steps.chain([&self.signatures, &self.expected]).chain(time).chain(also)
    }

    /// What every verification decodes of the secret: one for which that fails verifies nothing.
    pub fn secret_parts(&self) -> SecretParts<'_> {
        let mut own: Vec<Option<bool>> = Vec::new();
        for step in &self.steps {
            own.push(has_secret(&step.value, &own));
        }
        let mut parts = SecretParts::default();
        self.values().for_each(|value| decoded(value, &own, &mut parts.decoded));
        let mut needed = vec![false; self.steps.len()];
        parts.decoded.iter().for_each(|value| value.mark_steps(&mut needed));
        for (index, step) in self.steps.iter().enumerate().rev() {
            if needed.get(index) == Some(&true) {
                parts.steps.insert(0, index);
                step.value.mark_steps(&mut needed);
            }
        }
        parts
    }
}

/// Whether the secret is in a value that nothing received is in; nothing where something is.
fn has_secret(value: &Expr, steps: &[Option<bool>]) -> Option<bool> {
    match &value.kind {
        ExprKind::Source(Source::Credential(_)) => Some(true),
        ExprKind::Source(Source::Step(index)) => steps.get(*index).copied().flatten(),
        ExprKind::Source(_) | ExprKind::Call(Function::Header | Function::IfMethod, _) => None,
        ExprKind::Call(_, operands) => {
            operands.iter().try_fold(false, |found, operand| Some(found | has_secret(operand, steps)?))
        }
        ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Escape(_) | ExprKind::Clock(_) | ExprKind::Methods(_) => {
            Some(false)
        }
    }
}

/// Adds what a value certainly decodes of the secret.
fn decoded<'a>(value: &'a Expr, steps: &[Option<bool>], found: &mut Vec<&'a Expr>) {
    let ExprKind::Call(function, operands) = &value.kind else { return };
    if function.decodes() && has_secret(value, steps) == Some(true) {
        return found.push(value);
    }
    function.certain(operands).iter().for_each(|operand| decoded(operand, steps, found));
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
