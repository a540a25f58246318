//! What the mock server must know beyond the contract.

use super::cursor;
use super::doc::Doc;
use super::example::{json, status};
use super::keys;
use super::memory::{Collection, MemberValue};
use super::node::{Declared, Named, Node};
use crate::diagnostics::Diagnostics;
use crate::ir::{Answer, Lenience};
use crate::source::Scalar;

/// Answers that no documentation gives; each has a default.
#[derive(Debug, Default)]
pub(crate) struct MockRules {
    pub window: Option<u32>,
    pub unauthenticated: Option<Answer>,
    pub bad_signature: Option<Answer>,
    pub stale: Option<Answer>,
    pub replayed: Option<Answer>,
    pub reused_key: Option<Answer>,
    pub invalid: Option<Answer>,
    /// An error.
    pub missing: Option<Scalar>,
    pub error_in: Option<Scalar>,
    pub lenient: Vec<Lenience>,
    /// Members.
    pub envelope: Named<MemberValue>,
    pub collections: Declared<Collection>,
    /// `None` where the spec does not speak of the mock at all.
    pub doc: Option<Doc>,
}

pub(super) const LENIENCES: [(&str, Lenience); 6] = [
    ("places", Lenience::Places),
    ("methods", Lenience::Methods),
    ("slashes", Lenience::Slashes),
    ("times", Lenience::Times),
    ("blanks", Lenience::Blanks),
    ("texts", Lenience::Texts),
];

impl MockRules {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::MOCK, |map| Self {
            window: map.get("window", cursor::integer),
            unauthenticated: map.get("unauthenticated", answer),
            bad_signature: map.get("bad_signature", answer),
            stale: map.get("stale", answer),
            replayed: map.get("replayed", answer),
            reused_key: map.get("reused_key", answer),
            invalid: map.get("invalid", answer),
            missing: map.get("missing", cursor::text),
            error_in: map.get("error_in", cursor::text),
            lenient: map.some("lenient", |cx, node| cursor::word(cx, node, &LENIENCES)),
            envelope: map.named("envelope", MemberValue::read),
            collections: map.declared("collections", Collection::read),
            doc: Some(Doc::read(map)),
        })
    }
}

/// A status and a body.
fn answer(cx: &mut Diagnostics, node: &Node) -> Option<Answer> {
    let (status, body) =
        cursor::map(cx, node, &keys::ANSWER, |map| (map.get("status", status), map.get("body", json)))?;
    Some(Answer { status: status?, body: body? })
}
