//! Pairs of names and texts, found by name.

use std::collections::BTreeMap;

/// Pairs in the order sent, with an index: a hostile request may have very many.
pub(crate) struct Names<'t> {
    texts: &'t [(String, String)],
    by_name: BTreeMap<&'t str, Vec<usize>>,
}

impl<'t> Names<'t> {
    pub(crate) fn new(texts: &'t [(String, String)]) -> Self {
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, (name, _)) in texts.iter().enumerate() {
            by_name.entry(name).or_default().push(at);
        }
        Self { texts, by_name }
    }

    /// All of them.
    pub(crate) fn texts(&self) -> &'t [(String, String)] {
        self.texts
    }

    /// Whether a name begins like this.
    pub(crate) fn any(&self, beginning: &str) -> bool {
        let next = self.by_name.range(beginning..).next();
        next.is_some_and(|(name, _)| name.starts_with(beginning))
    }

    /// The texts of a name.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &'t str> {
        let found = self.by_name.get(name).into_iter().flatten();
        found.filter_map(|at| self.texts.get(*at)).map(|(_, text)| text.as_str())
    }

    /// The last text of a name.
    pub(crate) fn text(&self, name: &str) -> Option<&'t str> {
        self.all(name).last()
    }
}
