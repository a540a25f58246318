//! Text that was taken out of a server's message.

use std::fmt;

/// A text captured from an error message of the server, such as the name of a missing parameter.
///
/// The server may put anything there, a person's data too, so neither `Debug` nor `Display` shows it.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Captured(Box<str>);

impl Captured {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Captured {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Captured {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Captured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Captured([redacted])")
    }
}

/// What an answer that is an error holds besides its message, such as what stands in the way.
///
/// It is the server's, so that neither `Debug` nor `Display` shows it.
#[derive(Clone, Default, PartialEq)]
pub struct Carried<T>(T);

impl<T> Carried<T> {
    /// The value itself.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> std::ops::Deref for Carried<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Carried<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> fmt::Debug for Carried<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Carried([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_its_text() {
        let captured = Captured::from("email");
        assert_eq!(captured.as_str(), "email");
        assert_eq!(format!("{captured:?}"), "Captured([redacted])");
        assert_ne!(captured, Captured::default());
    }

    #[test]
    fn hides_what_was_carried() {
        let carried = Carried::from(vec!["Ann"]);
        assert_eq!((carried.len(), format!("{carried:?}")), (1, "Carried([redacted])".to_owned()));
        assert_eq!(carried.into_inner(), ["Ann"]);
    }
}
