//! What errors are known by, in forms that can be looked up.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use indexmap::IndexSet;

use super::finder::Finder;
use crate::ir::{ErrorCase, Template, TemplatePart, UNWRITTEN, code_key};

/// What an error is known by, in forms that can be looked up.
pub(super) struct Signs<'a> {
    pub(super) error: &'a ErrorCase,
    pub(super) codes: Codes<'a>,
    pub(super) subcodes: Codes<'a>,
    pub(super) field: Option<Field>,
    /// Its messages as answers may have them, with a text that nobody writes where anything may stand.
    pub(super) texts: Vec<String>,
    /// For each of its messages the number of its longest text, where it neither begins nor ends with one.
    pub(super) longest: Vec<Option<usize>>,
    /// For each of `texts` the numbers of those that stand in it.
    pub(super) within: Vec<Vec<usize>>,
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
    /// Those of all errors.
    pub(super) fn of(errors: &'a [ErrorCase]) -> Vec<Self> {
        let mut known: IndexSet<String> = IndexSet::new();
        let mut all: Vec<Self> = errors.iter().map(|error| Self::of_one(error, &mut known)).collect();
        let finder = Finder::of(known.iter().map(String::as_str).zip(0..));
        for signs in &mut all {
            signs.within = signs.texts.iter().map(|text| finder.found_in(&small(text))).collect();
        }
        all
    }

    fn of_one(error: &'a ErrorCase, known: &mut IndexSet<String>) -> Self {
        let field = error.field.as_ref().map(|field| match field.parts.as_slice() {
            [TemplatePart::Text(name)] => Field::Named(name.clone()),
            _ => Field::Formed,
        });
        // What may follow a message is as unknown as what stands in its holes.
        let rest = if error.matching.prefix { UNWRITTEN } else { "" };
        let texts = error.messages.iter().map(|message| message.filled(|_| UNWRITTEN.to_owned()) + rest);
        let is_open = |end: Option<&TemplatePart>| matches!(end, Some(TemplatePart::Capture(_)));
        let number = |message: &Template| {
            let ends = message.parts.last().filter(|_| !error.matching.prefix);
            let is_found_within = is_open(message.parts.first()) && (ends.is_none() || is_open(ends));
            is_found_within.then(|| known.insert_full(small(longest(message))).0)
        };
        Self {
            error,
            codes: Codes::of(&error.codes),
            subcodes: Codes::of(&error.subcodes),
            field,
            texts: texts.collect(),
            longest: error.messages.iter().map(number).collect(),
            within: Vec::new(),
        }
    }
}

/// The longest text between holes.
fn longest(message: &Template) -> &str {
    let texts = message.parts.iter().filter_map(|part| match part {
        TemplatePart::Text(text) => Some(text.as_str()),
        TemplatePart::Capture(_) => None,
    });
    texts.max_by_key(|text| text.len()).unwrap_or_default()
}

/// A text as it is compared where the case of its letters may not matter.
pub(super) fn small(text: &str) -> String {
    text.to_ascii_lowercase()
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
