//! Errors that the API documents.

use super::cursor;
use super::doc::Doc;
use super::example::{status, written};
use super::keys;
use super::node::{Named, Node};
use super::types::TypeRef;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Again, Written};
use crate::source::{Scalar, Span};

/// An error with an identity.
#[derive(Debug, Default)]
pub(crate) struct ErrorCase {
    pub statuses: Vec<(u16, Span)>,
    pub codes: Vec<Scalar>,
    pub subcodes: Vec<Scalar>,
    pub field: Option<Scalar>,
    pub messages: Vec<Scalar>,
    pub matches: Vec<Match>,
    pub again: Option<Again>,
    /// By their paths.
    pub carries: Named<Carried>,
    pub everywhere: bool,
    pub example: Option<Written>,
    pub doc: Doc,
}

/// A member that an error gives to the caller.
#[derive(Debug)]
pub(crate) struct Carried {
    pub ty: Option<TypeRef>,
    /// What it is called in Rust, where that is not the last name of its path.
    pub rust: Option<Scalar>,
}

/// How a message may differ from the one that is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Match {
    Prefix,
    AnyCase,
}

pub(super) const MATCHES: [(&str, Match); 2] = [("prefix", Match::Prefix), ("any_case", Match::AnyCase)];
pub(super) const AGAIN: [(&str, Again); 3] = [("safe", Again::Safe), ("fresh", Again::Fresh), ("never", Again::Never)];
pub(super) const OUTCOMES: [(&str, Again); 1] = [("unknown", Again::OutcomeUnknown)];

impl ErrorCase {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::ERROR, |map| {
            let signs = ["status", "code", "subcode", "field", "message"];
            if !signs.iter().any(|key| map.has(key).is_some()) && !map.is_misspelt(&signs) {
                map.cx
                    .report(&rules::MISSING_KEY, map.at, "nothing says which answers are this error")
                    .help("say its `status`, `code`, `subcode`, `field` or `message`");
            }
            if let (Some(at), None, false) = (map.has("match"), map.has("message"), map.is_misspelt(&["message"])) {
                map.cx
                    .report(&rules::CONFLICTING_KEYS, at, "`match` says how a `message` is compared, and there is none")
                    .help("say the `message`, or leave `match` out");
            }
            Self {
                statuses: map.some("status", |cx, node| Some((status(cx, node)?, node.at))),
                codes: map.some("code", |cx, node| something(cx, node, "code", cursor::code)),
                subcodes: map.some("subcode", |cx, node| something(cx, node, "subcode", cursor::code)),
                field: map.get("field", |cx, node| something(cx, node, "field", cursor::text)),
                messages: map.some("message", |cx, node| something(cx, node, "message", cursor::text)),
                matches: map.some("match", |cx, node| cursor::word(cx, node, &MATCHES)),
                again: map
                    .get("retry", |cx, node| cursor::word(cx, node, &AGAIN))
                    .or_else(|| map.get("outcome", |cx, node| cursor::word(cx, node, &OUTCOMES))),
                carries: map.named("carries", Carried::read),
                everywhere: map.flag("everywhere"),
                example: map.get("example", written),
                doc: Doc::read(map),
            }
        })
    }
}

impl Carried {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::CARRIED, |map| Self {
            ty: map.get("type", TypeRef::read),
            rust: map.get("rust", cursor::text),
        })
    }
}

/// What an error says, which is something.
fn something(
    cx: &mut Diagnostics,
    node: &Node,
    key: &str,
    read: fn(&mut Diagnostics, &Node) -> Option<Scalar>,
) -> Option<Scalar> {
    let text = read(cx, node)?;
    if text.text.trim().is_empty() {
        cx.report(&rules::EMPTY_MESSAGE, node.at, format!("this {key} says nothing"))
            .help(format!("leave `{key}` out where the rest decides"));
        return None;
    }
    Some(text)
}
