//! Dates and times of day as a wall shows them: without an offset, so that they name no moment.

use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::fmt::temporal::DateTimeParser;

use super::DateTime;
use super::spelling::{Spelled, Spelling, parse};

/// A text that is no date or time of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date or time as ISO 8601 spells them without an offset")]
pub struct InvalidCivil;

/// A type around one of jiff's, which stays out of sight.
macro_rules! civil {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name($inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidCivil;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Spelled::parse(text, Spelling::Iso).ok_or(InvalidCivil)
            }
        }

        impl Spelled for $name {
            fn parse(text: &str, spelling: Spelling) -> Option<Self> {
                match spelling {
                    Spelling::Iso => Self::iso(text),
                    Spelling::Pattern(pattern, _) => Self::found(&parse(pattern, text)?),
                    // Those name a moment.
                    Spelling::Rfc2822 | Spelling::HttpDate | Spelling::Epoch(_) | Spelling::Wrapped(..) => None,
                }
            }

            fn print(&self, spelling: Spelling) -> Option<String> {
                match spelling {
                    Spelling::Iso => Some(self.to_string()),
                    Spelling::Pattern(pattern, _) => BrokenDownTime::from(self.0).to_string(pattern).ok(),
                    Spelling::Rfc2822 | Spelling::HttpDate | Spelling::Epoch(_) | Spelling::Wrapped(..) => None,
                }
            }
        }
    };
}

civil! {
    /// A day of the calendar, such as a birthday: `2019-01-23`.
    CivilDate(civil::Date)
}

civil! {
    /// A time of day: `12:05:52`.
    CivilTime(civil::Time)
}

civil! {
    /// A date and time of day wherever that is: `2019-01-23T12:05:52`.
    CivilDateTime(civil::DateTime)
}

impl CivilDate {
    /// A date; `None` where the calendar has none.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Self)
    }

    /// The year.
    pub fn year(&self) -> i16 {
        self.0.year()
    }

    /// The month, from 1.
    pub fn month(&self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// The day of the month, from 1.
    pub fn day(&self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// So many days later.
    pub(crate) fn plus(&self, days: i64) -> Option<Self> {
        self.0.checked_add(Span::new().try_days(days).ok()?).ok().map(Self)
    }

    /// The day of a moment, in UTC.
    pub(crate) fn of(moment: &DateTime) -> Self {
        Self(moment.utc().date())
    }

    /// A date that has a time of day is another thing.
    fn iso(text: &str) -> Option<Self> {
        let pieces = DateTimeParser::new().parse_pieces(text).ok()?;
        (pieces.time().is_none() && pieces.offset().is_none() && pieces.time_zone_annotation().is_none())
            .then(|| Self(pieces.date()))
    }

    fn found(parts: &BrokenDownTime) -> Option<Self> {
        parts.to_date().ok().map(Self)
    }
}

impl CivilTime {
    /// A time of day; `None` where no clock shows it.
    pub fn new(hour: u8, minute: u8, second: u8) -> Option<Self> {
        let part = |number: u8| i8::try_from(number).ok();
        civil::Time::new(part(hour)?, part(minute)?, part(second)?, 0).ok().map(Self)
    }

    /// The hour, from 0 to 23.
    pub fn hour(&self) -> u8 {
        self.0.hour().unsigned_abs()
    }

    /// The minute.
    pub fn minute(&self) -> u8 {
        self.0.minute().unsigned_abs()
    }

    /// The second.
    pub fn second(&self) -> u8 {
        self.0.second().unsigned_abs()
    }

    /// The fraction of the second, in nanoseconds.
    pub fn nanosecond(&self) -> u32 {
        self.0.subsec_nanosecond().unsigned_abs()
    }

    fn iso(text: &str) -> Option<Self> {
        // The parser would take the time of day out of a date-time.
        let is_bare = text.as_bytes().get(2).is_none_or(|byte| *byte == b':');
        DateTimeParser::new().parse_time(text).ok().filter(|_| is_bare).map(Self)
    }

    fn found(parts: &BrokenDownTime) -> Option<Self> {
        parts.to_time().ok().map(Self)
    }
}

impl CivilDateTime {
    /// A day and a time on it.
    pub fn new(date: CivilDate, time: CivilTime) -> Self {
        Self(date.0.to_datetime(time.0))
    }

    /// The day.
    pub fn date(&self) -> CivilDate {
        CivilDate(self.0.date())
    }

    /// The time of day.
    pub fn time(&self) -> CivilTime {
        CivilTime(self.0.time())
    }

    /// The moment that it is in UTC.
    pub fn in_utc(&self) -> DateTime {
        DateTime::in_utc(self.0)
    }

    fn iso(text: &str) -> Option<Self> {
        let pieces = DateTimeParser::new().parse_pieces(text).ok()?;
        let time = pieces.time().filter(|_| pieces.offset().is_none() && pieces.time_zone_annotation().is_none())?;
        Some(Self(pieces.date().to_datetime(time)))
    }

    fn found(parts: &BrokenDownTime) -> Option<Self> {
        parts.to_datetime().ok().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_read() {
        assert_eq!("2019-01-23".parse::<CivilDate>().unwrap().to_string(), "2019-01-23");
        assert_eq!("12:05:52".parse::<CivilTime>().unwrap().to_string(), "12:05:52");
        assert_eq!("2019-01-23 12:05:52".parse::<CivilDateTime>().unwrap().to_string(), "2019-01-23T12:05:52");
        for text in ["", "2019-13-01", "2019-02-29", "2019-01-23T12:05:52", "2019-01-23T00:00:00Z", "12:05"] {
            assert_eq!(text.parse::<CivilDate>(), Err(InvalidCivil), "{text}");
        }
        for text in ["", "25:00:00", "2019-01-23T12:05:52", "noon"] {
            assert_eq!(text.parse::<CivilTime>(), Err(InvalidCivil), "{text}");
        }
        for text in ["2019-01-23", "2019-01-23T12:05:52Z", "2019-01-23T12:05:52+01:00", "2019-01-23T12:05:52[UTC]"] {
            assert_eq!(text.parse::<CivilDateTime>(), Err(InvalidCivil), "{text}");
        }
    }

    #[test]
    fn is_made_of_parts() {
        let date = CivilDate::new(2024, 2, 29).unwrap();
        let time = CivilTime::new(23, 59, 58).unwrap();
        let both = CivilDateTime::new(date, time);
        assert_eq!(
            (both.date(), both.time(), both.in_utc().to_string().as_str()),
            (date, time, "2024-02-29T23:59:58Z")
        );
        assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
        assert_eq!((time.hour(), time.minute(), time.second(), time.nanosecond()), (23, 59, 58, 0));
        assert_eq!(
            (CivilDate::new(2023, 2, 29), CivilDate::new(2023, 200, 1), CivilTime::new(24, 0, 0)),
            (None, None, None)
        );
        assert_eq!(format!("{date:?} {time:?}"), "CivilDate(2024-02-29) CivilTime(23:59:58)");
    }

    #[test]
    fn other_spellings_are_read_and_printed() {
        let pattern = Spelling::Pattern("%d/%m/%Y", 0);
        let date = CivilDate::parse("23/01/2019", pattern).unwrap();
        assert_eq!((date.to_string().as_str(), date.print(pattern).as_deref()), ("2019-01-23", Some("23/01/2019")));
        let pattern = Spelling::Pattern("%I:%M %p", 0);
        let time = CivilTime::parse("09:39 PM", pattern).unwrap();
        assert_eq!((time.to_string().as_str(), time.print(pattern).as_deref()), ("21:39:00", Some("09:39 PM")));
        assert_eq!(CivilTime::parse("21:39", pattern), None);
        assert_eq!(CivilDateTime::parse("1527500365", Spelling::Epoch(super::super::Epoch::Seconds)), None);
    }
}
