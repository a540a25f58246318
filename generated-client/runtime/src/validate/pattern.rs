//! Patterns of the spec, compiled when they are first needed and kept.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use regex_lite::Regex;

/// Every pattern that was needed so far; nothing for one that does not compile.
///
/// They are kept here and not beside the rules, because a table that refers to something that
/// changes can no longer be written as one constant.
static COMPILED: RwLock<BTreeMap<&'static str, Option<Regex>>> = RwLock::new(BTreeMap::new());

/// Whether all of `text` matches.
///
/// The generator refuses patterns that do not compile; if one gets here all the same, it holds
/// nobody up: the server checks as well.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    let is_match = |regex: &Option<Regex>| regex.as_ref().is_none_or(|regex| regex.is_match(text));
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
    fn whole_texts_match() {
        // The second round meets the pattern that the first one compiled.
        for _ in 0..2 {
            let matches = |text| matches("[a-z]+|x1", text);
            assert!(matches("abc") && matches("x1"));
            assert!(!matches("abc1") && !matches("1abc") && !matches("abc\n") && !matches(""));
        }
    }

    #[test]
    fn what_does_not_compile_lets_everything_pass() {
        assert!(matches("(", "anything") && matches("(", "anything else"));
    }
}
