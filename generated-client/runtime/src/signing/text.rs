//! What signing makes of texts.

use super::fields::{Fields, Piece};
use super::{List, Octets, Wiped};

/// A text as one that can be kept.
pub fn text(text: impl AsRef<str>) -> Wiped {
    text.as_ref().into()
}

/// Bytes as such that can be kept.
pub fn octets(bytes: impl AsRef<[u8]>) -> Octets {
    bytes.as_ref().to_vec().into()
}

/// A number in decimal.
pub fn decimal(number: i64) -> Wiped {
    number.to_string().into()
}

/// Upper case.
pub fn upper(text: impl AsRef<str>) -> Wiped {
    text.as_ref().to_uppercase().into()
}

/// Lower case.
pub fn lower(text: impl AsRef<str>) -> Wiped {
    text.as_ref().to_lowercase().into()
}

/// Without white space at the ends, and with one space for each run of it inside.
pub fn trim(text: impl AsRef<str>) -> Wiped {
    let words = text.as_ref().split_ascii_whitespace();
    Wiped::join(words.enumerate().flat_map(|(index, word)| [if index == 0 { "" } else { " " }, word]))
}

/// Other texts for some, in one pass from the left; where several match, the one stated first.
pub fn replace(text: impl AsRef<str>, table: &[(&str, &str)]) -> Wiped {
    let text = text.as_ref();
    Wiped::write(|put| {
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            let found = table.iter().find(|(from, _)| !from.is_empty() && rest.starts_with(from));
            let (length, made) = match found {
                Some((from, to)) => (from.len(), *to),
                None => (character.len_utf8(), rest.get(..character.len_utf8()).unwrap_or_default()),
            };
            put(made);
            rest = rest.get(length..).unwrap_or_default();
        }
    })
}

/// Without this at its start.
pub fn strip_prefix(text: impl AsRef<str>, prefix: &str) -> Wiped {
    let text = text.as_ref();
    text.strip_prefix(prefix).unwrap_or(text).into()
}

/// The texts between separators.
pub fn split(text: impl AsRef<str>, separator: &str) -> List<'static> {
    List::new(text.as_ref().split(separator).map(|item| Piece::made(item.into())).collect())
}

/// The texts between separators, cut at the first `between` into names and values.
pub fn split_pairs(text: impl AsRef<str>, separator: &str, between: &str) -> Fields<'static> {
    let items = text.as_ref().split(separator);
    let items = items.map(|item| item.trim_matches(|character: char| character.is_ascii_whitespace()));
    let cut = |item: &str| {
        let (name, value) = item.split_once(between).unwrap_or((item, ""));
        (Piece::made(name.into()), Piece::made(value.into()))
    };
    Fields::of(items.filter(|item| !item.is_empty()).map(cut).collect())
}

/// Texts, one after the other.
pub fn concat(parts: &[&str]) -> Wiped {
    Wiped::join(parts.iter().copied())
}

/// Bytes, one after the other.
pub fn concat_bytes(parts: &[&[u8]]) -> Octets {
    Octets::join(parts.iter().copied())
}

/// Texts with a separator between them.
pub fn join(separator: impl AsRef<str>, parts: &[&str]) -> Wiped {
    let separator = separator.as_ref();
    Wiped::join(parts.iter().enumerate().flat_map(|(index, part)| [if index == 0 { "" } else { separator }, part]))
}

/// Bytes with a separator between them.
pub fn join_bytes(separator: impl AsRef<str>, parts: &[&[u8]]) -> Octets {
    let separator = separator.as_ref().as_bytes();
    Octets::join(parts.iter().enumerate().flat_map(|(index, part)| [if index == 0 { b"" } else { separator }, part]))
}

/// Whether there is nothing in a text or in bytes.
pub fn is_empty(bytes: impl AsRef<[u8]>) -> bool {
    bytes.as_ref().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_built_from_parts() {
        assert_eq!(&*concat(&["a", decimal(-7).as_ref(), ""]), "a-7");
        assert_eq!(&*concat_bytes(&["a".as_ref(), &[0xff]]), b"a\xff");
        assert_eq!(&*join("\n", &["a", "", "b", ""]), "a\n\nb\n");
        assert_eq!(&*join("\0", &[]), "");
        assert_eq!(&*join_bytes("\n", &[b"", &[0xff], b""]), b"\n\xff\n");
        assert!(is_empty("") && is_empty([]) && !is_empty(" "));
        assert_eq!((&*text("a"), &*octets("a")), ("a", &b"a"[..]));
    }

    #[test]
    fn letters_and_white_space_are_changed() {
        assert_eq!((&*upper("aß"), &*lower("AÉ")), ("ASS", "aé"));
        assert_eq!(&*trim(" \ta  b\r\n\u{c}c\u{a0} "), "a b c\u{a0}");
        assert_eq!((&*strip_prefix("whsec_a", "whsec_"), &*strip_prefix("a", "whsec_")), ("a", "a"));
    }

    #[test]
    fn texts_are_replaced_in_one_pass() {
        assert_eq!(&*replace("a+b*é~", &[("+", "%20"), ("*", "%2A"), ("%", "!")]), "a%20b%2Aé~");
        assert_eq!(&*replace("aaa", &[("aa", "b"), ("a", "c")]), "bc");
        assert_eq!(&*replace("aaa", &[("a", "c"), ("aa", "b")]), "ccc");
        assert_eq!(&*replace("", &[("a", "b")]), "");
    }

    #[test]
    fn texts_are_cut() {
        assert_eq!(&*split("b&&a", "&").join("|"), "b||a");
        assert_eq!(split("", "&").len(), 1);
        let fields = split_pairs(" t=1 , v1=a=b,, x , =y", ",", "=");
        assert_eq!(&*fields.pairs(":").join("|"), "t:1|v1:a=b|x:|:y");
        assert_eq!(&*split_pairs("", "&", "=").pairs("=").join("&"), "");
    }
}
