//! Inputs of operations.

use super::cursor::{self, placed};
use super::doc::Doc;
use super::encoding::Encoding;
use super::keys;
use super::node::Node;
use super::types::{TypeRef, sensitivity};
use crate::diagnostics::Diagnostics;
use crate::ir::{Class, Location, Sensitivity};
use crate::source::{Scalar, Span, Spanned};

/// A named input: `name: Word`, or all there is to say about it.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub ty: Option<TypeRef>,
    /// What it is called in Rust, where that is not its name.
    pub rust: Option<Scalar>,
    pub required: bool,
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
    pub min_length: Option<Spanned<u32>>,
    pub max_length: Option<Spanned<u32>>,
    pub min: Option<Spanned<i64>>,
    pub max: Option<Spanned<i64>>,
    pub max_size: Option<Spanned<u64>>,
    pub contains: Vec<Spanned<Class>>,
    pub pattern: Option<Scalar>,
    /// Another parameter.
    pub equals: Option<Scalar>,
    /// Another parameter.
    pub required_unless: Option<Scalar>,
    pub clear: Option<Scalar>,
    pub default: Option<Scalar>,
    /// Another parameter.
    pub default_from: Option<Scalar>,
    pub doc: Doc,
}

pub(super) const LOCATIONS: [(&str, Location); 4] =
    [("path", Location::Path), ("query", Location::Query), ("header", Location::Header), ("body", Location::Body)];

pub(super) const CLASSES: [(&str, Class); 4] =
    [("lower", Class::Lower), ("upper", Class::Upper), ("digit", Class::Digit), ("special", Class::Special)];

impl Parameter {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::PARAMETER, |map| Self {
            ty: TypeRef::read_in(map),
            rust: map.get("rust", cursor::text),
            required: map.flag("required"),
            location: map.get("in", |cx, node| cursor::word(cx, node, &LOCATIONS)),
            sensitivity: sensitivity(map),
            encoding: map.get("encoding", Encoding::read_style),
            spread: map.get("spread", |cx, node| cursor::boolean(cx, node).and_then(|said| said.then_some(node.at))),
            keeps_slashes: map.flag("keep_slashes").then(|| map.has("keep_slashes")).flatten(),
            signed: map.get("signed", cursor::boolean),
            content_type: map.get("content_type", cursor::text),
            min_length: map.get("min_length", placed(cursor::integer)),
            max_length: map.get("max_length", placed(cursor::integer)),
            min: map.get("min", placed(cursor::integer)),
            max: map.get("max", placed(cursor::integer)),
            max_size: map.get("max_size", placed(cursor::integer)),
            contains: map.many("contains", placed(|cx, node| cursor::word(cx, node, &CLASSES))),
            pattern: map.get("pattern", cursor::text),
            equals: map.get("equals", cursor::text),
            required_unless: map.get("required_unless", cursor::text),
            clear: map.get("clear", cursor::text),
            default: map.get("default", cursor::literal),
            default_from: map.get("default_from", cursor::text),
            doc: Doc::read(map),
        })
    }
}
