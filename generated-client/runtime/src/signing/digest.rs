//! The functions of the signing language that do not touch the call: plain functions of their arguments.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use hmac::digest::Digest as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::zeroize::Zeroizing;
use sha2::Sha256;

use super::Wiped;

/// HMAC-SHA-256 of a message under a key of any length.
///
/// The block made of the key and the state of the hash are wiped; what the compiler spills to the stack
/// while it computes is beyond reach.
pub fn hmac_sha256(key: impl AsRef<[u8]>, message: impl AsRef<[u8]>) -> [u8; 32] {
    // Filling the block ourselves, as RFC 2104 says, leaves no length that could be refused.
    let key = key.as_ref();
    let hashed;
    let key = if key.len() > 64 {
        hashed = Zeroizing::new(sha256(key));
        hashed.as_slice()
    } else {
        key
    };
    let mut block = Zeroizing::new([0; 64]);
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    mac.update(message.as_ref());
    mac.finalize().into_bytes().into()
}

/// SHA-256 of a message.
pub fn sha256(message: impl AsRef<[u8]>) -> [u8; 32] {
    Sha256::digest(message.as_ref()).into()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: impl AsRef<[u8]>) -> String {
    hex::encode(bytes)
}

/// Base64 in the standard alphabet, padded.
pub fn base64(bytes: impl AsRef<[u8]>) -> Wiped {
    base64::engine::general_purpose::STANDARD.encode(bytes).into()
}

/// Milliseconds since 1970; negative before.
pub fn epoch_ms(time: SystemTime) -> i64 {
    since_epoch(time, |duration| duration.as_millis())
}

/// Whole seconds since 1970; negative before.
pub fn epoch_s(time: SystemTime) -> i64 {
    since_epoch(time, |duration| u128::from(duration.as_secs()))
}

fn since_epoch(time: SystemTime, unit: fn(std::time::Duration) -> u128) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(unit(after)).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(unit(before.duration())).map_or(i64::MIN, |count| -count),
    }
}

/// Upper case.
pub fn upper(text: impl AsRef<str>) -> Wiped {
    text.as_ref().to_uppercase().into()
}

/// Lower case.
pub fn lower(text: impl AsRef<str>) -> Wiped {
    text.as_ref().to_lowercase().into()
}

/// Texts and numbers, one after the other.
pub fn concat(parts: &[&dyn fmt::Display]) -> Wiped {
    let texts: Vec<_> = parts.iter().map(|part| Wiped::from(part.to_string())).collect();
    Wiped::join(texts.iter().map(|text| &**text))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Cases 2 and 6 of RFC 4231, and the empty key and message.
    #[test]
    fn hmac_gives_the_published_digests() {
        let cases: [(&[u8], &str, &str); 3] = [
            (
                b"Jefe",
                "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                &[0xaa; 131],
                "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
            (b"", "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
        ];
        for (key, message, digest) in cases {
            assert_eq!(hex(hmac_sha256(key, message)), digest);
        }
    }

    #[test]
    fn times_are_numbers_of_their_unit() {
        let time = UNIX_EPOCH + Duration::from_micros(1_527_500_365_052_999);
        assert_eq!(epoch_ms(time), 1_527_500_365_052);
        assert_eq!(epoch_s(time), 1_527_500_365);
        assert_eq!(epoch_ms(UNIX_EPOCH - Duration::from_secs(1)), -1000);
    }

    #[test]
    fn texts_are_built_from_parts() {
        assert_eq!(&*concat(&[&"a", &String::from("b"), &-7i64]), "ab-7");
        assert_eq!((&*upper("aß"), &*lower("AÉ")), ("ASS", "aé"));
        assert_eq!(&*base64([0xfb, 0xff]), "+/8=");
        assert_eq!(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
