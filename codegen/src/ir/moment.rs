//! Dates and times as a spec spells them to something that can be compared: one answer for the checks and the mock
//! server.

use super::day::{DAY, day_of, parse_iso};
use super::{Api, Epoch, Form, Json, Piece, Spelling, Type, pieces};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Api {
    /// Microseconds since 1970, or since midnight; `None` for what is not spelled as it is sent.
    pub fn moment(&self, ty: &Type, value: &Json) -> Option<i64> {
        let text = value.spelling()?;
        match self.form(ty) {
            Some(Form::Moments(_, write)) => write.moment(text, self.bare(ty)),
            _ => iso(text, self.bare(ty)),
        }
    }
}

impl Spelling {
    /// The same of a text in this spelling.
    pub fn moment(&self, text: &str, ty: &Type) -> Option<i64> {
        match self {
            Self::Iso => iso(text, ty),
            Self::Rfc2822 | Self::HttpDate => {
                let text = text.split_once(", ").map_or(text, |(_, text)| text);
                let zone = text.rsplit(' ').next()?;
                let text = text.strip_suffix(zone)?.trim_end();
                let offset = if zone.starts_with(['+', '-']) { zone } else { "+0000" };
                let pattern = if text.matches(':').count() == 2 { "%d %b %Y %T %z" } else { "%d %b %Y %R %z" };
                let zero = if text.find(' ') == Some(1) { "0" } else { "" };
                by_pattern(&format!("{zero}{text} {offset}"), pattern, 0)
            }
            Self::Epoch(epoch) => counted(text, *epoch),
            Self::Wrapped(before, epoch, after) => {
                counted(text.strip_prefix(before.as_str())?.strip_suffix(after.as_str())?, *epoch)
            }
            Self::Pattern(pattern, offset) => by_pattern(text, pattern, i64::from(*offset)),
        }
    }
}

fn iso(text: &str, ty: &Type) -> Option<i64> {
    let text = if *ty == Type::Time { format!("1970-01-01T{text}") } else { text.to_owned() };
    parse_iso(text.trim()).map(|ms| ms.saturating_mul(1000))
}

fn counted(text: &str, epoch: Epoch) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let unit = match epoch {
        Epoch::Seconds | Epoch::SecondsMicros => 1_000_000,
        Epoch::Millis => 1_000,
        Epoch::Micros => 1,
    };
    let whole = whole.parse::<i64>().ok()?.checked_mul(unit)?;
    let fraction: i64 = fraction.chars().chain("000000".chars()).take(6).collect::<String>().parse().ok()?;
    whole.checked_add(if text.starts_with('-') { -1 } else { 1 } * fraction * unit / 1_000_000)
}

/// What the directives of a pattern find.
#[derive(Default)]
struct Found {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    day_of_year: Option<i64>,
    hour: i64,
    is_afternoon: Option<bool>,
    minute: i64,
    second: i64,
    micros: i64,
    offset: Option<i64>,
}

fn by_pattern(text: &str, pattern: &str, offset: i64) -> Option<i64> {
    let mut found = Found::default();
    let rest = found.take_all(text, pattern)?;
    if !rest.is_empty() {
        return None;
    }
    let days = match (found.year, found.day_of_year, found.month, found.day) {
        (Some(year), Some(day), _, _) => day_of(year, 1, 1)? + day - 1,
        (Some(year), None, Some(month), Some(day)) => day_of(year, month, day)?,
        _ => 0,
    };
    let hour = match found.is_afternoon {
        Some(is_afternoon) => found.hour % 12 + if is_afternoon { 12 } else { 0 },
        None => found.hour,
    };
    let seconds = (hour * 60 + found.minute) * 60 + found.second - found.offset.unwrap_or(offset);
    Some(days * DAY * 1000 + seconds * 1_000_000 + found.micros)
}

impl Found {
    /// Takes what a pattern says off the front of a text; what is left.
    fn take_all<'t>(&mut self, mut text: &'t str, pattern: &str) -> Option<&'t str> {
        for piece in pieces(pattern).ok()? {
            text = match piece {
                Piece::Text(known) => text.strip_prefix(known)?,
                Piece::Directive(name, _) => self.take(text, name)?,
            };
        }
        Some(text)
    }

    fn take<'t>(&mut self, text: &'t str, name: &str) -> Option<&'t str> {
        let letters = text.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(text.len());
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let number = |length: usize| text.get(..length)?.trim_start().parse::<i64>().ok();
        let length = match name {
            "%" => return text.strip_prefix('%'),
            "F" => return self.take_all(text, "%Y-%m-%d"),
            "T" => return self.take_all(text, "%H:%M:%S"),
            "R" => return self.take_all(text, "%H:%M"),
            ".f" if !text.starts_with('.') => return Some(text),
            ".f" | ".3f" | ".6f" => return self.take(text.strip_prefix('.')?, name.get(1..)?),
            "b" | "a" => 3,
            "B" | "A" => letters,
            "f" => digits,
            "Y" => 4,
            "j" | "3f" => 3,
            "6f" => 6,
            "z" => 5,
            ":z" => 6,
            _ => 2,
        };
        match name {
            "Y" => self.year = Some(number(4)?),
            "y" => self.year = Some(number(2)?).map(|year| year + if year < 69 { 2000 } else { 1900 }),
            "m" => self.month = Some(number(2)?),
            "b" | "B" => {
                let month = MONTHS.iter().position(|month| text.starts_with(month))?;
                self.month = i64::try_from(month + 1).ok();
            }
            "d" | "e" => self.day = Some(number(2)?),
            "j" => self.day_of_year = Some(number(3)?),
            "H" | "I" => self.hour = number(2)?,
            "M" => self.minute = number(2)?,
            "S" => self.second = number(2)?,
            "p" | "P" => self.is_afternoon = Some(text.get(..2)?.eq_ignore_ascii_case("pm")),
            "f" | "3f" | "6f" => {
                self.micros =
                    text.get(..length)?.chars().chain("000000".chars()).take(6).collect::<String>().parse().ok()?;
            }
            "z" | ":z" => {
                let (hours, minutes) =
                    (text.get(1..3)?.parse::<i64>().ok()?, text.get(length - 2..length)?.parse::<i64>().ok()?);
                self.offset = Some((hours * 60 + minutes) * if text.starts_with('-') { -60 } else { 60 });
            }
            _ => {}
        }
        text.get(length..)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_moment_is_the_same_moment() {
        let moment = 1_527_500_365_052_000;
        let second = 1_527_500_365_000_000;
        let pattern = |pattern: &str, offset| Spelling::Pattern(pattern.into(), offset);
        let all = [
            ("2018-05-28T11:39:25.052+02:00", Spelling::Iso, moment),
            ("Mon, 28 May 2018 09:39:25 +0000", Spelling::Rfc2822, second),
            ("28 May 2018 11:39 +0200", Spelling::Rfc2822, second - 25_000_000),
            ("Mon, 28 May 2018 09:39:25 GMT", Spelling::HttpDate, second),
            ("1527500365", Spelling::Epoch(Epoch::Seconds), second),
            ("1527500365.052000", Spelling::Epoch(Epoch::SecondsMicros), moment),
            ("1527500365052000", Spelling::Epoch(Epoch::Micros), moment),
            ("/Date(1527500365052)/", Spelling::Wrapped("/Date(".into(), Epoch::Millis, ")/".into()), moment),
            ("28/05/2018 10:39:25", pattern("%d/%m/%Y %T", 3600), second),
            ("Monday, 28. May 18 09:39:25.052 AM +00:00", pattern("%A, %d. %B %y %I:%M:%S.%3f %p %:z", 0), moment),
            ("148 2018 11:39:25 +0200", pattern("%j %Y %H:%M:%S %z", 0), second),
        ];
        for (text, spelling, expected) in all {
            assert_eq!(spelling.moment(text, &Type::DateTime), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_spelled_otherwise_is_no_moment() {
        for text in ["", "28/05/2018", "28/13/2018 09:39:25", "28/05/2018 09:39:25 ", "aa/05/2018 09:39:25", "é"] {
            assert_eq!(by_pattern(text, "%d/%m/%Y %T", 0), None, "{text}");
        }
        assert_eq!(iso("2018", &Type::Date), None);
        assert_eq!(counted("soon", Epoch::Seconds), None);
        assert_eq!(iso("12:30", &Type::Time), Some(45_000_000_000));
    }
}
