//! Signing as the spec writes it: expressions by name.

use super::cursor::{self, placed};
use super::doc::Doc;
use super::keys;
use super::node::{Declared, Named, Node};
use crate::diagnostics::Diagnostics;
use crate::ir::{Carrier, Method, Missing};
use crate::source::{Scalar, Span, Spanned};

/// How every call is signed.
#[derive(Debug, Default)]
pub(crate) struct Signing {
    pub inject: Named<Placement>,
    /// Without an expression where what is written is none: the steps below know its name.
    pub steps: Declared<Option<Scalar>>,
    pub send: Named<Placement>,
    pub answers: Option<Answers>,
    pub doc: Doc,
}

/// How answers are signed.
#[derive(Debug)]
pub(crate) struct Answers {
    pub header: Option<Scalar>,
    pub expected: Option<Scalar>,
    pub missing: Missing,
    pub doc: Doc,
    pub at: Span,
}

/// A value that joins a call: an expression, or that and where it goes.
#[derive(Debug)]
pub(crate) struct Placement {
    pub value: Option<Scalar>,
    pub template: Option<Scalar>,
    pub carrier: Option<Carrier>,
    pub only_for: Vec<Spanned<Method>>,
    pub unless_empty: Option<Scalar>,
    pub doc: Doc,
}

pub(super) const CARRIERS: [(&str, Carrier); 3] =
    [("header", Carrier::Header), ("query", Carrier::Query), ("body", Carrier::Body)];

pub(super) const METHODS: [(&str, Method); 6] = {
    let mut words = [("", Method::Get); 6];
    let mut at = 0;
    while at < words.len() {
        words[at] = (Method::ALL[at].as_str(), Method::ALL[at]);
        at += 1;
    }
    words
};

pub(super) const MISSING: [(&str, Missing); 2] = [("refused", Missing::Refused), ("accepted", Missing::Accepted)];

impl Signing {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::SIGNING, |map| Self {
            inject: map.named("inject", Placement::read),
            steps: map.declared("steps", |cx, node| Some(cursor::text(cx, node))),
            send: map.named("send", Placement::read),
            answers: map.get("answers", Answers::read),
            doc: Doc::read(map),
        })
    }
}

impl Answers {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::SIGNED_ANSWERS, |map| Self {
            header: map.get("header", cursor::text),
            expected: map.get("expected", cursor::text),
            missing: map.get("missing", |cx, node| cursor::word(cx, node, &MISSING)).unwrap_or(Missing::Refused),
            doc: Doc::read(map),
            at: map.at,
        })
    }
}

impl Placement {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::PLACEMENT, |map| Self {
            value: map.get("value", cursor::text),
            template: map.get("template", cursor::text),
            // What is said wrongly was told: in the query it disturbs no body.
            carrier: map.get("in", |cx, node| Some(cursor::word(cx, node, &CARRIERS).unwrap_or(Carrier::Query))),
            only_for: map.some("only_for", placed(|cx, node| cursor::word(cx, node, &METHODS))),
            unless_empty: map.get("unless_empty", cursor::text),
            doc: Doc::read(map),
        })
    }
}
