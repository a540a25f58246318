//! Where and why an answer could not be read.

use std::fmt;

/// What every reader gives back. Boxed, because it travels through every level of an answer.
pub type ReadResult<T = ()> = Result<T, Box<DecodeError>>;

/// An answer that is not what the spec says.
///
/// Only what must be there makes one: an optional value that cannot be read is left out instead.
/// It names the place and the kinds of things, never a value from the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    path: String,
    expected: &'static str,
    found: &'static str,
    offset: usize,
    is_json: bool,
}

impl DecodeError {
    /// A value of another kind than the spec says.
    pub(crate) fn new(expected: &'static str, found: &'static str, offset: usize) -> Box<Self> {
        Box::new(Self { path: String::new(), expected, found, offset, is_json: true })
    }

    /// What is no JSON, or none that can be gone through safely.
    pub(crate) fn malformed(expected: &'static str, found: &'static str, offset: usize) -> Box<Self> {
        Box::new(Self { is_json: false, ..*Self::new(expected, found, offset) })
    }

    /// Whether the value is sound JSON all the same, so that it can be left out.
    pub(crate) fn is_json(&self) -> bool {
        self.is_json
    }

    /// The same with something else expected.
    pub(crate) fn but(mut self: Box<Self>, expected: &'static str) -> Box<Self> {
        self.expected = expected;
        self
    }

    /// The same with something else found.
    pub(crate) fn but_found(mut self: Box<Self>, found: &'static str) -> Box<Self> {
        self.found = found;
        self
    }

    /// The same at another byte.
    pub(crate) fn at_byte(mut self: Box<Self>, offset: usize) -> Box<Self> {
        self.offset = offset;
        self
    }

    /// The JSON path, such as `users[3].created_at`; empty for the answer itself.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What should have been there.
    pub fn expected(&self) -> &str {
        self.expected
    }

    /// The kind of thing that was there.
    pub fn found(&self) -> &str {
        self.found
    }

    /// How many bytes into the answer the reader was.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Puts a member in front of the path. Only names that a spec knows come here.
    pub(crate) fn in_member(mut self: Box<Self>, name: &str) -> Box<Self> {
        if !self.path.is_empty() && !self.path.starts_with('[') {
            self.path.insert(0, '.');
        }
        self.path.insert_str(0, name);
        self
    }

    /// Puts a whole path in front of the path, positions in lists as numbers among its names.
    pub(crate) fn at(self: Box<Self>, path: &[&str]) -> Box<Self> {
        path.iter().rev().fold(self, |error, step| match step.parse() {
            Ok(index) => error.in_item(index),
            Err(_) => error.in_member(step),
        })
    }

    /// Puts a position in a list in front of the path.
    pub(crate) fn in_item(mut self: Box<Self>, index: usize) -> Box<Self> {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path.insert_str(0, &format!("[{index}]{dot}"));
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str("the answer")?,
            path => write!(f, "`{path}`")?,
        }
        write!(f, ": expected {}, found {} at byte {}", self.expected, self.found, self.offset)
    }
}

impl std::error::Error for DecodeError {}
