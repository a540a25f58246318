//! What an expression comes to, and why it may come to nothing.

use std::fmt;

/// What an expression comes to. Its `Debug` shows no more than the type: what is signed may be secret.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// Names with text values, in order.
    Fields(Vec<(String, String)>),
    /// Texts in order.
    List(Vec<String>),
    /// Octets in order.
    ByteList(Vec<Vec<u8>>),
    /// Characters.
    Text(String),
    /// Octets.
    Bytes(Vec<u8>),
    /// 64 bits, signed.
    Number(i64),
    /// Milliseconds since the epoch.
    Time(i64),
}

impl Value {
    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> Result<bool, Fault> {
        match self {
            Self::Fields(fields) => Ok(fields.is_empty()),
            Self::List(items) => Ok(items.is_empty()),
            Self::ByteList(items) => Ok(items.is_empty()),
            Self::Text(text) => Ok(text.is_empty()),
            Self::Bytes(bytes) => Ok(bytes.is_empty()),
            Self::Number(_) | Self::Time(_) => Err(Fault::Malformed),
        }
    }

    /// The text that is sent: a text, or a number in decimal.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Number(number) => Some(number.to_string()),
            Self::Fields(_) | Self::List(_) | Self::ByteList(_) | Self::Bytes(_) | Self::Time(_) => None,
        }
    }

    /// The octets that are hashed: bytes, or the UTF-8 of a text.
    pub fn octets(self) -> Option<Vec<u8>> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Text(text) => Some(text.into_bytes()),
            Self::Fields(_) | Self::List(_) | Self::ByteList(_) | Self::Number(_) | Self::Time(_) => None,
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fields(_) => "Fields([redacted])",
            Self::List(_) => "List([redacted])",
            Self::ByteList(_) => "ByteList([redacted])",
            Self::Text(_) => "Text([redacted])",
            Self::Bytes(_) => "Bytes([redacted])",
            Self::Number(_) => "Number([redacted])",
            Self::Time(_) => "Time([redacted])",
        })
    }
}

/// Why an expression comes to nothing. No value of the call is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// There is no header of this name.
    NoHeader(String),
    /// There is no field of this name.
    NoField(String),
    /// A list has nothing in it to join.
    EmptyList,
    /// A text is not what it should be the digits of.
    Undecodable(&'static str),
    /// Bytes are not UTF-8.
    NoText,
    /// The body is no JSON object or no form, and its fields are read.
    NoFields,
    /// The caller gives a parameter of the name of one that is added.
    Taken(String),
    /// A header cannot hold a value.
    HeaderValue,
    /// Nobody said what `nonce_hex` of so many bytes gives.
    NoNonce(i64),
    /// The expression does not fit its types, or refers to nothing: no spec that passed its checks has one, a model
    /// made by hand may.
    Malformed,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHeader(name) => write!(f, "there is no header `{name}`"),
            Self::NoField(name) => write!(f, "there is no field `{name}`"),
            Self::EmptyList => f.write_str("there is nothing to join"),
            Self::Undecodable(what) => write!(f, "a text is no {what}"),
            Self::NoText => f.write_str("bytes that should be a text are not UTF-8"),
            Self::NoFields => f.write_str("the body has no fields that could be read"),
            Self::Taken(name) => write!(f, "the parameter `{name}` is added to every call, as the spec says"),
            Self::HeaderValue => f.write_str("a header cannot hold the value"),
            Self::NoNonce(bytes) => write!(f, "there is no nonce of {bytes} bytes"),
            Self::Malformed => f.write_str("the expression is malformed"),
        }
    }
}

/// The step or placement that could not be computed, and why. No value of the call is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What the spec calls it.
    pub name: String,
    /// Why.
    pub fault: Fault,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.name, self.fault)
    }
}

impl std::error::Error for Failure {}
