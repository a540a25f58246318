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
}

impl Field<'_> {
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
}

impl fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.sensitivity {
            Sensitivity::Public => write!(f, "{}: {:?}", self.name, self.text),
            Sensitivity::Personal | Sensitivity::Secret => write!(f, "{}: [redacted]", self.name),
        }
    }
}
