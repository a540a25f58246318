//! Patterns of the spec, compiled when they are first needed and kept.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use regex_lite::Regex;

use super::fact::Run;

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

/// Whether all of `value` is these runs, one after the other.
///
/// The generator writes a pattern as runs only where no run takes what the next ones need, so that each may take all
/// that it can.
pub(crate) fn has_runs(runs: &[Run], value: &str) -> bool {
    let mut rest = value.as_bytes();
    for (ranges, least, most) in runs {
        let is_in = |byte: &u8| {
            ranges.as_bytes().chunks(2).any(|range| matches!(range, [first, last] if (first..=last).contains(&byte)))
        };
        let most = usize::try_from(*most).unwrap_or(usize::MAX);
        let taken = rest.iter().take(most).take_while(|byte| is_in(byte)).count();
        if taken < usize::try_from(*least).unwrap_or(usize::MAX) {
            return false;
        }
        rest = &rest[taken..];
    }
    rest.is_empty()
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
    fn runs_take_what_they_can() {
        let code = |value| has_runs(&[("azAZ", 2, 2), ("--", 0, 1), ("09", 1, u32::MAX)], value);
        assert!(code("aZ1") && code("xy-0123456789"));
        for value in ["", "a1", "abc1", "ab", "ab-", "ab--1", "ab1-", "äb1", "ab1\n"] {
            assert!(!code(value), "{value:?}");
        }
        assert!(has_runs(&[], "") && !has_runs(&[], "a"));
    }

    #[test]
    fn lets_everything_pass_when_it_does_not_compile() {
        assert!(matches_pattern("(", "anything") && matches_pattern("(", "anything else"));
    }
}
