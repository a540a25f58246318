//! The parameters of a call: each value becomes text once, in one buffer.
//!
//! The query, the body, the path and the canonical string are all made from that text, so what is
//! signed is what is sent.

mod encode;
mod field;
mod param;
mod path;
mod wire;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use secrecy::zeroize::Zeroizing;

pub use encode::{write_json_body, write_query};
pub use field::{Field, Kind};
pub use param::{Class, Location, Param, Rule, Sensitivity};
pub(crate) use path::check_segment;
pub use path::path;
pub use wire::{ValueWriter, Wire};

use crate::validate::{Violations, validate};

/// The parameters of one call and their values.
#[derive(Clone, Default)]
pub struct Args {
    /// Those of the operation, then those that all paged operations share.
    tables: [&'static [Param]; 2],
    /// All values, one after the other. Wiped, because some of them are secret.
    text: Zeroizing<String>,
    /// In the order in which they were set, each parameter once at most.
    values: Vec<Value>,
    /// A name that was set and that no table has.
    unknown: Option<&'static str>,
}

#[derive(Clone)]
struct Value {
    /// Index into the tables.
    param: usize,
    range: Range<usize>,
    kind: Kind,
}

impl Args {
    /// The positional values of a call whose parameters these tables describe: its own, then those
    /// that all paged operations share. Positional is what every call must have and nothing else
    /// fills, in table order.
    pub fn new(own: &'static [Param], shared: &'static [Param], positional: &[&dyn Wire]) -> Self {
        let mut args = Self { tables: [own, shared], ..Self::default() };
        let mut values = positional.iter();
        for index in 0..args.len() {
            if args.param(index).is_some_and(Param::is_positional)
                && let Some(value) = values.next()
            {
                args.set_at(index, *value);
            }
        }
        args
    }

    /// Sets a parameter by its wire name; a later value takes the place of an earlier one.
    ///
    /// A name that no table has is a fault of the generated code, which [`Args::validate`] reports.
    pub fn set(&mut self, name: &'static str, value: &dyn Wire) {
        match self.find(name) {
            Some(index) => self.set_at(index, value),
            None => self.unknown = Some(name),
        }
    }

    fn set_at(&mut self, index: usize, value: &dyn Wire) {
        self.remove(index);
        value.write(&mut ValueWriter { args: self, index });
    }

    /// Checks every parameter.
    ///
    /// # Errors
    ///
    /// Every constraint that is not met, in the order of the tables.
    pub fn validate(&self) -> Result<(), Violations> {
        validate(self)
    }

    /// How many parameters the tables have, with values or without.
    #[expect(clippy::len_without_is_empty, reason = "nobody asks")]
    pub fn len(&self) -> usize {
        self.tables.iter().map(|table| table.len()).sum()
    }

    /// The value of a parameter, by its index in the tables: its own, or that of the parameter it is
    /// filled from. Both are the same text: it is written once, whatever it is used for.
    pub fn get(&self, index: usize) -> Option<Field<'_>> {
        let param = self.param(index)?;
        let value = self.value(index).or_else(|| self.value(self.find(param.default_from?)?))?;
        Some(Field {
            name: param.name,
            text: Cow::Borrowed(self.text.get(value.range.clone())?),
            kind: value.kind,
            location: param.location,
            sensitivity: param.sensitivity,
        })
    }

    /// The value of a parameter, by its wire name.
    pub fn by_name(&self, name: &str) -> Option<Field<'_>> {
        self.get(self.find(name)?)
    }

    /// All values, in table order, which is that of the spec.
    pub fn iter(&self) -> impl Iterator<Item = Field<'_>> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// All parameters with their values, in table order.
    pub(crate) fn params(&self) -> impl Iterator<Item = (&'static Param, Option<Field<'_>>)> {
        (0..self.len()).filter_map(|index| Some((self.param(index)?, self.get(index))))
    }

    /// The name that was set although no table has it.
    pub(crate) fn unknown(&self) -> Option<&'static str> {
        self.unknown
    }

    fn param(&self, index: usize) -> Option<&'static Param> {
        let [own, shared] = self.tables;
        own.get(index).or_else(|| shared.get(index.checked_sub(own.len())?))
    }

    fn find(&self, name: &str) -> Option<usize> {
        let [own, shared] = self.tables;
        own.iter().chain(shared).position(|param| param.name == name)
    }

    fn value(&self, index: usize) -> Option<&Value> {
        self.values.iter().find(|value| value.param == index)
    }

    fn remove(&mut self, index: usize) {
        self.values.retain(|value| value.param != index);
    }

    /// Writes the value of a parameter at the end of the buffer.
    fn append(&mut self, index: usize, text: &str, kind: Kind) {
        let start = self.text.len();
        let needed = start + text.len();
        if needed > self.text.capacity() {
            // Growing in place would leave the old copy behind unwiped.
            let mut larger = Zeroizing::new(String::with_capacity(needed.max(2 * self.text.capacity()).max(128)));
            larger.push_str(&self.text);
            self.text = larger;
        }
        self.text.push_str(text);
        self.remove(index);
        self.values.push(Value { param: index, range: start..needed, kind });
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
