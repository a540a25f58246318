//! Lists of named texts, and what signing makes of them. No value is copied unless it is changed.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Deref;

use super::{Escape, List, Wiped, escape, join, lower, replace, trim, upper};

/// A text that stands somewhere else, or one that was made of such.
#[derive(Clone)]
pub(crate) enum Piece<'f> {
    Lent(&'f str),
    Made(Wiped),
}

impl Piece<'_> {
    pub(super) fn made(text: Wiped) -> Piece<'static> {
        Piece::Made(text)
    }

    /// The same, held by nobody else.
    pub(super) fn keep(self) -> Piece<'static> {
        match self {
            Self::Lent(text) => Piece::Made(text.into()),
            Self::Made(text) => Piece::Made(text),
        }
    }
}

impl Deref for Piece<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Lent(text) => text,
            Self::Made(text) => text,
        }
    }
}

impl fmt::Debug for Piece<'_> {
    /// It may be a secret, wherever it stands.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Names with text values, in order.
#[derive(Clone, Debug)]
pub struct Fields<'f> {
    list: Vec<(Piece<'f>, Piece<'f>)>,
}

/// One field.
pub fn field(name: &'static str, value: impl AsRef<str>) -> Fields<'static> {
    Fields::of(vec![(Piece::Lent(name), Piece::Made(value.as_ref().into()))])
}

impl<'f> Fields<'f> {
    pub(super) fn of(list: Vec<(Piece<'f>, Piece<'f>)>) -> Self {
        Self { list }
    }

    pub(crate) fn new(list: impl Iterator<Item = (&'f str, &'f str)>) -> Self {
        // Room for as many as there may be: growing would cost more than the rest.
        let mut fields = Vec::with_capacity(list.size_hint().1.unwrap_or_default());
        fields.extend(list.map(|(name, value)| (Piece::Lent(name), Piece::Lent(value))));
        Self::of(fields)
    }

    /// Fields that nobody else holds.
    pub(crate) fn from_pairs(pairs: Vec<(String, String)>) -> Fields<'static> {
        Fields::of(
            pairs.into_iter().map(|(name, value)| (Piece::made(name.into()), Piece::made(value.into()))).collect(),
        )
    }

    pub(super) fn list(&self) -> &[(Piece<'f>, Piece<'f>)] {
        &self.list
    }

    /// The same, held by nobody else, so that the call can go on.
    pub fn own(self) -> Fields<'static> {
        Fields::of(self.list.into_iter().map(|(name, value)| (name.keep(), value.keep())).collect())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// These, then those.
    #[must_use]
    pub fn and(mut self, more: Fields<'f>) -> Self {
        self.list.extend(more.list);
        self
    }

    fn filter(mut self, keep: impl Fn(&str, &str) -> bool) -> Self {
        self.list.retain(|(name, value)| keep(name, value));
        self
    }

    /// Those of all other names.
    #[must_use]
    pub fn drop(self, names: &[&str]) -> Self {
        self.filter(|name, _| !names.contains(&name))
    }

    /// Those of these names, in the order of these.
    #[must_use]
    pub fn keep(self, names: &[&'static str]) -> Self {
        self.select(names, false)
    }

    /// The same, and an empty one where there is none.
    #[must_use]
    pub fn keep_all(self, names: &[&'static str]) -> Self {
        self.select(names, true)
    }

    fn select(self, names: &[&'static str], all: bool) -> Self {
        let mut selected = Vec::new();
        for wanted in names {
            let before = selected.len();
            selected.extend(self.list.iter().filter(|(name, _)| **name == **wanted).cloned());
            if all && selected.len() == before {
                selected.push((Piece::Lent(wanted), Piece::Lent("")));
            }
        }
        Self::of(selected)
    }

    /// Those whose names start so.
    #[must_use]
    pub fn keep_prefix(self, prefix: &str) -> Self {
        self.filter(|name, _| name.starts_with(prefix))
    }

    /// Those whose names start otherwise.
    #[must_use]
    pub fn drop_prefix(self, prefix: &str) -> Self {
        self.filter(|name, _| !name.starts_with(prefix))
    }

    /// Those with a value.
    #[must_use]
    pub fn drop_empty(self) -> Self {
        self.filter(|_, value| !value.is_empty())
    }

    /// Of those that are equal in name and value, the first.
    #[must_use]
    pub fn drop_duplicates(self) -> Self {
        let mut seen = HashSet::new();
        Self::of(self.list.iter().filter(|(name, value)| seen.insert((&**name, &**value))).cloned().collect())
    }

    /// By name, in byte order; equal names by value.
    #[must_use]
    pub fn sort(mut self) -> Self {
        self.list.sort_unstable_by(|(name, value), (other, another)| (&**name, &**value).cmp(&(&**other, &**another)));
        self
    }

    /// By name, in byte order; equal names as they stood.
    #[must_use]
    pub fn sort_by_name(mut self) -> Self {
        self.list.sort_by(by_name);
        self
    }

    /// By value, in byte order; equal values as they stood.
    #[must_use]
    pub fn sort_by_value(mut self) -> Self {
        self.list.sort_by(by_value);
        self
    }

    /// Equal names as one field, where the first of them stands, with a separator between the values.
    #[must_use]
    pub fn merge(self, separator: impl AsRef<str>) -> Self {
        let mut groups: Vec<(&Piece<'f>, Vec<&str>)> = Vec::new();
        let mut places = HashMap::new();
        for (name, value) in &self.list {
            let place = *places.entry(&**name).or_insert(groups.len());
            match groups.get_mut(place) {
                Some((_, values)) => values.push(value),
                None => groups.push((name, vec![value])),
            }
        }
        let merged = |(name, values): (&Piece<'f>, Vec<&str>)| (name.clone(), Piece::Made(join(&separator, &values)));
        Self::of(groups.into_iter().map(merged).collect())
    }

    fn names_by(mut self, change: impl Fn(&str) -> Wiped) -> Self {
        self.list.iter_mut().for_each(|(name, _)| *name = Piece::Made(change(name)));
        self
    }

    fn values_by(mut self, change: impl Fn(&str) -> Wiped) -> Self {
        self.list.iter_mut().for_each(|(_, value)| *value = Piece::Made(change(value)));
        self
    }

    /// Names in lower case.
    #[must_use]
    pub fn lower_names(self) -> Self {
        self.names_by(|name| lower(name))
    }

    /// Names in upper case.
    #[must_use]
    pub fn upper_names(self) -> Self {
        self.names_by(|name| upper(name))
    }

    /// Values in lower case.
    #[must_use]
    pub fn lower_values(self) -> Self {
        self.values_by(|value| lower(value))
    }

    /// Names with less white space.
    #[must_use]
    pub fn trim_names(self) -> Self {
        self.names_by(|name| trim(name))
    }

    /// Values with less white space.
    #[must_use]
    pub fn trim_values(self) -> Self {
        self.values_by(|value| trim(value))
    }

    /// Names and values, percent-encoded.
    #[must_use]
    pub fn escape(self, profile: Escape) -> Self {
        self.escape_names(profile).escape_values(profile)
    }

    /// Names, percent-encoded.
    #[must_use]
    pub fn escape_names(self, profile: Escape) -> Self {
        self.names_by(|name| escape(name, profile))
    }

    /// Values, percent-encoded.
    #[must_use]
    pub fn escape_values(self, profile: Escape) -> Self {
        self.values_by(|value| escape(value, profile))
    }

    /// Names with other texts for some.
    #[must_use]
    pub fn replace_names(self, table: &[(&str, &str)]) -> Self {
        self.names_by(|name| replace(name, table))
    }

    /// Values with other texts for some.
    #[must_use]
    pub fn replace_values(self, table: &[(&str, &str)]) -> Self {
        self.values_by(|value| replace(value, table))
    }

    /// The value of the first field of a name, or another text.
    pub fn get_or(&self, name: &str, default: impl AsRef<str>) -> Wiped {
        self.find(name).unwrap_or(default.as_ref()).into()
    }

    /// The value of the first field of a name.
    pub(crate) fn find(&self, wanted: &str) -> Option<&str> {
        self.list.iter().find(|(name, _)| **name == *wanted).map(|(_, value)| &**value)
    }

    /// Name, `between` and value of each, as one text each.
    pub fn pairs(self, between: impl AsRef<str>) -> List<'f> {
        self.format("", between, "")
    }

    /// Each as a text, its name, another, its value and a third.
    pub fn format(self, lead: impl AsRef<str>, between: impl AsRef<str>, tail: impl AsRef<str>) -> List<'f> {
        List::formatted(self, [lead.as_ref(), between.as_ref(), tail.as_ref()])
    }

    /// The names.
    pub fn names(self) -> List<'f> {
        List::new(self.list.into_iter().map(|(name, _)| name).collect())
    }

    /// The values.
    pub fn values(self) -> List<'f> {
        List::new(self.list.into_iter().map(|(_, value)| value).collect())
    }
}

fn by_name((name, _): &(Piece<'_>, Piece<'_>), (other, _): &(Piece<'_>, Piece<'_>)) -> Ordering {
    (**name).cmp(other)
}

fn by_value((_, value): &(Piece<'_>, Piece<'_>), (_, other): &(Piece<'_>, Piece<'_>)) -> Ordering {
    (**value).cmp(other)
}

#[cfg(test)]
mod tests {
    use super::super::decimal;
    use super::*;

    fn fields(list: &[(&'static str, &'static str)]) -> Fields<'static> {
        Fields::new(list.iter().copied())
    }

    fn text(fields: Fields<'_>) -> String {
        fields.pairs("=").join("?").to_string()
    }

    #[test]
    fn names_sort_by_bytes_and_then_by_value() {
        let list = [("b", "2"), ("é", "1"), ("a", "2"), ("B", "1"), ("a", "1"), ("a_b", "0"), ("aB", "0")];
        assert_eq!(text(fields(&list).sort()), "B=1?a=1?a=2?aB=0?a_b=0?b=2?é=1");
        assert_eq!(text(fields(&list).sort_by_name()), "B=1?a=2?a=1?aB=0?a_b=0?b=2?é=1");
        assert_eq!(text(fields(&list).sort_by_value()), "a_b=0?aB=0?é=1?B=1?a=1?b=2?a=2");
    }

    #[test]
    fn empty_values_stay_unless_they_are_dropped() {
        let list = [("a", ""), ("b", ""), ("c", "1")];
        assert_eq!(text(fields(&list)), "a=?b=?c=1");
        assert_eq!(text(fields(&list).drop_empty()), "c=1");
        assert_eq!(text(fields(&[])), "");
        assert!(fields(&[]).is_empty() && !fields(&list).is_empty());
    }

    #[test]
    fn fields_are_chosen_by_name() {
        let list = fields(&[("x-b", "1"), ("a", "2"), ("x-a", "3"), ("a", "4")]);
        assert_eq!(text(list.clone().drop(&["a", "z"])), "x-b=1?x-a=3");
        assert_eq!(text(list.clone().keep(&["x-a", "z", "a"])), "x-a=3?a=2?a=4");
        assert_eq!(text(list.clone().keep_all(&["x-a", "z", "a"])), "x-a=3?z=?a=2?a=4");
        assert_eq!(text(list.clone().keep_prefix("x-")), "x-b=1?x-a=3");
        assert_eq!(text(list.clone().drop_prefix("x-")), "a=2?a=4");
        assert_eq!((list.find("a"), list.find("A")), (Some("2"), None));
        assert_eq!((&*list.get_or("a", "d"), &*list.get_or("z", "d")), ("2", "d"));
    }

    #[test]
    fn equal_fields_are_dropped_and_equal_names_are_merged() {
        let list = fields(&[("a", "2"), ("b", ""), ("a", "1"), ("a", "2")]);
        assert_eq!(text(list.clone().drop_duplicates()), "a=2?b=?a=1");
        assert_eq!(text(list.merge(",")), "a=2,1,2?b=");
    }

    #[test]
    fn names_and_values_are_changed() {
        let list = fields(&[("A b", " C  d\t")]).and(field("é", decimal(-1)));
        assert_eq!(text(list.clone().lower_names().trim_values()), "a b=C d?é=-1");
        assert_eq!(text(list.clone().upper_names().lower_values()), "A B= c  d\t?É=-1");
        assert_eq!(text(list.clone().trim_names()), "A b= C  d\t?é=-1");
        assert_eq!(text(list.clone().escape(Escape::Form)), "A+b=+C++d%09?%C3%A9=-1");
        assert_eq!(text(list.clone().escape_names(Escape::Rfc3986)), "A%20b= C  d\t?%C3%A9=-1");
        assert_eq!(text(list.clone().escape_values(Escape::Rfc3986)), "A b=%20C%20%20d%09?é=-1");
        assert_eq!(text(list.clone().replace_names(&[(" ", "_")])), "A_b= C  d\t?é=-1");
        assert_eq!(text(list.replace_values(&[(" ", ""), ("-", "+")])), "A b=Cd\t?é=+1");
    }

    #[test]
    fn fields_are_written() {
        let list = fields(&[("a", "1"), ("b", "2")]);
        assert_eq!(&*list.clone().format("<", ":", ">\n").join(""), "<a:1>\n<b:2>\n");
        assert_eq!(&*list.clone().names().join(";"), "a;b");
        assert_eq!(&*list.clone().values().join(""), "12");
        assert_eq!(text(list.own()), "a=1?b=2");
    }
}
