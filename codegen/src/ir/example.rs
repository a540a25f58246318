//! Documented requests and answers.

use std::borrow::Cow;

use super::{Doc, written_out};
use crate::source::{Span, Spanned};

/// One documented exchange of an operation.
#[derive(Debug)]
pub struct Example {
    /// As the spec calls it.
    pub name: String,
    /// Parameter name and value, in spec order.
    pub request: Vec<(String, Written)>,
    /// Status of the answer.
    pub status: u16,
    /// `None` where only the request is documented.
    pub response: Option<Written>,
    /// What may be other than the contract says: parameters, and dotted paths into the answer without positions.
    pub breaks: Vec<Spanned<String>>,
    /// What the spec says about it, contradictions with the contract included.
    pub doc: Doc,
    /// The key that names it.
    pub span: Span,
}

impl Example {
    /// The documented answer, where there is one.
    pub fn answer(&self) -> Option<&Json> {
        self.response.as_ref().map(|response| &response.json)
    }
}

/// A JSON value of the spec, and where it stands.
#[derive(Debug, Clone)]
pub struct Written {
    /// The value.
    pub json: Json,
    /// Where it stands.
    pub place: Place,
}

/// Where a JSON value stands, with the places of what is in it.
#[derive(Debug, Clone)]
pub struct Place {
    /// The value itself; of a list or object the key that holds it, or its start.
    pub span: Span,
    /// As many as the value has items or members, in the same order.
    pub within: Vec<Place>,
}

impl Place {
    /// The place at the end of some positions, or of as many of them as there are.
    pub fn at(&self, positions: impl IntoIterator<Item = usize>) -> Span {
        let mut place = self;
        for position in positions {
            let Some(inner) = place.within.get(position) else { break };
            place = inner;
        }
        place.span
    }
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

impl Json {
    /// What stands in JSON for what is one word, a text without its quotes.
    pub fn spelling(&self) -> Option<&str> {
        match self {
            Self::Boolean(true) => Some("true"),
            Self::Boolean(false) => Some("false"),
            Self::Number(text) | Self::String(text) => Some(text),
            Self::Null | Self::Array(_) | Self::Object(_) => None,
        }
    }

    /// The same where codes are compared, which have no exponents: a text that looks like one is a text.
    pub fn code(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Number(text) => Some(written_out(text)),
            other => other.spelling().map(Cow::Borrowed),
        }
    }
}
