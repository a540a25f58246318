//! Documented requests and answers.

use super::Doc;
use crate::source::Span;

/// One documented exchange of an operation.
#[derive(Debug)]
pub struct Example {
    /// As the spec calls it.
    pub name: String,
    /// Parameter name and value, in spec order.
    pub request: Vec<(String, Json)>,
    /// Status of the answer.
    pub status: u16,
    /// `None` where only the request is documented.
    pub response: Option<Json>,
    /// What the spec says about it, contradictions with the contract included.
    pub doc: Doc,
    /// The key that names it.
    pub span: Span,
}

/// A JSON value as the spec wrote it; numbers keep their spelling, members their order.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number in the spelling of JSON: `1.10` stays `1.10`.
    Number(String),
    /// A text, unescaped.
    String(String),
    /// Values in order.
    Array(Vec<Json>),
    /// Members in the order of the spec; no name twice.
    Object(Vec<(String, Json)>),
}
