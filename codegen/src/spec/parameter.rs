//! Inputs of operations.

use super::cursor::{self, placed};
use super::doc::Doc;
use super::node::{Node, Value};
use super::types::{TypeRef, sensitivity};
use crate::diagnostics::Diagnostics;
use crate::ir::{Class, Location, Sensitivity};
use crate::source::{Scalar, Spanned};

/// A named input: `name: Word`, or all there is to say about it.
#[derive(Debug, Default)]
pub(crate) struct Parameter {
    pub ty: Option<TypeRef>,
    pub required: bool,
    /// `in`: where it travels, if not where such parameters usually do.
    pub location: Option<Location>,
    pub sensitivity: Sensitivity,
    pub min_length: Option<Spanned<u32>>,
    pub max_length: Option<Spanned<u32>>,
    pub min: Option<Spanned<i64>>,
    pub max: Option<Spanned<i64>>,
    pub contains: Vec<Spanned<Class>>,
    pub pattern: Option<Scalar>,
    /// Another parameter.
    pub equals: Option<Scalar>,
    pub clear: Option<Scalar>,
    pub default: Option<Scalar>,
    /// Another parameter.
    pub default_from: Option<Scalar>,
    pub doc: Doc,
}

const LOCATIONS: &[(&str, Location)] =
    &[("path", Location::Path), ("query", Location::Query), ("body", Location::Body)];

const CLASSES: &[(&str, Class)] =
    &[("lower", Class::Lower), ("upper", Class::Upper), ("digit", Class::Digit), ("special", Class::Special)];

impl Parameter {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            return Some(Self { ty: TypeRef::read(cx, node), ..Self::default() });
        }
        cursor::map(cx, node, |map| {
            map.at_most_one(&["default", "default_from"]);
            Self {
                ty: map.required("type", TypeRef::read),
                required: map.flag("required"),
                location: map.optional("in", |cx, node| cursor::word(cx, node, LOCATIONS)),
                sensitivity: sensitivity(map),
                min_length: map.optional("min_length", placed(cursor::integer)),
                max_length: map.optional("max_length", placed(cursor::integer)),
                min: map.optional("min", placed(cursor::integer)),
                max: map.optional("max", placed(cursor::integer)),
                contains: map.many("contains", placed(|cx, node| cursor::word(cx, node, CLASSES))),
                pattern: map.optional("pattern", cursor::text),
                equals: map.optional("equals", cursor::text),
                clear: map.optional("clear", cursor::text),
                default: map.optional("default", cursor::literal),
                default_from: map.optional("default_from", cursor::text),
                doc: Doc::read(map),
            }
        })
    }
}
