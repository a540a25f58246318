//! Errors that the API documents, and where their messages stand.

use super::cursor;
use super::doc::Doc;
use super::example::status;
use super::keys;
use super::node::Node;
use crate::diagnostics::{Diagnostics, rules};
use crate::source::{Scalar, Span};

/// An error with an identity.
#[derive(Debug)]
pub(crate) struct ErrorCase {
    pub statuses: Vec<(u16, Span)>,
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
        cursor::map(cx, node, &keys::ERROR, |map| Self {
            statuses: map.some("status", failure),
            field: map.get("field", cursor::text),
            messages: map.many("message", message),
            doc: Doc::read(map),
        })
    }
}

/// The status of an answer that is an error, with its place.
fn failure(cx: &mut Diagnostics, node: &Node) -> Option<(u16, Span)> {
    let status = status(cx, node)?;
    if status < 400 {
        cx.report(&rules::BAD_STATUS, node.at, format!("an answer with status {status} is no error"))
            .help("errors have a status from 400 to 599");
        return None;
    }
    Some((status, node.at))
}

/// What an error says, which is something.
fn message(cx: &mut Diagnostics, node: &Node) -> Option<Scalar> {
    let message = cursor::text(cx, node)?;
    if message.text.trim().is_empty() {
        cx.report(&rules::EMPTY_MESSAGE, node.at, "this message says nothing")
            .help("leave `message` out where the status alone decides");
        return None;
    }
    Some(message)
}

impl ErrorPlaces {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::ERROR_PLACES, |map| Self {
            places: map.some("in", cursor::text),
            doc: Doc::read(map),
        })
    }
}
