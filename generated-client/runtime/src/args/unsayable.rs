//! Values that the spelling of their parameter has no text for: a year before Christ in an HTTP date.

use super::field::Kind;
use super::node::Node;
use super::tree::Token;
use super::{Args, Param};
use crate::validate::Violation;

impl Args {
    /// Every parameter with such a value in it.
    pub(crate) fn unsayable(&self) -> impl Iterator<Item = (&'static Param, Node<'_>)> {
        let values = if self.has_unsayable { self.values.as_slice() } else { &[] };
        values.iter().filter_map(|value| Some((self.param(value.param)?, self.node(value.param)?))).filter(
            // One that was set before may have been such a value, and be none now.
            |(_, node)| self.is_unsayable(node.tokens),
        )
    }

    /// Whether such a value is among these steps.
    pub(super) fn is_unsayable(&self, tokens: &[Token]) -> bool {
        self.has_unsayable && tokens.iter().any(|token| matches!(token, Token::Scalar(_, Kind::Unsayable)))
    }

    /// Refuses to send what cannot be, even where nothing else is checked.
    pub(crate) fn check_sayable(&self) -> Result<(), Violation> {
        self.unsayable().next().map_or(Ok(()), |(param, _)| Err(Violation::unsayable(param.name())))
    }
}

impl Node<'_> {
    /// Whether it is such a value, or one is within it.
    pub(crate) fn is_unsayable(self) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Scalar(_, Kind::Unsayable)))
    }
}
