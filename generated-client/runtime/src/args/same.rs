//! When two values are the same: each type says by what.

use std::collections::BTreeSet;

use super::buffer::{Buffer, Sink};
use super::encode::write_string;
use super::tree::is_object;
use super::{By, Node};
use crate::values::Decimal;

/// What a text stands for; texts that stand for the same are equal.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Worth<'t> {
    AsSent(&'t str),
    Amount(Decimal),
    Moment(i128),
}

impl By {
    /// What a text stands for; what should be a number or a moment and is none is itself.
    pub(crate) fn worth(self, text: &str) -> Worth<'_> {
        match self {
            Self::AsSent => Worth::AsSent(text),
            Self::Amount => text.parse().map_or(Worth::AsSent(text), Worth::Amount),
            Self::Moment(moment) => moment(text).map_or(Worth::AsSent(text), Worth::Moment),
        }
    }

    /// Whether a text is the same as one of those in a table.
    pub(crate) fn is_among(self, text: &str, known: &[&str]) -> bool {
        let worth = self.worth(text);
        known.iter().any(|known| self.worth(known) == worth)
    }
}

impl Node<'_> {
    /// Whether both are the same; what has parts is where it is written alike, whatever the order of names.
    pub(crate) fn is_same(self, by: By, other: Node<'_>) -> bool {
        match (self.text(), other.text()) {
            (Some(one), Some(other)) => by.worth(one) == by.worth(other),
            _ => *self.sorted() == *other.sorted(),
        }
    }

    /// Whether two items of a list are the same.
    pub(crate) fn repeats(self, by: By) -> bool {
        let items = self.items().unwrap_or_default();
        // Only what has parts is written anew to be compared.
        let written: Vec<_> = items.iter().map(|item| item.text().is_none().then(|| item.sorted())).collect();
        let worths = items.iter().zip(&written).map(|(item, written)| match written {
            Some(json) => (false, Worth::AsSent(json)),
            None => (true, by.worth(item.text().unwrap_or_default())),
        });
        worths.collect::<BTreeSet<_>>().len() < items.len()
    }

    /// How it is written, with names in their order.
    fn sorted(self) -> Buffer {
        let mut out = Buffer::default();
        self.write_sorted(&mut out);
        out
    }

    fn write_sorted(self, out: &mut Buffer) {
        if let Some(items) = self.items() {
            out.put("[");
            for item in items {
                item.write_sorted(out);
                out.put(",");
            }
            out.put("]");
        } else if is_object(self.tokens) {
            let mut members = self.members();
            members.sort_by_key(|(name, _)| *name);
            out.put("{");
            for (name, value) in members {
                write_string(out, name);
                out.put(":");
                value.write_sorted(out);
                out.put(",");
            }
            out.put("}");
        } else {
            out.put(&self.json());
        }
    }
}
