//! What a misspelt word was probably meant to be.

/// Longer words are not compared: the work grows with the square of their length.
const MAX_LENGTH: usize = 64;

/// More words than this are neither compared nor listed: nobody reads them.
const MAX_WORDS: usize = 64;

/// The help for a word that is not among those known here: the nearest of them, and all; empty where there are none.
pub fn among<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().take(MAX_WORDS + 1).collect();
    let list: Vec<String> = known.iter().take(MAX_WORDS).map(|word| format!("`{word}`")).collect();
    let more = if known.len() > MAX_WORDS { ", …" } else { "" };
    match (nearest(word, known.iter().copied()), list.is_empty()) {
        (_, true) => String::new(),
        (Some(meant), false) => format!("did you mean `{meant}`? known here: {}{more}", list.join(", ")),
        (None, false) => format!("known here: {}{more}", list.join(", ")),
    }
}

/// The known word nearest to this one, if one is near enough to be what was meant.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let allowed = length.div_ceil(3).min(length / 2);
    known
        .into_iter()
        .filter(|candidate| length <= MAX_LENGTH && candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (if candidate.eq_ignore_ascii_case(word) { 0 } else { distance(word, candidate) }, candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters must be added, removed, replaced or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut last = None;
    for (row, left) in a.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, right) in b.iter().enumerate() {
            let replaced = above[column] + usize::from(left != *right);
            let mut best = replaced.min(above[column + 1] + 1).min(current[column] + 1);
            if column > 0 && last == Some(*right) && b[column - 1] == left {
                best = best.min(before[column - 1] + 1);
            }
            current.push(best);
        }
        before = std::mem::replace(&mut above, current);
        last = Some(left);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger_are_recognised() {
        let known = ["string", "integer", "boolean"];
        assert_eq!(nearest("strnig", known), Some("string"));
        assert_eq!(nearest("integers", known), Some("integer"));
        assert_eq!(nearest("bolean", known), Some("boolean"));
        assert_eq!(nearest("text", known), None);
        assert_eq!(nearest("x", ["y", ""]), None);
        assert_eq!(nearest(&"a".repeat(100_000), known), None);
    }
}
