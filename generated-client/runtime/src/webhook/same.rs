//! Comparing without telling how far two values agree.

use std::hint::black_box;

/// Takes the same time wherever two values of one length differ.
pub(crate) fn same(given: &[u8], expected: &[u8]) -> bool {
    let difference = given.iter().zip(expected).fold(0, |seen, (a, b)| black_box(seen | (a ^ b)));
    // What is empty proves nothing.
    given.len() == expected.len() && difference == 0 && !given.is_empty()
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn only_what_is_equal_and_something_is_the_same() {
        assert!(same(b"abc", b"abc"));
        for (given, expected) in [("abc", "abd"), ("abc", "ab"), ("ab", "abc"), ("", "a"), ("a", ""), ("", "")] {
            assert!(!same(given.as_bytes(), expected.as_bytes()), "{given} {expected}");
        }
    }
}
