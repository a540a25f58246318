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
}
