//! A YAML document as a tree in which everything has a place.

use crate::source::{Scalar, Span};

/// Values by name, in the order they are written.
pub(crate) type Named<T> = Vec<(Scalar, T)>;

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node {
    /// The value itself for a scalar; for a list or map its key, or its start where it has none.
    pub at: Span,
    pub value: Value,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum Value {
    Scalar(Kind, Scalar),
    List(Vec<Node>),
    Map(Named<Node>),
}

/// What a scalar means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Boolean(bool),
    Null,
}

impl Node {
    /// What it is called in a message.
    pub(super) fn found(&self) -> &'static str {
        match &self.value {
            Value::Scalar(Kind::Text, _) => "a text",
            Value::Scalar(Kind::Number, _) => "a number",
            Value::Scalar(Kind::Boolean(_), _) => "a boolean",
            Value::Scalar(Kind::Null, _) => "nothing",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}
