//! Prose and provenance, which almost everything may carry.

use super::cursor::{self, Map, text};
use super::node::Named;
use crate::ir::Evidence;
use crate::source::Scalar;

/// `doc`, `source`, `notes`, `evidence`, `contradictions` and `deprecated` of one thing.
#[derive(Debug, Default)]
pub(crate) struct Doc {
    pub text: Option<Scalar>,
    pub sources: Vec<Scalar>,
    pub notes: Vec<Scalar>,
    pub evidence: Evidence,
    pub contradictions: Named<Scalar>,
    pub deprecated: Option<Scalar>,
}

pub(super) const EVIDENCE: [(&str, Evidence); 4] = [
    ("documented", Evidence::Documented),
    ("observed", Evidence::Observed),
    ("inferred", Evidence::Inferred),
    ("assumed", Evidence::Assumed),
];

impl Doc {
    pub(super) fn read(map: &mut Map<'_, '_>) -> Self {
        Self {
            text: map.get("doc", text),
            sources: map.many("source", text),
            notes: map.many("notes", text),
            evidence: map.get("evidence", |cx, node| cursor::word(cx, node, &EVIDENCE)).unwrap_or_default(),
            contradictions: map.named("contradictions", text),
            deprecated: map.get("deprecated", text),
        }
    }
}
