//! What the mock server remembers: collections of objects.

use super::cursor;
use super::example::written;
use super::keys;
use super::node::{Declared, Kind, Named, Node, Value};
use crate::diagnostics::Diagnostics;
use crate::ir::{Json, Place, Written};
use crate::source::Scalar;

/// Objects that operations of any resource act on.
#[derive(Debug, Default)]
pub(crate) struct Collection {
    pub key: Option<Scalar>,
    pub noun: Option<Scalar>,
    /// Members.
    pub hidden: Vec<Scalar>,
    pub items: Vec<Written>,
    pub synthesise: Option<Synthesis>,
}

/// Any number of objects, alike but for their numbers.
#[derive(Debug)]
pub(crate) struct Synthesis {
    pub count: Option<u64>,
    pub item: Named<MemberValue>,
}

/// What a member is or becomes.
#[derive(Debug)]
pub(crate) enum MemberValue {
    /// Perhaps with holes.
    Text(Scalar),
    Other(Written),
}

/// `mock` of a resource file, which holds collections and nothing else.
pub(super) fn of_resource(cx: &mut Diagnostics, node: &Node) -> Option<Declared<Collection>> {
    cursor::map(cx, node, &keys::MEMORY, |map| map.declared("collections", Collection::read))
}

impl Collection {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::COLLECTION, |map| Self {
            key: map.get("key", cursor::text),
            noun: map.get("noun", cursor::text),
            hidden: map.some("hidden", cursor::text),
            items: map.many("items", object),
            synthesise: map.get("synthesise", Synthesis::read),
        })
    }
}

impl Synthesis {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::SYNTHESIS, |map| Self {
            count: map.get("count", cursor::integer),
            item: map.named("item", MemberValue::read),
        })
    }
}

impl MemberValue {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        match &node.value {
            Value::Scalar(Kind::Text, scalar) => Some(Self::Text(scalar.clone())),
            Value::Scalar(..) | Value::List(_) | Value::Map(_) => written(cx, node).map(Self::Other),
        }
    }

    /// A text without holes, as the spec writes it.
    pub(crate) fn literal(text: String, scalar: &Scalar) -> Written {
        Written { json: Json::String(text), place: Place { span: scalar.span, within: Vec::new() } }
    }
}

fn object(cx: &mut Diagnostics, node: &Node) -> Option<Written> {
    let value = written(cx, node)?;
    if matches!(value.json, Json::Object(_)) { Some(value) } else { cursor::wrong(cx, node, "a map") }
}
