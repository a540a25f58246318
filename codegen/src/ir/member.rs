//! Members of what the mock server remembers: literals, and texts with holes.

use super::Written;
use crate::source::{Span, Spanned};

/// A member of an object, and what it is or becomes.
#[derive(Debug)]
pub struct Member {
    /// Its name.
    pub name: Spanned<String>,
    /// Its value.
    pub value: MemberValue,
}

/// What a member is or becomes.
#[derive(Debug)]
pub enum MemberValue {
    /// The value as the spec writes it.
    Literal(Written),
    /// A text with at least one hole, and where it stands; one that is nothing but a hole keeps the hole's type.
    Text(Vec<MemberPart>, Span),
}

/// A piece of a text.
#[derive(Debug)]
pub enum MemberPart {
    /// Literal text, braces unescaped.
    Text(String),
    /// What is filled in.
    Hole(Spanned<Hole>),
}

/// What is filled into a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hole {
    /// What the call gives: index into `Operation::parameters`.
    Parameter(usize),
    /// A member of what a parameter stands for: of the object that `exists` finds for it, else of its own value; of a
    /// file one of `FILE_MEMBERS`.
    Within(usize, String),
    /// A member of the object that the operation is about.
    Member(String),
    /// The number of the object: one more than that of the one before.
    Next,
    /// A random UUID, the same in every run.
    Uuid,
    /// So many random hexadecimal digits, the same in every run.
    Token(usize),
    /// The time of the call: ISO 8601 where the format is empty.
    Now(String),
    /// The time that a parameter or member holds, in a format.
    Time(Box<Hole>, String),
}

/// What is known of a file besides its name: what it says that it is, and how many bytes it has.
pub const FILE_MEMBERS: [&str; 2] = ["content_type", "size"];

impl MemberValue {
    /// The hole that is the whole value.
    pub fn lone(&self) -> Option<&Hole> {
        match self {
            Self::Text(parts, _) => match parts.as_slice() {
                [MemberPart::Hole(hole)] => Some(&hole.value),
                _ => None,
            },
            Self::Literal(_) => None,
        }
    }

    /// Everything that is filled in.
    pub fn holes(&self) -> impl Iterator<Item = &Spanned<Hole>> {
        let parts = match self {
            Self::Text(parts, _) => parts.as_slice(),
            Self::Literal(_) => &[],
        };
        parts.iter().filter_map(|part| match part {
            MemberPart::Hole(hole) => Some(hole),
            MemberPart::Text(_) => None,
        })
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Literal(written) => written.place.span,
            Self::Text(_, span) => *span,
        }
    }
}
