//! What an answer reports of one thing that went wrong.

use std::fmt;

/// An error or a warning as an answer has it, documented or not.
///
/// The server may put anything there, a person's data too, so `Debug` does not show it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Reported {
    pub(crate) code: Option<String>,
    pub(crate) subcode: Option<String>,
    pub(crate) field: String,
    pub(crate) message: String,
    /// What the holes of the suffix held, which is no longer part of the message.
    pub(crate) suffix: Vec<(&'static str, String)>,
}

impl Reported {
    /// The server's code, as text whatever it was.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The code within that code.
    pub fn subcode(&self) -> Option<&str> {
        self.subcode.as_deref()
    }

    /// The field it is about, `rooms.0.name` for one within others; empty for none.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// What the server says, without the suffix that the spec declares; empty for nothing.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What a hole of the suffix held, such as a counter.
    pub fn suffix(&self, hole: &str) -> Option<&str> {
        self.suffix.iter().find(|(name, _)| *name == hole).map(|(_, text)| text.as_str())
    }
}

impl fmt::Debug for Reported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reported([redacted])")
    }
}
