//! What values must meet, and whether one does: one answer for the checks and the mock server.
//!
//! The functions of [`Constraint`] are the table of all there are: key, id, what has it, when it is met, and in words.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use regex_lite::Regex;

use super::{By, Format, Json, Number, Words};
use crate::source::{Scalar, Spanned};

/// All that the spec demands of a value.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// All of them are to be met.
    pub constraints: Vec<Spanned<Constraint>>,
    /// What is said, in place of the usual, where the constraint of an id is not met.
    pub messages: Vec<(Scalar, String)>,
}

/// A validation that the spec states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constraint {
    /// In characters.
    MinLength(u32),
    /// In characters.
    MaxLength(u32),
    /// In bytes of UTF-8.
    MinBytes(u32),
    /// In bytes of UTF-8.
    MaxBytes(u32),
    /// The least number allowed.
    Min(Number),
    /// The greatest number allowed.
    Max(Number),
    /// It divides by this without a rest.
    MultipleOf(Number),
    /// One of these texts or numbers.
    OneOf(Words),
    /// The greatest size of a file, in bytes.
    MaxSize(u64),
    /// At least one character of the class.
    Contains(Class),
    /// Anchored at both ends.
    Pattern(String),
    /// A form that everybody knows.
    Format(Format),
    /// The least number of items or entries.
    MinItems(u32),
    /// The greatest number of items or entries.
    MaxItems(u32),
    /// No two items are the same.
    UniqueItems,
    /// The same as a neighbour (index into the list that this stands in).
    Equals(usize),
    /// It must be given unless a neighbour is.
    Unless(usize),
    /// It must be given where all of these hold.
    RequiredIf(Vec<If>),
    /// It must not be given where all of these hold.
    ForbiddenIf(Vec<If>),
    /// One of these neighbours must be given; it is the first of them.
    AtLeastOne(Vec<usize>),
    /// One of these neighbours must be given, and no other of them; it is the first of them.
    ExactlyOne(Vec<usize>),
    /// A time later than that of a neighbour.
    After(usize),
}

/// What holds of a neighbour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct If {
    /// Index into the list that the constraint stands in.
    pub other: usize,
    /// It has one of these texts; without any, it is given.
    pub texts: Words,
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

/// What can have a constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// Texts.
    Text,
    /// Numbers.
    Number,
    /// Texts and numbers.
    Word,
    /// Files.
    File,
    /// Lists.
    List,
    /// Lists and maps.
    Items,
    /// Dates and times.
    Moment,
    /// Anything.
    Any,
}

impl Rules {
    /// Whether nothing is demanded.
    pub fn is_empty(&self) -> bool {
        self.constraints.is_empty()
    }
}

impl Constraint {
    /// As the spec writes its key.
    pub fn key(&self) -> &'static str {
        match self {
            Self::MinLength(_) => "min_length",
            Self::MaxLength(_) => "max_length",
            Self::MinBytes(_) => "min_bytes",
            Self::MaxBytes(_) => "max_bytes",
            Self::Min(_) => "min",
            Self::Max(_) => "max",
            Self::MultipleOf(_) => "multiple_of",
            Self::OneOf(_) => "one_of",
            Self::MaxSize(_) => "max_size",
            Self::Contains(_) => "contains",
            Self::Pattern(_) => "pattern",
            Self::Format(_) => "format",
            Self::MinItems(_) => "min_items",
            Self::MaxItems(_) => "max_items",
            Self::UniqueItems => "unique_items",
            Self::Equals(_) => "equals",
            Self::Unless(_) => "required_unless",
            Self::RequiredIf(_) => "required_if",
            Self::ForbiddenIf(_) => "forbidden_if",
            Self::AtLeastOne(_) => "at_least_one",
            Self::ExactlyOne(_) => "exactly_one",
            Self::After(_) => "after",
        }
    }

    /// What a violation of it is called: its key, and of a class of characters which one.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Contains(Class::Lower) => "contains_lower",
            Self::Contains(Class::Upper) => "contains_upper",
            Self::Contains(Class::Digit) => "contains_digit",
            Self::Contains(Class::Special) => "contains_special",
            other => other.key(),
        }
    }

    /// The neighbours that it names: indices into the list that it stands in.
    pub fn neighbours(&self) -> Vec<usize> {
        match self {
            Self::Equals(other) | Self::Unless(other) | Self::After(other) => vec![*other],
            Self::RequiredIf(all) | Self::ForbiddenIf(all) => all.iter().map(|it| it.other).collect(),
            Self::AtLeastOne(group) | Self::ExactlyOne(group) => group.clone(),
            _ => Vec::new(),
        }
    }

    /// What can have it.
    pub fn bearer(&self) -> Bearer {
        match self {
            Self::MinLength(_)
            | Self::MaxLength(_)
            | Self::MinBytes(_)
            | Self::MaxBytes(_)
            | Self::Contains(_)
            | Self::Pattern(_)
            | Self::Format(_) => Bearer::Text,
            Self::Min(_) | Self::Max(_) | Self::MultipleOf(_) => Bearer::Number,
            Self::OneOf(_) => Bearer::Word,
            Self::MaxSize(_) => Bearer::File,
            Self::MinItems(_) | Self::MaxItems(_) => Bearer::Items,
            Self::UniqueItems => Bearer::List,
            Self::After(_) => Bearer::Moment,
            // Any value can be equal, there or missing.
            Self::Equals(_)
            | Self::Unless(_)
            | Self::RequiredIf(_)
            | Self::ForbiddenIf(_)
            | Self::AtLeastOne(_)
            | Self::ExactlyOne(_) => Bearer::Any,
        }
    }

    /// Whether a value meets this. What is no number breaks no range, since its type says so, and what names a
    /// neighbour is for whoever knows that, as the size of a file is for whoever has it. `by` is what values of the type
    /// are the same by.
    pub fn is_met_by(&self, value: &Json, by: By<'_>) -> bool {
        match value {
            Json::Number(text) | Json::String(text) => self.is_met_by_text(text, by),
            Json::Array(items) => {
                self.is_met_by_items(items.len()) && !(*self == Self::UniqueItems && by.repeats(items))
            }
            Json::Object(members) => self.is_met_by_items(members.len()),
            Json::Null | Json::Boolean(_) => true,
        }
    }

    fn is_met_by_text(&self, text: &str, by: By<'_>) -> bool {
        let length = || u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let bytes = || u32::try_from(text.len()).unwrap_or(u32::MAX);
        match self {
            Self::MinLength(least) => length() >= *least,
            Self::MaxLength(most) => length() <= *most,
            Self::MinBytes(least) => bytes() >= *least,
            Self::MaxBytes(most) => bytes() <= *most,
            Self::Min(least) => least.compare(text) != Some(Ordering::Less),
            Self::Max(most) => most.compare(text) != Some(Ordering::Greater),
            Self::MultipleOf(unit) => unit.divides(text) != Some(false),
            Self::OneOf(known) => known.have(by, text),
            Self::Contains(class) => text.chars().any(|character| class.has(character)),
            // A pattern that does not compile is a mistake in the spec, with a rule of its own.
            Self::Pattern(pattern) => whole(pattern).map_or(true, |regex| regex.is_match(text)),
            Self::Format(format) => format.has(text),
            _ => true,
        }
    }

    fn is_met_by_items(&self, count: usize) -> bool {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        match self {
            Self::MinItems(least) => count >= *least,
            Self::MaxItems(most) => count <= *most,
            _ => true,
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

/// Whether a pattern is one by itself.
pub(crate) fn is_regex(pattern: &str) -> bool {
    Regex::new(pattern).is_ok()
}

/// A pattern of the spec, anchored at both ends; compiled once, however many values it is held against.
pub(crate) fn whole(pattern: &str) -> Result<Rc<Regex>, regex_lite::Error> {
    type Compiled = Result<Rc<Regex>, regex_lite::Error>;
    thread_local! {
        static KNOWN: RefCell<HashMap<String, Compiled>> = RefCell::default();
    }
    // On its own first: what is unbalanced could become balanced within the group.
    let compile = || Regex::new(pattern).and_then(|_| Regex::new(&format!("^(?:{pattern})$"))).map(Rc::new);
    KNOWN.with_borrow_mut(|known| match known.get(pattern) {
        Some(compiled) => compiled.clone(),
        None => known.entry(pattern.to_owned()).or_insert_with(compile).clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn text(text: &str) -> Json {
        Json::String(text.to_owned())
    }

    fn number(text: &str) -> Number {
        Number::new(text).unwrap()
    }

    fn meets(constraint: Constraint, good: &[&str], bad: &[&str]) {
        good.iter()
            .for_each(|value| assert!(constraint.is_met_by(&text(value), By::Amount), "{constraint:?} {value:?}"));
        bad.iter()
            .for_each(|value| assert!(!constraint.is_met_by(&text(value), By::Amount), "{constraint:?} {value:?}"));
    }

    #[test]
    fn texts_meet_constraints_or_not() {
        meets(Constraint::MinLength(2), &["äö"], &["ä"]);
        meets(Constraint::MaxLength(2), &["äö"], &["äöü"]);
        meets(Constraint::MinBytes(3), &["äb"], &["ab"]);
        meets(Constraint::MaxBytes(3), &["äb"], &["äö"]);
        meets(Constraint::Min(number("-1")), &["-1", "x"], &["-1.01", "-2"]);
        meets(Constraint::Max(number("2.5")), &["2.50", "-7"], &["2.51", "1e9"]);
        meets(Constraint::MultipleOf(number("0.25")), &["1.75", "0"], &["1.8"]);
        meets(Constraint::Pattern("a|b+".into()), &["bb"], &["ab", "a\n"]);
        meets(Constraint::Format(Format::Email), &["a@b.co"], &["a"]);
        let known = ["a", "1.5"].map(|value| Spanned { value: value.to_owned(), span: Span::default() });
        meets(Constraint::OneOf(known.to_vec().into()), &["a", "1.50"], &["A", "", "2"]);
    }

    #[test]
    fn items_are_counted_and_compared() {
        let list = |items: &[&str]| Json::Array(items.iter().map(|item| text(item)).collect());
        assert!(
            Constraint::MinItems(1).is_met_by(&list(&["a"]), By::AsSent)
                && !Constraint::MinItems(1).is_met_by(&list(&[]), By::AsSent)
        );
        assert!(
            Constraint::MaxItems(1).is_met_by(&list(&["a"]), By::AsSent)
                && !Constraint::MaxItems(1).is_met_by(&list(&["a", "b"]), By::AsSent)
        );
        assert!(Constraint::UniqueItems.is_met_by(&list(&["a", "b"]), By::AsSent));
        assert!(!Constraint::UniqueItems.is_met_by(&list(&["a", "b", "a"]), By::AsSent));
        assert!(!Constraint::MaxItems(0).is_met_by(&Json::Object(vec![("a".into(), Json::Null)]), By::AsSent));
    }

    #[test]
    fn every_class_has_characters_of_its_own() {
        let met = |class, value| Constraint::Contains(class).is_met_by(&text(value), By::Amount);
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
