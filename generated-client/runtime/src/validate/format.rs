//! Forms of texts that everybody knows, as wide as their names allow: the server has the last word.

use crate::args::Format;
use crate::values::{CivilDate, DateTime, Form, Spelled};

/// One `@`, something before it, and a domain with a dot in it, but none at its ends; 254 bytes at most.
pub const EMAIL: Format = Format { name: "an e-mail address", has: is_email };
/// A scheme, `://` and a host.
pub const URL: Format = Format { name: "a URL", has: is_url };
/// 32 digits of hex in their five groups.
pub const UUID: Format = Format { name: "a UUID", has: is_uuid };
/// 3 to 15 digits with the usual signs between them, and a plus in front or not.
pub const PHONE: Format = Format { name: "a telephone number", has: is_phone };
/// A day of the calendar, such as `2019-01-23`.
pub const DATE: Format = Format { name: "a date like `2019-01-23`", has: |text| text.parse::<CivilDate>().is_ok() };
/// A moment, such as `2019-01-23T12:05:52+01:00`.
pub const DATE_TIME: Format =
    Format { name: "a date and time like `2019-01-23T12:05:52+01:00`", has: |text| text.parse::<DateTime>().is_ok() };
/// A name that IANA's database has for a zone.
#[cfg(feature = "time-zones")]
pub const IANA_TIME_ZONE: Format = Format { name: "a time zone like `Europe/Amsterdam`", has: is_iana_time_zone };
/// A name that Windows has for a zone.
#[cfg(feature = "time-zones")]
pub const WINDOWS_TIME_ZONE: Format =
    Format { name: "a time zone of Windows, like `W. Europe Standard Time`", has: is_windows_time_zone };
/// Two letters that ISO 3166 has for a country.
#[cfg(feature = "countries")]
pub const COUNTRY: Format = Format { name: "a country like `NL`", has: is_country };

/// Whether the first of two times is later; what is none breaks no rule.
pub fn is_later<T: Spelled + PartialOrd>(texts: [&str; 2], forms: [Form; 2]) -> bool {
    let [later, earlier] = [0, 1].map(|at| forms[at].parse::<T>(texts[at]));
    later.zip(earlier).is_none_or(|(later, earlier)| later > earlier)
}

/// The moment in a text, in nanoseconds since 1970.
pub fn moment(text: &str, form: Form) -> Option<i128> {
    form.parse::<DateTime>(text).map(|moment| moment.nanos())
}

fn is_blank(byte: u8) -> bool {
    byte <= b' ' || byte == 0x7f
}

fn is_email(text: &str) -> bool {
    let Some((user, domain)) = text.split_once('@') else { return false };
    let has_dot = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
    !user.is_empty() && has_dot && !domain.contains('@') && text.len() <= 254 && !text.bytes().any(is_blank)
}

fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme && !rest.is_empty() && !rest.starts_with(['/', '?', '#']) && !rest.bytes().any(is_blank)
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_phone(text: &str) -> bool {
    let rest = text.strip_prefix('+').unwrap_or(text);
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    (3..=15).contains(&digits) && rest.bytes().all(|byte| byte.is_ascii_digit() || b" ()./-".contains(&byte))
}

#[cfg(feature = "time-zones")]
fn is_iana_time_zone(text: &str) -> bool {
    use icu_time::zone::iana::IanaParser;
    IanaParser::new().parse(text) != icu_time::TimeZone::UNKNOWN
}

#[cfg(feature = "time-zones")]
fn is_windows_time_zone(text: &str) -> bool {
    text.parse::<windows_timezones::WindowsTimezone>().is_ok()
}

#[cfg(feature = "countries")]
fn is_country(text: &str) -> bool {
    rust_iso3166::from_alpha2(&text.to_ascii_uppercase()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(format: Format, good: &[&str], bad: &[&str]) {
        good.iter().for_each(|text| assert!((format.has)(text), "{text:?} is {format:?}"));
        bad.iter().for_each(|text| assert!(!(format.has)(text), "{text:?} is not {format:?}"));
    }

    #[test]
    fn formats_are_as_wide_as_their_names() {
        let long = format!("{}@b.co", "a".repeat(250));
        has(
            EMAIL,
            &["a@b.co", "ä.b+c@sub.例え.jp", "\"x\"@y.z", "a@b..c"],
            &[
                "", "a", "@b.co", "a@b", "a@@b.co", "a@b@c.d", "a b@c.de", "a@.co", "a@b.", "a@.b.c", "a@b.c.",
                "a@b.c\n", &long,
            ],
        );
        has(
            URL,
            &["https://x", "HTTP://a.b:80/c?d#e", "s3+x://bucket/key", "https://münchen.de/ü"],
            &["", "x", "//a", "https://", "https:///a", "1s://a", "https://a b", "://a", "mailto:a@b.co"],
        );
        has(
            UUID,
            &["123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"],
            &["", "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g", "-", "----"],
        );
        has(
            PHONE,
            &["+31 20 123 45 67", "(020) 123-4567", "112", "1.800/555"],
            &["", "+", "12", "1234567890123456", "12a", "1+2345", "++123"],
        );
        has(DATE, &["2019-01-23", "2020-02-29"], &["", "2019-02-29", "2019-13-01", "23-01-2019", "2019-1-2"]);
        has(
            DATE_TIME,
            &["2019-01-23T12:05:52Z", "2019-01-23 12:05:52.391+01:00"],
            &["", "2019-01-23", "2019-01-23T12:05:52", "2019-02-30T12:05:52Z", "2019-01-23T25:05:52Z"],
        );
    }

    #[cfg(feature = "time-zones")]
    #[test]
    fn zones_are_known_by_name() {
        has(IANA_TIME_ZONE, &["Europe/Amsterdam", "Asia/Calcutta", "UTC"], &["", "Europe/Atlantis", "CET+1"]);
        has(WINDOWS_TIME_ZONE, &["W. Europe Standard Time", "UTC"], &["", "Europe/Amsterdam", "Lunar Standard Time"]);
    }

    #[cfg(feature = "countries")]
    #[test]
    fn countries_are_known_by_two_letters() {
        has(COUNTRY, &["NL", "de", "ZW"], &["", "XX", "NLD", "Netherlands", "N1"]);
    }

    #[test]
    fn later_is_by_what_texts_mean() {
        let usual = [Form::Usual; 2];
        let later = |texts| is_later::<DateTime>(texts, usual);
        assert!(later(["2019-01-23T12:00:01Z", "2019-01-23T12:00:00Z"]));
        assert!(!later(["2019-01-23T12:00:00Z", "2019-01-23T12:00:00Z"]));
        assert!(!later(["2019-01-23T12:30:00+01:00", "2019-01-23T12:00:00Z"]));
        assert!(later(["soon", "2019-01-23T12:00:00Z"]) && later(["2019-01-23T12:00:00Z", ""]));
        assert!(!is_later::<CivilDate>(["2019-01-22", "2019-01-23"], usual));
    }
}
