//! What errors are known by, in forms that can be looked up.

use std::borrow::Cow;
use std::collections::HashSet;

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
    /// In the order of the spec.
    pub(super) keys: Vec<Cow<'a, str>>,
    known: HashSet<Cow<'a, str>>,
    /// What those begin with that end in `*`.
    begins: Vec<&'a str>,
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
            known: keys.iter().cloned().collect(),
            keys,
            begins: codes.iter().filter_map(|code| code.strip_suffix('*')).collect(),
        }
    }

    /// Whether it takes more than it names.
    pub(super) fn is_open(&self) -> bool {
        self.keys.is_empty() || !self.begins.is_empty()
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
