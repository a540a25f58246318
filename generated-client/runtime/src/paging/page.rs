//! One page of a list.

use http::header::HeaderMap;

use crate::tables::PageRules;

/// One page of a list, with what the answer's headers say about the whole.
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
}

impl<T> Page<T> {
    /// Reads the totals leniently: a header that is missing, no number or negative says nothing.
    pub(crate) fn new(items: Vec<T>, headers: &HeaderMap, rules: Option<&PageRules>) -> Self {
        let names = rules.map(|rules| rules.headers).unwrap_or_default();
        let number = |name: &str| {
            let number = headers.get(name)?.to_str().ok()?.trim().parse().ok()?;
            (number >= 0).then_some(number)
        };
        Self {
            items,
            number: number(names.page),
            limit: number(names.limit),
            total_items: number(names.items),
            total_pages: number(names.pages),
        }
    }
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { items: Vec::new(), number: None, limit: None, total_items: None, total_pages: None }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::PageHeaders;

    #[test]
    fn totals_are_read_leniently() {
        let names = PageHeaders { items: "X-Items", pages: "X-Pages", page: "X-Page", limit: "X-Limit" };
        let rules = PageRules { page: "page", first: 1, headers: names };
        let mut headers = HeaderMap::new();
        headers.insert("x-items", " 7 ".parse().unwrap());
        headers.insert("x-pages", "many".parse().unwrap());
        headers.insert("x-page", "-1".parse().unwrap());
        let page = Page::new(vec!["a"], &headers, Some(&rules));
        assert_eq!(page, Page { items: vec!["a"], total_items: Some(7), ..Page::default() });
        assert_eq!(Page::<()>::new(vec![], &headers, None), Page::default());
    }
}
