//! How an answer says whether a call succeeded, and where in it everything stands.

use super::cursor::{self, Map};
use super::doc::Doc;
use super::example::{code, status};
use super::keys;
use super::node::{Named, Node};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Json, Unit};
use crate::source::{Scalar, Span, Spanned};

/// What answers have in common. What is left out is as it is for the API.
#[derive(Debug, Default)]
pub(crate) struct Envelope {
    pub success: Option<Success>,
    pub payload: Option<Scalar>,
    pub code: Option<Scalar>,
    pub subcode: Option<Scalar>,
    pub message: Option<Scalar>,
    pub suffix: Option<Scalar>,
    pub errors: Option<Reports>,
    pub warnings: Option<Reports>,
    pub request_id: Option<Spot>,
    pub retry_after: Option<RetryAfter>,
    pub doc: Doc,
}

/// What makes an answer a success: all of it.
#[derive(Debug)]
pub(crate) struct Success {
    pub statuses: Vec<(u16, Span)>,
    /// Paths and the values that the members may have.
    pub is: Named<Vec<Spanned<Json>>>,
    /// Paths.
    pub absent: Vec<Scalar>,
    /// Paths.
    pub empty: Vec<Scalar>,
}

/// Where errors or warnings stand, and what the members of one are called.
#[derive(Debug)]
pub(crate) struct Reports {
    pub at: Vec<Scalar>,
    pub code: Option<Scalar>,
    pub subcode: Option<Scalar>,
    pub message: Option<Scalar>,
    pub field: Option<Scalar>,
}

/// Where a single text stands.
#[derive(Debug)]
pub(crate) struct Spot {
    pub header: Option<Scalar>,
    pub at: Option<Scalar>,
}

/// When to try again.
#[derive(Debug)]
pub(crate) struct RetryAfter {
    pub spot: Spot,
    pub unit: Unit,
}

pub(super) const UNITS: [(&str, Unit); 4] = [
    ("s", Unit::Seconds),
    ("ms", Unit::Milliseconds),
    ("epoch_s", Unit::EpochSeconds),
    ("epoch_ms", Unit::EpochMilliseconds),
];

impl Envelope {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::ENVELOPE, |map| Self {
            success: map.get("success", Success::read),
            payload: map.get("payload", cursor::text),
            code: map.get("code", cursor::text),
            subcode: map.get("subcode", cursor::text),
            message: map.get("message", cursor::text),
            suffix: map.get("suffix", cursor::text),
            errors: map.get("errors", Reports::read),
            warnings: map.get("warnings", Reports::read),
            request_id: map.get("request_id", Spot::read),
            retry_after: map.get("retry_after", RetryAfter::read),
            doc: Doc::read(map),
        })
    }
}

impl Success {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::SUCCESS, |map| Self {
            statuses: map.some("status", |cx, node| Some((status(cx, node)?, node.at))),
            is: map.get("is", is).unwrap_or_default(),
            absent: map.some("absent", cursor::text),
            empty: map.some("empty", cursor::text),
        })
    }
}

/// Paths, each with the values that stand there.
fn is(cx: &mut Diagnostics, node: &Node) -> Option<Named<Vec<Spanned<Json>>>> {
    cursor::not_empty(cx, node);
    cursor::named(cx, node, |cx, node| Some(cursor::at_least_one(cx, node, code)))
}

impl Reports {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::REPORTS, |map| Self {
            at: map.some("at", cursor::text),
            code: map.get("code", cursor::text),
            subcode: map.get("subcode", cursor::text),
            message: map.get("message", cursor::text),
            field: map.get("field", cursor::text),
        })
    }
}

impl Spot {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::SPOT, Self::of)
    }

    /// That of a map which says more.
    pub(super) fn of(map: &mut Map<'_, '_>) -> Self {
        let is_short = map.is_short();
        let header = map.get("header", |cx, node| {
            let name = cursor::text(cx, node)?;
            if is_short && name.text.contains(['.', '_']) {
                // Headers are hardly ever called so, and members are.
                cx.report(&rules::BAD_HEADER, node.at, format!("`{}` would be the name of a header", name.text))
                    .help(format!("write `{{at: {0}}}` for a member of the body, or `{{header: {0}}}`", name.text));
                return None;
            }
            Some(name)
        });
        Self { header, at: map.get("at", cursor::text) }
    }
}

impl RetryAfter {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::RETRY_AFTER, |map| Self {
            spot: Spot::of(map),
            unit: map.get("unit", |cx, node| cursor::word(cx, node, &UNITS)).unwrap_or(Unit::Seconds),
        })
    }
}
