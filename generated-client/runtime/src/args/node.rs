//! A value of a call as it was written, to be looked at.

use super::buffer::Buffer;
use super::field::{Field, Kind};
use super::style::{Entries, Items, Members};
use super::tree::{Token, items, members, write_json};
use super::{Args, Clear, Encoding, Param, Style};
use crate::json::{Json, read_under};

/// A value, or one within it.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    pub(super) tokens: &'a [Token],
    /// What the tokens refer to.
    text: &'a str,
    /// How its parts are called, where they have names of their own; none within JSON.
    style: Option<Style>,
}

impl Args {
    /// The value of a parameter, by its index in the tables.
    pub(crate) fn node(&self, index: usize) -> Option<Node<'_>> {
        let value = self.values.get(self.position(index).ok()?)?;
        let style = self.spelled(index).filter(|spelled| !spelled.is_json).map(|spelled| spelled.style);
        Some(Node { tokens: self.tokens.get(value.tokens.clone())?, text: &self.text, style })
    }

    /// The value of a parameter, by its wire name.
    pub(crate) fn node_of(&self, name: &str) -> Option<Node<'_>> {
        self.node(self.find(name)?)
    }

    /// Whether a value is what clears its parameter.
    pub(crate) fn is_cleared(&self, index: usize, field: &Field<'_>) -> bool {
        match self.param(index).and_then(Param::clear) {
            // A list in several pairs has no text of its own.
            Some(Clear::Text(text)) => {
                *field.text == *text && self.node(index).is_none_or(|node| node.text().is_some())
            }
            Some(Clear::Null) => self.node(index).is_some_and(|node| node.tokens == [Token::Null]),
            None => false,
        }
    }

    /// Any JSON, to be looked at like a value of a call.
    pub(crate) fn of_json(text: &str) -> Option<Self> {
        const BODY: &[super::Param] = &[super::Param::InBody("", &[])];
        let json: Json = read_under(text.as_bytes(), None).ok()?;
        let mut args = Self::new(Encoding::json(Style::BRACKETS), [BODY, &[]]);
        args.set("", &json);
        Some(args)
    }
}

impl<'a> Node<'a> {
    /// The text of a value without parts, which is no file and can be said.
    pub(crate) fn text(self) -> Option<&'a str> {
        match self.tokens {
            [Token::Scalar(_, Kind::File(_) | Kind::Unsayable)] => None,
            [Token::Scalar(range, _)] => self.text.get(range.clone()),
            _ => None,
        }
    }

    /// The items of a list; nothing of what is none.
    pub(crate) fn items(self) -> Option<Vec<Self>> {
        let within = |range| self.within(range);
        (self.tokens.first() == Some(&Token::List)).then(|| items(self.tokens).into_iter().map(within).collect())
    }

    /// The names of a record or map, each with its value.
    pub(crate) fn members(self) -> Vec<(&'a str, Self)> {
        let named =
            |(name, range)| (self.text.get::<std::ops::Range<usize>>(name).unwrap_or_default(), self.within(range));
        members(self.tokens).into_iter().map(named).collect()
    }

    /// The value under a name; null is none, and neither is what sends nothing.
    pub(crate) fn member(self, name: &str) -> Option<Self> {
        let found = self.members().into_iter().find(|(member, _)| *member == name);
        found.map(|(_, node)| node).filter(|node| node.tokens != [Token::Null] && node.is_sent())
    }

    /// Whether anything is sent under a name: of null there is an empty text, or null itself.
    pub(crate) fn sends(self, name: &str) -> bool {
        self.members().into_iter().any(|(member, node)| member == name && node.is_sent())
    }

    /// Whether anything is sent of it: nothing of a list or map with nothing in it, whose parts would have names.
    fn is_sent(self) -> bool {
        match (self.tokens.first(), self.parts_style()) {
            (Some(Token::List), Some(_)) => self.items().unwrap_or_default().into_iter().any(Self::is_sent),
            (Some(Token::Map), Some(Style { entries: Entries::Pairs(..), .. })) => !self.members().is_empty(),
            (Some(Token::Record | Token::Map), Some(_)) => self.members().into_iter().any(|(_, node)| node.is_sent()),
            _ => true,
        }
    }

    /// How its parts are spelled, if they have names.
    fn parts_style(self) -> Option<Style> {
        self.style.filter(|style| match self.tokens.first() {
            Some(Token::List) => matches!(style.items, Items::Named(_)),
            Some(Token::Map) if matches!(style.entries, Entries::Pairs(..)) => true,
            Some(Token::Record | Token::Map) => matches!(style.members, Members::Named(..)),
            _ => false,
        })
    }

    /// How it stands in JSON.
    pub(super) fn json(self) -> Buffer {
        let mut json = Buffer::default();
        write_json(self.tokens, self.text, &mut json);
        json
    }

    fn within(self, range: std::ops::Range<usize>) -> Self {
        Self { tokens: self.tokens.get(range).unwrap_or_default(), style: self.parts_style(), ..self }
    }
}
