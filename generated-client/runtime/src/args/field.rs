//! A name with its value as text: what signing and encoding work on.

use std::borrow::Cow;
use std::fmt;

use super::param::{Location, Sensitivity};

/// One value of a call, of a parameter or of something that signing adds.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Field<'a> {
    /// The name on the wire.
    pub(crate) name: &'a str,
    /// The value, as it is signed and sent.
    pub(crate) text: Cow<'a, str>,
    /// How it stands in JSON.
    pub(crate) kind: Kind,
    /// Where it is sent.
    pub(crate) location: Location,
    /// Who may see it.
    pub(crate) sensitivity: Sensitivity,
    /// Whether signing takes it for a parameter.
    pub(crate) signed: bool,
    /// What a part of a multipart body says that it is.
    pub(crate) content_type: Option<&'static str>,
}

impl<'a> Field<'a> {
    /// One that everybody may see, and that is signed.
    pub(crate) fn new(name: &'a str, text: Cow<'a, str>, kind: Kind, location: Location) -> Self {
        Self { name, text, kind, location, sensitivity: Sensitivity::Public, signed: true, content_type: None }
    }

    /// Whether it is a parameter of another's name. Where they travel makes no difference: signing lists both.
    pub(crate) fn is_named_as(&self, other: &Field<'_>) -> bool {
        self.name == other.name && [self, other].iter().all(|field| field.location != Location::Header)
    }
}

/// How a value stands in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// In quotes.
    Text,
    /// As it is.
    Number,
    /// As it is.
    Boolean,
    /// As it is: it has parts, or is null.
    Json,
    /// Not at all: it is a file, of which this is the number, and the text its name.
    File(usize),
    /// Not at all: its spelling has no text for it.
    Unsayable,
}

impl fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.sensitivity {
            Sensitivity::Public => write!(f, "{}: {:?}", self.name, self.text),
            Sensitivity::Personal | Sensitivity::Secret => write!(f, "{}: [redacted]", self.name),
        }
    }
}
