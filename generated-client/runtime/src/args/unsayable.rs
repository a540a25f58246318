//! Values that the spelling of their parameter has no text for: a year before Christ in an HTTP date.

use super::field::Kind;
use super::node::Node;
use super::tree::Token;
use super::{Args, Param};
use crate::validate::Violation;

impl Args {
    /// The name of every parameter with such a value in it, whether a table has it or not.
    pub(crate) fn unsayable(&self) -> impl Iterator<Item = (&str, Node<'_>)> {
        let values = if self.has_unsayable { self.values.as_slice() } else { &[] };
        let name = |at: usize| {
            let of_table = self.param(at).map(Param::name);
            of_table.or_else(|| self.extra(at).map(|extra| extra.name.as_str()))
        };
        // One that was set before may have been such a value, and be none now.
        let found = values.iter().filter_map(move |value| Some((name(value.param)?, self.node(value.param)?)));
        found.filter(|(_, node)| node.is_unsayable())
    }

    /// Whether such a value is among these steps.
    pub(super) fn is_unsayable(&self, tokens: &[Token]) -> bool {
        self.has_unsayable && is_unsayable(tokens)
    }

    /// Refuses to send what cannot be, even where nothing else is checked.
    pub(crate) fn check_sayable(&self) -> Result<(), Violation> {
        self.unsayable().next().map_or(Ok(()), |(name, _)| Err(Violation::unsayable(name)))
    }
}

impl Node<'_> {
    /// Whether it is such a value, or one is within it.
    pub(crate) fn is_unsayable(self) -> bool {
        is_unsayable(self.tokens)
    }
}

fn is_unsayable(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| matches!(token, Token::Scalar(_, Kind::Unsayable)))
}
