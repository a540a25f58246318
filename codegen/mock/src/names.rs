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

    /// Those whose names begin like this, in the order sent.
    pub(crate) fn beginning(&self, beginning: &str) -> impl Iterator<Item = &'t (String, String)> {
        let found = self.by_name.range(beginning..).take_while(|(name, _)| name.starts_with(beginning));
        let mut found: Vec<usize> = found.flat_map(|(_, at)| at).copied().collect();
        found.sort_unstable();
        found.into_iter().filter_map(|at| self.texts.get(at))
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
