//! Times as numbers and texts.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::SignedDuration;
use jiff::civil::{DateTime, Weekday, date};

use super::Wiped;

/// A stretch of a laid-out time, in UTC and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockPart {
    /// As it stands.
    Text(&'static str),
    /// Four digits.
    Year,
    /// Two digits.
    Month,
    /// Two digits.
    Day,
    /// Two digits.
    Hour,
    /// Two digits.
    Minute,
    /// Two digits.
    Second,
    /// Three digits of the second's fraction.
    Millisecond,
    /// `Mon`.
    Weekday,
    /// `Jan`.
    MonthName,
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Whole milliseconds since 1970; negative before.
pub fn epoch_ms(time: SystemTime) -> i64 {
    since_epoch(time, 1_000_000)
}

/// Whole seconds since 1970; negative before.
pub fn epoch_s(time: SystemTime) -> i64 {
    since_epoch(time, 1_000_000_000)
}

/// Whole units of so many nanoseconds: the one that has begun counts before 1970 as it does after.
fn since_epoch(time: SystemTime, unit: u128) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos() / unit).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos().div_ceil(unit)).map_or(i64::MIN, |count| -count),
    }
}

/// So many seconds later.
pub fn plus(time: SystemTime, seconds: u64) -> SystemTime {
    time.checked_add(Duration::from_secs(seconds)).unwrap_or(time)
}

/// So many seconds earlier.
pub fn minus(time: SystemTime, seconds: u64) -> SystemTime {
    time.checked_sub(Duration::from_secs(seconds)).unwrap_or(time)
}

/// A time as the layout says. A year has four digits: before the first of them, or after the last, it is the moment
/// that is nearest.
pub fn format_time(time: SystemTime, layout: &[ClockPart]) -> Wiped {
    let civil = utc(epoch_ms(time).clamp(FIRST, LAST));
    let mut text = String::new();
    for part in layout {
        match part {
            ClockPart::Text(literal) => text.push_str(literal),
            ClockPart::Year => text.push_str(&format!("{:04}", civil.year())),
            ClockPart::Month => text.push_str(&format!("{:02}", civil.month())),
            ClockPart::Day => text.push_str(&format!("{:02}", civil.day())),
            ClockPart::Hour => text.push_str(&format!("{:02}", civil.hour())),
            ClockPart::Minute => text.push_str(&format!("{:02}", civil.minute())),
            ClockPart::Second => text.push_str(&format!("{:02}", civil.second())),
            ClockPart::Millisecond => text.push_str(&format!("{:03}", civil.millisecond())),
            ClockPart::Weekday => text.push_str(weekday(civil.weekday())),
            ClockPart::MonthName => {
                let index = usize::try_from(civil.month() - 1).unwrap_or_default();
                text.push_str(MONTHS.get(index).copied().unwrap_or_default());
            }
        }
    }
    text.into()
}

/// `0000-01-01T00:00:00.000` and `9999-12-31T23:59:59.999`, in milliseconds since 1970.
const FIRST: i64 = -62_167_219_200_000;
const LAST: i64 = 253_402_300_799_999;

fn utc(ms: i64) -> DateTime {
    date(1970, 1, 1).at(0, 0, 0, 0).saturating_add(SignedDuration::from_millis(ms))
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_numbers_of_their_unit() {
        let time = UNIX_EPOCH + Duration::from_micros(1_527_500_365_052_999);
        assert_eq!(epoch_ms(time), 1_527_500_365_052);
        assert_eq!(epoch_s(time), 1_527_500_365);
        assert_eq!(epoch_s(plus(time, 300)), 1_527_500_665);
        assert_eq!(epoch_s(minus(time, 65)), 1_527_500_300);
        let before = UNIX_EPOCH - Duration::from_micros(500);
        assert_eq!((epoch_ms(before), epoch_s(before)), (-1, -1));
        assert_eq!(epoch_ms(UNIX_EPOCH - Duration::from_secs(1)), -1000);
    }

    #[test]
    fn times_are_laid_out_in_utc_and_english() {
        use ClockPart::*;
        let time = UNIX_EPOCH + Duration::from_millis(784_111_777_007);
        let http = [Weekday, Text(", "), Day, Text(" "), MonthName, Text(" "), Year, Text(" ")];
        let at = [Hour, Text(":"), Minute, Text(":"), Second, Text(" GMT")];
        assert_eq!(&*format_time(time, &[&http[..], &at].concat()), "Sun, 06 Nov 1994 08:49:37 GMT");
        let basic = [Year, Month, Day, Text("T"), Hour, Minute, Second, Text("."), Millisecond, Text("Z")];
        assert_eq!(&*format_time(time, &basic), "19941106T084937.007Z");
        assert_eq!(&*format_time(UNIX_EPOCH - Duration::from_millis(1), &basic), "19691231T235959.999Z");
        let far = Duration::from_secs(1 << 50);
        assert_eq!(&*format_time(UNIX_EPOCH + far, &basic), "99991231T235959.999Z");
        assert_eq!(&*format_time(UNIX_EPOCH - far, &basic), "00000101T000000.000Z");
        let last = UNIX_EPOCH + Duration::from_millis(LAST.unsigned_abs());
        assert_eq!(&*format_time(last - Duration::from_millis(1), &basic), "99991231T235959.998Z");
    }
}
