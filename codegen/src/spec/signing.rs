//! Signing as the spec writes it: expressions by name.

use super::cursor::{self, placed};
use super::doc::Doc;
use super::keys;
use super::node::{Named, Node};
use crate::diagnostics::Diagnostics;
use crate::ir::{Carrier, Method};
use crate::source::{Scalar, Spanned};

/// How every call is signed.
#[derive(Debug, Default)]
pub(crate) struct Signing {
    pub inject: Named<Placement>,
    pub steps: Named<Scalar>,
    pub send: Named<Placement>,
    pub doc: Doc,
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

pub(super) const METHODS: [(&str, Method); 6] = [
    ("GET", Method::Get),
    ("HEAD", Method::Head),
    ("POST", Method::Post),
    ("PUT", Method::Put),
    ("PATCH", Method::Patch),
    ("DELETE", Method::Delete),
];

impl Signing {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::SIGNING, |map| Self {
            inject: map.named("inject", Placement::read),
            steps: map.named("steps", cursor::text),
            send: map.named("send", Placement::read),
            doc: Doc::read(map),
        })
    }
}

impl Placement {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::PLACEMENT, |map| Self {
            value: map.get("value", cursor::text),
            template: map.get("template", cursor::text),
            carrier: map.get("in", |cx, node| cursor::word(cx, node, &CARRIERS)),
            only_for: map.some("only_for", placed(|cx, node| cursor::word(cx, node, &METHODS))),
            unless_empty: map.get("unless_empty", cursor::text),
            doc: Doc::read(map),
        })
    }
}
