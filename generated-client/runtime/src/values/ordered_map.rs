//! Objects whose names are data: values by name, in the order they came.

use std::fmt;

/// Values by name, in the order in which they came or were put in.
///
/// A server may send one name twice: all of its values are kept, and the last one counts.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OrderedMap<T>(Vec<(String, T)>);

impl<T> OrderedMap<T> {
    /// An empty map.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.iter().rev().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Sets the value of a name, in its place if it has one, else at the end.
    pub fn insert(&mut self, name: impl Into<String>, value: T) {
        let name = name.into();
        match self.0.iter_mut().rev().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// Names and values in their order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// For readers, which fill a value in place.
    pub(crate) fn inner_mut(&mut self) -> &mut Vec<(String, T)> {
        &mut self.0
    }
}

impl<T> Default for OrderedMap<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<N: Into<String>, T> FromIterator<(N, T)> for OrderedMap<T> {
    /// Takes the pairs as they are; of equal names the last one counts.
    fn from_iter<I: IntoIterator<Item = (N, T)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl<N: Into<String>, T, const COUNT: usize> From<[(N, T); COUNT]> for OrderedMap<T> {
    fn from(pairs: [(N, T); COUNT]) -> Self {
        pairs.into_iter().collect()
    }
}

impl<T> IntoIterator for OrderedMap<T> {
    type Item = (String, T);
    type IntoIter = std::vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for OrderedMap<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_and_the_last_value() {
        let mut map = OrderedMap::from([("b", 1), ("a", 2), ("b", 3)]);
        assert_eq!((map.get("b"), map.get("c"), map.len()), (Some(&3), None, 3));
        map.insert("a", 4);
        map.insert("c", 5);
        assert_eq!(format!("{map:?}"), r#"{"b": 1, "a": 4, "b": 3, "c": 5}"#);
        assert_eq!(map.into_iter().map(|(name, _)| name).collect::<String>(), "babc");
        assert!(OrderedMap::<i64>::default().is_empty());
    }
}
