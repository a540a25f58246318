//! Declared types and references to them.

use super::cursor::{self, Map};
use super::doc::Doc;
use super::keys;
use super::node::{Declared, Named, Node, Value};
use super::rules::{Across, Groups, Rules};
use super::spelling::Spelling;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{EnumKind, IdKind, Sensitivity};
use crate::source::{Scalar, Span};

/// A type as a word says it, `User`, `User?`, `[User]`, or a few keys.
#[derive(Debug)]
pub(crate) enum TypeRef {
    Word { name: Scalar, nullable: bool },
    List(Box<TypeRef>),
    Map(Box<TypeRef>),
    JsonText(Box<TypeRef>),
    Spelled(Box<TypeRef>, Spelling),
}

/// A type with a name.
#[derive(Debug, Default)]
pub(crate) struct TypeDef {
    pub shape: Option<Shape>,
    pub rules: Rules,
    pub groups: Groups,
    pub doc: Doc,
}

/// What a type is made of.
#[derive(Debug)]
pub(crate) enum Shape {
    Id(IdKind),
    Enum(Named<EnumValue>, EnumKind),
    Record(Declared<Field>),
    Union(Union),
    Alias(TypeRef),
}

/// Shapes that a member tells apart.
#[derive(Debug)]
pub(crate) struct Union {
    pub tag: Option<Scalar>,
    pub content: Option<Scalar>,
    pub variants: Named<Variant>,
}

/// One shape of a union.
#[derive(Debug)]
pub(crate) struct Variant {
    pub ty: Option<TypeRef>,
    /// What it is called in Rust, where that is not the tag.
    pub rust: Option<Scalar>,
    pub doc: Doc,
}

/// Words for what ids and values are.
pub(super) const KINDS: [(&str, IdKind); 4] = [
    ("integer", IdKind::Integer),
    ("unsigned", IdKind::Unsigned),
    ("string", IdKind::String),
    ("number_or_string", IdKind::NumberOrString),
];

/// A known text.
#[derive(Debug, Default)]
pub(crate) struct EnumValue {
    /// What it is called in Rust, where that is not the text.
    pub rust: Option<Scalar>,
    pub doc: Doc,
}

/// A member of a record.
#[derive(Debug, Default)]
pub(crate) struct Field {
    pub ty: Option<TypeRef>,
    /// What it is called in Rust, where that is not its name.
    pub rust: Option<Scalar>,
    pub required: bool,
    /// Null says something else than absence: where that is said.
    pub distinct_null: Option<Span>,
    /// One item may stand for a list: where that is said.
    pub or_one: Option<Span>,
    /// Where in the object it stands, where that is not under its name.
    pub at: Vec<Scalar>,
    /// What a text in one of these places begins with.
    pub begins: Vec<Scalar>,
    pub sensitivity: Sensitivity,
    pub rules: Rules,
    pub across: Across,
    pub doc: Doc,
}

impl TypeRef {
    /// The word behind lists and spellings.
    pub(crate) fn word(&self) -> Option<&Scalar> {
        match self {
            Self::Word { name, .. } => Some(name),
            Self::Spelled(ty, _) => ty.word(),
            Self::List(_) | Self::Map(_) | Self::JsonText(_) => None,
        }
    }

    /// What the keys of a map say: exactly one of them says the type.
    pub(super) fn read_in(map: &mut Map<'_, '_>) -> Option<Self> {
        let word = map.get("type", Self::read);
        let held = map.get("map", Self::read).map(|ty| Self::Map(Box::new(ty)));
        let text = map.get("json_text", Self::read).map(|ty| Self::JsonText(Box::new(ty)));
        let spelling = Spelling::read(map);
        let ty = word.or(held).or(text)?;
        Some(match spelling {
            Some(spelling) => Self::Spelled(Box::new(ty), spelling),
            None => ty,
        })
    }

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
        cursor::map(cx, node, &keys::TYPE, |map| Self {
            shape: Shape::read(map),
            rules: Rules::of(map),
            groups: Groups::of(map),
            doc: Doc::read(map),
        })
    }
}

impl Shape {
    fn read(map: &mut Map<'_, '_>) -> Option<Self> {
        let of = map.get("of", |cx, node| Some((node.at, cursor::word(cx, node, &KINDS)?)));
        let values = map.get("values", values);
        let fields = map.get("fields", fields);
        let union = map.get("union", Union::read);
        let ty = TypeRef::read_in(map);
        let is_id = matches!(&ty, Some(TypeRef::Word { name, nullable: false }) if name.text == "id");
        let kind = of.map(|(_, kind)| kind);
        let fits = match kind {
            Some(IdKind::Integer | IdKind::String) => is_id || values.is_some(),
            Some(IdKind::Unsigned | IdKind::NumberOrString) => is_id,
            None => true,
        };
        // Where nothing says what the type is, that is the mistake.
        let is_said = values.is_some() || fields.is_some() || union.is_some() || ty.is_some();
        if let (false, Some((at, _))) = (fits || !is_said, of) {
            map.cx
                .report(&rules::MISPLACED_SPELLING, at, "`of` says nothing about a type like this")
                .help("it is for an `id`, and `integer` for `values`");
        }
        let numbers = if kind == Some(IdKind::Integer) { EnumKind::Integer } else { EnumKind::String };
        match ty {
            _ if is_id => Some(Self::Id(kind.unwrap_or(IdKind::Integer))),
            Some(ty) => Some(Self::Alias(ty)),
            None => {
                values.map(|values| Self::Enum(values, numbers)).or(fields.map(Self::Record)).or(union.map(Self::Union))
            }
        }
    }
}

impl Union {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::UNION, |map| Self {
            tag: map.get("tag", cursor::text),
            content: map.get("content", cursor::text),
            variants: map.get("of", variants).unwrap_or_default(),
        })
    }
}

/// A map from each tag to its shape.
fn variants(cx: &mut Diagnostics, node: &Node) -> Option<Named<Variant>> {
    if let Some(empty) = cursor::not_empty(cx, node) {
        empty.help("a value of which no shape is known is `json`");
    }
    cursor::named(cx, node, |cx, node| {
        cursor::map(cx, node, &keys::SHAPE, |map| Variant {
            ty: TypeRef::read_in(map),
            rust: map.get("rust", cursor::text),
            doc: Doc::read(map),
        })
    })
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
fn fields(cx: &mut Diagnostics, node: &Node) -> Option<Declared<Field>> {
    if let Some(empty) = cursor::not_empty(cx, node) {
        empty.help("a value of which no field is known is `json`");
    }
    let fields = cursor::declared(cx, node, Field::read);
    (!fields.is_refused).then_some(fields)
}

impl Field {
    fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::FIELD, |map| Self {
            ty: TypeRef::read_in(map),
            rust: map.get("rust", cursor::text),
            required: map.flag("required"),
            distinct_null: map.flag("distinct_null").then(|| map.has("distinct_null")).flatten(),
            or_one: map.flag("or_one").then(|| map.has("or_one")).flatten(),
            at: map.some("at", cursor::text),
            begins: map.some("begins", cursor::text),
            sensitivity: sensitivity(map),
            rules: Rules::of(map),
            across: Across::of(map),
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
