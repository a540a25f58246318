//! Enums of texts that the server may extend.

/// An enum whose known variants are texts, and which keeps a text it does not know.
///
/// `Read` and `Wire` follow from it.
pub trait OpenEnum: Clone + PartialEq + 'static {
    /// Each known text with its variant.
    const WORDS: &'static [(&'static str, Self)];
    /// Makes the variant of a text that is not known.
    const OTHER: fn(String) -> Self;

    /// The text, if it is one that is not known.
    fn other(&self) -> Option<&str>;
}

/// The text of an open enum's variant, as the wire spells it.
pub fn word<T: OpenEnum>(value: &T) -> &str {
    value
        .other()
        .or_else(|| T::WORDS.iter().find(|(_, known)| known == value).map(|(word, _)| *word))
        .unwrap_or_default()
}

/// The variant that a text stands for.
pub(crate) fn from_word<T: OpenEnum>(text: &str) -> T {
    match T::WORDS.iter().find(|(word, _)| *word == text) {
        Some((_, known)) => known.clone(),
        None => T::OTHER(text.to_owned()),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    pub(crate) enum Role {
        Teacher,
        GlobalProctor,
        Other(String),
    }

    impl OpenEnum for Role {
        const WORDS: &'static [(&'static str, Self)] =
            &[("teacher", Self::Teacher), ("global_proctor", Self::GlobalProctor)];
        const OTHER: fn(String) -> Self = Self::Other;

        fn other(&self) -> Option<&str> {
            match self {
                Self::Other(text) => Some(text),
                _ => None,
            }
        }
    }

    impl Default for Role {
        fn default() -> Self {
            Self::Other(String::new())
        }
    }

    #[test]
    fn knows_its_words_and_keeps_the_others() {
        assert_eq!(from_word::<Role>("global_proctor"), Role::GlobalProctor);
        assert_eq!(word(&Role::Teacher), "teacher");
        assert_eq!(from_word::<Role>("janitor"), Role::Other("janitor".into()));
        assert_eq!(word(&from_word::<Role>("janitor")), "janitor");
    }
}
