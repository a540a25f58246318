//! How APIs spell dates and times.

use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::Offset;

/// One way to spell a date, a time or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// ISO 8601, with `T` or a space in the middle.
    Iso,
    /// `Mon, 28 May 2018 09:39:25 +0000`
    Rfc2822,
    /// `Mon, 28 May 2018 09:39:25 GMT`
    HttpDate,
    /// A number.
    Epoch(Epoch),
    /// A number in a text: what stands before it, and what after it.
    Wrapped(&'static str, Epoch, &'static str),
    /// Directives of `strftime`. Where none of them is the offset, it is this one, in seconds.
    Pattern(&'static str, i32),
}

/// What is counted since the start of 1970 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Epoch {
    /// Whole seconds; a fraction is read as well.
    Seconds,
    /// Seconds with six digits of a fraction.
    SecondsMicros,
    /// Milliseconds.
    Millis,
    /// Microseconds.
    Micros,
}

/// A value that can be spelled in several ways.
pub trait Spelled: Sized {
    /// What a text means; `None` where it is not spelled like that.
    fn parse(text: &str, spelling: Spelling) -> Option<Self>;

    /// The text; `None` where there is no such spelling of it.
    fn print(&self, spelling: Spelling) -> Option<String>;
}

impl Spelling {
    /// Whether it is a number in JSON.
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Epoch(_))
    }
}

impl Epoch {
    /// How many digits of a nanosecond count lie behind its unit.
    pub(crate) fn places(self) -> u8 {
        match self {
            Self::Seconds | Self::SecondsMicros => 9,
            Self::Millis => 6,
            Self::Micros => 3,
        }
    }

    /// How many digits of a fraction of a second it tells.
    pub(crate) fn digits(self) -> u8 {
        match self {
            Self::Seconds => 0,
            Self::Millis => 3,
            Self::SecondsMicros | Self::Micros => 6,
        }
    }

    /// The number for so many nanoseconds, cut to what it tells.
    pub(crate) fn print(self, nanos: i128) -> String {
        match self {
            Self::Seconds => nanos.div_euclid(1_000_000_000).to_string(),
            Self::Millis => nanos.div_euclid(1_000_000).to_string(),
            Self::Micros => nanos.div_euclid(1_000).to_string(),
            Self::SecondsMicros => {
                let micros = nanos.div_euclid(1_000);
                let sign = if micros < 0 { "-" } else { "" };
                let micros = micros.unsigned_abs();
                format!("{sign}{}.{:06}", micros / 1_000_000, micros % 1_000_000)
            }
        }
    }
}

/// What a pattern finds in a text.
pub(crate) fn parse(pattern: &str, text: &str) -> Option<BrokenDownTime> {
    BrokenDownTime::parse(pattern, text).ok()
}

/// The offset that a pattern without one means.
pub(crate) fn offset(seconds: i32) -> Offset {
    Offset::from_seconds(seconds).unwrap_or(Offset::UTC)
}
