//! Constraints that were not met.

use std::fmt;

/// One constraint that one parameter does not meet. It never holds the value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Violation {
    /// The parameter, by its path on the wire.
    pub parameter: String,
    /// The constraint: `required`, `min_length`, `contains_upper` and so on.
    pub constraint: &'static str,
    /// What is demanded, to be read after the parameter's name.
    pub message: String,
}

impl Violation {
    pub(crate) fn new(parameter: &str, constraint: &'static str, message: String) -> Self {
        Self { parameter: parameter.to_owned(), constraint, message }
    }

    pub(crate) fn required(parameter: &str) -> Self {
        Self::new(parameter, "required", "is required".to_owned())
    }

    pub(crate) fn unknown(parameter: &str) -> Self {
        Self::new(parameter, "unknown", "is not a parameter of this call".to_owned())
    }

    pub(crate) fn taken(parameter: &str, name: &str) -> Self {
        Self::new(parameter, "spread", format!("must not have an entry that would be sent as the parameter `{name}`"))
    }

    pub(crate) fn unsayable(parameter: &str) -> Self {
        Self::new(parameter, "spelling", "is a date or time that cannot be said in the spelling of this API".to_owned())
    }

    pub(crate) fn segment(parameter: &str) -> Self {
        Self::new(parameter, "path_segment", "must not be empty, `.` or `..`".to_owned())
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.parameter, self.message)
    }
}

impl std::error::Error for Violation {}

/// All constraints that a call does not meet, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Fails with what was found, unless that is nothing.
    pub(crate) fn none_of(found: Vec<Violation>) -> Result<(), Self> {
        if found.is_empty() { Ok(()) } else { Err(Self(found)) }
    }

    /// How many there are.
    #[expect(clippy::len_without_is_empty, reason = "there is always one")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Each of them, in the order of the parameters.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }
}

impl From<Violation> for Violations {
    fn from(violation: Violation) -> Self {
        Self(vec![violation])
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// One line.
impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}
