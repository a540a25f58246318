//! Milliseconds since the epoch to the text of a time, and back.

use codegen::ir::Json;
pub(crate) use codegen::ir::{DAY, civil, day_of, parse_iso};

/// From here on a whole number is milliseconds, not seconds: as seconds it would be the year 5138.
const MILLISECONDS_FROM: i64 = 100_000_000_000;

/// ISO 8601 with milliseconds and offset: `2019-01-23T12:05:52.391+00:00`.
pub(crate) fn iso(ms: i64) -> String {
    text(ms, "%Y-%m-%dT%H:%M:%S.%f+00:00")
}

/// A time in UTC, as a format has it; without one, as [`iso`] does.
pub(crate) fn text(ms: i64, format: &str) -> String {
    if format.is_empty() {
        return iso(ms);
    }
    let (year, month, day) = civil(ms.div_euclid(DAY));
    let rest = ms.rem_euclid(DAY);
    let mut text = String::new();
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        match letters.next() {
            Some('Y') => text.push_str(&format!("{year:04}")),
            Some('m') => text.push_str(&format!("{month:02}")),
            Some('d') => text.push_str(&format!("{day:02}")),
            Some('H') => text.push_str(&format!("{:02}", rest / 3_600_000)),
            Some('M') => text.push_str(&format!("{:02}", rest / 60_000 % 60)),
            Some('S') => text.push_str(&format!("{:02}", rest / 1000 % 60)),
            Some('f') => text.push_str(&format!("{:03}", rest % 1000)),
            Some('s') => text.push_str(&ms.div_euclid(1000).to_string()),
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}

/// The time that a value spells: ISO 8601, in UTC where it has no offset and at midnight where it is a day, or a
/// number of seconds or milliseconds.
pub(crate) fn parse(json: &Json) -> Option<i64> {
    match json {
        Json::Number(text) => whole(text),
        Json::String(text) => whole(text).or_else(|| parse_iso(text.trim())),
        Json::Null | Json::Boolean(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

/// `2026-01-02T03:04:05.678+01:00`, and nothing shorter: whoever signs a time writes it out.
pub(crate) fn parse_rfc3339(text: &str) -> Option<i64> {
    let shape: String =
        text.chars().map(|it| if it.is_ascii_digit() { '0' } else { it.to_ascii_uppercase() }).collect();
    let rest = shape.strip_prefix("0000-00-00T00:00:00")?;
    let offset = match rest.strip_prefix('.') {
        Some(fraction) => {
            Some(fraction.trim_start_matches('0')).filter(|rest| (1..=9).contains(&(fraction.len() - rest.len())))?
        }
        None => rest,
    };
    if matches!(offset, "Z" | "+00:00" | "-00:00") { parse_iso(text) } else { None }
}

fn whole(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    if number.unsigned_abs() < MILLISECONDS_FROM.unsigned_abs() { number.checked_mul(1000) } else { Some(number) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments() {
        assert_eq!(iso(0), "1970-01-01T00:00:00.000+00:00");
        assert_eq!(iso(1_548_241_552_391), "2019-01-23T11:05:52.391+00:00");
        assert_eq!(iso(951_782_400_000), "2000-02-29T00:00:00.000+00:00");
        assert_eq!(iso(-1), "1969-12-31T23:59:59.999+00:00");
        assert!(!iso(i64::MAX).is_empty() && !iso(i64::MIN).is_empty());
        assert_eq!(text(1_548_241_552_391, "%d.%m.%Y %H:%M %s%f %%"), "23.01.2019 11:05 1548241552391 %");
    }

    #[test]
    fn times_are_read_in_many_spellings() {
        let read = |text: &str| parse(&Json::String(text.to_owned()));
        for text in [
            "2019-01-23T11:05:52.391Z",
            "2019-01-23T12:05:52.391+01:00",
            "2019-01-23 05:35:52.391-0530",
            "2019-01-23t11:05:52.3919999",
            "1548241552391",
        ] {
            assert_eq!(read(text), Some(1_548_241_552_391), "{text}");
        }
        assert_eq!(read("2019-01-23"), Some(1_548_201_600_000));
        assert_eq!(read("2019-01-23T11:05"), Some(1_548_241_500_000));
        assert_eq!(parse(&Json::Number("1548241552".to_owned())), Some(1_548_241_552_000));
        for text in ["2019-02-29", "2019-02-31T10:00:00Z", "2019-04-31", "2019-00-10", "2019-01-00", "2019-01-32"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("2020-02-29"), Some(1_582_934_400_000));
        for text in
            ["", "soon", "2019-1-23", "2019-13-01", "2019-01-23T", "2019-01-23T11:05:5x", "11:05", "2019-01-23Té"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn every_day_is_read_as_it_is_written() {
        for day in (-800_000..800_000).step_by(97) {
            assert_eq!(parse(&Json::String(iso(day * DAY))), (0..=9999).contains(&civil(day).0).then_some(day * DAY));
        }
    }
}
