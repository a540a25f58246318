//! Generated types that are one JSON scalar: ids, and enums of texts that the server may extend.

use std::borrow::Cow;
use std::fmt::Debug;

use super::NumberOrText;

/// A generated scalar. `Read` and `Wire` follow from it.
///
/// `Default` is what a reader fills: zero, or the text or number that is not known.
pub trait Scalar: Words + Clone + Debug + Default + PartialEq {
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

/// The known texts of an enum, each with its variant: what one enum has that no other has. An id has none.
pub trait Words: Sized + 'static {
    /// One line a text, in the order of the spec.
    const WORDS: &'static [(&'static str, Self)] = &[];
}

/// Makes a generated newtype an id, made of what the variant of [`Repr`] holds. A macro, because only its own crate
/// may say how a type displays.
#[doc(hidden)]
#[macro_export]
macro_rules! __id {
    ($id:ident, $repr:ident) => {
        impl $crate::rt::Words for $id {}
        impl $crate::rt::Scalar for $id {
            fn repr(&mut self) -> $crate::rt::Repr<'_> {
                $crate::rt::Repr::$repr(&mut self.0)
            }
        }
        impl ::std::fmt::Display for $id {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        $crate::rt::serialize!($id);
    };
}

/// Makes a generated enum one of values, of which the server may know more: those go to the variant named second,
/// which holds what the variant of [`Repr`] does.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    ($open:ident, $other:ident, $repr:ident) => {
        impl $crate::rt::Scalar for $open {
            fn repr(&mut self) -> $crate::rt::Repr<'_> {
                if let Self::$other(value) = self { $crate::rt::Repr::$repr(value) } else { $crate::rt::Repr::Word }
            }
        }
        impl ::std::default::Default for $open {
            fn default() -> Self {
                Self::$other(::std::default::Default::default())
            }
        }
        impl ::std::fmt::Display for $open {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&$crate::rt::word(self))
            }
        }
        $crate::rt::serialize!($open);
    };
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
    use crate::rt;

    #[derive(Clone, Copy, Debug, Default, PartialEq)]
    pub(crate) struct UserId(pub(crate) i64);

    rt::id!(UserId, Number);

    #[derive(Clone, Debug, PartialEq)]
    pub(crate) enum Role {
        Teacher,
        GlobalProctor,
        Other(String),
    }

    rt::open_enum!(Role, Other, Other);

    impl rt::Words for Role {
        const WORDS: &'static [(&'static str, Self)] =
            &[("teacher", Self::Teacher), ("global_proctor", Self::GlobalProctor)];
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    pub(crate) enum Level {
        Low,
        Other(i64),
    }

    rt::open_enum!(Level, Other, Number);

    impl rt::Words for Level {
        const WORDS: &'static [(&'static str, Self)] = &[("-1", Self::Low)];
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    pub(crate) struct Reference(pub(crate) NumberOrText);

    rt::id!(Reference, NumberOrText);

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

    #[test]
    fn displays_as_the_wire_spells_it() {
        assert_eq!(
            format!("{:>4} {} {}", UserId(-7), Role::GlobalProctor, from_word("janitor")),
            "  -7 global_proctor janitor"
        );
        assert_eq!(Role::default(), Role::Other(String::new()));
    }
}
