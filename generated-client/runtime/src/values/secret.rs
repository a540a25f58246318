//! Text that nobody must see: wiped when dropped, never printed.

use std::fmt;
use std::hint::black_box;

use secrecy::zeroize::Zeroize;
use secrecy::{ExposeSecret, SecretString};

/// A text that is wiped from memory when it is dropped and that nothing prints.
///
/// There is no `Display`, and it serialises as `[redacted]` unless the caller exposes it; [`Secret::expose`] is the
/// only other way to the text.
#[derive(Clone, Default)]
pub struct Secret(SecretString);

impl Secret {
    /// The text itself.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// The same without white space at its ends.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        self.expose().trim().into()
    }

    /// The same with its ASCII letters small.
    #[must_use]
    pub fn lower_case(&self) -> Self {
        self.expose().to_ascii_lowercase().into()
    }

    /// The same with its ASCII letters capital.
    #[must_use]
    pub fn upper_case(&self) -> Self {
        self.expose().to_ascii_uppercase().into()
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(SecretString::from(Box::<str>::from(text)))
    }
}

impl From<String> for Secret {
    fn from(mut text: String) -> Self {
        if text.len() == text.capacity() {
            return Self(text.into());
        }
        // Shrinking may move the text and leave the old copy behind, so it is copied and wiped here.
        let secret = Self::from(text.as_str());
        text.zeroize();
        secret
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

/// Takes the same time wherever two secrets of one length differ.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        let (left, right) = (self.expose().as_bytes(), other.expose().as_bytes());
        let difference = left.iter().zip(right).fold(0, |seen, (a, b)| black_box(seen | (a ^ b)));
        left.len() == right.len() && difference == 0
    }
}

impl Eq for Secret {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_and_hides_its_text() {
        let secret = Secret::from("Passw0rd!");
        assert_eq!(secret, Secret::from(String::from("Passw0rd!")));
        assert_ne!(secret, Secret::from("Passw0rd?"));
        assert_ne!(secret, Secret::from("Passw0rd"));
        assert_ne!(Secret::default(), secret);
        assert_eq!(format!("{secret:?} {secret:#?}"), "Secret([redacted]) Secret([redacted])");
    }

    #[test]
    fn is_normalised() {
        let secret = Secret::from(" Ab Ä\n");
        assert_eq!(secret.trimmed().expose(), "Ab Ä");
        assert_eq!(secret.lower_case().expose(), " ab Ä\n");
        assert_eq!(secret.upper_case().expose(), " AB Ä\n");
    }

    #[test]
    fn keeps_a_text_that_has_spare_room() {
        let mut text = String::with_capacity(64);
        text.push_str("ключ");
        assert_eq!(Secret::from(text).expose(), "ключ");
    }
}
