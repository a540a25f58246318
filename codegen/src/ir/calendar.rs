//! Whether there is such a day and such a time: what a text of the right shape names may be in no calendar.

/// The months as they are called in dates.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The seconds from 1970 to the first moment of the year -9999, and to the last of 9999.
const SECONDS: std::ops::RangeInclusive<i64> = -377_705_116_800..=253_402_300_799;

/// What the parts of a text say of its day.
#[derive(Default)]
struct Day {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    day_of_year: Option<i64>,
    weekday: Option<i64>,
    hour: i64,
    is_afternoon: bool,
    minute: i64,
    second: i64,
    nanos: i64,
    /// In seconds; of a zone that is known by its name alone there is none.
    offset: Option<Option<i64>>,
}

/// Whether there is a day and a time of these parts, each with the letter of its directive; at this offset in seconds
/// where they tell none.
pub(super) fn has<'t>(parts: impl Iterator<Item = (char, &'t str)>, offset: i64) -> bool {
    let mut found = Day::default();
    for (letter, text) in parts {
        if found.takes(letter, text).is_none() {
            return false;
        }
    }
    // Where a clock is behind, the year 9999 is longer than in UTC.
    found.is_there() && found.seconds(offset).is_none_or(|seconds| SECONDS.contains(&seconds))
}

/// The moment of these parts, in nanoseconds since 1970, or since midnight where they tell no day; at this offset in
/// seconds where they tell none.
pub(super) fn moment<'t>(parts: impl Iterator<Item = (char, &'t str)>, offset: i64) -> Option<i128> {
    let mut found = Day::default();
    for (letter, text) in parts {
        found.takes(letter, text)?;
    }
    Some(i128::from(found.seconds(offset)?) * 1_000_000_000 + i128::from(found.nanos))
}

/// The moment of a number of seconds, or of this part of them, in nanoseconds since 1970.
pub(super) fn counted(number: &str, in_a_second: i64) -> Option<i128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole = whole.parse::<i128>().ok()?.checked_mul(1_000_000_000 / i128::from(in_a_second))?;
    let rest = i128::from(nanos(fraction)?);
    Some(if number.starts_with('-') { whole - rest } else { whole + rest })
}

/// The digits of a fraction of a second.
fn nanos(fraction: &str) -> Option<i64> {
    fraction.chars().chain("000000000".chars()).take(9).collect::<String>().parse().ok()
}

/// Whether a number of seconds, or of this part of them, is a moment in a year of four digits.
pub(super) fn reaches(number: &str, in_a_second: i64) -> bool {
    let whole = number.split('.').next().unwrap_or_default().parse::<i64>();
    whole.is_ok_and(|whole| SECONDS.contains(&whole.div_euclid(in_a_second)))
}

/// How many days a month has.
fn days(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

impl Day {
    /// Takes one part; nothing if it can be none.
    fn takes(&mut self, letter: char, text: &str) -> Option<()> {
        let number = || text.trim_start().parse::<i64>().ok();
        let within = |from: i64, to: i64| number().filter(|number| (from..=to).contains(number));
        let named = |names: &[&str], length: usize| {
            let is_it = |name: &str| if length == 0 { name == text } else { name.get(..length) == Some(text) };
            i64::try_from(names.iter().position(|name| is_it(name))?).ok()
        };
        match letter {
            'Y' => self.year = Some(number()?),
            'y' => self.year = number().map(|year| year + if year < 69 { 2000 } else { 1900 }),
            'm' => self.month = Some(within(1, 12)?),
            'b' => self.month = Some(named(&MONTHS, 3)? + 1),
            'B' => self.month = Some(named(&MONTHS, 0)? + 1),
            'd' | 'e' => self.day = Some(within(1, 31)?),
            'j' => self.day_of_year = Some(within(1, 366)?),
            'a' => self.weekday = Some(named(&WEEKDAYS, 3)?),
            'A' => self.weekday = Some(named(&WEEKDAYS, 0)?),
            'H' => self.hour = within(0, 23)?,
            'I' => self.hour = within(1, 12)? % 12,
            'p' | 'P' => self.is_afternoon = text.eq_ignore_ascii_case("pm"),
            'M' => self.minute = within(0, 59)?,
            // A second is put in where the Earth is late.
            'S' => self.second = within(0, 60)?,
            'f' => self.nanos = nanos(text.trim_start_matches('.'))?,
            'z' if text.starts_with(['+', '-']) => {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let (hours, minutes) = digits.split_at_checked(2)?;
                let (hours, minutes) = (hours.parse::<i64>().ok()?, minutes.parse::<i64>().unwrap_or(0));
                (hours < 24 && minutes < 60).then_some(())?;
                let sign = if text.starts_with('-') { -60 } else { 60 };
                self.offset = Some(Some(sign * (hours * 60 + minutes)));
            }
            'z' => self.offset = Some(matches!(text, "Z" | "GMT" | "UT" | "UTC").then_some(0)),
            _ => {}
        }
        Some(())
    }

    /// The seconds since 1970, or since midnight where no day is said; at this offset where none is said.
    fn seconds(&self, offset: i64) -> Option<i64> {
        let first = since(1970, 1, 1);
        let day = match (self.year, self.month, self.day, self.day_of_year) {
            (Some(year), Some(month), Some(day), _) => since(year, month, day),
            (Some(year), _, _, day) => since(year, 1, 1) + day? - 1,
            (None, ..) => first,
        };
        let hour = if self.is_afternoon { self.hour % 12 + 12 } else { self.hour };
        let hour = (day - first) * 24 + hour;
        Some((hour * 60 + self.minute) * 60 + self.second - self.offset.unwrap_or(Some(offset))?)
    }

    /// Whether the calendar has it, as far as it is said.
    fn is_there(&self) -> bool {
        let Some(year) = self.year else { return true };
        let (month, day) = match (self.month, self.day, self.day_of_year) {
            (Some(month), Some(day), _) => (month, day),
            // The days before it are those of the first of January and of as many after it.
            (_, _, Some(day)) if day <= 365 + i64::from(is_leap(year)) => {
                return self.weekday.is_none_or(|weekday| weekday == (since(year, 1, 1) + day - 1).rem_euclid(7));
            }
            (_, _, Some(_)) => return false,
            _ => return true,
        };
        let is_its = |weekday: i64| weekday == since(year, month, day).rem_euclid(7);
        day <= days(year, month) && self.weekday.is_none_or(is_its)
    }
}

/// Days since a Monday.
fn since(year: i64, month: i64, day: i64) -> i64 {
    let before = year - 1;
    let of_years = before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    of_years + (1..month).map(|month| days(year, month)).sum::<i64>() + day - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_real(parts: &[(char, &str)]) -> bool {
        has(parts.iter().copied(), 0)
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let day = |year, month, day| is_real(&[('Y', year), ('m', month), ('d', day)]);
        assert!(day("2024", "02", "29") && day("2000", "02", "29") && day("9999", "12", "31"));
        assert!(!day("2023", "02", "29") && !day("1900", "02", "29") && !day("2024", "13", "01"));
        assert!(!day("2024", "04", "31") && !day("2024", "00", "10") && !day("2024", "01", "00"));
        assert!(is_real(&[('Y', "2024"), ('j', "366")]) && !is_real(&[('Y', "2023"), ('j', "366")]));
        assert!(is_real(&[('e', " 5"), ('b', "Feb"), ('y', "24")]) && !is_real(&[('b', "Fex")]));
        assert!(is_real(&[('B', "March")]) && !is_real(&[('B', "Mar")]));
    }

    #[test]
    fn a_weekday_is_that_of_its_day() {
        let on = |weekday| is_real(&[('a', weekday), ('d', "28"), ('b', "May"), ('Y', "2018")]);
        assert!(on("Mon") && !on("Tue") && !on("Mox"));
        assert!(is_real(&[('A', "Thursday"), ('Y', "1970"), ('j', "001")]));
    }

    #[test]
    fn the_last_moment_is_that_of_utc() {
        let last = [('Y', "9999"), ('m', "12"), ('d', "31"), ('H', "23"), ('M', "59"), ('S', "59")];
        let at = |offset| has(last.into_iter(), offset);
        assert!(at(0) && at(3600) && !at(-3600));
        assert!(!is_real(&[last.as_slice(), &[('z', "-0100")]].concat()));
    }

    #[test]
    fn clocks_and_offsets_have_their_bounds() {
        let time = |hour, minute, second| is_real(&[('H', hour), ('M', minute), ('S', second)]);
        assert!(time("00", "00", "00") && time("23", "59", "60"));
        assert!(!time("24", "00", "00") && !time("23", "60", "00") && !time("23", "59", "61"));
        assert!(is_real(&[('I', "12")]) && !is_real(&[('I', "13")]) && !is_real(&[('I', "00")]));
        assert!(is_real(&[('z', "Z")]) && is_real(&[('z', "+14:00")]) && is_real(&[('z', "-09")]));
        assert!(!is_real(&[('z', "+99:00")]) && !is_real(&[('z', "+0160")]));
        assert!(reaches("1527500365.05", 1) && reaches("-1", 1000) && !reaches("253402300800", 1));
    }
}
