//! Errors that the API documents.

use super::{Api, Doc, Name, Operation};
use crate::source::Span;

/// Index into `Api::errors`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ErrorId(pub usize);

/// An error with an identity: chosen by status and message.
#[derive(Debug)]
pub struct ErrorCase {
    /// Its identity: the variant of each error type that has it.
    pub name: Name,
    /// At least one.
    pub statuses: Vec<u16>,
    /// The member of a field-errors object that holds the message; empty for a message on its own.
    pub field: String,
    /// Any of these; none means the status alone decides. All capture the same names.
    pub messages: Vec<Template>,
    /// Names of the captures, in order of the first template.
    pub captures: Vec<Name>,
    /// What the spec says about it.
    pub doc: Doc,
    /// The key that names it.
    pub span: Span,
}

/// Operations that document the same errors share one type: it is written, compiled and handled once.
#[derive(Debug)]
pub struct ErrorSet {
    /// The name of the type.
    pub name: Name,
    /// In the order of the operations' lists.
    pub errors: Vec<ErrorId>,
    /// Whether more than one operation has it.
    pub shared: bool,
}

/// A message with holes.
#[derive(Debug, Clone)]
pub struct Template {
    /// In order; texts and captures alternate, so that a match is never ambiguous.
    pub parts: Vec<TemplatePart>,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplatePart {
    /// Literal text, braces unescaped; never empty.
    Text(String),
    /// Index into `ErrorCase::captures`; never two in a row.
    Capture(usize),
}

/// A path of keys into a failed answer; empty for the answer itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorPlace(pub Vec<String>);

impl Api {
    /// The set of an operation's errors.
    pub fn error_set(&self, operation: &Operation) -> Option<&ErrorSet> {
        self.error_sets.iter().find(|set| set.errors == operation.errors)
    }

    /// The operations whose errors are this set.
    pub fn users_of<'a>(&'a self, set: &'a ErrorSet) -> impl Iterator<Item = &'a Operation> {
        self.operations().map(|(_, operation)| operation).filter(|operation| operation.errors == set.errors)
    }
}

impl Template {
    /// As the spec writes it: `Couldn't find {model} with 'id'={id}`.
    pub fn text(&self, captures: &[Name]) -> String {
        self.parts
            .iter()
            .map(|part| match part {
                TemplatePart::Text(text) => text.replace('{', "{{").replace('}', "}}"),
                TemplatePart::Capture(index) => format!("{{{}}}", captures[*index].wire),
            })
            .collect()
    }
}
