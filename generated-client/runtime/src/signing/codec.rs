//! Bytes as text, and back.

use base64::Engine as _;
use base64::alphabet::{STANDARD as ALPHABET, URL_SAFE as URL_ALPHABET};
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{Octets, Wiped};

/// Vendors pad their secrets or not, and some leave bits in the last digit that stand for nothing.
const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const READ: GeneralPurpose = GeneralPurpose::new(&ALPHABET, LENIENT);
const READ_URL: GeneralPurpose = GeneralPurpose::new(&URL_ALPHABET, LENIENT);

/// Lower-case hexadecimal.
pub fn hex(bytes: impl AsRef<[u8]>) -> Wiped {
    hex::encode(bytes).into()
}

/// Base64 in the standard alphabet, padded.
pub fn base64(bytes: impl AsRef<[u8]>) -> Wiped {
    STANDARD.encode(bytes).into()
}

/// Base64 in the standard alphabet, without padding.
pub fn base64_unpadded(bytes: impl AsRef<[u8]>) -> Wiped {
    STANDARD_NO_PAD.encode(bytes).into()
}

/// Base64 in the alphabet for addresses, padded.
pub fn base64url(bytes: impl AsRef<[u8]>) -> Wiped {
    URL_SAFE.encode(bytes).into()
}

/// Base64 in the alphabet for addresses, without padding.
pub fn base64url_unpadded(bytes: impl AsRef<[u8]>) -> Wiped {
    URL_SAFE_NO_PAD.encode(bytes).into()
}

/// The bytes of hexadecimal digits of either case.
pub(crate) fn decode_hex(text: &str) -> Option<Octets> {
    hex::decode(text).ok().map(Octets::from)
}

/// The bytes of base64 in the standard alphabet.
pub(crate) fn decode_base64(text: &str) -> Option<Octets> {
    READ.decode(text).ok().map(Octets::from)
}

/// The bytes of base64 in the alphabet for addresses.
pub(crate) fn decode_base64url(text: &str) -> Option<Octets> {
    READ_URL.decode(text).ok().map(Octets::from)
}

/// So many bytes of the start, or all where there are fewer.
pub fn first(bytes: impl AsRef<[u8]>, count: usize) -> Octets {
    let bytes = bytes.as_ref();
    bytes.get(..count).unwrap_or(bytes).to_vec().into()
}

/// How many bytes there are.
pub fn length(bytes: impl AsRef<[u8]>) -> i64 {
    i64::try_from(bytes.as_ref().len()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_in_every_alphabet() {
        let bytes = [0xfb, 0xff, 0xfe, 0x00];
        assert_eq!(&*hex(bytes), "fbfffe00");
        assert_eq!((&*base64(bytes), &*base64_unpadded(bytes)), ("+//+AA==", "+//+AA"));
        assert_eq!((&*base64url(bytes), &*base64url_unpadded(bytes)), ("-__-AA==", "-__-AA"));
        // RFC 4648, section 10.
        let cases =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")];
        for (text, encoded) in cases {
            assert_eq!(&*base64(text), encoded);
            assert_eq!(&*decode_base64(encoded).unwrap(), text.as_bytes());
            assert_eq!(&*decode_base64url(encoded.trim_end_matches('=')).unwrap(), text.as_bytes());
        }
    }

    #[test]
    fn what_is_read_is_padded_or_not_and_nothing_else() {
        assert_eq!(&*decode_hex("00fF").unwrap(), [0, 255]);
        assert!(["0", "0g", " 00", "é"].into_iter().all(|text| decode_hex(text).is_none()));
        assert_eq!(&*decode_base64("+//+AB").unwrap(), &*decode_base64("+//+AA==").unwrap());
        assert!(["-_", "A", "AA===", "A=A", "AA\n", "AA A"].into_iter().all(|text| decode_base64(text).is_none()));
        assert_eq!(&*decode_base64url("-__-").unwrap(), [0xfb, 0xff, 0xfe]);
        assert!(["+/", "A"].into_iter().all(|text| decode_base64url(text).is_none()));
    }

    #[test]
    fn the_start_of_bytes_is_as_long_as_they_are() {
        assert_eq!(&*first("abc", 2), b"ab");
        assert_eq!(&*first("abc", 0), b"");
        assert_eq!(&*first("abc", 4), b"abc");
    }
}
