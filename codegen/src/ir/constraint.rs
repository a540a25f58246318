//! What values must meet, and whether a text does: one answer for the checks and the mock server.

use regex_lite::Regex;

/// A validation that the spec states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constraint {
    /// In characters.
    MinLength(u32),
    /// In characters.
    MaxLength(u32),
    /// The least number allowed.
    Min(i64),
    /// The greatest number allowed.
    Max(i64),
    /// The greatest size of a file, in bytes.
    MaxSize(u64),
    /// At least one character of the class.
    Contains(Class),
    /// Anchored at both ends.
    Pattern(String),
    /// The same text as another parameter (index into `Operation::parameters`).
    Equals(usize),
    /// It must be given unless another parameter is (index into `Operation::parameters`).
    Unless(usize),
}

/// A class of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// `a` to `z`, and every other lower-case letter of Unicode.
    Lower,
    /// `A` to `Z`, and every other upper-case letter of Unicode.
    Upper,
    /// `0` to `9`.
    Digit,
    /// Neither a letter nor a digit.
    Special,
}

impl Constraint {
    /// Whether a value, as it is written, meets this. What is no number breaks no range, since its type says so, and
    /// what names another parameter is for whoever knows that, as the size of a file is for whoever has it.
    pub fn is_met_by(&self, text: &str) -> bool {
        let length = || u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let number = |holds: &dyn Fn(i128) -> bool| text.parse().map_or(true, holds);
        match self {
            Self::MinLength(least) => length() >= *least,
            Self::MaxLength(most) => length() <= *most,
            Self::Min(least) => number(&|number| number >= i128::from(*least)),
            Self::Max(most) => number(&|number| number <= i128::from(*most)),
            Self::Contains(class) => text.chars().any(|character| class.has(character)),
            // A pattern that does not compile is a mistake in the spec, with a rule of its own.
            Self::Pattern(pattern) => whole(pattern).map_or(true, |regex| regex.is_match(text)),
            Self::Equals(_) | Self::MaxSize(_) | Self::Unless(_) => true,
        }
    }
}

impl Class {
    fn has(self, character: char) -> bool {
        match self {
            Self::Lower => character.is_lowercase(),
            Self::Upper => character.is_uppercase(),
            Self::Digit => character.is_ascii_digit(),
            Self::Special => !character.is_alphanumeric(),
        }
    }
}

/// A pattern of the spec, anchored at both ends.
pub(crate) fn whole(pattern: &str) -> Result<Regex, regex_lite::Error> {
    // On its own first: what is unbalanced could become balanced within the group.
    Regex::new(pattern)?;
    Regex::new(&format!("^(?:{pattern})$"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_are_met_or_not() {
        assert!(Constraint::MinLength(2).is_met_by("äö") && !Constraint::MinLength(3).is_met_by("äö"));
        assert!(Constraint::MaxLength(2).is_met_by("äö") && !Constraint::MaxLength(1).is_met_by("äö"));
        assert!(Constraint::Min(-1).is_met_by("-1") && !Constraint::Min(0).is_met_by("-1"));
        assert!(Constraint::Max(3).is_met_by("3") && !Constraint::Max(3).is_met_by("4"));
        let pattern = Constraint::Pattern("a|b+".into());
        assert!(pattern.is_met_by("bb") && !pattern.is_met_by("ab") && !pattern.is_met_by("a\n"));
    }

    #[test]
    fn every_class_has_characters_of_its_own() {
        let met = |class, text| Constraint::Contains(class).is_met_by(text);
        assert!(met(Class::Lower, "é") && !met(Class::Lower, "É1-"));
        assert!(met(Class::Upper, "É") && !met(Class::Upper, "é1-"));
        assert!(met(Class::Digit, "1") && !met(Class::Digit, "é-١"));
        assert!(met(Class::Special, " ") && !met(Class::Special, "é1²"));
    }

    #[test]
    fn patterns_are_whole() {
        assert!(whole("a)(b").is_err());
        assert!(whole("(?x) a # b").is_err());
        assert!(whole(r"\p{L}").is_err());
    }
}
