//! Types of parameters and answers.

use super::{Doc, Name, Presence};
use crate::source::Span;

/// Index into `Api::types`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// What a value is. Whether it may be null or absent is said by whoever holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `true` or `false`.
    Boolean,
    /// 64 bits, signed.
    Integer,
    /// Characters.
    String,
    /// ISO 8601 with offset.
    DateTime,
    /// Anything at all.
    Json,
    /// A type of the API, by its id.
    Named(TypeId),
    /// Any number of values of one type.
    List(Box<Type>),
}

impl Type {
    /// The named type that it is, or that it is a list of.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::List(item) => item.named(),
            Self::Boolean | Self::Integer | Self::String | Self::DateTime | Self::Json => None,
        }
    }
}

/// A type with a name of its own.
#[derive(Debug)]
pub struct TypeDef {
    /// As the spec declares it; unique in the API.
    pub name: Name,
    /// What it is made of.
    pub shape: Shape,
    /// Whether a parameter holds it: then callers make values of it.
    pub sent: bool,
    /// The resource that declares it, or `None` for the API itself.
    pub resource: Option<usize>,
    /// What the spec says about it.
    pub doc: Doc,
    /// The key that names it.
    pub span: Span,
}

/// What a named type is made of.
#[derive(Debug)]
pub enum Shape {
    /// A distinct 64-bit number that names an object.
    Id,
    /// Known texts, open to others.
    Enum(Vec<EnumValue>),
    /// Members in spec order; unknown ones are ignored.
    Record(Vec<Field>),
}

/// One known text of an enum.
#[derive(Debug)]
pub struct EnumValue {
    /// The text on the wire, and its variant.
    pub name: Name,
    /// What the spec says about it.
    pub doc: Doc,
    /// The key that names it, or its place in the list.
    pub span: Span,
}

/// A member of a record.
#[derive(Debug)]
pub struct Field {
    /// Its name on the wire, and the field of the struct.
    pub name: Name,
    /// What its value is when it is not null.
    pub ty: Type,
    /// Whether an answer without it is one that cannot be read.
    pub presence: Presence,
    /// The server may say null.
    pub nullable: bool,
    /// Who may see its value.
    pub sensitivity: Sensitivity,
    /// What the spec says about it.
    pub doc: Doc,
    /// The key that names it.
    pub span: Span,
}

impl Field {
    /// Only what is required and never null is there for certain: a missing field of the rest must not make an answer
    /// unreadable.
    pub fn is_always_there(&self) -> bool {
        self.presence == Presence::Required && !self.nullable
    }
}

impl TypeDef {
    /// Whether callers who make one name what it needs: it is much, or a change of order would swap some of it.
    pub fn asks_for_needs(&self) -> bool {
        let Shape::Record(fields) = &self.shape else { return false };
        let needed: Vec<_> = fields.iter().filter(|field| field.is_always_there()).collect();
        let alike = |a: &Field, b: &Field| a.ty == b.ty && a.sensitivity == b.sensitivity;
        self.sent
            && (needed.len() > 3
                || needed.iter().enumerate().any(|(at, a)| needed.iter().take(at).any(|b| alike(a, b))))
    }
}

/// Who may see a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sensitivity {
    /// Anyone.
    #[default]
    Public,
    /// Data about a person: typed, kept out of `Debug` and logs.
    Personal,
    /// Wiped on drop, never printed.
    Secret,
}
