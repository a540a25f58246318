//! A moment, with the offset and the digits it was written with.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time::SystemTime;

use jiff::Timestamp;
use jiff::fmt::temporal::{DateTimeParser, PiecesOffset};
use jiff::tz::Offset;

/// A date and time of day with its offset from UTC, read from and printed as ISO 8601.
///
/// `2019-01-23T12:05:52.391+01:00` prints as it was read. Two of them are equal when they are the
/// same moment, whatever their offsets.
#[derive(Clone, Copy)]
pub struct DateTime {
    moment: Timestamp,
    /// `None` for `Z`.
    offset: Option<Offset>,
    /// Digits of the fraction of a second.
    digits: u8,
}

/// A text that is no date-time with an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date-time with an offset, such as `2019-01-23T12:05:52.391+01:00`")]
pub struct InvalidDateTime;

impl DateTime {
    /// Milliseconds since 1970-01-01T00:00:00Z; negative before.
    pub fn unix_millis(&self) -> i64 {
        self.moment.as_millisecond()
    }
}

impl FromStr for DateTime {
    type Err = InvalidDateTime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let pieces = DateTimeParser::new().parse_pieces(text).map_err(|_| InvalidDateTime)?;
        let (Some(time), Some(offset), None) = (pieces.time(), pieces.offset(), pieces.time_zone_annotation()) else {
            return Err(InvalidDateTime);
        };
        let moment = offset.to_numeric_offset().to_timestamp(pieces.date().to_datetime(time));
        Ok(Self {
            moment: moment.map_err(|_| InvalidDateTime)?,
            offset: match offset {
                PiecesOffset::Zulu => None,
                numeric => Some(numeric.to_numeric_offset()),
            },
            digits: fraction_digits(text),
        })
    }
}

/// How many digits follow the decimal mark; a valid date-time has nine at most.
fn fraction_digits(text: &str) -> u8 {
    let fraction = text.split(['.', ',']).nth(1).unwrap_or_default();
    let digits = fraction.bytes().take(9).take_while(u8::is_ascii_digit).count();
    u8::try_from(digits).unwrap_or_default()
}

impl From<SystemTime> for DateTime {
    /// In UTC and whole milliseconds; a time beyond the years that can be written becomes the last of them.
    fn from(time: SystemTime) -> Self {
        let limit = if time < SystemTime::UNIX_EPOCH { Timestamp::MIN } else { Timestamp::MAX };
        let exact = Timestamp::try_from(time).unwrap_or(limit);
        let moment = Timestamp::from_millisecond(exact.as_millisecond()).unwrap_or(limit);
        Self { moment, offset: None, digits: 3 }
    }
}

impl From<DateTime> for SystemTime {
    fn from(time: DateTime) -> Self {
        time.moment.into()
    }
}

impl Default for DateTime {
    /// The start of 1970 in UTC.
    fn default() -> Self {
        Self { moment: Timestamp::UNIX_EPOCH, offset: None, digits: 0 }
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = usize::from(self.digits);
        match self.offset {
            Some(offset) => write!(f, "{:.digits$}", self.moment.display_with_offset(offset)),
            None => write!(f, "{:.digits$}", self.moment),
        }
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DateTime({self})")
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.moment == other.moment
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.moment.cmp(&other.moment)
    }
}

impl Hash for DateTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.moment.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn prints_what_it_read() {
        for text in [
            "2019-01-23T12:05:52.391+01:00",
            "2019-01-23T12:05:52.390+01:00",
            "2019-01-23T12:05:52.000-09:30",
            "2019-01-23T12:05:52+00:00",
            "2019-01-23T12:05:52Z",
            "2019-01-23T12:05:52.123456789Z",
        ] {
            assert_eq!(text.parse::<DateTime>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn compares_moments() {
        let paris: DateTime = "1970-01-01T01:00:01.5+01:00".parse().unwrap();
        assert_eq!(paris.unix_millis(), 1500);
        assert_eq!(paris, DateTime::from(SystemTime::UNIX_EPOCH + Duration::from_millis(1500)));
        assert!(paris > DateTime::default());
        assert_eq!(SystemTime::from(DateTime::default()), SystemTime::UNIX_EPOCH);
        assert_eq!(DateTime::default().to_string(), "1970-01-01T00:00:00Z");
    }

    #[test]
    fn refuses_what_is_no_moment() {
        for text in ["", "2019-01-23", "2019-01-23T12:05:52", "2019-13-23T12:05:52Z", "12:05", "2019-01-23T12:05:52Z x"]
        {
            assert_eq!(text.parse::<DateTime>(), Err(InvalidDateTime), "{text}");
        }
    }

    #[test]
    fn takes_any_system_time() {
        let far = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(u64::MAX >> 2));
        let Some(far) = far else { return };
        assert_eq!(DateTime::from(far).unix_millis(), Timestamp::MAX.as_millisecond());
    }
}
