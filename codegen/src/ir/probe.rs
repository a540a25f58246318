//! Whether what one spelling writes is read as another moment, found out with one that is easily taken for another.

use super::spelling::{Piece, Spelling, pieces};
use super::{Epoch, Type};

/// Wednesday, the 4th of May 2011, at 09:08:07: its day, month and year could each be one of the others.
const MOMENT: &[(char, &str)] = &[
    ('Y', "2011"),
    ('y', "11"),
    ('m', "05"),
    ('b', "May"),
    ('B', "May"),
    ('d', "04"),
    ('e', " 4"),
    ('j', "124"),
    ('a', "Wed"),
    ('A', "Wednesday"),
    ('H', "09"),
    ('I', "09"),
    ('p', "AM"),
    ('P', "am"),
    ('M', "08"),
    ('S', "07"),
];

/// The same in seconds since 1970.
const SECONDS: &str = "1304500087";

impl Spelling {
    /// Whether a text that is written like this is read as something else where another spelling is tried before.
    pub fn is_taken_by(&self, earlier: &Self, ty: &Type) -> bool {
        let text = self.example(ty);
        let parts = earlier.parts(&text, ty).filter(|_| earlier.is_like(&text, ty)).unwrap_or_default();
        parts.into_iter().any(|(letter, part)| match letter {
            's' => self.unit() != earlier.unit(),
            letter => said(letter).is_some_and(|own| bare(own) != bare(part)),
        })
    }

    /// How many of what it counts are a second, if it counts.
    fn unit(&self) -> Option<i64> {
        match self {
            Self::Epoch(epoch) | Self::Wrapped(_, epoch, _) => Some(epoch.in_a_second()),
            Self::Iso | Self::Rfc2822 | Self::HttpDate | Self::Pattern(..) => None,
        }
    }

    /// The text of a moment that is written like this.
    pub fn example(&self, ty: &Type) -> String {
        match self {
            Self::Iso => match ty {
                Type::Date => by("%F"),
                Type::Time => by("%T"),
                Type::CivilDateTime => by("%FT%T"),
                _ => by("%FT%TZ"),
            },
            Self::Rfc2822 => by("%a, %d %b %Y %T +0000"),
            Self::HttpDate => by("%a, %d %b %Y %T GMT"),
            Self::Epoch(epoch) => counted(*epoch),
            Self::Wrapped(before, epoch, after) => [before, counted(*epoch).as_str(), after].concat(),
            Self::Pattern(pattern, _) => by(pattern),
        }
    }
}

fn counted(epoch: Epoch) -> String {
    let behind = match epoch {
        Epoch::Seconds => "",
        Epoch::SecondsMicros => ".000000",
        Epoch::Millis => "000",
        Epoch::Micros => "000000",
    };
    [SECONDS, behind].concat()
}

/// The moment, as a pattern writes it.
fn by(pattern: &str) -> String {
    let text = |piece: Piece<'_>| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Directive(name, _) => match name {
            "F" => by("%Y-%m-%d"),
            "T" => by("%H:%M:%S"),
            "R" => by("%H:%M"),
            "f" => "0".to_owned(),
            "3f" => "000".to_owned(),
            "6f" => "000000".to_owned(),
            ".3f" => ".000".to_owned(),
            ".6f" => ".000000".to_owned(),
            "z" => "+0000".to_owned(),
            ":z" => "+00:00".to_owned(),
            "%" => "%".to_owned(),
            name => name.chars().next_back().and_then(said).unwrap_or_default().to_owned(),
        },
    };
    pieces(pattern).unwrap_or_default().into_iter().map(text).collect()
}

/// What a directive says of the moment; nothing where it is its offset or a fraction.
fn said(letter: char) -> Option<&'static str> {
    MOMENT.iter().find(|(known, _)| *known == letter).map(|(_, text)| *text)
}

fn bare(part: &str) -> &str {
    part.trim_start_matches([' ', '0'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_as_another_moment_is_found() {
        let pattern = |pattern: &str| Spelling::Pattern(pattern.into(), 0);
        let taken = [
            (Spelling::Epoch(Epoch::Seconds), Spelling::Epoch(Epoch::Millis)),
            (Spelling::Epoch(Epoch::Millis), Spelling::Epoch(Epoch::Micros)),
            (pattern("%Y%m%d%H%M"), Spelling::Epoch(Epoch::Millis)),
            (pattern("%m/%d/%Y %T"), pattern("%d/%m/%Y %T")),
            (pattern("%y-%m-%d %R"), pattern("%d-%m-%y %R")),
        ];
        for (later, earlier) in taken {
            assert!(later.is_taken_by(&earlier, &Type::DateTime), "{later:?} by {earlier:?}");
        }
        let kept = [
            (Spelling::Epoch(Epoch::Seconds), Spelling::Iso),
            (Spelling::Epoch(Epoch::SecondsMicros), Spelling::Epoch(Epoch::Seconds)),
            (pattern("%FT%T%:z"), Spelling::Iso),
            (Spelling::HttpDate, Spelling::Rfc2822),
            (pattern("%d %b %Y %I:%M %p"), pattern("%e %b %Y %I:%M %p")),
            (Spelling::Iso, pattern("%Y-%d-%mT%H:%M")),
        ];
        for (later, earlier) in kept {
            assert!(!later.is_taken_by(&earlier, &Type::DateTime), "{later:?} by {earlier:?}");
        }
        assert!(Spelling::Iso.is_taken_by(&pattern("%Y-%d-%m"), &Type::Date));
    }
}
