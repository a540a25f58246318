//! Generated types that are one JSON scalar: ids, and enums of texts that the server may extend.

use std::borrow::Cow;

/// A generated scalar. `Read` and `Wire` follow from it.
///
/// `Default` is what a reader fills: zero, or the text that is not known.
pub trait Scalar: Clone + Default + PartialEq + 'static {
    /// The known texts of an enum, each with its variant. An id has none.
    const WORDS: &'static [(&'static str, Self)] = &[];

    /// What the value is made of.
    fn repr(&mut self) -> Repr<'_>;
}

/// What a generated scalar is made of.
#[derive(Debug, PartialEq)]
pub enum Repr<'a> {
    /// The number that an id is.
    Number(&'a mut i64),
    /// A variant of an enum that stands in `WORDS`.
    Word,
    /// A text that does not.
    Other(&'a mut String),
}

/// The value as text: as the wire spells it.
pub fn word<T: Scalar>(value: &T) -> Cow<'static, str> {
    match value.clone().repr() {
        Repr::Number(number) => Cow::Owned(number.to_string()),
        Repr::Word => Cow::Borrowed(T::WORDS.iter().find(|(_, known)| known == value).map_or("", |(word, _)| word)),
        Repr::Other(text) => Cow::Owned(std::mem::take(text)),
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
    }
}
