//! Patterns of the spec, compiled when they are first needed and kept.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use regex_lite::Regex;

/// Every pattern that was needed so far; nothing for one that does not compile.
///
/// They are kept here and not in the pattern, because a table that refers to something that changes
/// can no longer be written as one constant.
static COMPILED: RwLock<BTreeMap<&'static str, Option<Regex>>> = RwLock::new(BTreeMap::new());

/// Whether all of `value` matches.
///
/// The generator refuses patterns that do not compile; if one gets here all the same, it holds
/// nobody up: the server checks as well.
pub(crate) fn matches_pattern(pattern: &'static str, value: &str) -> bool {
    let is_match = |regex: &Option<Regex>| regex.as_ref().is_none_or(|regex| regex.is_match(value));
    if let Some(regex) = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(pattern) {
        return is_match(regex);
    }
    let regex = Regex::new(&format!(r"\A(?:{pattern})\z")).ok();
    let is_met = is_match(&regex);
    COMPILED.write().unwrap_or_else(PoisonError::into_inner).insert(pattern, regex);
    is_met
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_whole_values_only() {
        let words = |value| matches_pattern("[a-z]+|x1", value);
        // The second round meets the pattern that the first one compiled.
        for _ in 0..2 {
            assert!(words("abc") && words("x1"));
            assert!(!words("abc1") && !words("1abc") && !words("abc\n") && !words(""));
        }
    }

    #[test]
    fn lets_everything_pass_when_it_does_not_compile() {
        assert!(matches_pattern("(", "anything") && matches_pattern("(", "anything else"));
    }
}
