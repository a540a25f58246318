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
    pub doc: Doc,
    pub span: Span,
}

/// A JSON value as the spec wrote it; numbers keep their spelling, members their order.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    Null,
    Boolean(bool),
    Number(String),
    String(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}
