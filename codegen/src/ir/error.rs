//! Errors that the API documents.

use super::{Doc, Name};
use crate::source::Span;

/// Index into `Api::errors`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ErrorId(pub usize);

/// An error with an identity: chosen by status and message.
#[derive(Debug)]
pub struct ErrorCase {
    pub name: Name,
    /// At least one.
    pub statuses: Vec<u16>,
    /// The member of a field-errors object that holds the message; empty for a message on its own.
    pub field: String,
    /// Any of these; none means the status alone decides. All capture the same names.
    pub messages: Vec<Template>,
    /// Names of the captures, in order of the first template.
    pub captures: Vec<Name>,
    pub doc: Doc,
    pub span: Span,
}

/// A message with holes.
#[derive(Debug, Clone)]
pub struct Template {
    pub parts: Vec<TemplatePart>,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplatePart {
    Text(String),
    /// Index into `ErrorCase::captures`; never two in a row.
    Capture(usize),
}

/// A path of keys into a failed answer; empty for the answer itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorPlace(pub Vec<String>);

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
