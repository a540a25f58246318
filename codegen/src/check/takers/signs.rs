//! What errors are known by, in forms that can be looked up.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use crate::ir::{ErrorCase, TemplatePart, UNWRITTEN, code_key};

/// What an error is known by, in forms that can be looked up.
pub(super) struct Signs<'a> {
    pub(super) error: &'a ErrorCase,
    pub(super) codes: Codes<'a>,
    pub(super) subcodes: Codes<'a>,
    pub(super) field: Option<Field>,
    /// Its messages as answers may have them.
    pub(super) texts: Vec<String>,
}

/// Codes as they are compared.
pub(super) struct Codes<'a> {
    /// As they are written, in the order of the spec.
    written: &'a [String],
    /// In the same order.
    pub(super) keys: Vec<Cow<'a, str>>,
    known: HashSet<Cow<'a, str>>,
    /// What those begin with that end in `*`.
    begins: Vec<&'a str>,
}

/// What an error has of a code.
#[derive(PartialEq, Eq, Hash, Clone, Copy)]
pub(super) enum Sign<'a> {
    /// It is this one.
    Is(&'a str),
    /// It begins with it.
    Begins(&'a str),
}

/// The name of a field, or any of some form.
#[derive(PartialEq, Eq, Hash, Clone)]
pub(super) enum Field {
    Named(String),
    Formed,
}

impl<'a> Signs<'a> {
    pub(super) fn of(error: &'a ErrorCase) -> Self {
        let field = error.field.as_ref().map(|field| match field.parts.as_slice() {
            [TemplatePart::Text(name)] => Field::Named(name.clone()),
            _ => Field::Formed,
        });
        let texts = error.messages.iter().map(|message| message.filled(|_| UNWRITTEN.to_owned()));
        Self {
            error,
            codes: Codes::of(&error.codes),
            subcodes: Codes::of(&error.subcodes),
            field,
            texts: texts.collect(),
        }
    }
}

impl<'a> Codes<'a> {
    fn of(codes: &'a [String]) -> Self {
        let keys: Vec<Cow<'a, str>> = codes.iter().map(|code| code_key(code)).collect();
        Self {
            written: codes,
            known: keys.iter().cloned().collect(),
            keys,
            begins: codes.iter().filter_map(|code| code.strip_suffix('*')).collect(),
        }
    }

    /// What each of them is, or begins with.
    pub(super) fn signs(&self) -> impl Iterator<Item = Sign<'_>> {
        self.written.iter().zip(&self.keys).map(|(code, key)| match code.strip_suffix('*') {
            Some(start) => Sign::Begins(start),
            None => Sign::Is(key),
        })
    }

    /// What takes each of them, where there are some that take all that begins with one of so many bytes.
    pub(super) fn taken_by(&self, lengths: &BTreeSet<usize>) -> impl Iterator<Item = Vec<Sign<'_>>> {
        self.written.iter().zip(&self.keys).map(|(code, key)| {
            let starts = lengths.range(..=code.len()).filter_map(|length| code.get(..*length));
            std::iter::once(Sign::Is(key)).chain(starts.map(Sign::Begins)).collect()
        })
    }

    /// Which codes of an error are among these; none of an error that has none.
    pub(super) fn take(&self, all: &[String], codes: &Codes<'_>) -> Vec<bool> {
        if self.keys.is_empty() {
            return vec![true; codes.keys.len().max(1)];
        }
        let takes = |(code, key): (&String, &Cow<'_, str>)| {
            self.known.contains(key) || self.begins.iter().any(|start| code.starts_with(start))
        };
        all.iter().zip(&codes.keys).map(takes).collect()
    }
}

/// The statuses of an error; none for any.
pub(super) fn statuses(error: &ErrorCase) -> Vec<Option<u16>> {
    if error.statuses.is_empty() { vec![None] } else { error.statuses.iter().copied().map(Some).collect() }
}
