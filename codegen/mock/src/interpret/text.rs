//! Functions of texts and octets: escaping, replacing, decoding, laying out a time.

use std::ops::RangeInclusive;

use base64::Engine as _;
use base64::alphabet::{Alphabet, STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use codegen::ir::{ClockPart, EscapeProfile, Hash};
use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::value::Fault;
use crate::time::civil;

/// What escaping keeps beside letters and digits, and what it makes of a space.
#[derive(Clone, Copy)]
pub(super) struct Keep {
    kept: &'static [u8],
    space_is_plus: bool,
}

impl Keep {
    pub(super) const UNRESERVED: Self = Self { kept: b"-._~", space_is_plus: false };

    pub(super) fn of(profile: EscapeProfile) -> Self {
        match profile {
            EscapeProfile::Rfc3986 => Self::UNRESERVED,
            EscapeProfile::Rfc3986Path => Self { kept: b"-._~/", space_is_plus: false },
            EscapeProfile::Form => Self { kept: b"*-._", space_is_plus: true },
        }
    }
}

pub(super) fn escape(keep: Keep, text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || keep.kept.contains(&byte) {
            escaped.push(char::from(byte));
        } else if byte == b' ' && keep.space_is_plus {
            escaped.push('+');
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

/// One pass from the left; where several of the table match, the one stated first.
pub(super) fn replace(table: &[(String, String)], text: &str) -> String {
    let mut done = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let found = table.iter().find_map(|(from, to)| Some((rest.strip_prefix(from.as_str())?, to)));
        // What is replaced by an empty text must still be something, or this would never end.
        match found.filter(|(after, _)| after.len() < rest.len()) {
            Some((after, to)) => {
                done.push_str(to);
                rest = after;
            }
            None => {
                done.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    done
}

const WHITE: [char; 5] = [' ', '\t', '\n', '\x0c', '\r'];

/// Without white space at the ends.
pub(super) fn stripped(text: &str) -> &str {
    text.trim_matches(WHITE)
}

/// Without white space at the ends, and with one space for each run of it inside.
pub(super) fn trim(text: &str) -> String {
    let words: Vec<_> = text.split(WHITE).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

pub(super) fn split_pairs(text: &str, separator: &str, between: &str) -> Vec<(String, String)> {
    let items = text.split(separator).map(stripped).filter(|item| !item.is_empty());
    let cut = |item: &str| {
        let (name, value) = item.split_once(between).unwrap_or((item, ""));
        (name.to_owned(), value.to_owned())
    };
    items.map(cut).collect()
}

pub(super) fn decode_hex(text: &str) -> Result<Vec<u8>, Fault> {
    hex::decode(text).map_err(|_| Fault::Undecodable("hexadecimal"))
}

pub(super) fn decode_base64(text: &str) -> Result<Vec<u8>, Fault> {
    engine(&STANDARD, true).decode(text).map_err(|_| Fault::Undecodable("base64"))
}

pub(super) fn decode_base64url(text: &str) -> Result<Vec<u8>, Fault> {
    engine(&URL_SAFE, true).decode(text).map_err(|_| Fault::Undecodable("base64url"))
}

pub(super) fn base64(octets: &[u8], padded: bool) -> String {
    engine(&STANDARD, padded).encode(octets)
}

pub(super) fn base64url(octets: &[u8], padded: bool) -> String {
    engine(&URL_SAFE, padded).encode(octets)
}

/// Reads with or without padding, and is not particular about the last digit's spare bits.
fn engine(alphabet: &Alphabet, padded: bool) -> GeneralPurpose {
    let config = GeneralPurposeConfig::new()
        .with_encode_padding(padded)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(alphabet, config)
}

pub(super) fn digest(hash: Hash, message: &[u8]) -> Vec<u8> {
    match hash {
        Hash::Md5 => Md5::digest(message).to_vec(),
        Hash::Sha1 => Sha1::digest(message).to_vec(),
        Hash::Sha256 => Sha256::digest(message).to_vec(),
        Hash::Sha384 => Sha384::digest(message).to_vec(),
        Hash::Sha512 => Sha512::digest(message).to_vec(),
    }
}

pub(super) fn hmac(hash: Hash, key: &[u8], message: &[u8]) -> Result<Vec<u8>, Fault> {
    macro_rules! hmac {
        ($hash:ty) => {{
            // Any length will do for a key; the signature is that of all MACs.
            let mac = Hmac::<$hash>::new_from_slice(key).map_err(|_| Fault::Malformed)?;
            mac.chain_update(message).finalize().into_bytes().to_vec()
        }};
    }
    Ok(match hash {
        Hash::Md5 => hmac!(Md5),
        Hash::Sha1 => hmac!(Sha1),
        Hash::Sha256 => hmac!(Sha256),
        Hash::Sha384 => hmac!(Sha384),
        Hash::Sha512 => hmac!(Sha512),
    })
}

pub(super) const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
pub(super) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
pub(super) const DAY: i64 = 86_400_000;

/// The first and the last millisecond of a year of four digits.
const YEARS: RangeInclusive<i64> = -719_528 * DAY..=2_932_897 * DAY - 1;

/// A time in UTC and English; outside of the years that have four digits, the nearest within.
pub(super) fn lay_out(parts: &[ClockPart], ms: i64) -> String {
    let ms = ms.clamp(*YEARS.start(), *YEARS.end());
    let days = ms.div_euclid(DAY);
    let (year, month, day) = civil(days);
    let rest = ms.rem_euclid(DAY);
    let name = |names: &[&'static str], index: i64| {
        usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default().to_owned()
    };
    let piece = |part: &ClockPart| match part {
        ClockPart::Literal(text) => text.clone(),
        ClockPart::Year => format!("{year:04}"),
        ClockPart::Month => format!("{month:02}"),
        ClockPart::Day => format!("{day:02}"),
        ClockPart::Hour => format!("{:02}", rest / 3_600_000),
        ClockPart::Minute => format!("{:02}", rest / 60_000 % 60),
        ClockPart::Second => format!("{:02}", rest / 1000 % 60),
        ClockPart::Millisecond => format!("{:03}", rest % 1000),
        ClockPart::Weekday => name(&WEEKDAYS, days.rem_euclid(7)),
        ClockPart::MonthName => name(&MONTHS, month - 1),
    };
    parts.iter().map(piece).collect()
}
