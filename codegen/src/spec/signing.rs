//! Signing as the spec writes it: expressions by name.

use super::cursor;
use super::doc::Doc;
use super::keys;
use super::node::{Named, Node};
use crate::diagnostics::Diagnostics;
use crate::source::Scalar;

/// How every call is signed.
#[derive(Debug, Default)]
pub(crate) struct Signing {
    pub inject: Named<Inject>,
    pub steps: Named<Scalar>,
    pub send: Named<Scalar>,
    pub doc: Doc,
}

/// A parameter that joins every call: an expression, or that and what is said about it.
#[derive(Debug)]
pub(crate) struct Inject {
    pub value: Option<Scalar>,
    pub doc: Doc,
}

impl Signing {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::SIGNING, |map| Self {
            inject: map.named("inject", Inject::read),
            steps: map.named("steps", cursor::text),
            send: map.named("send", cursor::text),
            doc: Doc::read(map),
        })
    }
}

impl Inject {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::INJECT, |map| Self { value: map.get("value", cursor::text), doc: Doc::read(map) })
    }
}
