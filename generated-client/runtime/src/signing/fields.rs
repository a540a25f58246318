//! Lists of named texts, and what signing makes of them. No value is copied until the join.

use super::Wiped;

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
    pub fn pairs(self, between: impl AsRef<str>) -> List<'f> {
        List { fields: self, between: between.as_ref().to_owned() }
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
    pub fn join(&self, separator: impl AsRef<str>) -> Wiped {
        let separator = separator.as_ref();
        Wiped::join(
            self.fields.list.iter().enumerate().flat_map(|(index, (name, value))| {
                [if index == 0 { "" } else { separator }, name, &self.between, value]
            }),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_by_bytes_and_then_by_value() {
        let fields =
            Fields::new(vec![("b", "2"), ("é", "1"), ("a", "2"), ("B", "1"), ("a", "1"), ("a_b", "0"), ("aB", "0")]);
        assert_eq!(fields.sort().pairs("=").join("?").to_string(), "B=1?a=1?a=2?aB=0?a_b=0?b=2?é=1");
    }

    #[test]
    fn empty_values_stay() {
        assert_eq!(Fields::new(vec![("a", ""), ("b", "")]).pairs("=").join("?").to_string(), "a=?b=");
        assert_eq!(Fields::new(vec![]).pairs("=").join("?").to_string(), "");
    }
}
