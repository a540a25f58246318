//! Patterns of the spec, compiled when they are first needed.

use std::fmt;
use std::sync::OnceLock;

use regex_lite::Regex;

/// A regular expression that a whole value must match.
pub struct Pattern {
    text: &'static str,
    /// `None` once it turned out not to compile.
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// The pattern as the spec writes it, without anchors.
    pub const fn new(text: &'static str) -> Self {
        Self { text, regex: OnceLock::new() }
    }

    /// The pattern as the spec writes it.
    pub fn as_str(&self) -> &'static str {
        self.text
    }

    /// Whether all of `value` matches.
    ///
    /// The generator refuses patterns that do not compile; if one gets here all the same, it holds
    /// nobody up: the server checks as well.
    pub fn matches(&self, value: &str) -> bool {
        let compile = || Regex::new(&format!(r"\A(?:{})\z", self.text)).ok();
        self.regex.get_or_init(compile).as_ref().is_none_or(|regex| regex.is_match(value))
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({:?})", self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_whole_values_only() {
        static WORDS: Pattern = Pattern::new("[a-z]+|x1");
        assert!(WORDS.matches("abc") && WORDS.matches("x1"));
        assert!(!WORDS.matches("abc1") && !WORDS.matches("1abc") && !WORDS.matches("abc\n") && !WORDS.matches(""));
    }

    #[test]
    fn lets_everything_pass_when_it_does_not_compile() {
        assert!(Pattern::new("(").matches("anything"));
    }
}
