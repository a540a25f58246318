//! Inputs of operations.

use super::cursor;
use super::doc::Doc;
use super::encoding::Encoding;
use super::keys;
use super::node::{Kind, Node, Value};
use super::rules::{Across, Rules};
use super::types::{TypeRef, sensitivity};
use crate::diagnostics::Diagnostics;
use crate::ir::{Clear, Location, Sensitivity};
use crate::source::{Scalar, Span, Spanned};

/// A named input: `name: Word`, or all there is to say about it.
#[derive(Debug, Default)]
pub(crate) struct Parameter {
    pub ty: Option<TypeRef>,
    /// What it is called in Rust, where that is not its name.
    pub rust: Option<Scalar>,
    /// Whether it must be there, where that is said.
    pub required: Option<Spanned<bool>>,
    /// `in`: where it travels, if not where such parameters usually do.
    pub location: Option<Location>,
    pub sensitivity: Sensitivity,
    pub encoding: Option<Encoding>,
    /// Its entries are parameters of their own: where that is said.
    pub spread: Option<Span>,
    /// A slash in its value is one of the path: where that is said.
    pub keeps_slashes: Option<Span>,
    pub signed: Option<bool>,
    pub content_type: Option<Scalar>,
    pub rules: Rules,
    pub across: Across,
    pub clear: Option<Spanned<Clear>>,
    pub default: Option<Scalar>,
    /// Another parameter.
    pub default_from: Option<Scalar>,
    /// The server knows a call by it that is made again.
    pub idempotency_key: bool,
    /// Whether something is wrong with it, so that nobody knows where it travels and how.
    pub is_doubtful: bool,
    pub doc: Doc,
}

pub(super) const LOCATIONS: [(&str, Location); 4] =
    [("path", Location::Path), ("query", Location::Query), ("header", Location::Header), ("body", Location::Body)];

impl Parameter {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        let before = cx.count();
        let read = cursor::map(cx, node, &keys::PARAMETER, |map| Self {
            ty: TypeRef::read_in(map),
            rust: map.get("rust", cursor::text),
            required: map.get("required", cursor::placed(cursor::boolean)),
            location: map.get("in", |cx, node| cursor::word(cx, node, &LOCATIONS)),
            sensitivity: sensitivity(map),
            encoding: map.get("encoding", Encoding::read_style),
            spread: map.get("spread", |cx, node| cursor::boolean(cx, node).and_then(|said| said.then_some(node.at))),
            keeps_slashes: map.flag("keep_slashes").then(|| map.has("keep_slashes")).flatten(),
            signed: map.get("signed", cursor::boolean),
            content_type: map.get("content_type", cursor::text),
            rules: Rules::of(map),
            across: Across::of(map),
            clear: map.get("clear", cursor::placed(clear)),
            default: map.get("default", cursor::literal),
            default_from: map.get("default_from", cursor::text),
            idempotency_key: map.flag("idempotency_key"),
            is_doubtful: false,
            doc: Doc::read(map),
        });
        let is_doubtful = cx.count() > before;
        Some(Self { is_doubtful, ..read.unwrap_or_default() })
    }
}

/// A text, or null. One that is not written at all may be an oversight, and is neither.
fn clear(cx: &mut Diagnostics, node: &Node) -> Option<Clear> {
    match &node.value {
        Value::Scalar(Kind::Null, scalar) if !scalar.text.is_empty() => Some(Clear::Null),
        Value::Scalar(Kind::Null, _) | Value::List(_) | Value::Map(_) => cursor::wrong(cx, node, "a text or `null`"),
        Value::Scalar(..) => cursor::text(cx, node).map(|text| Clear::Text(text.text)),
    }
}
