//! Digests, plain and keyed. All are there for every API: a spec chooses, and nobody edits a manifest.

use std::fmt;
use std::ops::Deref;

use hmac::digest::Digest as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::Md5;
use secrecy::zeroize::Zeroizing;
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};

/// A digest. It may be the key of another, and is wiped.
#[derive(Clone)]
pub struct Digest<const N: usize>(Zeroizing<[u8; N]>);

impl<const N: usize> Digest<N> {
    /// The digest that was made before, if these are as many bytes.
    pub(super) fn of(octets: &[u8]) -> Option<Self> {
        octets.try_into().ok().map(|octets| Self(Zeroizing::new(octets)))
    }
}

impl<const N: usize> Deref for Digest<N> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl<const N: usize> AsRef<[u8]> for Digest<N> {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl<const N: usize> fmt::Debug for Digest<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digest([redacted])")
    }
}

/// ```text
/// pub fn sha256(message: impl AsRef<[u8]>) -> Digest<32>
/// pub fn hmac_sha256(key: impl AsRef<[u8]>, message: impl AsRef<[u8]>) -> Digest<32>
/// ```
macro_rules! digests {
    ($($hash:ident $hmac:ident $of:ty, $length:literal, $block:literal, $name:literal;)*) => {
        $(
            #[doc = concat!("The ", $name, " of a message.")]
            pub fn $hash(message: impl AsRef<[u8]>) -> Digest<$length> {
                Digest(Zeroizing::new(<$of>::digest(message.as_ref()).into()))
            }

            #[doc = concat!("The HMAC-", $name, " of a message under a key of any length.")]
            ///
            /// The block made of the key and the state of the hash are wiped; what the compiler spills to the
            /// stack while it computes is beyond reach.
            pub fn $hmac(key: impl AsRef<[u8]>, message: impl AsRef<[u8]>) -> Digest<$length> {
                // Filling the block ourselves, as RFC 2104 says, leaves no length that could be refused.
                let key = key.as_ref();
                let hashed;
                let key = if key.len() > $block {
                    hashed = $hash(key);
                    &*hashed
                } else {
                    key
                };
                let mut block = Zeroizing::new([0; $block]);
                for (to, from) in block.iter_mut().zip(key) {
                    *to = *from;
                }
                let mut mac = Hmac::<$of>::new((&*block).into());
                mac.update(message.as_ref());
                Digest(Zeroizing::new(mac.finalize().into_bytes().into()))
            }
        )*
    };
}

digests! {
    md5 hmac_md5 Md5, 16, 64, "MD5";
    sha1 hmac_sha1 Sha1, 20, 64, "SHA-1";
    sha256 hmac_sha256 Sha256, 32, 64, "SHA-256";
    sha384 hmac_sha384 Sha384, 48, 128, "SHA-384";
    sha512 hmac_sha512 Sha512, 64, 128, "SHA-512";
}

#[cfg(test)]
mod tests {
    use super::super::hex;
    use super::*;

    /// RFC 1321 and FIPS 180: nothing, and `abc`.
    #[test]
    fn hashes_give_the_published_digests() {
        assert_eq!(&*hex(md5("")), "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!(&*hex(md5("abc")), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(&*hex(sha1("")), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
        assert_eq!(&*hex(sha1("abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(&*hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(&*hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(
            &*hex(sha384("abc")),
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
        );
        assert_eq!(
            &*hex(sha512("abc")),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
             2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        );
    }

    const JEFE: (&[u8], &str) = (b"Jefe", "what do ya want for nothing?");
    const LONG: (&[u8], &str) = (&[0xaa; 131], "Test Using Larger Than Block-Size Key - Hash Key First");

    /// Cases 2 of RFC 2202 and 4231, and case 6 of the latter with a key longer than any block.
    #[test]
    fn hmacs_give_the_published_digests() {
        let (key, message) = JEFE;
        assert_eq!(&*hex(hmac_md5(key, message)), "750c783e6ab0b503eaa86e310a5db738");
        assert_eq!(&*hex(hmac_sha1(key, message)), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        assert_eq!(
            &*hex(hmac_sha256(key, message)),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            &*hex(hmac_sha384(key, message)),
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"
        );
        assert_eq!(
            &*hex(hmac_sha512(key, message)),
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554\
             9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
        );
        let (key, message) = LONG;
        assert_eq!(
            &*hex(hmac_sha256(key, message)),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
        assert_eq!(
            &*hex(hmac_sha512(key, message)),
            "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352\
             6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"
        );
        assert_eq!(&*hex(hmac_sha256("", "")), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    }
}
