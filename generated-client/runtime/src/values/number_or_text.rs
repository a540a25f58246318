//! Values that a server sends as numbers one day and as texts the next.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A number or a text, as it came: `2` or `"2"`.
///
/// It is sent back as it came. Two of them are equal when they read the same, whichever kind they are.
#[derive(Clone, Default)]
pub struct NumberOrText {
    text: Box<str>,
    is_number: bool,
}

impl NumberOrText {
    /// What it reads.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it came as a number.
    pub fn is_number(&self) -> bool {
        self.is_number
    }

    /// A number as it stands in an answer.
    pub(crate) fn number(text: &str) -> Self {
        Self { text: text.into(), is_number: true }
    }
}

impl From<i64> for NumberOrText {
    fn from(number: i64) -> Self {
        Self::number(&number.to_string())
    }
}

impl From<u64> for NumberOrText {
    fn from(number: u64) -> Self {
        Self::number(&number.to_string())
    }
}

impl From<&str> for NumberOrText {
    fn from(text: &str) -> Self {
        Self { text: text.into(), is_number: false }
    }
}

impl From<String> for NumberOrText {
    fn from(text: String) -> Self {
        Self { text: text.into(), is_number: false }
    }
}

impl fmt::Display for NumberOrText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for NumberOrText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_number { f.write_str(&self.text) } else { write!(f, "{:?}", self.text) }
    }
}

impl PartialEq for NumberOrText {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for NumberOrText {}

impl PartialOrd for NumberOrText {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for NumberOrText {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for NumberOrText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_same_and_stays_what_it_was() {
        let (number, text) = (NumberOrText::from(2_i64), NumberOrText::from("2"));
        assert_eq!(number, text);
        assert!(number.is_number() && !text.is_number());
        assert_eq!(format!("{number} {text} {number:?} {text:?}"), "2 2 2 \"2\"");
        assert_ne!(NumberOrText::from("02"), number);
    }
}
