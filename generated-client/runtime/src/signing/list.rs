//! Texts and bytes in order.

use std::collections::HashSet;

use super::fields::{Fields, Piece};
use super::{Octets, Wiped};

/// Texts in order.
#[derive(Clone, Debug)]
pub struct List<'f>(Items<'f>);

#[derive(Clone, Debug)]
enum Items<'f> {
    /// Fields that are put together only where they are joined: before, between and after name and value.
    Formatted(Fields<'f>, [Wiped; 3]),
    Texts(Vec<Piece<'f>>),
}

/// What may have nothing in it.
pub trait Listed {
    /// Whether there is nothing.
    fn is_empty(&self) -> bool;
}

impl Listed for List<'_> {
    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl Listed for ByteList {
    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

/// A list of texts.
pub fn list(parts: &[&str]) -> List<'static> {
    List::new(parts.iter().map(|part| Piece::made((*part).into())).collect())
}

impl<'f> List<'f> {
    pub(super) fn new(texts: Vec<Piece<'f>>) -> Self {
        Self(Items::Texts(texts))
    }

    pub(super) fn formatted(fields: Fields<'f>, around: [&str; 3]) -> Self {
        Self(Items::Formatted(fields, around.map(Wiped::from)))
    }

    /// The same, held by nobody else, so that the call can go on.
    pub fn own(self) -> List<'static> {
        List(match self.0 {
            Items::Formatted(fields, around) => Items::Formatted(fields.own(), around),
            Items::Texts(texts) => Items::Texts(texts.into_iter().map(Piece::keep).collect()),
        })
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        match &self.0 {
            Items::Formatted(fields, _) => fields.list().len(),
            Items::Texts(texts) => texts.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All texts, with the separator between each two.
    pub fn join(&self, separator: impl AsRef<str>) -> Wiped {
        let separator = |index| if index == 0 { "" } else { separator.as_ref() };
        match &self.0 {
            Items::Formatted(fields, [lead, between, tail]) => {
                let fields = fields.list().iter().enumerate();
                Wiped::join(
                    fields.flat_map(|(index, (name, value))| [separator(index), lead, name, between, value, tail]),
                )
            }
            Items::Texts(texts) => {
                Wiped::join(texts.iter().enumerate().flat_map(|(index, text)| [separator(index), text]))
            }
        }
    }

    /// The same, or another text where there is none.
    pub fn join_or(&self, separator: impl AsRef<str>, default: impl AsRef<str>) -> Wiped {
        if self.is_empty() { default.as_ref().into() } else { self.join(separator) }
    }

    /// Each as a text of its own.
    pub(crate) fn texts(self) -> Vec<Piece<'f>> {
        match self.0 {
            Items::Texts(texts) => texts,
            Items::Formatted(fields, [lead, between, tail]) => {
                let write = |(name, value): &(Piece<'f>, Piece<'f>)| {
                    Piece::made(Wiped::join([&*lead, name, &between, value, &tail].into_iter()))
                };
                fields.list().iter().map(write).collect()
            }
        }
    }

    /// Those that are not empty.
    #[must_use]
    pub fn drop_empty(self) -> Self {
        let mut texts = self.texts();
        texts.retain(|text| !text.is_empty());
        Self::new(texts)
    }

    /// In byte order.
    #[must_use]
    pub fn sort(self) -> Self {
        let mut texts = self.texts();
        texts.sort_unstable_by(|text, other| (**text).cmp(other));
        Self::new(texts)
    }

    /// Of equal ones the first.
    #[must_use]
    pub fn drop_duplicates(self) -> Self {
        let texts = self.texts();
        let mut seen = HashSet::new();
        Self::new(texts.iter().filter(|text| seen.insert(&***text)).cloned().collect())
    }
}

/// Bytes in order.
#[derive(Clone, Debug)]
pub struct ByteList(Vec<Octets>);

/// A list of bytes.
pub fn byte_list(parts: &[&[u8]]) -> ByteList {
    ByteList(parts.iter().map(|part| part.to_vec().into()).collect())
}

impl ByteList {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Octets> {
        self.0.iter()
    }

    /// The same: bytes are held by nobody else.
    #[must_use]
    pub fn own(self) -> Self {
        self
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, with the separator between each two.
    pub fn join(&self, separator: impl AsRef<str>) -> Octets {
        let separator = |index| if index == 0 { &[][..] } else { separator.as_ref().as_bytes() };
        Octets::join(self.0.iter().enumerate().flat_map(|(index, bytes)| [separator(index), bytes]))
    }

    /// The same, or those of a text where there is none.
    pub fn join_or(&self, separator: impl AsRef<str>, default: impl AsRef<str>) -> Octets {
        if self.is_empty() { default.as_ref().as_bytes().to_vec().into() } else { self.join(separator) }
    }

    /// Those that are not empty.
    #[must_use]
    pub fn drop_empty(mut self) -> Self {
        self.0.retain(|bytes| !bytes.is_empty());
        self
    }

    /// In byte order.
    #[must_use]
    pub fn sort(mut self) -> Self {
        self.0.sort_unstable_by(|bytes, other| (**bytes).cmp(other));
        self
    }

    /// Of equal ones the first.
    #[must_use]
    pub fn drop_duplicates(self) -> Self {
        let mut seen = HashSet::new();
        Self(self.0.iter().filter(|bytes| seen.insert(&***bytes)).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_dropped_ordered_and_joined() {
        let texts = list(&["b", "", "a", "b", "é", "B"]);
        assert_eq!(&*texts.join(","), "b,,a,b,é,B");
        assert_eq!(&*texts.clone().sort().join(","), ",B,a,b,b,é");
        assert_eq!(&*texts.clone().drop_empty().drop_duplicates().own().join("\t"), "b\ta\té\tB");
        assert!(list(&[]).is_empty() && !texts.is_empty());
        let pairs = Fields::new([("b", "1"), ("a", "2"), ("b", "1")].into_iter()).pairs("=");
        assert_eq!(&*pairs.clone().own().sort().drop_duplicates().join("&"), "a=2&b=1");
        assert_eq!(pairs.len(), 3);
    }

    #[test]
    fn bytes_are_dropped_ordered_and_joined() {
        let bytes = byte_list(&[&[0xff], b"", b"a", &[0xff]]);
        assert_eq!(&*bytes.join("\n"), b"\xff\n\na\n\xff");
        assert_eq!(&*bytes.clone().sort().drop_duplicates().drop_empty().own().join(""), b"a\xff");
        assert!(byte_list(&[]).is_empty() && !bytes.is_empty());
    }
}
