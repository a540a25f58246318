//! Errors that the API documents, and where their messages stand.

use super::cursor;
use super::doc::Doc;
use super::example::status;
use super::node::{Node, Value};
use crate::diagnostics::Diagnostics;
use crate::source::Scalar;

/// An error with an identity.
#[derive(Debug)]
pub(crate) struct ErrorCase {
    pub statuses: Vec<u16>,
    pub field: Option<Scalar>,
    pub messages: Vec<Scalar>,
    pub doc: Doc,
}

/// Where in a failed answer a message may stand.
#[derive(Debug)]
pub(crate) struct ErrorPlaces {
    pub places: Vec<Scalar>,
    pub doc: Doc,
}

impl ErrorCase {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, |map| Self {
            statuses: map.some("status", status),
            field: map.optional("field", cursor::text),
            messages: map.many("message", cursor::text),
            doc: Doc::read(map),
        })
    }
}

impl ErrorPlaces {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            return Some(Self { places: cursor::at_least_one(cx, node, cursor::text), doc: Doc::default() });
        }
        cursor::map(cx, node, |map| Self { places: map.some("in", cursor::text), doc: Doc::read(map) })
    }
}
