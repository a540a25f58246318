//! Forms of texts that everybody knows, and whether a text has one: one answer for the checks and the mock server.

use super::{Form, Type, whole};

/// A form of texts that everybody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One `@`, something before it, and a domain with a dot in it, but none at its ends; 254 bytes at most.
    Email,
    /// A scheme, `://` and a host.
    Url,
    /// 32 digits of hex in their five groups.
    Uuid,
    /// 3 to 15 digits with the usual signs between them, and a plus in front or not.
    Phone,
    /// A day of the calendar, as ISO 8601 has it.
    Date,
    /// A moment, as ISO 8601 has it.
    DateTime,
    /// A name that IANA's database has for a zone.
    IanaTimeZone,
    /// A name that Windows has for a zone.
    WindowsTimeZone,
    /// Two letters that ISO 3166 has for a country.
    Country,
}

impl Format {
    /// All of them, each with its word in the spec language.
    pub const ALL: [(&'static str, Self); 9] = [
        ("email", Self::Email),
        ("url", Self::Url),
        ("uuid", Self::Uuid),
        ("phone", Self::Phone),
        ("date", Self::Date),
        ("date_time", Self::DateTime),
        ("iana_time_zone", Self::IanaTimeZone),
        ("windows_time_zone", Self::WindowsTimeZone),
        ("country", Self::Country),
    ];

    /// What it is, with its article.
    pub fn what(self) -> &'static str {
        match self {
            Self::Email => "an e-mail address",
            Self::Url => "a URL",
            Self::Uuid => "a UUID",
            Self::Phone => "a telephone number",
            Self::Date => "a date like `2019-01-23`",
            Self::DateTime => "a date and time like `2019-01-23T12:05:52+01:00`",
            Self::IanaTimeZone => "a time zone like `Europe/Amsterdam`",
            Self::WindowsTimeZone => "a time zone of Windows, like `W. Europe Standard Time`",
            Self::Country => "a country like `NL`",
        }
    }

    /// How many characters there are at least, and at most, as far as that is sure.
    pub(crate) fn lengths(self) -> (u32, u32) {
        match self {
            Self::Email => (5, 254),
            Self::Uuid => (36, 36),
            Self::Phone => (3, u32::MAX),
            Self::Date => (10, 10),
            Self::Country => (2, 2),
            Self::Url | Self::DateTime | Self::IanaTimeZone | Self::WindowsTimeZone => (1, u32::MAX),
        }
    }

    /// Whether a text has this form, as far as that shows without a table of names.
    pub fn has(self, text: &str) -> bool {
        let matches = |pattern| whole(pattern).is_ok_and(|regex| regex.is_match(text));
        match self {
            Self::Email => {
                text.len() <= 254
                    && matches(r"[^@\x00-\x20\x7f]+@[^@.\x00-\x20\x7f]([^@\x00-\x20\x7f]*[^@.\x00-\x20\x7f])?")
                    && text.rsplit('@').next().is_some_and(|domain| domain.contains('.'))
            }
            Self::Url => matches(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#\x00-\x20\x7f][^\x00-\x20\x7f]*"),
            Self::Uuid => matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
            Self::Phone => {
                matches(r"\+?[0-9 ()./-]*")
                    && (3..=15).contains(&text.chars().filter(|character| character.is_ascii_digit()).count())
            }
            Self::Date => Form::is_moment(None, text, &Type::Date, true),
            Self::DateTime => Form::is_moment(None, text, &Type::DateTime, true),
            Self::IanaTimeZone | Self::WindowsTimeZone => !text.is_empty(),
            Self::Country => matches("[A-Za-z]{2}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(format: Format, good: &[&str], bad: &[&str]) {
        good.iter().for_each(|text| assert!(format.has(text), "{text:?} is {format:?}"));
        bad.iter().for_each(|text| assert!(!format.has(text), "{text:?} is not {format:?}"));
    }

    #[test]
    fn formats_are_as_wide_as_their_names() {
        let long = format!("{}@b.co", "a".repeat(250));
        has(
            Format::Email,
            &["a@b.co", "ä.b+c@sub.例え.jp", "\"x\"@y.z", "a@b..c"],
            &[
                "", "a", "@b.co", "a@b", "a@@b.co", "a@b@c.d", "a b@c.de", "a@.co", "a@b.", "a@.b.c", "a@b.c.",
                "a@b.c\n", &long,
            ],
        );
        has(
            Format::Url,
            &["https://x", "HTTP://a.b:80/c?d#e", "s3+x://bucket/key", "https://münchen.de/ü"],
            &["", "x", "//a", "https://", "https:///a", "1s://a", "https://a b", "://a", "mailto:a@b.co"],
        );
        has(
            Format::Uuid,
            &["123e4567-e89b-12d3-a456-426614174000"],
            &["", "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g"],
        );
        has(
            Format::Phone,
            &["+31 20 123 45 67", "(020) 123-4567", "112", "1.800/555"],
            &["", "+", "12", "1234567890123456", "12a", "1+2345", "++123"],
        );
        has(Format::Date, &["2019-01-23", "2020-02-29", "2000-02-29"], &["", "2019-02-29", "2019-13-01", "1900-02-29"]);
        has(
            Format::DateTime,
            &["2019-01-23T12:05:52Z", "2019-01-23 12:05:52.391+01:00"],
            &["", "2019-01-23", "2019-01-23T12:05:52", "2019-02-30T12:05:52Z", "2019-01-23T25:05:52Z"],
        );
        has(Format::Country, &["NL", "de"], &["", "NLD", "N1"]);
    }
}
