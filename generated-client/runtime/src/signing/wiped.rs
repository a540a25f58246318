//! Text and bytes that signing makes, which may hold secrets.

use std::fmt;
use std::ops::Deref;

use secrecy::zeroize::Zeroizing;

/// A text that is wiped from memory when it is dropped. What is sent or shown is copied from it.
#[derive(Clone)]
pub struct Wiped(Zeroizing<String>);

/// Bytes that are wiped from memory when they are dropped.
#[derive(Clone)]
pub struct Octets(Zeroizing<Vec<u8>>);

impl Wiped {
    /// Joins texts in a buffer that is never moved: growing would leave a copy behind.
    pub(super) fn join<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> Self {
        let mut joined = String::with_capacity(texts.clone().map(str::len).sum());
        joined.extend(texts);
        Self::from(joined)
    }

    /// The text, for somebody who sends it: wiping it ends here.
    pub(super) fn release(mut self) -> String {
        std::mem::take(&mut *self.0)
    }

    /// Writes pieces of text; how long they are is asked first, so that the buffer is never moved.
    pub(super) fn write(pieces: impl Fn(&mut dyn FnMut(&str))) -> Self {
        let mut length = 0;
        pieces(&mut |piece| length += piece.len());
        let mut text = String::with_capacity(length);
        pieces(&mut |piece| text.push_str(piece));
        Self::from(text)
    }
}

impl Octets {
    /// Joins bytes in a buffer that is never moved.
    pub(super) fn join<'b>(parts: impl Iterator<Item = &'b [u8]> + Clone) -> Self {
        let mut joined = Vec::with_capacity(parts.clone().map(<[u8]>::len).sum());
        parts.for_each(|part| joined.extend_from_slice(part));
        Self::from(joined)
    }
}

impl From<String> for Wiped {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<&str> for Wiped {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<Vec<u8>> for Octets {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl Deref for Wiped {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Deref for Octets {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
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

impl AsRef<[u8]> for Octets {
    fn as_ref(&self) -> &[u8] {
        self
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

impl fmt::Debug for Octets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Octets([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use secrecy::zeroize::ZeroizeOnDrop;

    use super::*;

    #[test]
    fn joins_in_a_buffer_that_need_not_grow() {
        let text = Wiped::join(["a", "", "\u{e9}b"].into_iter());
        assert_eq!((&*text, text.0.capacity()), ("a\u{e9}b", 4));
        assert_eq!(format!("{text} {text:?}"), "a\u{e9}b Wiped([redacted])");
        let written = Wiped::write(|put| ["a", "\u{e9}"].into_iter().for_each(put));
        assert_eq!((&*written, written.0.capacity()), ("a\u{e9}", 3));
        let bytes = Octets::join([&b"a"[..], b"", b"\xff"].into_iter());
        assert_eq!((&*bytes, bytes.0.capacity()), (&b"a\xff"[..], 2));
        assert_eq!(format!("{bytes:?}"), "Octets([redacted])");
    }

    /// It does not compile without the feature of the hashes that wipes.
    #[test]
    fn what_holds_secrets_is_wiped() {
        fn is_wiped<T: ZeroizeOnDrop>(_: impl Fn() -> T) {}
        is_wiped(|| Wiped::from(String::new()).0);
        is_wiped(|| Octets::from(Vec::new()).0);
        // What an HMAC keeps of its key is the state of two such hashes.
        is_wiped(md5::Md5::default);
        is_wiped(sha1::Sha1::default);
        is_wiped(sha2::Sha256::default);
        is_wiped(sha2::Sha384::default);
        is_wiped(sha2::Sha512::default);
    }
}
