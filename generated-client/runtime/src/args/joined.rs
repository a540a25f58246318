//! Lists that are one text with commas, in which an item that has one itself would arrive as two.

use super::style::{Entries, Items, Members};
use super::tree::Token;
use super::{Args, Node, Spelled};

/// What HTTP takes off at the ends of a header's value, so that nobody receives it.
pub(crate) const BLANKS: [char; 2] = [' ', '\t'];

/// How far into a value its lists are such texts: where parts have names of their own.
#[derive(Clone, Copy)]
pub(crate) struct Joined {
    pub(crate) members: bool,
    pub(crate) entries: bool,
    /// What is in the value itself has names of its own, whatever the style: it is spread.
    pub(crate) spread: bool,
    /// HTTP takes the blanks off the ends.
    pub(crate) is_header: bool,
}

impl Args {
    /// The value of a parameter, by its index in the tables and behind them, if its lists are texts with commas.
    pub(crate) fn joined(&self, index: usize) -> Option<(Node<'_>, Joined)> {
        let node = self.node(index).filter(|node| node.has_parts())?;
        let Spelled { style, is_json, is_header, is_spread } = self.spelled(index)?;
        if is_json || !matches!(style.items, Items::Commas) {
            return None;
        }
        let members = matches!(style.members, Members::Named(..));
        let joined = Joined {
            members,
            entries: members || matches!(style.entries, Entries::Pairs(..)),
            spread: is_spread,
            is_header,
        };
        Some((node, joined))
    }

    /// The parameters that no table has: the index and the name of each.
    pub(crate) fn undescribed(&self) -> impl Iterator<Item = (usize, &str)> {
        self.extras.iter().enumerate().map(|(at, extra)| (self.len() + at, extra.name.as_str()))
    }
}

impl Node<'_> {
    /// Whether it is a list, a record or a map.
    fn has_parts(self) -> bool {
        matches!(self.tokens, [Token::List | Token::Record | Token::Map, ..])
    }

    /// Whether its names are data.
    pub(crate) fn is_map(self) -> bool {
        self.tokens.first() == Some(&Token::Map)
    }

    /// Whether it cannot be told apart from other items between commas.
    pub(crate) fn has_comma(self) -> bool {
        match self.text() {
            Some(text) => text.contains(','),
            None => self.json().contains(','),
        }
    }
}
