//! How the values of one field or parameter are spelled where an API has its own way.

use super::spelling::{Spelled, Spelling};

/// How a value is spelled on the wire. It holds for everything in the field that can be spelled like that: the items
/// of a list, the values of a map.
#[derive(Clone, Copy, Debug, Default)]
pub enum Form {
    /// As everybody does.
    #[default]
    Usual,
    /// Numbers are sent as texts.
    Quoted,
    /// The words for true and false; the first word of each is sent.
    Words(&'static [Word]),
    /// Dates and times: the spellings that are read, and the one that is sent.
    Moments(&'static [Spelling], Spelling),
}

/// A word for true or for false; a bare one is a number or a boolean in JSON.
#[derive(Clone, Copy, Debug)]
pub enum Word {
    /// For true.
    Yes(&'static str),
    /// For true, without quotes.
    BareYes(&'static str),
    /// For false.
    No(&'static str),
    /// For false, without quotes.
    BareNo(&'static str),
}

/// Dates and times of which the first spelling is sent.
pub const fn moments(read: &'static [Spelling]) -> Form {
    match read {
        [first, ..] => Form::Moments(read, *first),
        [] => Form::Usual,
    }
}

impl Word {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Yes(text) | Self::BareYes(text) | Self::No(text) | Self::BareNo(text) => text,
        }
    }

    pub(crate) fn value(self) -> bool {
        matches!(self, Self::Yes(_) | Self::BareYes(_))
    }

    pub(crate) fn is_bare(self) -> bool {
        matches!(self, Self::BareYes(_) | Self::BareNo(_))
    }
}

impl Form {
    /// What a text means.
    pub(crate) fn parse<T: Spelled>(self, text: &str) -> Option<T> {
        match self {
            Self::Moments(read, _) => read.iter().find_map(|spelling| T::parse(text, *spelling)),
            Self::Usual | Self::Quoted | Self::Words(_) => T::parse(text, Spelling::Iso),
        }
    }

    /// The text of a value, and whether it is a number.
    pub(crate) fn print<T: Spelled>(self, value: &T) -> Option<(String, bool)> {
        let spelling = match self {
            Self::Moments(_, spelling) => spelling,
            Self::Usual | Self::Quoted | Self::Words(_) => Spelling::Iso,
        };
        Some((value.print(spelling)?, spelling.is_number()))
    }

    /// The word that is sent.
    pub(crate) fn word(self, value: bool) -> Word {
        let own = match self {
            Self::Words(words) => words.iter().find(|word| word.value() == value).copied(),
            Self::Usual | Self::Quoted | Self::Moments(..) => None,
        };
        own.unwrap_or(if value { Word::BareYes("true") } else { Word::BareNo("false") })
    }
}
