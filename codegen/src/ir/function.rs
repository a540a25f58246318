//! The functions of the signing language, and the literals that steer them.

use super::Expr;

/// A function or method; `codegen::expr::FUNCTIONS` says how each is written and typed, and what it does.
///
/// What takes several types is one function: which it is stands in the types of its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    // sources that are called
    /// `nonce()`: random, not negative; once per attempt.
    Nonce,
    /// `nonce_hex(n)`: so many random bytes in hex; once per attempt and `n`.
    NonceHex,
    /// `uuid()`: random, of version 4; once per attempt.
    Uuid,
    /// `counter()`: greater in every attempt of a client and its clones; once per attempt.
    Counter,
    /// `header(name)`
    Header,
    /// `field(name, value)`
    Field,

    // conditions: only the branch that is taken is computed
    /// `if_empty(value, then, otherwise)`
    IfEmpty,
    /// `if_method(methods, then, otherwise)`
    IfMethod,

    // digests; `Sign(…)` with a private key would be the third kind
    /// `sha256(message)` and its like.
    Digest(Hash),
    /// `hmac_sha256(key, message)` and its like.
    Hmac(Hash),

    // parts
    /// `concat(part, …)`
    Concat,
    /// `join(separator, part, …)`
    JoinParts,
    /// `list(part, …)`
    ListOf,

    // fields to fields
    /// `fields.and(fields)`
    And,
    /// `fields.drop(name, …)`
    Drop,
    /// `fields.keep(name, …)`
    Keep,
    /// `fields.keep_all(name, …)`
    KeepAll,
    /// `fields.drop_prefix(prefix)`
    DropPrefix,
    /// `fields.keep_prefix(prefix)`
    KeepPrefix,
    /// `drop_empty()` of fields and lists.
    DropEmpty,
    /// `drop_duplicates()` of fields and lists.
    DropDuplicates,
    /// `sort()` of fields and lists.
    Sort,
    /// `fields.sort_by_name()`
    SortByName,
    /// `fields.sort_by_value()`
    SortByValue,
    /// `fields.merge(separator)`
    Merge,
    /// `fields.lower_names()`
    LowerNames,
    /// `fields.upper_names()`
    UpperNames,
    /// `fields.lower_values()`
    LowerValues,
    /// `fields.trim_names()`
    TrimNames,
    /// `fields.trim_values()`
    TrimValues,
    /// `fields.escape_names(profile)`
    EscapeNames,
    /// `fields.escape_values(profile)`
    EscapeValues,
    /// `fields.replace_names(from, to, …)`
    ReplaceNames,
    /// `fields.replace_values(from, to, …)`
    ReplaceValues,

    // fields to others
    /// `fields.get(name)`
    Get,
    /// `fields.get_or(name, default)`
    GetOr,
    /// `fields.pairs(between)`
    Pairs,
    /// `fields.format(lead, between, tail)`
    Format,
    /// `fields.names()`
    Names,
    /// `fields.values()`
    Values,

    // lists to others
    /// `list.join(separator)`
    Join,
    /// `list.join_or(separator, default)`
    JoinOr,

    // texts
    /// `text.upper()`
    Upper,
    /// `text.lower()`
    Lower,
    /// `text.trim()`
    Trim,
    /// `escape(profile)` of texts and fields.
    Escape,
    /// `text.replace(from, to, …)`
    Replace,
    /// `text.strip_prefix(prefix)`
    StripPrefix,
    /// `text.split(separator)`
    Split,
    /// `text.split_pairs(separator, between)`
    SplitPairs,
    /// `text.decode_hex()`
    DecodeHex,
    /// `text.decode_base64()`
    DecodeBase64,
    /// `text.decode_base64url()`
    DecodeBase64Url,

    // bytes
    /// `bytes.hex()`
    Hex,
    /// `bytes.base64()`
    Base64,
    /// `bytes.base64_unpadded()`
    Base64Unpadded,
    /// `bytes.base64url()`
    Base64Url,
    /// `bytes.base64url_unpadded()`
    Base64UrlUnpadded,
    /// `bytes.first(n)`
    First,
    /// `bytes.length()`
    Length,
    /// `bytes.text()`
    TextOf,

    // times
    /// `time.epoch_s()`
    EpochS,
    /// `time.epoch_ms()`
    EpochMs,
    /// `time.plus(seconds)`
    Plus,
    /// `time.minus(seconds)`
    Minus,
    /// `time.format(layout)`
    FormatTime,
}

impl Function {
    /// Whether it takes something that comes only once.
    pub const fn draws(self) -> bool {
        matches!(self, Self::Nonce | Self::NonceHex | Self::Uuid | Self::Counter)
    }

    /// Whether it fails on what is not written as it must be.
    pub const fn decodes(self) -> bool {
        matches!(self, Self::DecodeHex | Self::DecodeBase64 | Self::DecodeBase64Url | Self::TextOf)
    }

    /// What is computed whichever branch is taken.
    pub fn certain(self, operands: &[Expr]) -> &[Expr] {
        match self {
            Self::IfEmpty | Self::IfMethod => operands.get(..1).unwrap_or_default(),
            _ => operands,
        }
    }
}

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hash {
    /// 16 bytes.
    Md5,
    /// 20 bytes.
    Sha1,
    /// 32 bytes.
    Sha256,
    /// 48 bytes.
    Sha384,
    /// 64 bytes.
    Sha512,
}

/// A way to percent-encode the UTF-8 of a text, with upper-case digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EscapeProfile {
    /// Letters, digits and `-._~` stay.
    Rfc3986,
    /// The same, and `/` stays.
    Rfc3986Path,
    /// Letters, digits and `*-._` stay, and a space is `+`.
    Form,
}

/// A stretch of a laid-out time, in UTC and English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClockPart {
    /// As it stands; never empty, never two in a row.
    Literal(String),
    /// `%Y`: four digits.
    Year,
    /// `%m`: two digits.
    Month,
    /// `%d`: two digits.
    Day,
    /// `%H`: two digits.
    Hour,
    /// `%M`: two digits.
    Minute,
    /// `%S`: two digits.
    Second,
    /// `%f`: three digits of the second's fraction.
    Millisecond,
    /// `%a`: `Mon`.
    Weekday,
    /// `%b`: `Jan`.
    MonthName,
}

impl EscapeProfile {
    /// All of them, by the names that expressions call them.
    pub const ALL: [(&'static str, Self); 3] =
        [("rfc3986", Self::Rfc3986), ("rfc3986_path", Self::Rfc3986Path), ("form", Self::Form)];
}

impl ClockPart {
    /// What a letter after `%` stands for.
    pub(crate) fn of_letter(letter: char) -> Option<Self> {
        Some(match letter {
            'Y' => Self::Year,
            'm' => Self::Month,
            'd' => Self::Day,
            'H' => Self::Hour,
            'M' => Self::Minute,
            'S' => Self::Second,
            'f' => Self::Millisecond,
            'a' => Self::Weekday,
            'b' => Self::MonthName,
            _ => return None,
        })
    }
}
