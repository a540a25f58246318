//! The names of time zones in Windows and in IANA's database.

use chrono_tz::Tz;
use client_runtime::rt::Words;
use icu_time::zone::iana::IanaParserExtended;
use windows_timezones::WindowsTimezone;

use crate::proctoru::WindowsTimeZone;

impl WindowsTimeZone {
    /// The name in Windows of a zone of IANA's, whichever of its names is given, in any case: that of
    /// `Asia/Kolkata` is `India Standard Time`. `None` for what is no zone, or has no name in Windows.
    pub fn from_iana(name: &str) -> Option<Self> {
        let names = IanaParserExtended::new();
        let zone = names.parse(name).time_zone;
        // The tables know a zone by one of its names only.
        let windows = names
            .iter_all()
            .filter(|other| other.time_zone == zone)
            .find_map(|other| WindowsTimezone::try_from(other.normalized.parse::<Tz>().ok()?).ok())?;
        let known = Self::WORDS.iter().find(|(word, _)| *word == windows.name());
        Some(known.map_or_else(|| Self::Other(windows.name().to_owned()), |(_, known)| known.clone()))
    }

    /// The name in IANA's database of the zone that stands for all that have this name in Windows: that of
    /// `Central Standard Time` is `America/Chicago`. `None` for a name that Windows does not have.
    pub fn to_iana(&self) -> Option<&'static str> {
        let windows: WindowsTimezone = self.to_string().parse().ok()?;
        Some(IanaParserExtended::new().parse(windows.tzdb_id()).canonical)
    }
}
