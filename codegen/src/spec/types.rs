//! Declared types and references to them.

use super::cursor::{self, Map};
use super::doc::Doc;
use super::keys;
use super::node::{Named, Node, Value};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::Sensitivity;
use crate::source::Scalar;

/// A type as a word says it: `User`, `User?`, `[User]`.
#[derive(Debug)]
pub(crate) enum TypeRef {
    Word { name: Scalar, nullable: bool },
    List(Box<TypeRef>),
}

/// A type with a name.
#[derive(Debug)]
pub(crate) struct TypeDef {
    pub shape: Option<Shape>,
    pub doc: Doc,
}

/// What a type is made of.
#[derive(Debug)]
pub(crate) enum Shape {
    Id,
    Enum(Named<EnumValue>),
    Record(Named<Field>),
}

/// A known text.
#[derive(Debug, Default)]
pub(crate) struct EnumValue {
    /// What it is called in Rust, where that is not the text.
    pub rust: Option<Scalar>,
    pub doc: Doc,
}

/// A member of a record.
#[derive(Debug)]
pub(crate) struct Field {
    pub ty: Option<TypeRef>,
    /// What it is called in Rust, where that is not its name.
    pub rust: Option<Scalar>,
    pub required: bool,
    pub sensitivity: Sensitivity,
    pub doc: Doc,
}

impl TypeRef {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        match &node.value {
            Value::List(items) => {
                let [item] = items.as_slice() else {
                    cx.report(&rules::WRONG_TYPE, node.at, "a list type holds one type").help("write `[User]`");
                    return None;
                };
                Some(Self::List(Box::new(Self::read(cx, item)?)))
            }
            Value::Scalar(..) => {
                let mut name = cursor::text(cx, node)?;
                let nullable = name.text.ends_with('?');
                if nullable {
                    name.text.pop();
                }
                Some(Self::Word { name, nullable })
            }
            Value::Map(_) => cursor::wrong(cx, node, "a type"),
        }
    }
}

impl TypeDef {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::TYPE, |map| Self { shape: Shape::read(map), doc: Doc::read(map) })
    }
}

impl Shape {
    fn read(map: &mut Map<'_, '_>) -> Option<Self> {
        let id = map.get("type", |cx, node| cursor::word(cx, node, &[("id", ())]));
        let values = map.get("values", values);
        let fields = map.get("fields", fields);
        id.map(|()| Self::Id).or(values.map(Self::Enum)).or(fields.map(Self::Record))
    }
}

/// `[day, week]`, or a map from each text to what is said about it.
fn values(cx: &mut Diagnostics, node: &Node) -> Option<Named<EnumValue>> {
    if let Some(empty) = cursor::not_empty(cx, node) {
        empty.help("a text of which no value is known is a `string`");
    }
    if let Value::List(items) = &node.value {
        return Some(items.iter().filter_map(|item| Some((cursor::text(cx, item)?, EnumValue::default()))).collect());
    }
    cursor::named(cx, node, |cx, node| {
        cursor::map(cx, node, &keys::VALUE, |map| EnumValue {
            rust: map.get("rust", cursor::text),
            doc: Doc::read(map),
        })
    })
}

/// A map from each member to its type.
fn fields(cx: &mut Diagnostics, node: &Node) -> Option<Named<Field>> {
    if let Some(empty) = cursor::not_empty(cx, node) {
        empty.help("a value of which no field is known is `json`");
    }
    cursor::named(cx, node, Field::read)
}

impl Field {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::FIELD, |map| Self {
            ty: map.get("type", TypeRef::read),
            rust: map.get("rust", cursor::text),
            required: map.flag("required"),
            sensitivity: sensitivity(map),
            doc: Doc::read(map),
        })
    }
}

/// `secret: true`, `personal: true` or neither.
pub(super) fn sensitivity(map: &mut Map<'_, '_>) -> Sensitivity {
    match (map.flag("secret"), map.flag("personal")) {
        (true, _) => Sensitivity::Secret,
        (false, true) => Sensitivity::Personal,
        (false, false) => Sensitivity::Public,
    }
}
