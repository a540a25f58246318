//! A value with parts into names and texts, in one of the styles that APIs have for that.

use std::ops::Range;

use super::buffer::{Buffer, Sink};
use super::field::Kind;
use super::style::{Entries, Items, Members, Style};
use super::tree::{Token, items, members, write_json};

/// A name and a text, both in the buffer.
#[derive(Clone)]
pub(super) struct Pair {
    pub(super) name: Range<usize>,
    pub(super) text: Range<usize>,
    pub(super) kind: Kind,
}

/// Makes pairs of values.
pub(super) struct Flattener<'a> {
    pub(super) style: Style,
    pub(super) text: &'a mut Buffer,
    pub(super) pairs: &'a mut Vec<Pair>,
}

impl Flattener<'_> {
    /// The pairs of a value. A list or record with nothing in it has none, and null is an empty text.
    pub(super) fn value(&mut self, name: &str, tokens: &[Token]) {
        match tokens.first() {
            None | Some(Token::End | Token::Key(_)) => {}
            Some(Token::Scalar(text, kind)) => self.pair(name, text.clone(), *kind),
            Some(Token::Null) => self.pair(name, 0..0, Kind::Text),
            Some(Token::List) => self.list(name, tokens),
            Some(Token::Record) => self.record(name, tokens),
            Some(Token::Map) => self.map(name, tokens),
        }
    }

    /// Each member of an object under a name that begins with this one, in JSON where it has parts and may be JSON.
    pub(super) fn spread(&mut self, prefix: &str, tokens: &[Token], is_json: bool) {
        for (name, value) in members(tokens) {
            let name = [prefix, self.text.get(name).unwrap_or_default()].concat();
            let value = tokens.get(value).unwrap_or_default();
            match value {
                [_, ..] if is_json && !matches!(value, [Token::Scalar(..)]) => self.json(&name, value),
                _ => self.value(&name, value),
            }
        }
    }

    /// A value as JSON text.
    pub(super) fn json(&mut self, name: &str, tokens: &[Token]) {
        let mut json = Buffer::default();
        write_json(tokens, self.text, &mut json);
        let text = self.text.append(&json);
        self.pair(name, text, Kind::Json);
    }

    fn list(&mut self, name: &str, tokens: &[Token]) {
        match self.style.items {
            Items::Named(counted) => {
                for (index, item) in items(tokens).into_iter().enumerate() {
                    self.value(&counted.name(name, index), tokens.get(item).unwrap_or_default());
                }
            }
            Items::Commas => {
                let mut joined = Buffer::default();
                for (index, item) in items(tokens).into_iter().enumerate() {
                    if index > 0 {
                        joined.put(",");
                    }
                    match tokens.get(item).unwrap_or_default() {
                        [Token::Scalar(text, _)] => joined.put(self.text.get(text.clone()).unwrap_or_default()),
                        parts => write_json(parts, self.text, &mut joined),
                    }
                }
                let text = self.text.append(&joined);
                self.pair(name, text, Kind::Text);
            }
            Items::Json => self.json(name, tokens),
        }
    }

    fn record(&mut self, name: &str, tokens: &[Token]) {
        let Members::Named(before, after) = self.style.members else { return self.json(name, tokens) };
        for (member, value) in members(tokens) {
            let name = [name, before, self.text.get(member).unwrap_or_default(), after].concat();
            self.value(&name, tokens.get(value).unwrap_or_default());
        }
    }

    fn map(&mut self, name: &str, tokens: &[Token]) {
        let Entries::Pairs(counted, key, value) = self.style.entries else { return self.record(name, tokens) };
        for (index, (member, range)) in members(tokens).into_iter().enumerate() {
            let item = counted.name(name, index);
            self.pair(&[item.as_str(), key].concat(), member, Kind::Text);
            self.value(&[item.as_str(), value].concat(), tokens.get(range).unwrap_or_default());
        }
    }

    fn pair(&mut self, name: &str, text: Range<usize>, kind: Kind) {
        let name = self.text.append(name);
        self.pairs.push(Pair { name, text, kind });
    }
}
