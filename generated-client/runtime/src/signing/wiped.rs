//! Text that signing makes, which may hold secrets.

use std::fmt;
use std::ops::Deref;

use secrecy::zeroize::Zeroizing;

/// A text that is wiped from memory when it is dropped. What is sent or shown is copied from it.
#[derive(Clone)]
pub struct Wiped(Zeroizing<String>);

impl Wiped {
    /// Joins texts in a buffer that is never moved: growing would leave a copy behind.
    pub(super) fn join<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> Self {
        let mut joined = String::with_capacity(texts.clone().map(str::len).sum());
        joined.extend(texts);
        Self::from(joined)
    }
}

impl From<String> for Wiped {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl Deref for Wiped {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Wiped {
    fn as_ref(&self) -> &str {
        self
    }
}

impl AsRef<[u8]> for Wiped {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

/// It is a text like any other to those who build on it.
impl fmt::Display for Wiped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Debug for Wiped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wiped([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use secrecy::zeroize::ZeroizeOnDrop;
    use sha2::Sha256;

    use super::*;

    #[test]
    fn joins_in_a_buffer_that_need_not_grow() {
        let text = Wiped::join(["a", "", "\u{e9}b"].into_iter());
        assert_eq!((&*text, text.0.capacity()), ("a\u{e9}b", 4));
        assert_eq!(format!("{text} {text:?}"), "a\u{e9}b Wiped([redacted])");
    }

    /// It does not compile without the feature of the hash that wipes.
    #[test]
    fn what_holds_secrets_is_wiped() {
        fn is_wiped<T: ZeroizeOnDrop>(_: impl Fn() -> T) {}
        is_wiped(|| Wiped::from(String::new()).0);
        // What an HMAC keeps of its key is the state of two such hashes.
        is_wiped(Sha256::default);
    }
}
