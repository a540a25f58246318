//! Types of parameters and answers.

use super::{Doc, Name, Presence};
use crate::source::Span;

/// Index into `Api::types`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// What a value is. Whether it may be null or absent is said by whoever holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    Boolean,
    /// 64 bits, signed.
    Integer,
    String,
    /// ISO 8601 with offset.
    DateTime,
    /// Anything at all.
    Json,
    Named(TypeId),
    List(Box<Type>),
}

/// A type with a name of its own.
#[derive(Debug)]
pub struct TypeDef {
    pub name: Name,
    pub shape: Shape,
    /// The resource that declares it, or `None` for the API itself.
    pub resource: Option<usize>,
    /// Some operation sends it.
    pub sent: bool,
    /// Some operation returns it.
    pub received: bool,
    pub doc: Doc,
    pub span: Span,
}

/// What a named type is made of.
#[derive(Debug)]
pub enum Shape {
    /// A distinct 64-bit number that names an object.
    Id,
    /// Known texts, open to others.
    Enum(Vec<EnumValue>),
    Record(Vec<Field>),
}

/// One known text of an enum.
#[derive(Debug)]
pub struct EnumValue {
    pub name: Name,
    pub doc: Doc,
    pub span: Span,
}

/// A member of a record.
#[derive(Debug)]
pub struct Field {
    pub name: Name,
    pub ty: Type,
    pub presence: Presence,
    /// The server may say null.
    pub nullable: bool,
    pub sensitivity: Sensitivity,
    pub doc: Doc,
    pub span: Span,
}

/// Who may see a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sensitivity {
    #[default]
    Public,
    /// Data about a person: typed, kept out of `Debug` and logs.
    Personal,
    /// Wiped on drop, never printed.
    Secret,
}
