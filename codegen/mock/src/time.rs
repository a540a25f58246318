//! Milliseconds since the epoch to the text of a time, and back.

use codegen::ir::Json;

pub(crate) const DAY: i64 = 86_400_000;

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

/// `2019-01-23`, `2019-01-23 12:05`, `2019-01-23T12:05:52.391+01:00` and what is between.
pub(crate) fn parse_iso(text: &str) -> Option<i64> {
    let (date, time) = match text.split_once(['T', 't', ' ']) {
        Some((date, time)) => (date, time),
        None => (text, "00:00"),
    };
    let mut date = date.splitn(3, '-');
    let (year, month, day) = (digits(date.next()?, 4)?, digits(date.next()?, 2)?, digits(date.next()?, 2)?);
    let (time, offset) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => (time, "Z"),
    };
    let mut time = time.splitn(3, ':');
    let (hour, minute) = (digits(time.next()?, 2)?, digits(time.next()?, 2)?);
    let seconds = time.next().unwrap_or("00");
    let (second, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let second = digits(second, 2)?;
    let milli: String = fraction.chars().chain("000".chars()).take(3).collect();
    let is_possible = hour < 24 && minute < 60 && second < 61;
    let clock = ((hour * 60 + minute - offset_minutes(offset)?) * 60 + second) * 1000 + digits(&milli, 3)?;
    day_of(year, month, day).filter(|_| is_possible).map(|days| days * DAY + clock)
}

/// So many digits, and nothing else.
fn digits(text: &str, count: usize) -> Option<i64> {
    let fits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

/// `Z`, `+01:00` or `-0130`.
fn offset_minutes(offset: &str) -> Option<i64> {
    let (sign, rest) = match offset.split_at_checked(1)? {
        ("Z" | "z", "") => return Some(0),
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':').or_else(|| rest.split_at_checked(2))?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    // No client reads more.
    (hours < 26 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// Year, month and day of a day counted from 1970-01-01, in the Gregorian calendar.
///
/// Counts in 400-year eras that start on 1 March, so that the leap day comes last.
pub(crate) fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

/// The day, counted from 1970-01-01, of a year, month and day: the inverse of [`civil`]. `None` where the calendar has
/// no such day.
pub(crate) fn day_of(year: i64, month: i64, day: i64) -> Option<i64> {
    let days = days_from_civil(year, month, day);
    // What is beyond the end of a month would be a day of the next one.
    (civil(days) == (year, month, day)).then_some(days)
}

fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let month_from_march = (month + 9) % 12;
    let year_of_era = year.rem_euclid(400);
    let day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + (153 * month_from_march + 2) / 5 + day - 1;
    era * 146_097 + day_of_era - 719_468
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

    #[test]
    fn days_there_and_back() {
        for days in -1_000_000..1_000_000 {
            let (year, month, day) = civil(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
    }
}
