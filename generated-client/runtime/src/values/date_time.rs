//! A moment, with the offset and the digits it was written with.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time::SystemTime;

use jiff::civil;
use jiff::fmt::rfc2822;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::fmt::temporal::{DateTimeParser, PiecesOffset};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::Decimal;
use super::spelling::{self, Epoch, Spelled, Spelling};

/// How mail and HTTP write a moment.
const MAIL_DATE: &str = "%a, %d %b %Y %H:%M:%S %z";
const HTTP_DATE: &str = "%a, %d %b %Y %H:%M:%S GMT";

const EPOCH: civil::DateTime = civil::datetime(1970, 1, 1, 0, 0, 0, 0);

/// A date and time of day with its offset from UTC, read from and printed as ISO 8601.
///
/// `2019-01-23T12:05:52.391+01:00` prints as it was read. Two of them are equal when they are the
/// same moment, whatever their offsets.
#[derive(Clone, Copy)]
pub struct DateTime {
    /// What a clock in UTC shows: it reaches the end of 9999, for those who write that where they mean never.
    utc: civil::DateTime,
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
        i64::try_from(self.nanos().div_euclid(1_000_000)).unwrap_or_default()
    }

    /// So many seconds later, written in the same way.
    pub(crate) fn plus(&self, seconds: i64) -> Option<Self> {
        let utc = self.utc.checked_add(SignedDuration::from_secs(seconds)).ok()?;
        Some(Self { utc, ..*self })
    }

    /// What a clock in UTC shows.
    pub(crate) fn utc(&self) -> civil::DateTime {
        self.utc
    }

    /// The moment when a clock in UTC shows this.
    pub(crate) fn in_utc(time: civil::DateTime) -> Self {
        Self::new(time, None)
    }

    /// With as many digits of a second as it takes.
    fn new(utc: civil::DateTime, offset: Option<Offset>) -> Self {
        let nanos = utc.subsec_nanosecond();
        let digits = [(1_000_000_000, 0), (1_000_000, 3), (1_000, 6), (1, 9)];
        let digits = digits.into_iter().find(|(unit, _)| nanos % unit == 0).map_or(9, |(_, digits)| digits);
        Self { utc, offset, digits }
    }

    /// What a clock shows where it is so much later, or earlier, than in UTC.
    fn local(time: civil::DateTime, offset: Offset) -> Option<Self> {
        let utc = match offset.seconds() {
            0 => time,
            seconds => time.checked_sub(SignedDuration::from_secs(seconds.into())).ok()?,
        };
        Some(Self::new(utc, Some(offset).filter(|offset| *offset != Offset::UTC)))
    }

    /// What a clock shows at that offset, as far as it reaches.
    fn at(&self, offset: Offset) -> civil::DateTime {
        self.utc.saturating_add(SignedDuration::from_secs(offset.seconds().into()))
    }

    /// Nanoseconds since 1970.
    pub(crate) fn nanos(&self) -> i128 {
        self.utc.duration_since(EPOCH).as_nanos()
    }

    /// As a clock shows it at that offset; `None` for what no year of four digits has there.
    fn print_by(&self, pattern: &str, offset: Offset) -> Option<String> {
        let local = self.utc.checked_add(SignedDuration::from_secs(offset.seconds().into())).ok()?;
        let mut shown = BrokenDownTime::from(local);
        shown.set_offset(Some(offset));
        shown.to_string(pattern).ok().filter(|_| local.year() >= 0)
    }

    /// What is read of the end of 9999, where the reader of mail and HTTP goes not so far.
    fn in_the_last_hours(text: &str) -> Option<Self> {
        let found = spelling::parse(MAIL_DATE, &text.replace("GMT", "+0000"))?;
        let (time, offset) = (found.to_datetime().ok()?, found.offset()?);
        Self::local(time, offset).filter(|_| time.year() == 9999)
    }

    fn from_epoch(text: &str, epoch: Epoch) -> Option<Self> {
        let nanos = text.parse::<Decimal>().ok()?.scaled(epoch.places())?;
        let (seconds, rest) = (nanos.div_euclid(1_000_000_000), nanos.rem_euclid(1_000_000_000));
        let since = SignedDuration::new(i64::try_from(seconds).ok()?, i32::try_from(rest).ok()?);
        Some(Self { digits: epoch.digits(), ..Self::new(EPOCH.checked_add(since).ok()?, None) })
    }
}

impl Spelled for DateTime {
    fn parse(text: &str, spelling: Spelling) -> Option<Self> {
        match spelling {
            Spelling::Iso => text.parse().ok(),
            Spelling::Rfc2822 | Spelling::HttpDate => {
                let Ok(zoned) = rfc2822::parse(text) else { return Self::in_the_last_hours(text) };
                Self::local(zoned.datetime(), zoned.offset())
            }
            Spelling::Epoch(epoch) => Self::from_epoch(text, epoch),
            Spelling::Wrapped(before, epoch, after) => {
                Self::from_epoch(text.strip_prefix(before)?.strip_suffix(after)?, epoch)
            }
            Spelling::Pattern(pattern, seconds) => {
                let found = spelling::parse(pattern, text)?;
                let offset = found.offset().unwrap_or(spelling::offset(seconds));
                Self::local(found.to_datetime().ok()?, offset)
            }
        }
    }

    fn print(&self, spelling: Spelling) -> Option<String> {
        match spelling {
            Spelling::Iso => Some(self.to_string()),
            Spelling::Rfc2822 => self.print_by(MAIL_DATE, self.offset.unwrap_or(Offset::UTC)),
            Spelling::HttpDate => self.print_by(HTTP_DATE, Offset::UTC),
            Spelling::Epoch(epoch) => Some(epoch.print(self.nanos())),
            Spelling::Wrapped(before, epoch, after) => Some(format!("{before}{}{after}", epoch.print(self.nanos()))),
            Spelling::Pattern(pattern, seconds) => {
                // Where the text will not say the offset, it is the one that the spec means.
                self.print_by(
                    pattern,
                    self.offset.filter(|_| pattern.contains("z")).unwrap_or(spelling::offset(seconds)),
                )
            }
        }
    }
}

impl FromStr for DateTime {
    type Err = InvalidDateTime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let pieces = DateTimeParser::new().parse_pieces(text).map_err(|_| InvalidDateTime)?;
        let (Some(time), Some(offset), None) = (pieces.time(), pieces.offset(), pieces.time_zone_annotation()) else {
            return Err(InvalidDateTime);
        };
        let local = Self::local(pieces.date().to_datetime(time), offset.to_numeric_offset());
        Ok(Self {
            utc: local.ok_or(InvalidDateTime)?.utc,
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
    // Before the mark come the eight digits of a date at least.
    let after_mark = text.bytes().skip(8).skip_while(|byte| !matches!(byte, b'.' | b',')).skip(1);
    let digits = after_mark.take(9).take_while(u8::is_ascii_digit).count();
    u8::try_from(digits).unwrap_or_default()
}

impl From<SystemTime> for DateTime {
    /// In UTC and whole milliseconds; a time beyond the years that can be written becomes the last of them.
    fn from(time: SystemTime) -> Self {
        let limit = if time < SystemTime::UNIX_EPOCH { Timestamp::MIN } else { Timestamp::MAX };
        let exact = Timestamp::try_from(time).unwrap_or(limit);
        let moment = Timestamp::from_millisecond(exact.as_millisecond()).unwrap_or(limit);
        Self { utc: Offset::UTC.to_datetime(moment), offset: None, digits: 3 }
    }
}

impl From<DateTime> for SystemTime {
    fn from(time: DateTime) -> Self {
        let since = time.utc.duration_since(EPOCH);
        let (away, distance) = (since.is_negative(), since.unsigned_abs());
        let moved = if away { Self::UNIX_EPOCH.checked_sub(distance) } else { Self::UNIX_EPOCH.checked_add(distance) };
        moved.unwrap_or(Self::UNIX_EPOCH)
    }
}

impl Default for DateTime {
    /// The start of 1970 in UTC.
    fn default() -> Self {
        Self { utc: EPOCH, offset: None, digits: 0 }
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = usize::from(self.digits);
        match self.offset {
            Some(offset) => {
                let minutes = (offset.seconds().abs() + 30) / 60;
                let sign = if offset.seconds() < 0 { '-' } else { '+' };
                write!(f, "{:.digits$}{sign}{:02}:{:02}", self.at(offset), minutes / 60, minutes % 60)
            }
            None => write!(f, "{:.digits$}Z", self.utc),
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
        self.utc == other.utc
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
        self.utc.cmp(&other.utc)
    }
}

impl Hash for DateTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.utc.hash(state);
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
            "9999-12-31T23:59:59.999Z",
            "9999-12-31T23:59:59+14:00",
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
        for (text, spelling) in [
            ("2019-02-31T12:05:52Z", Spelling::Iso),
            ("2019-02-29T12:05:52Z", Spelling::Iso),
            ("Sun, 31 Feb 2019 12:05:52 GMT", Spelling::HttpDate),
            ("31/02/2019", Spelling::Pattern("%d/%m/%Y", 0)),
            ("2019-02-29 12:05", Spelling::Pattern("%Y-%m-%d %H:%M", 0)),
        ] {
            assert_eq!(DateTime::parse(text, spelling), None, "{text}");
        }
    }

    #[test]
    fn every_spelling_is_read_and_printed() {
        let moment: DateTime = "2018-05-28T09:39:25.052Z".parse().unwrap();
        for (text, spelling) in [
            ("2018-05-28T09:39:25.052Z", Spelling::Iso),
            ("1527500365052", Spelling::Epoch(Epoch::Millis)),
            ("1527500365052000", Spelling::Epoch(Epoch::Micros)),
            ("1527500365.052000", Spelling::Epoch(Epoch::SecondsMicros)),
            ("/Date(1527500365052)/", Spelling::Wrapped("/Date(", Epoch::Millis, ")/")),
            ("2018-05-28 09:39:25.052", Spelling::Pattern("%Y-%m-%d %H:%M:%S%.f", 0)),
            ("2018-05-28 11:39:25.052", Spelling::Pattern("%Y-%m-%d %H:%M:%S%.f", 7200)),
        ] {
            let read = DateTime::parse(text, spelling).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(read, moment, "{text}");
            assert_eq!(read.print(spelling).as_deref(), Some(text));
            assert_eq!(moment.print(spelling).as_deref(), Some(text));
        }
        let second: DateTime = "2018-05-28T11:39:25+02:00".parse().unwrap();
        for (text, spelling) in [
            ("1527500365", Spelling::Epoch(Epoch::Seconds)),
            ("/Date(1527500365)/", Spelling::Wrapped("/Date(", Epoch::Seconds, ")/")),
            ("Mon, 28 May 2018 11:39:25 +0200", Spelling::Rfc2822),
            ("Mon, 28 May 2018 09:39:25 GMT", Spelling::HttpDate),
            ("Mon May 28 11:39:25 +0200 2018", Spelling::Pattern("%a %b %d %H:%M:%S %z %Y", 0)),
            ("2018-05-28T09:39:25Z", Spelling::Pattern("%Y-%m-%dT%H:%M:%SZ", 0)),
            ("28 May 2018, 09:39:25 AM", Spelling::Pattern("%d %B %Y, %I:%M:%S %p", 0)),
        ] {
            assert_eq!(DateTime::parse(text, spelling), Some(second), "{text}");
            assert_eq!(second.print(spelling).as_deref(), Some(text));
        }
        // A fraction is read where whole seconds are written, and so is what floating point makes of a number.
        let seconds = Spelling::Epoch(Epoch::Seconds);
        assert_eq!(DateTime::parse("1527500365.052", seconds), Some(moment));
        assert_eq!(DateTime::parse("1.527500365052e12", Spelling::Epoch(Epoch::Millis)), Some(moment));
        assert_eq!(DateTime::parse("-0.5", seconds).unwrap().print(seconds).as_deref(), Some("-1"));
        assert_eq!(
            DateTime::parse("-1.5", seconds).unwrap().print(Spelling::Epoch(Epoch::SecondsMicros)).as_deref(),
            Some("-1.500000")
        );
        for text in ["", "now", "1e999999", "99999999999999999999999999", "/Date(1)/", "NaN"] {
            assert_eq!(DateTime::parse(text, seconds), None, "{text}");
        }
    }

    #[test]
    fn every_spelling_reaches_the_end_of_9999() {
        let last: DateTime = "9999-12-31T23:59:59Z".parse().unwrap();
        for (text, spelling) in [
            ("Fri, 31 Dec 9999 23:59:59 GMT", Spelling::HttpDate),
            ("Fri, 31 Dec 9999 23:59:59 +0000", Spelling::Rfc2822),
            ("9999-12-31 23:59:59", Spelling::Pattern("%Y-%m-%d %H:%M:%S", 0)),
            ("9999-12-31 22:59:59", Spelling::Pattern("%Y-%m-%d %H:%M:%S", -3600)),
            ("253402300799", Spelling::Epoch(Epoch::Seconds)),
        ] {
            assert_eq!(DateTime::parse(text, spelling), Some(last), "{text}");
            assert_eq!(last.print(spelling).as_deref(), Some(text));
        }
        // A clock that is ahead shows the year 10000 by then, and one that is behind 9999 when it is over.
        assert_eq!(last.print(Spelling::Pattern("%Y-%m-%d %H:%M:%S", 3600)), None);
        for text in ["Thu, 31 Dec 9999 23:59:59 GMT", "Fri, 31 Dec 9999 23:59:59 -0100", "Fri, 31 Dec 9999 23:59 GMT"] {
            assert_eq!(DateTime::parse(text, Spelling::HttpDate), None, "{text}");
        }
        let past: DateTime = "-000001-01-01T00:00:00Z".parse().unwrap();
        assert_eq!((past.print(Spelling::HttpDate), past.print(Spelling::Rfc2822)), (None, None));
        let first: DateTime = "0000-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(first.print(Spelling::HttpDate).as_deref(), Some("Sat, 01 Jan 0000 00:00:00 GMT"));
    }

    #[test]
    fn takes_any_system_time() {
        let far = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(u64::MAX >> 2));
        let Some(far) = far else { return };
        assert_eq!(DateTime::from(far).unix_millis(), Timestamp::MAX.as_millisecond());
    }
}
