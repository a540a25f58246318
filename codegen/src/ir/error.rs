//! Errors that the API documents.

use super::{Api, Doc, Name};
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
    /// The name of the type in Rust.
    pub name: String,
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
    /// The error sets of all operations, in the order in which operations first have them.
    pub fn error_sets(&self) -> Vec<ErrorSet> {
        let mut sets: Vec<ErrorSet> = Vec::new();
        for (_, operation) in self.operations() {
            match sets.iter_mut().find(|set| set.errors == operation.errors) {
                Some(set) if set.shared => {}
                Some(set) => {
                    set.shared = true;
                    set.name = self.shared_name(&operation.errors, &set.name);
                }
                None => sets.push(ErrorSet {
                    name: format!("{}Error", operation.type_name.pascal),
                    errors: operation.errors.clone(),
                    shared: false,
                }),
            }
        }
        sets
    }

    /// `NotAuthorizedOrNotFoundError`; sets too large for that keep the name of their first operation.
    fn shared_name(&self, errors: &[ErrorId], first: &str) -> String {
        // `Self_` has its underscore only where it stands alone.
        let names: Vec<&str> = errors.iter().map(|id| self.error(*id).name.pascal.trim_end_matches('_')).collect();
        match names.len() {
            0 => "NoDocumentedError".to_owned(),
            1..=3 => format!("{}Error", names.join("Or")),
            _ => first.to_owned(),
        }
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
