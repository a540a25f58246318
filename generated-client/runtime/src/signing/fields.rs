//! Lists of named texts, and what signing makes of them. No value is copied until the join.

/// Names with text values, in order.
#[derive(Clone)]
pub struct Fields<'f> {
    list: Vec<(&'f str, &'f str)>,
}

impl<'f> Fields<'f> {
    pub(super) fn new(list: Vec<(&'f str, &'f str)>) -> Self {
        Self { list }
    }

    /// By name, in byte order; equal names by value.
    #[must_use]
    pub fn sort(mut self) -> Self {
        self.list.sort_unstable();
        self
    }

    /// Name, `between` and value of each, as one text each.
    pub fn pairs(self, between: impl Into<String>) -> List<'f> {
        List { fields: self, between: between.into() }
    }
}

/// Texts in order.
#[derive(Clone)]
pub struct List<'f> {
    fields: Fields<'f>,
    between: String,
}

impl List<'_> {
    /// All texts, with the separator between each two.
    pub fn join(&self, separator: impl AsRef<str>) -> String {
        let separator = separator.as_ref();
        let list = &self.fields.list;
        let length = |(name, value): &(&str, &str)| name.len() + self.between.len() + value.len() + separator.len();
        let mut joined = String::with_capacity(list.iter().map(length).sum());
        for (index, (name, value)) in list.iter().enumerate() {
            if index > 0 {
                joined.push_str(separator);
            }
            joined.push_str(name);
            joined.push_str(&self.between);
            joined.push_str(value);
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_by_bytes_and_then_by_value() {
        let fields =
            Fields::new(vec![("b", "2"), ("é", "1"), ("a", "2"), ("B", "1"), ("a", "1"), ("a_b", "0"), ("aB", "0")]);
        assert_eq!(fields.sort().pairs("=").join("?"), "B=1?a=1?a=2?aB=0?a_b=0?b=2?é=1");
    }

    #[test]
    fn empty_values_stay() {
        assert_eq!(Fields::new(vec![("a", ""), ("b", "")]).pairs("=").join("?"), "a=?b=");
        assert_eq!(Fields::new(vec![]).pairs("=").join("?"), "");
    }
}
