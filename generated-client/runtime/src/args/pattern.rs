//! Patterns of the spec, compiled when they are first needed and kept.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use regex_lite::Regex;

/// A regular expression that a whole value must match.
#[derive(Clone, Copy, Debug)]
pub struct Pattern(&'static str);

/// Every pattern that was needed so far; nothing for one that does not compile.
///
/// They are kept here and not in the pattern, because a table that refers to something that changes
/// can no longer be written as one constant.
static COMPILED: RwLock<BTreeMap<&'static str, Option<Regex>>> = RwLock::new(BTreeMap::new());

impl Pattern {
    /// The pattern as the spec writes it, without anchors.
    pub const fn new(text: &'static str) -> Self {
        Self(text)
    }

    /// The pattern as the spec writes it.
    pub fn as_str(&self) -> &'static str {
        self.0
    }

    /// Whether all of `value` matches.
    ///
    /// The generator refuses patterns that do not compile; if one gets here all the same, it holds
    /// nobody up: the server checks as well.
    pub fn matches(&self, value: &str) -> bool {
        let is_match = |regex: &Option<Regex>| regex.as_ref().is_none_or(|regex| regex.is_match(value));
        if let Some(regex) = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(self.0) {
            return is_match(regex);
        }
        let regex = Regex::new(&format!(r"\A(?:{})\z", self.0)).ok();
        let is_met = is_match(&regex);
        COMPILED.write().unwrap_or_else(PoisonError::into_inner).insert(self.0, regex);
        is_met
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_whole_values_only() {
        let words = Pattern::new("[a-z]+|x1");
        // The second round meets the pattern that the first one compiled.
        for _ in 0..2 {
            assert!(words.matches("abc") && words.matches("x1"));
            assert!(!words.matches("abc1") && !words.matches("1abc") && !words.matches("abc\n") && !words.matches(""));
        }
    }

    #[test]
    fn lets_everything_pass_when_it_does_not_compile() {
        let broken = Pattern::new("(");
        assert!(broken.matches("anything") && broken.matches("anything else"));
    }
}
