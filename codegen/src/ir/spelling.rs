//! How values are spelled where an API has its own way, and whether a text is spelled like that: one answer for the
//! checks and the mock server.

use super::{Type, calendar, whole};

/// How the single values in a field or parameter are spelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// Numbers are sent as texts.
    Quoted,
    /// Words for true and false; the first of each is sent.
    Words(Vec<Word>),
    /// Dates and times: what is read, in the order it is tried, and what is sent.
    Moments(Vec<Spelling>, Spelling),
}

/// A word for true or false.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it is on the wire.
    pub text: String,
    /// What it stands for.
    pub value: bool,
    /// Stands in JSON without quotes.
    pub is_bare: bool,
}

/// One way to spell a date, a time or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spelling {
    /// ISO 8601.
    Iso,
    /// `Mon, 28 May 2018 09:39:25 +0000`
    Rfc2822,
    /// `Mon, 28 May 2018 09:39:25 GMT`
    HttpDate,
    /// A number.
    Epoch(Epoch),
    /// A number in a text: what stands before it, and what after it.
    Wrapped(String, Epoch, String),
    /// Directives of `strftime`. Where none of them is the offset, it is this one, in seconds.
    Pattern(String, i32),
}

/// What is counted since the start of 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Epoch {
    /// Whole seconds.
    Seconds,
    /// Seconds with six digits of a fraction.
    SecondsMicros,
    /// Milliseconds.
    Millis,
    /// Microseconds.
    Micros,
}

/// A piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text as it is.
    Text(&'a str),
    /// What stands behind a `%`, and what is known of it.
    Directive(&'a str, &'static Directive),
}

/// A directive of the patterns of the language.
#[derive(Debug, PartialEq, Eq)]
pub struct Directive {
    /// Behind the `%`.
    pub name: &'static str,
    /// What it looks like, as a regular expression.
    shape: &'static str,
    /// What it tells, in the letters of [`PARTS`].
    tells: &'static str,
}

const fn directive(name: &'static str, shape: &'static str, tells: &'static str) -> Directive {
    Directive { name, shape, tells }
}

/// The directives that can be read back as they are written, longest name first.
pub static DIRECTIVES: &[Directive] = &[
    directive("%", "%", ""),
    directive("Y", r"\d{4}", "Y"),
    directive("y", r"\d\d", "Y"),
    directive("m", r"\d\d", "m"),
    directive("b", "[A-Z][a-z]{2}", "m"),
    directive("B", "[A-Z][a-z]{2,}", "m"),
    directive("d", r"\d\d", "d"),
    directive("e", r"[ \d]\d", "d"),
    directive("j", r"\d{3}", "md"),
    directive("a", "[A-Z][a-z]{2}", ""),
    directive("A", "[A-Z][a-z]{3,}", ""),
    directive("F", r"\d{4}-\d\d-\d\d", "Ymd"),
    directive("H", r"\d\d", "H"),
    directive("I", r"\d\d", "I"),
    directive("p", "[AP]M", "p"),
    directive("P", "[ap]m", "p"),
    directive("M", r"\d\d", "M"),
    directive("S", r"\d\d", "S"),
    directive("T", r"\d\d:\d\d:\d\d", "HMS"),
    directive("R", r"\d\d:\d\d", "HM"),
    directive("f", r"\d{1,9}", ""),
    directive("3f", r"\d{3}", ""),
    directive("6f", r"\d{6}", ""),
    directive(".f", r"(?:\.\d{1,9})?", ""),
    directive(".3f", r"\.\d{3}", ""),
    directive(".6f", r"\.\d{6}", ""),
    directive("z", r"[+-]\d{4}", "z"),
    directive(":z", r"[+-]\d\d:\d\d", "z"),
];

/// A pattern, piece by piece.
///
/// # Errors
///
/// The directive that is none.
pub fn pieces(pattern: &str) -> Result<Vec<Piece<'_>>, &str> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while !rest.is_empty() {
        let end = rest.find('%').unwrap_or(rest.len());
        if end > 0 {
            pieces.push(Piece::Text(&rest[..end]));
            rest = &rest[end..];
            continue;
        }
        let behind = &rest[1..];
        let Some(known) = DIRECTIVES.iter().find(|known| behind.starts_with(known.name)) else {
            let length = behind.find(|c: char| c.is_ascii_alphabetic()).map_or(rest.len(), |at| at + 2);
            return Err(&rest[..length]);
        };
        pieces.push(Piece::Directive(known.name, known));
        rest = &behind[known.name.len()..];
    }
    Ok(pieces)
}

/// What must be told and is not: `a year`, `an hour`. An hour of twelve needs its half of the day.
pub fn untold(pattern: &str, ty: &Type) -> Option<&'static str> {
    let told: String = pieces(pattern).ok()?.iter().map(|piece| piece.tells()).collect();
    let date = [("Y", "the year"), ("m", "the month"), ("d", "the day")];
    let time = [("M", "the minute")];
    let (date, time): (&[_], &[_]) = match ty {
        Type::Date => (&date, &[]),
        Type::Time => (&[], &time),
        _ => (&date, &time),
    };
    let untold = date.iter().chain(time).find(|(part, _)| !told.contains(part)).map(|(_, name)| *name);
    let has_hour = *ty == Type::Date || told.contains('H') || (told.contains('I') && told.contains('p'));
    untold.or((!has_hour).then_some("the hour"))
}

/// What a pattern tells that values of the type have not: there is no text of them.
pub fn untellable(pattern: &str, ty: &Type) -> Option<&'static str> {
    let is_of = |piece: &Piece<'_>, letters: &str| match piece {
        Piece::Text(_) => false,
        Piece::Directive(name, _) => name.chars().next_back().is_some_and(|letter| letters.contains(letter)),
    };
    let (date, time, offset) = (("YymbBdejaAF", "a date"), ("HIpPMSTRf", "a time"), ("z", "an offset"));
    let lacks: &[_] = match ty {
        Type::Date => &[time, offset],
        Type::Time => &[date, offset],
        Type::CivilDateTime => &[offset],
        _ => &[],
    };
    let pieces = pieces(pattern).ok()?;
    lacks.iter().find(|(letters, _)| pieces.iter().any(|piece| is_of(piece, letters))).map(|(_, name)| *name)
}

/// Whether a pattern tells the offset.
pub fn tells_offset(pattern: &str) -> bool {
    pieces(pattern).is_ok_and(|pieces| pieces.iter().any(|piece| piece.tells() == "z"))
}

impl Piece<'_> {
    fn tells(&self) -> &'static str {
        match self {
            Self::Text(_) => "",
            Self::Directive(_, directive) => directive.tells,
        }
    }
}

impl Epoch {
    fn shape(self) -> &'static str {
        match self {
            Self::Seconds | Self::SecondsMicros => r"-?\d+(?:\.\d+)?",
            Self::Millis | Self::Micros => r"-?\d+",
        }
    }

    /// How many of it are a second.
    pub(super) fn in_a_second(self) -> i64 {
        match self {
            Self::Seconds | Self::SecondsMicros => 1,
            Self::Millis => 1_000,
            Self::Micros => 1_000_000,
        }
    }
}

impl Spelling {
    /// Whether it leaves out the seconds of a moment.
    pub fn is_of_minutes(&self) -> bool {
        let Self::Pattern(pattern, _) = self else { return false };
        pieces(pattern).is_ok_and(|pieces| !pieces.iter().any(|piece| piece.tells().contains('S')))
    }

    /// Whether a text is a date or time that is spelled like this: it has the shape, and there is such a time.
    pub fn is_like(&self, text: &str, ty: &Type) -> bool {
        self.parts(text, ty).is_some_and(|parts| self.is_real(&parts))
    }

    /// Whether there is such a time.
    pub(super) fn is_real(&self, parts: &[(char, &str)]) -> bool {
        let mut parts = parts.iter().copied();
        match self {
            Self::Epoch(epoch) | Self::Wrapped(_, epoch, _) => {
                parts.all(|(_, number)| calendar::reaches(number, epoch.in_a_second()))
            }
            Self::Pattern(_, offset) => calendar::has(parts, i64::from(*offset)),
            Self::Iso | Self::Rfc2822 | Self::HttpDate => calendar::has(parts, 0),
        }
    }

    /// What a text of the shape tells, each with the letter of the directive that finds the same.
    pub(super) fn parts<'t>(&self, text: &'t str, ty: &Type) -> Option<Vec<(char, &'t str)>> {
        let (shape, letters) = self.shape(ty);
        let found = whole(&shape).ok()?.captures(text)?;
        let part = |(letter, part): (char, Option<regex_lite::Match<'t>>)| Some((letter, part?.as_str()));
        Some(letters.chars().zip(found.iter().skip(1)).filter_map(part).collect())
    }

    /// A regular expression, and for each of its groups the letter of the directive that finds the same.
    fn shape(&self, ty: &Type) -> (String, String) {
        const DATE: &str = r"(\d{4})-(\d\d)-(\d\d)";
        const TIME: &str = r"(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?";
        let of = |shape: &str, letters: &str| (shape.to_owned(), letters.to_owned());
        match self {
            Self::Iso => match ty {
                Type::Date => of(DATE, "Ymd"),
                Type::Time => of(TIME, "HMSf"),
                Type::CivilDateTime => of(&format!("{DATE}[T ]{TIME}"), "YmdHMSf"),
                _ => of(&format!(r"{DATE}[T ]{TIME}(Z|[+-]\d\d(?::?\d\d)?)"), "YmdHMSfz"),
            },
            Self::Rfc2822 => of(
                r"(?:([A-Z][a-z]{2}), )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? ([+-]\d{4}|[A-Z]+)",
                "adbYHMSz",
            ),
            Self::HttpDate => {
                of(r"([A-Z][a-z]{2}), (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT", "adbYHMS")
            }
            Self::Epoch(epoch) => of(&format!("({})", epoch.shape()), "s"),
            Self::Wrapped(before, epoch, after) => {
                of(&format!("{}({}){}", regex_lite::escape(before), epoch.shape(), regex_lite::escape(after)), "s")
            }
            Self::Pattern(pattern, _) => {
                let (mut shape, mut letters) = (String::new(), String::new());
                read_by(pattern, &mut shape, &mut letters);
                (shape, letters)
            }
        }
    }
}

/// Adds what reads a pattern, with a group for each directive.
fn read_by(pattern: &str, shape: &mut String, letters: &mut String) {
    for piece in pieces(pattern).unwrap_or_default() {
        match piece {
            Piece::Text(text) => *shape += &regex_lite::escape(text),
            Piece::Directive("F", _) => read_by("%Y-%m-%d", shape, letters),
            Piece::Directive("T", _) => read_by("%H:%M:%S", shape, letters),
            Piece::Directive("R", _) => read_by("%H:%M", shape, letters),
            Piece::Directive(name, directive) => {
                shape.extend(["(", directive.shape, ")"]);
                letters.extend(name.chars().next_back());
            }
        }
    }
}

impl Form {
    /// Whether a text is a date or time that is read, or sent.
    pub fn is_moment(form: Option<&Self>, text: &str, ty: &Type, is_sent: bool) -> bool {
        match form {
            Some(Self::Moments(_, write)) if is_sent => write.is_like(text, ty),
            Some(Self::Moments(read, _)) => read.iter().any(|spelling| spelling.is_like(text, ty)),
            Some(Self::Quoted | Self::Words(_)) | None => Spelling::Iso.is_like(text, ty),
        }
    }

    /// What a text stands for, true or false.
    pub fn truth(form: Option<&Self>, text: &str) -> Option<bool> {
        match (form, text) {
            (Some(Self::Words(words)), text) => words.iter().find(|word| word.text == text).map(|word| word.value),
            (_, "true") => Some(true),
            (_, "false") => Some(false),
            _ => None,
        }
    }

    /// The word that is sent for true or false, and whether it stands without quotes.
    pub fn word(form: Option<&Self>, value: bool) -> (&str, bool) {
        let own = match form {
            Some(Self::Words(words)) => words.iter().find(|word| word.value == value),
            Some(Self::Quoted | Self::Moments(..)) | None => None,
        };
        own.map_or((if value { "true" } else { "false" }, true), |word| (&word.text, word.is_bare))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_known_piece_by_piece() {
        let pieces = pieces("%d/%m/%Y %%").unwrap();
        assert_eq!(pieces.len(), 7);
        assert_eq!(super::pieces("%Y-%Q"), Err("%Q"));
        assert_eq!(super::pieces("%Y %-d"), Err("%-d"));
        assert_eq!(super::pieces("100%"), Err("%"));
        assert_eq!(super::pieces("%é"), Err("%é"));
    }

    #[test]
    fn what_is_untold_is_named() {
        assert_eq!(untold("%Y-%m-%dT%H:%M:%SZ", &Type::DateTime), None);
        assert_eq!(untold("%F %T", &Type::DateTime), None);
        assert_eq!(untold("%m/%d", &Type::Date), Some("the year"));
        assert_eq!(untold("%Y %j", &Type::Date), None);
        assert_eq!(untold("%I:%M", &Type::Time), Some("the hour"));
        assert_eq!(untold("%F", &Type::CivilDateTime), Some("the minute"));
        assert!(tells_offset("%F %T %:z") && !tells_offset("%FT%TZ"));
    }

    #[test]
    fn what_a_type_has_not_is_named() {
        assert_eq!(untellable("%F %R", &Type::Date), Some("a time"));
        assert_eq!(untellable("%F %z", &Type::Date), Some("an offset"));
        assert_eq!(untellable("%a %R", &Type::Time), Some("a date"));
        assert_eq!(untellable("%R%.3f %:z", &Type::Time), Some("an offset"));
        assert_eq!(untellable("%F %R %z", &Type::CivilDateTime), Some("an offset"));
        for (pattern, ty) in [("%d.%m.%Y %%H", Type::Date), ("%T%.f", Type::Time), ("%F %T %z", Type::DateTime)] {
            assert_eq!(untellable(pattern, &ty), None, "{pattern}");
        }
    }

    #[test]
    fn what_no_calendar_has_is_no_date() {
        for (text, ty) in [
            ("2024-13-01", Type::Date),
            ("2023-02-29", Type::Date),
            ("25:00:00", Type::Time),
            ("2024-02-30T12:00:00", Type::CivilDateTime),
            ("2024-02-30T12:00:00Z", Type::DateTime),
            ("2024-02-28T25:00:00Z", Type::DateTime),
            ("2024-02-28T12:00:00+99:00", Type::DateTime),
        ] {
            assert!(!Spelling::Iso.is_like(text, &ty), "{text}");
        }
        let pattern = |pattern: &str| Spelling::Pattern(pattern.into(), 0);
        for (text, spelling) in [
            ("32.01.2024", pattern("%d.%m.%Y")),
            ("29.02.2023 10:00", pattern("%d.%m.%Y %R")),
            ("2024-02-28 24:00:00", pattern("%F %T")),
            ("Tue, 28 May 2018 09:39:25 GMT", Spelling::HttpDate),
            ("31 Feb 2018 09:39 +0000", Spelling::Rfc2822),
            ("999999999999", Spelling::Epoch(Epoch::Seconds)),
            ("/Date(999999999999999999)/", Spelling::Wrapped("/Date(".into(), Epoch::Millis, ")/".into())),
        ] {
            assert!(!spelling.is_like(text, &Type::DateTime), "{text}");
        }
    }

    #[test]
    fn texts_have_their_shape() {
        let like = |spelling: Spelling, text: &str| spelling.is_like(text, &Type::DateTime);
        assert!(like(Spelling::Iso, "2019-01-23T12:05:52.391+01:00") && like(Spelling::Iso, "2019-01-23 12:05:52Z"));
        assert!(!like(Spelling::Iso, "2019-01-23T12:05:52"));
        let pattern = Spelling::Pattern("%a %b %d %H:%M:%S %z %Y".into(), 0);
        assert!(like(pattern.clone(), "Mon May 28 09:39:25 +0000 2018") && !like(pattern, "28 May 2018"));
        let wrapped = Spelling::Wrapped("/Date(".into(), Epoch::Millis, ")/".into());
        assert!(like(wrapped.clone(), "/Date(1527500365052)/") && !like(wrapped, "1527500365052"));
        assert!(like(Spelling::Rfc2822, "Mon, 28 May 2018 09:39:25 GMT"));
        let twice = Spelling::Pattern("%%F %d/%m/%y%.f".into(), 0);
        assert!(like(twice.clone(), "%F 28/05/18.5") && !like(twice, "%F 31/04/18"));
    }
}
