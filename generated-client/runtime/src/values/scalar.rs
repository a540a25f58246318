//! Generated types that are one JSON scalar: ids, and enums of texts that the server may extend.

use std::borrow::Cow;

use super::NumberOrText;

/// A generated scalar. `Read` and `Wire` follow from it.
///
/// `Default` is what a reader fills: zero, or the text or number that is not known.
pub trait Scalar: Clone + Default + PartialEq + 'static {
    /// The known texts of an enum, each with its variant. An id has none.
    const WORDS: &'static [(&'static str, Self)] = &[];

    /// What the value is made of.
    fn repr(&mut self) -> Repr<'_>;

    /// Whether it is a number in JSON; of an enum, whether its values are, whichever it is.
    fn is_number(&self) -> bool {
        match Self::default().repr() {
            Repr::Number(_) | Repr::Unsigned(_) => true,
            Repr::NumberOrText(_) => matches!(self.clone().repr(), Repr::NumberOrText(value) if value.is_number()),
            Repr::Text(_) | Repr::Word | Repr::Other(_) => false,
        }
    }
}

/// What a generated scalar is made of.
#[derive(Debug, PartialEq)]
pub enum Repr<'a> {
    /// The number that an id is, or that stands for no known value of an enum of numbers.
    Number(&'a mut i64),
    /// The number that an id is, where that is never negative.
    Unsigned(&'a mut u64),
    /// The text that an id is.
    Text(&'a mut String),
    /// The number or text that an id is.
    NumberOrText(&'a mut NumberOrText),
    /// A variant of an enum that stands in `WORDS`.
    Word,
    /// A text that does not.
    Other(&'a mut String),
}

/// The value as text: as the wire spells it.
pub fn word<T: Scalar>(value: &T) -> Cow<'static, str> {
    match value.clone().repr() {
        Repr::Number(number) => Cow::Owned(number.to_string()),
        Repr::Unsigned(number) => Cow::Owned(number.to_string()),
        Repr::NumberOrText(value) => Cow::Owned(value.to_string()),
        Repr::Word => Cow::Borrowed(T::WORDS.iter().find(|(_, known)| known == value).map_or("", |(word, _)| word)),
        Repr::Text(text) | Repr::Other(text) => Cow::Owned(std::mem::take(text)),
    }
}

/// Makes an enum what a text stands for.
pub(crate) fn set_word<T: Scalar>(value: &mut T, text: &str) {
    match T::WORDS.iter().find(|(word, _)| *word == text) {
        Some((_, known)) => *value = known.clone(),
        None => {
            *value = T::default();
            if let Repr::Other(other) = value.repr() {
                text.clone_into(other);
            }
        }
    }
}

/// Makes an enum of numbers what a number stands for.
pub(crate) fn set_number<T: Scalar>(value: &mut T, number: i64) {
    let text = number.to_string();
    match T::WORDS.iter().find(|(word, _)| *word == text) {
        Some((_, known)) => *value = known.clone(),
        None => {
            *value = T::default();
            if let Repr::Number(other) = value.repr() {
                *other = number;
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, Default, PartialEq)]
    pub(crate) struct UserId(pub(crate) i64);

    impl Scalar for UserId {
        fn repr(&mut self) -> Repr<'_> {
            Repr::Number(&mut self.0)
        }
    }

    #[derive(Clone, Debug, PartialEq)]
    pub(crate) enum Role {
        Teacher,
        GlobalProctor,
        Other(String),
    }

    impl Scalar for Role {
        const WORDS: &'static [(&'static str, Self)] =
            &[("teacher", Self::Teacher), ("global_proctor", Self::GlobalProctor)];

        fn repr(&mut self) -> Repr<'_> {
            if let Self::Other(text) = self { Repr::Other(text) } else { Repr::Word }
        }
    }

    impl Default for Role {
        fn default() -> Self {
            Self::Other(String::new())
        }
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    pub(crate) enum Level {
        Low,
        Other(i64),
    }

    impl Scalar for Level {
        const WORDS: &'static [(&'static str, Self)] = &[("-1", Self::Low)];

        fn repr(&mut self) -> Repr<'_> {
            if let Self::Other(number) = self { Repr::Number(number) } else { Repr::Word }
        }
    }

    impl Default for Level {
        fn default() -> Self {
            Self::Other(0)
        }
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    pub(crate) struct Reference(pub(crate) NumberOrText);

    impl Scalar for Reference {
        fn repr(&mut self) -> Repr<'_> {
            Repr::NumberOrText(&mut self.0)
        }
    }

    fn from_word(text: &str) -> Role {
        let mut role = Role::Teacher;
        set_word(&mut role, text);
        role
    }

    #[test]
    fn knows_its_words_and_keeps_the_others() {
        assert_eq!(from_word("global_proctor"), Role::GlobalProctor);
        assert_eq!(word(&Role::Teacher), "teacher");
        assert_eq!(from_word("janitor"), Role::Other("janitor".into()));
        assert_eq!(word(&from_word("janitor")), "janitor");
        assert_eq!(word(&UserId(-7)), "-7");
        let mut level = Level::Other(3);
        set_number(&mut level, -1);
        assert_eq!((level, word(&level).as_ref(), level.is_number()), (Level::Low, "-1", true));
        set_number(&mut level, 7);
        assert_eq!((level, word(&level).as_ref()), (Level::Other(7), "7"));
        assert!(UserId(1).is_number() && !Role::Teacher.is_number());
        assert!(Reference(2_i64.into()).is_number() && !Reference("2".into()).is_number());
    }
}
