//! The parameters of a call: each value becomes text once, in one buffer.
//!
//! The query, the body, the path and the canonical string are all made from that text, so what is
//! signed is what is sent.

mod buffer;
mod encode;
mod extra;
mod field;
mod headers;
mod param;
mod path;
mod pattern;
mod template;
mod tree;
mod wire;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use buffer::Buffer;
use extra::Extra;
use tree::{Token, write_json};

pub(crate) use encode::{write_json_body, write_query};
pub(crate) use field::{Field, Kind};
pub(crate) use headers::headers;
pub use param::{Class, EVERY_CLASS, Param, Rule, body, path, query};
pub(crate) use param::{Location, Sensitivity};
pub(crate) use path::check_segment;
pub(crate) use path::path as path_of;
pub(crate) use pattern::matches_pattern;
pub(crate) use template::template;
pub use wire::{ValueWriter, Wire};

/// The parameters of one call and their values.
#[derive(Clone, Default)]
pub(crate) struct Args {
    /// Those of the operation, then those that all paged operations share.
    tables: [&'static [Param]; 2],
    /// Those that no table has, in the order in which they were given.
    extras: Vec<Extra>,
    /// All values, one after the other. Wiped, because some of them are secret. Query and body, which are
    /// made from it, go to the transport, and what that does with them is its own affair.
    text: Buffer,
    /// The way through each value, as it was written.
    tokens: Vec<Token>,
    /// In the order of the tables and then of the others, each parameter once at most.
    values: Vec<Value>,
    /// A name that was set and that no table has.
    unknown: Option<&'static str>,
}

#[derive(Clone)]
struct Value {
    /// Index into the tables, and after their end into the others.
    param: usize,
    range: Range<usize>,
    kind: Kind,
    /// What its type says; the table may say more.
    sensitivity: Sensitivity,
}

impl Args {
    /// No values yet, for the parameters of these tables.
    pub(crate) fn new(tables: [&'static [Param]; 2]) -> Self {
        Self { tables, ..Self::default() }
    }

    /// Sets the parameters that every call must have and that nothing else fills, in table order.
    pub(crate) fn set_positional(&mut self, values: &[&dyn Wire]) {
        let mut values = values.iter();
        for index in 0..self.len() {
            if self.param(index).is_some_and(Param::is_positional)
                && let Some(value) = values.next()
            {
                self.set_at(index, *value);
            }
        }
    }

    /// Sets a parameter by its wire name; a later value takes the place of an earlier one.
    ///
    /// A name that no table has is a fault of the generated code, which validation reports.
    pub(crate) fn set(&mut self, name: &'static str, value: &dyn Wire) {
        match self.find(name) {
            Some(index) => self.set_at(index, value),
            None => self.unknown = Some(name),
        }
    }

    fn set_at(&mut self, index: usize, value: &dyn Wire) {
        let (tokens, sensitivity) = self.walk(index, value);
        self.put(index, tokens, sensitivity);
    }

    /// Writes down a value, and says where.
    fn walk(&mut self, index: usize, value: &dyn Wire) -> (Range<usize>, Sensitivity) {
        let start = self.tokens.len();
        let mut out = ValueWriter::new(self, index);
        value.write(&mut out);
        let sensitivity = out.sensitivity();
        (start..self.tokens.len(), sensitivity)
    }

    /// Makes what was written the value of a parameter; where nothing was, there is none.
    fn put(&mut self, index: usize, tokens: Range<usize>, sensitivity: Sensitivity) {
        let (range, kind) = match self.tokens.get(tokens).unwrap_or_default() {
            [] => return self.remove(index),
            [Token::Scalar(range, kind)] => (range.clone(), *kind),
            parts => {
                let mut json = Buffer::default();
                write_json(parts, &self.text, &mut json);
                (self.text.append(&json), Kind::Json)
            }
        };
        let value = Value { param: index, range, kind, sensitivity };
        match self.position(index) {
            Ok(at) => self.values.splice(at..=at, [value]).for_each(drop),
            Err(at) => self.values.insert(at, value),
        }
    }

    /// Gives each parameter that has none the value of the parameter it is filled from.
    pub(crate) fn fill_defaults(&mut self) {
        for index in 0..self.len() {
            let source = self.param(index).and_then(|param| param.default_from);
            if let Some(source) = source.and_then(|name| self.find(name))
                && let (Err(at), Ok(from)) = (self.position(index), self.position(source))
                && let Some(value) = self.values.get(from).cloned()
            {
                // The same text: it is written once, whatever it is used for.
                self.values.insert(at, Value { param: index, ..value });
            }
        }
    }

    /// How many parameters the tables have.
    fn len(&self) -> usize {
        self.tables[0].len() + self.tables[1].len()
    }

    /// The value of a parameter, by its index in the tables.
    pub(crate) fn get(&self, index: usize) -> Option<Field<'_>> {
        let at = self.position(index).ok()?;
        self.field(self.values.get(at)?)
    }

    /// The value of a parameter, by its wire name.
    pub(crate) fn by_name(&self, name: &str) -> Option<Field<'_>> {
        self.get(self.find(name)?)
    }

    /// All values, in table order, which is that of the spec; then what no table has.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Field<'_>> {
        self.values.iter().filter_map(|value| self.field(value))
    }

    /// All parameters with their values, in table order.
    pub(crate) fn params(&self) -> impl Iterator<Item = (&'static Param, Option<Field<'_>>)> {
        (0..self.len()).filter_map(|index| Some((self.param(index)?, self.get(index))))
    }

    /// The name that was set although no table has it.
    pub(crate) fn unknown(&self) -> Option<&'static str> {
        self.unknown
    }

    fn field(&self, value: &Value) -> Option<Field<'_>> {
        let (name, location, sensitivity) = match self.param(value.param) {
            Some(param) => (param.name, param.location, param.sensitivity.max(value.sensitivity)),
            None => {
                let extra = self.extras.get(value.param.checked_sub(self.len())?)?;
                (extra.name.as_str(), extra.location, value.sensitivity)
            }
        };
        let text = Cow::Borrowed(self.text.get(value.range.clone())?);
        Some(Field { name, text, kind: value.kind, location, sensitivity })
    }

    fn param(&self, index: usize) -> Option<&'static Param> {
        let [own, shared] = self.tables;
        own.get(index).or_else(|| shared.get(index.checked_sub(own.len())?))
    }

    fn find(&self, name: &str) -> Option<usize> {
        let [own, shared] = self.tables;
        own.iter().chain(shared).position(|param| param.name == name)
    }

    /// Where the value of a parameter is, or where it would go.
    fn position(&self, index: usize) -> Result<usize, usize> {
        self.values.binary_search_by_key(&index, |value| value.param)
    }

    fn remove(&mut self, index: usize) {
        if let Ok(at) = self.position(index) {
            self.values.remove(at);
        }
    }
}

/// Names of all values that are set; the values of public parameters only.
impl fmt::Debug for Args {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests;
