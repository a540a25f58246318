//! What somebody may have meant.

/// Words beyond this many are neither compared nor listed: nobody reads them.
const MAX_WORDS: usize = 64;

/// The nearest word, if one is near, and all that there are: the help for a word that is not among them.
pub(crate) fn among<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> String {
    let known: Vec<&str> = known.into_iter().take(MAX_WORDS + 1).collect();
    if known.is_empty() {
        return String::new();
    }
    let nearest = known
        .iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().max(3) / 3);
    let list: Vec<String> = known.iter().take(MAX_WORDS).map(|word| format!("`{word}`")).collect();
    let list = format!("known here: {}{}", list.join(", "), if known.len() > MAX_WORDS { ", …" } else { "" });
    match nearest {
        Some((_, candidate)) => format!("did you mean `{candidate}`? {list}"),
        None => list,
    }
}

/// How many characters to insert, delete or replace; long words are far from everything.
fn distance(a: &str, b: &str) -> usize {
    if a.len() > 40 || b.len() > 40 {
        return usize::MAX;
    }
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, a) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((b, corner), above) in b.iter().zip(&row).zip(row.iter().skip(1)) {
            let left = next.last().copied().unwrap_or_default();
            next.push((corner + usize::from(a != *b)).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::among;

    #[test]
    fn names_the_nearest_word_only_when_it_is_near() {
        assert_eq!(among("requierd", ["type", "required"]), "did you mean `required`? known here: `type`, `required`");
        assert_eq!(among("colour", ["type", "required"]), "known here: `type`, `required`");
    }
}
