//! Spellings of an API's own, beside a type.

use super::cursor::{self, Map};
use super::node::{Kind, Node, Value};
use crate::diagnostics::Diagnostics;
use crate::ir::tells_offset;
use crate::source::{Scalar, Span};

/// How the single values of a type are spelled.
#[derive(Debug)]
pub(crate) struct Spelling {
    /// The words, each with whether it stands without quotes.
    pub true_is: Vec<(Scalar, bool)>,
    pub false_is: Vec<(Scalar, bool)>,
    pub read: Vec<Scalar>,
    pub write: Option<Scalar>,
    pub offset: Option<Scalar>,
    /// The map that says it.
    pub at: Span,
    /// Without a place where an unknown one was probably meant to be it, which was told.
    keys: Vec<(&'static str, Option<Span>)>,
}

/// Every key, and what it is for.
const KEYS: [(&str, &str); 5] = [
    ("true_is", "a `boolean`"),
    ("false_is", "a `boolean`"),
    ("read", "dates and times"),
    ("write", "dates, times and numbers"),
    ("offset", "a `datetime`"),
];

impl Spelling {
    /// What is said of it, if anything is.
    pub(super) fn read(map: &mut Map<'_, '_>) -> Option<Self> {
        let is_said = KEYS.iter().any(|(key, _)| map.has(key).is_some());
        let keys = KEYS.iter().filter(|_| is_said).map(|(key, _)| (*key, map.has(key)));
        let keys: Vec<_> = keys.filter(|(key, at)| at.is_some() || map.is_misspelt(&[*key])).collect();
        let spelling = Self {
            true_is: map.some("true_is", word),
            false_is: map.some("false_is", word),
            read: map.some("read", cursor::text),
            write: map.get("write", cursor::text),
            offset: map.get("offset", cursor::text),
            at: map.at,
            keys,
        };
        is_said.then_some(spelling)
    }

    /// Whether a key is there, whatever it says and however it is written.
    pub(crate) fn says(&self, key: &str) -> bool {
        self.keys.iter().any(|(said, _)| *said == key)
    }

    /// Whether one of the dates and times does not tell its offset. What is no pattern does.
    pub(crate) fn lack_offset(&self) -> bool {
        let lacks = |text: &Scalar| text.text.contains('%') && !tells_offset(&text.text);
        self.read.iter().chain(&self.write).any(lacks)
    }

    /// The keys that are said: where, and what each is for.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (&'static str, Span, &'static str)> {
        self.keys.iter().filter_map(|(key, at)| Some((*key, (*at)?, KEYS.iter().find(|(known, _)| known == key)?.1)))
    }
}

fn word(cx: &mut Diagnostics, node: &Node) -> Option<(Scalar, bool)> {
    let is_bare = matches!(node.value, Value::Scalar(Kind::Number | Kind::Boolean(_), _));
    Some((cursor::literal(cx, node)?, is_bare))
}
