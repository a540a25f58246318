//! Data about a person: usable like the value it holds, but kept out of `Debug`.

use std::fmt;
use std::ops::Deref;

/// A value about a person.
///
/// It derefs to the value and displays as it, because that is what the caller writes on purpose;
/// `Debug` shows nothing of it, because that is what gets into logs by accident. For the same
/// reason it serialises as `[redacted]` unless the caller exposes it.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// The value itself.
    pub fn into_inner(self) -> T {
        self.0
    }

    /// For readers, which fill a value in place.
    pub(crate) fn inner_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> Deref for Personal<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Personal<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Personal<String> {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personal([redacted])")
    }
}

impl<T: fmt::Display> fmt::Display for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl PartialEq<str> for Personal<String> {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Personal<String> {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn displays_its_value_and_debugs_without_it() {
        let email: Personal<String> = "a@b.co".into();
        assert_eq!(format!("{email} {email:>8}"), "a@b.co   a@b.co");
        assert_eq!(format!("{email:?}"), "Personal([redacted])");
        assert_eq!(email, "a@b.co");
        assert_eq!(email, *"a@b.co");
        assert!(email.contains('@'));
        assert_eq!(email, Personal::from(String::from("a@b.co")));
        assert_eq!(email.into_inner(), "a@b.co");
    }
}
