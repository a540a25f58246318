//! One page of a list.

use super::Position;

/// One page of a list, with what the answer says about the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page<T> {
    /// What is on this page.
    pub items: Vec<T>,
    /// Its number.
    pub number: Option<i64>,
    /// How many items a page has at most.
    pub limit: Option<i64>,
    /// How many items there are on all pages.
    pub total_items: Option<i64>,
    /// How many pages there are.
    pub total_pages: Option<i64>,
    pub(super) next: Option<Position>,
    /// Whether the answer says that there is such a page, where it says so.
    pub(super) exists: bool,
    /// Whether the answer says that others come after it.
    pub(super) continues: bool,
}

impl<T> Page<T> {
    /// Where the next page begins, for `resume`; nothing after what is known to be the last.
    ///
    /// Where an answer does not tell, that is after an empty page alone.
    pub fn next(&self) -> Option<&Position> {
        self.next.as_ref()
    }
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            number: None,
            limit: None,
            total_items: None,
            total_pages: None,
            next: None,
            exists: false,
            continues: false,
        }
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
