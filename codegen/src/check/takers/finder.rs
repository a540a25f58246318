//! Which of many texts stand somewhere in another: all are looked for at once, while it is read.

use std::collections::{HashMap, HashSet};

/// Texts by their bytes. The first node is where nothing is known yet.
pub(super) struct Finder {
    steps: HashMap<(usize, u8), usize>,
    nodes: Vec<Node>,
}

/// What is known after some bytes, which are the beginning of a text.
#[derive(Clone, Default)]
struct Node {
    /// The node of the longest beginning that these end with.
    fallback: usize,
    /// The text that these are.
    text: Option<usize>,
    /// The node of the longest text that these end with and are not.
    shorter: usize,
}

impl Finder {
    /// For these texts, each by its number.
    pub(super) fn of<'t>(texts: impl IntoIterator<Item = (&'t str, usize)>) -> Self {
        let mut finder = Self { steps: HashMap::new(), nodes: vec![Node::default()] };
        // Each node with the byte that leads to it, and from where, by how many bytes are known.
        let mut levels: Vec<Vec<(usize, u8, usize)>> = Vec::new();
        for (text, number) in texts {
            let mut at = 0;
            for (level, byte) in text.bytes().enumerate() {
                let next = *finder.steps.entry((at, byte)).or_insert(finder.nodes.len());
                if next == finder.nodes.len() {
                    finder.nodes.push(Node::default());
                    if level == levels.len() {
                        levels.push(Vec::new());
                    }
                    levels[level].push((at, byte, next));
                }
                at = next;
            }
            finder.nodes[at].text = Some(number);
        }
        // Those of the first byte fall back to where nothing is known.
        for (from, byte, node) in levels.into_iter().skip(1).flatten() {
            let fallback = finder.step(finder.nodes[from].fallback, byte);
            let known = &finder.nodes[fallback];
            let shorter = if known.text.is_some() { fallback } else { known.shorter };
            finder.nodes[node] = Node { fallback, shorter, ..finder.nodes[node].clone() };
        }
        finder
    }

    /// What is known after one more byte.
    fn step(&self, mut at: usize, byte: u8) -> usize {
        loop {
            match self.steps.get(&(at, byte)) {
                Some(next) => return *next,
                None if at == 0 => return 0,
                None => at = self.nodes[at].fallback,
            }
        }
    }

    /// The numbers of those that stand in a text, each once.
    pub(super) fn found_in(&self, text: &str) -> Vec<usize> {
        // An empty one stands in every text.
        let mut found: Vec<usize> = self.nodes[0].text.into_iter().collect();
        if self.steps.is_empty() {
            return found;
        }
        let (mut seen, mut at) = (HashSet::new(), 0);
        for byte in text.bytes() {
            at = self.step(at, byte);
            let mut end = at;
            while end != 0 && seen.insert(end) {
                found.extend(self.nodes[end].text);
                end = self.nodes[end].shorter;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Finder;

    #[test]
    fn whatever_stands_in_a_text_is_found_once() {
        let texts = ["", "a", "ab", "bab", "abc", "bc", "caa", "aaa", "é", "b"];
        let finder = Finder::of(texts.into_iter().zip(0..));
        for text in ["", "ab", "abccab", "babab", "aaaa", "xcaaé", "abab", "bcaab", "ccc"] {
            let mut found = finder.found_in(text);
            found.sort_unstable();
            let expected: Vec<usize> = (0..texts.len()).filter(|at| text.contains(texts[*at])).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
