//! Patterns that are so simple that a loop over the bytes decides them.

/// Bytes, from the first to the last of each range.
pub type Ranges = Vec<(u8, u8)>;

/// Bytes that may stand there, as ranges, and how often: at least and at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// From the first to the last of each range.
    pub ranges: Ranges,
    /// At least so many.
    pub least: u32,
    /// At most so many; `u32::MAX` where there is no end.
    pub most: u32,
}

/// The runs that a pattern is, one after the other; `None` where it takes more than a loop to match it.
///
/// Each run may take all that it can: what may follow a run of varying length is nothing that the run takes itself.
pub fn runs(pattern: &str) -> Option<Vec<Run>> {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    let pattern = match pattern.strip_suffix('$') {
        Some(stripped) if !stripped.ends_with('\\') => stripped,
        _ => pattern,
    };
    let mut rest = pattern.as_bytes();
    let mut runs = Vec::new();
    while !rest.is_empty() {
        let (ranges, after) = atom(rest)?;
        let (least, most, after) = times(after)?;
        runs.push(Run { ranges, least, most });
        rest = after;
    }
    is_decided(&runs).then_some(runs)
}

/// One character or class at the start.
fn atom(text: &[u8]) -> Option<(Ranges, &[u8])> {
    match text {
        [b'[', rest @ ..] => class(rest),
        [b'\\', escaped, rest @ ..] => Some((escape(*escaped)?, rest)),
        [b'.' | b'(' | b')' | b'|' | b'*' | b'+' | b'?' | b'{' | b'}' | b'^' | b'$' | b'\\' | b']', ..] => None,
        [byte, rest @ ..] if is_plain(*byte) => Some((vec![(*byte, *byte)], rest)),
        _ => None,
    }
}

/// The rest of a class after its bracket.
fn class(text: &[u8]) -> Option<(Ranges, &[u8])> {
    let mut ranges = Vec::new();
    let mut rest = text;
    loop {
        match rest {
            [b']', after @ ..] if !ranges.is_empty() => return Some((ranges, after)),
            [b'\\', escaped, after @ ..] => {
                ranges.extend(escape(*escaped)?);
                // A range that begins with an escape is for the engine.
                if let [b'-', next, ..] = after
                    && *next != b']'
                {
                    return None;
                }
                rest = after;
            }
            [first, b'-', last, after @ ..] if *last != b']' => {
                if !first.is_ascii_alphanumeric() || !last.is_ascii_alphanumeric() || first > last {
                    return None;
                }
                ranges.push((*first, *last));
                rest = after;
            }
            // Of these, some mean something at the start or twice, and all can be escaped.
            [b'[' | b']' | b'^' | b'&' | b'~', ..] => return None,
            [b'-', after @ ..] if ranges.is_empty() || after.first() == Some(&b']') => {
                ranges.push((b'-', b'-'));
                rest = after;
            }
            [b'-', ..] => return None,
            [byte, after @ ..] if is_plain(*byte) => {
                ranges.push((*byte, *byte));
                rest = after;
            }
            _ => return None,
        }
    }
}

/// What stands after a backslash.
fn escape(byte: u8) -> Option<Ranges> {
    match byte {
        b'd' => Some(vec![(b'0', b'9')]),
        b'w' => Some(vec![(b'a', b'z'), (b'A', b'Z'), (b'0', b'9'), (b'_', b'_')]),
        byte if byte.is_ascii_punctuation() => Some(vec![(byte, byte)]),
        _ => None,
    }
}

fn is_plain(byte: u8) -> bool {
    byte == b' ' || byte.is_ascii_graphic()
}

/// How often what stands before may stand there.
fn times(text: &[u8]) -> Option<(u32, u32, &[u8])> {
    let (least, most, rest) = match text {
        [b'?', rest @ ..] => (0, 1, rest),
        [b'*', rest @ ..] => (0, u32::MAX, rest),
        [b'+', rest @ ..] => (1, u32::MAX, rest),
        [b'{', rest @ ..] => {
            let end = rest.iter().position(|byte| *byte == b'}')?;
            let (inside, rest) = (std::str::from_utf8(&rest[..end]).ok()?, &rest[end + 1..]);
            match inside.split_once(',') {
                None => (inside.parse().ok()?, inside.parse().ok()?, rest),
                Some((least, "")) => (least.parse().ok()?, u32::MAX, rest),
                Some((least, most)) => (least.parse().ok()?, most.parse().ok()?, rest),
            }
        }
        rest => (1, 1, rest),
    };
    // What takes as little as it can, or is repeated again, is for the engine.
    (least <= most && !matches!(rest, [b'?' | b'*' | b'+' | b'{', ..])).then_some((least, most, rest))
}

/// Whether no run takes what one of the next may need.
fn is_decided(runs: &[Run]) -> bool {
    let overlap =
        |one: &Run, other: &Run| one.ranges.iter().any(|a| other.ranges.iter().any(|b| a.0 <= b.1 && b.0 <= a.1));
    runs.iter().enumerate().filter(|(_, run)| run.least < run.most).all(|(at, run)| {
        let mut next = runs[at + 1..].iter();
        // Up to the first that must be there, each may be what follows.
        loop {
            match next.next() {
                Some(next) if overlap(run, next) && next.most > 0 => return false,
                Some(next) if next.least > 0 => return true,
                Some(_) => {}
                None => return true,
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::whole;

    fn matches(runs: &[Run], text: &str) -> bool {
        let mut rest = text.as_bytes();
        for run in runs {
            let is_in = |byte: &&u8| run.ranges.iter().any(|(first, last)| (first..=last).contains(byte));
            let taken = rest.iter().take(run.most as usize).take_while(is_in).count();
            if taken < run.least as usize {
                return false;
            }
            rest = &rest[taken..];
        }
        rest.is_empty()
    }

    /// Every text of up to four of these is matched as the engine matches it.
    #[test]
    fn runs_match_what_the_engine_matches() {
        let letters = ["a", "b", "Z", "1", "-", "_", ".", " ", "é", "\n"];
        let mut texts = vec![String::new()];
        let mut last = texts.clone();
        for _ in 0..4 {
            last = last.iter().flat_map(|text| letters.iter().map(move |letter| format!("{text}{letter}"))).collect();
            texts.extend(last.iter().cloned());
        }
        let patterns = [
            "[a-z]{2}[0-9]+",
            "^[a-zA-Z]+$",
            r"\d{1,3}",
            "a?b?1*",
            "[a-z]*[A-Z]?[0-9]",
            r"\w+",
            "a{2}b{1,}",
            "[ab_-]+",
            r"[\w.]*",
            r"a\.b",
            "",
            "a{0}b",
            "[^ab]?",
            "a+a",
            "(a|b)+",
        ];
        let mut simple = 0;
        for pattern in patterns {
            let Some(runs) = runs(pattern) else { continue };
            simple += 1;
            let engine = whole(pattern).unwrap();
            for text in &texts {
                assert_eq!(matches(&runs, text), engine.is_match(text), "{pattern} {text:?}");
            }
        }
        assert_eq!(simple, 12);
    }

    #[test]
    fn what_takes_looking_back_is_for_the_engine() {
        for pattern in [
            "a|b",
            "(ab)+",
            ".+",
            "[^a]",
            "a+ab",
            "a*?b",
            "a?[a-c]",
            "[a-z]+[0-9]*[x-z]",
            r"\s",
            r"\bx",
            "é",
            "[é]",
            "a{x}",
            "(?i)a",
            "a**",
            "[a&&b]",
            "[[:alpha:]]",
            "a^b",
            "a$b",
            r"a\",
            "[",
            "[]",
            "a{3,2}",
            r"[\d-z]",
        ] {
            assert_eq!(runs(pattern), None, "{pattern}");
        }
    }
}
