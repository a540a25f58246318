//! A time that was laid out, read back.

use codegen::ir::ClockPart;

use super::text::{DAY, MONTHS};
use crate::time::day_of;

/// The time that a layout came to a text for, and how many milliseconds come to the same one.
pub(super) fn parse(parts: &[ClockPart], text: &str) -> Option<(i64, i64)> {
    let (mut year, mut month, mut day) = (None, None, None);
    let (mut hour, mut minute, mut second, mut milli) = (None, None, None, None);
    let mut rest = text;
    for part in parts {
        let mut take = |length: usize| {
            let (taken, after) = rest.split_at_checked(length)?;
            rest = after;
            Some(taken)
        };
        let mut digits = |count: usize, most: i64| {
            let taken = take(count)?;
            let number: i64 = taken.bytes().all(|byte| byte.is_ascii_digit()).then(|| taken.parse().ok())??;
            (number <= most).then_some(number)
        };
        match part {
            ClockPart::Literal(literal) => {
                take(literal.len()).filter(|taken| taken.to_lowercase() == literal.to_lowercase())?;
            }
            ClockPart::Year => year = Some(digits(4, 9999)?),
            ClockPart::Month => month = Some(digits(2, 12)?),
            ClockPart::Day => day = Some(digits(2, 31)?),
            ClockPart::Hour => hour = Some(digits(2, 23)?),
            ClockPart::Minute => minute = Some(digits(2, 59)?),
            ClockPart::Second => second = Some(digits(2, 59)?),
            ClockPart::Millisecond => milli = Some(digits(3, 999)?),
            ClockPart::Weekday => drop(take(3)?),
            ClockPart::MonthName => {
                let name = take(3)?;
                let index = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(name))?;
                month = Some(i64::try_from(index).ok()? + 1);
            }
        }
    }
    let midnight = day_of(year?, month?, day?)? * DAY;
    let since = [(hour, 3_600_000), (minute, 60_000), (second, 1000), (milli, 1)];
    let ms = since.iter().fold(midnight, |ms, (count, unit)| ms + count.unwrap_or(0) * unit);
    rest.is_empty().then_some((ms, grain(parts)))
}

/// How many milliseconds a layout shows alike.
pub(super) fn grain(parts: &[ClockPart]) -> i64 {
    let unit = |part: &ClockPart| match part {
        ClockPart::Millisecond => 1,
        ClockPart::Second => 1000,
        ClockPart::Minute => 60_000,
        ClockPart::Hour => 3_600_000,
        ClockPart::Literal(_)
        | ClockPart::Year
        | ClockPart::Month
        | ClockPart::Day
        | ClockPart::Weekday
        | ClockPart::MonthName => DAY,
    };
    parts.iter().map(unit).min().unwrap_or(DAY)
}

/// How many bytes a layout comes to, whatever the time.
pub(super) fn width(parts: &[ClockPart]) -> usize {
    let width = |part: &ClockPart| match part {
        ClockPart::Literal(literal) => literal.len(),
        ClockPart::Year => 4,
        ClockPart::Month | ClockPart::Day | ClockPart::Hour | ClockPart::Minute | ClockPart::Second => 2,
        ClockPart::Millisecond | ClockPart::Weekday | ClockPart::MonthName => 3,
    };
    parts.iter().map(width).sum()
}
