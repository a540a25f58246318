//! A YAML document as a tree in which everything has a place.

use std::ops::Deref;

use crate::source::{Scalar, Span};

/// Values by name, in the order they are written.
pub(crate) type Named<T> = Vec<(Scalar, T)>;

/// What others refer to by its name.
#[derive(Debug)]
pub(crate) struct Declared<T> {
    list: Named<T>,
    /// Whether it is no list of names at all, which was reported: nobody knows what it was to declare.
    pub is_refused: bool,
}

impl<T> Declared<T> {
    /// What was read; `None` where it was refused.
    pub(super) fn of(read: Option<Named<T>>) -> Self {
        Self { is_refused: read.is_none(), list: read.unwrap_or_default() }
    }
}

impl<T> Default for Declared<T> {
    fn default() -> Self {
        Self { list: Named::new(), is_refused: false }
    }
}

impl<T> Deref for Declared<T> {
    type Target = Named<T>;

    fn deref(&self) -> &Self::Target {
        &self.list
    }
}

impl<'d, T> IntoIterator for &'d Declared<T> {
    type Item = &'d (Scalar, T);
    type IntoIter = std::slice::Iter<'d, (Scalar, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Text,
    Number,
    Boolean(bool),
    Null,
}

impl Node {
    /// The names that a map or a list declares, and those within its `collections`.
    pub(super) fn names(&self) -> Vec<&str> {
        match &self.value {
            Value::Map(entries) => {
                let within = entries.iter().find(|(name, _)| name.text == "collections");
                let own = entries.iter().map(|(name, _)| name.text.as_str());
                own.chain(within.into_iter().flat_map(|(_, node)| node.names())).collect()
            }
            Value::List(items) => items.iter().flat_map(Self::names).collect(),
            Value::Scalar(_, scalar) => vec![&scalar.text],
        }
    }

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
