//! Bytes that travel as base64 text.

use std::fmt;
use std::ops::Deref;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose::STANDARD};

/// Bytes that are base64 text on the wire.
///
/// They are sent with padding, and read with or without it, in the alphabet of URLs too.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Base64(Vec<u8>);

/// The last character may carry bits that mean nothing: some encoders leave them in.
const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);

impl Base64 {
    /// The bytes themselves.
    pub fn into_inner(self) -> Vec<u8> {
        self.0
    }

    /// What is on the wire.
    pub(crate) fn encode(&self) -> String {
        STANDARD.encode(&self.0)
    }

    /// The bytes that a text stands for; line breaks in it, as MIME has them, mean nothing.
    pub(crate) fn decode(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|char| !char.is_ascii_whitespace()).collect();
        let alphabet = if text.contains(['-', '_']) { &alphabet::URL_SAFE } else { &alphabet::STANDARD };
        GeneralPurpose::new(alphabet, LENIENT).decode(text).ok().map(Self)
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl Deref for Base64 {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// How many bytes there are: nobody reads them in a log.
impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_more() {
        let bytes = Base64::from(&[0xfb, 0xff, 0x00, 0x01][..]);
        assert_eq!(bytes.encode(), "+/8AAQ==");
        for text in ["+/8AAQ==", "+/8AAQ", "-_8AAQ", "+/8A\r\n AQ==", "+/8AAR=="] {
            assert_eq!(Base64::decode(text), Some(bytes.clone()), "{text}");
        }
        for text in ["+/8AA", "ä", "+/8-", "====", "AQ==AQ=="] {
            assert_eq!(Base64::decode(text), None, "{text}");
        }
        assert_eq!(format!("{bytes:?} {}", bytes.len()), "Base64(4 bytes) 4");
    }
}
