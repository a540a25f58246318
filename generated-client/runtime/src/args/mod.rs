//! The parameters of a call: each value becomes text once, in one buffer.
//!
//! The query, the body, the path and the canonical string are all made from that text, so what is
//! signed is what is sent.

mod around;
mod buffer;
mod encode;
mod entries;
mod extra;
mod fact;
mod field;
mod files;
mod flatten;
#[cfg(feature = "http")]
mod headers;
mod joined;
mod leaves;
mod lent;
mod node;
mod param;
mod path;
mod pattern;
mod same;
#[cfg(feature = "serde")]
mod shown;
mod style;
mod template;
mod tree;
mod unsayable;
mod wire;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::values::Form;
use buffer::Buffer;
use extra::Extra;
use flatten::{Flattener, Pair};
use tree::Token;

pub(crate) use encode::{write_form_body, write_json_body, write_json_text, write_query};
pub use fact::{By, Class, EVERY_CLASS, Fact, Format, If, Later, MANY, OPTIONAL, REQUIRED, Ruled, Run};
pub(crate) use field::{Field, Kind};
pub(crate) use files::Attached;
#[cfg(feature = "http")]
pub(crate) use headers::{added, headers};
pub(crate) use joined::{BLANKS, Joined};
pub use lent::Take;
pub(crate) use lent::debug as show_lent;
pub(crate) use node::Node;
pub use param::Param;
pub(crate) use param::{Clear, Location, Sensitivity};
pub(crate) use path::check_segment;
pub(crate) use path::fill_in;
pub(crate) use path::path as path_of;
pub(crate) use pattern::{has_runs, matches_pattern};
#[cfg(feature = "serde")]
pub(crate) use shown::{json_text, shown};
pub(crate) use style::BodyKind;
pub use style::{Encoding, Style};
pub(crate) use template::{has_place, template};
pub use wire::{Member, ValueWriter, Wire, member};

/// The parameters of one call and their values.
#[derive(Clone)]
pub(crate) struct Args {
    /// How what has parts is encoded, and the body.
    encoding: Encoding,
    /// Those of the operation, then those that all paged operations share.
    tables: [&'static [Param]; 2],
    /// Those that no table has, in the order in which they were given.
    extras: Vec<Extra>,
    /// All files there are among the values.
    files: Vec<Attached>,
    /// The parameters of which the caller says whether they are signed.
    signed: Vec<(&'static str, bool)>,
    /// Where all goes that is neither in the path nor in a header, if that is not where the tables say.
    moved: Option<Location>,
    /// Whether a value was written that its spelling has no text for.
    has_unsayable: bool,
    /// All values, one after the other. Wiped, because some of them are secret. Query and body, which are
    /// made from it, go to the transport, and what that does with them is its own affair.
    text: Buffer,
    /// The way through each value, as it was written.
    tokens: Vec<Token>,
    /// Those values that became names and texts of their own.
    pairs: Vec<Pair>,
    /// In the order of the tables and then of the others, each parameter once at most.
    values: Vec<Value>,
    /// A name that was set and that no table has.
    unknown: Option<&'static str>,
}

#[derive(Clone)]
struct Value {
    /// Index into the tables, and after their end into the others.
    param: usize,
    text: Range<usize>,
    kind: Kind,
    /// Where it is several pairs, or one under another name.
    pairs: Option<Range<usize>>,
    /// What its type says; the table may say more.
    sensitivity: Sensitivity,
    /// What it was made of.
    tokens: Range<usize>,
}

/// How a value with parts is spelled.
#[derive(Clone, Copy)]
struct Spelled {
    style: Style,
    is_json: bool,
    is_header: bool,
    /// Whether each of its entries is a parameter of its own.
    is_spread: bool,
}

impl Args {
    /// No values yet, for the parameters of these tables.
    pub(crate) fn new(encoding: Encoding, tables: [&'static [Param]; 2]) -> Self {
        Self {
            encoding,
            tables,
            extras: Vec::new(),
            files: Vec::new(),
            signed: Vec::new(),
            moved: None,
            has_unsayable: false,
            text: Buffer::default(),
            tokens: Vec::new(),
            pairs: Vec::new(),
            values: Vec::new(),
            unknown: None,
        }
    }

    /// What the body is.
    pub(crate) fn body_kind(&self) -> BodyKind {
        self.encoding.body
    }

    /// Whether a value in one place is what it is, whatever parts it has.
    fn is_json(&self, location: Location) -> bool {
        let is_json = matches!(self.encoding.body, BodyKind::Json | BodyKind::List);
        location == Location::Document || (location == Location::Body && is_json)
    }

    /// Puts in one place all that is neither in the path nor in a header.
    pub(crate) fn move_to(&mut self, location: Location) {
        self.moved = Some(location);
    }

    /// Where a parameter goes that the tables place here.
    fn moved(&self, location: Location) -> Location {
        match (location, self.moved) {
            // What is the whole body leaves no room for what is in the query.
            (Location::Query, Some(Location::Body)) if self.encoding.body == BodyKind::List => Location::Query,
            (Location::Body, None | Some(Location::Body)) if self.encoding.body == BodyKind::List => Location::Document,
            (Location::Query | Location::Body, Some(moved)) => moved,
            _ => location,
        }
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
        if !self.set_by_name(name, value) {
            self.unknown = Some(name);
        }
    }

    /// The same for any name; whether a table has it.
    pub(crate) fn set_by_name(&mut self, name: &str, value: &dyn Wire) -> bool {
        self.find(name).map(|index| self.set_at(index, value)).is_some()
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

    /// Makes what was written the value of a parameter; where nothing was, or nothing of it is sent, there is none.
    fn put(&mut self, index: usize, tokens: Range<usize>, sensitivity: Sensitivity) {
        // Taken out, so that the buffer can grow while they are read.
        let all = std::mem::take(&mut self.tokens);
        let value = match all.get(tokens.clone()).unwrap_or_default() {
            [] => None,
            [Token::Scalar(text, kind)] => Some((text.clone(), *kind, None)),
            parts => {
                Some(self.parts(index, parts)).filter(|(_, _, pairs)| pairs.as_ref().is_none_or(|it| !it.is_empty()))
            }
        };
        self.tokens = all;
        match (value, self.position(index)) {
            (Some((text, kind, pairs)), at) => {
                let value = Value { param: index, text, kind, pairs, sensitivity, tokens };
                match at {
                    Ok(at) => self.values[at] = value,
                    Err(at) => self.values.insert(at, value),
                }
            }
            (None, Ok(at)) => drop(self.values.remove(at)),
            (None, Err(_)) => {}
        }
    }

    /// How the value of a parameter is spelled, by its index in the tables and behind them.
    fn spelled(&self, index: usize) -> Option<Spelled> {
        let param = self.param(index);
        let location = param.map(Param::location).or_else(|| self.extra(index).map(|extra| extra.location))?;
        Some(Spelled {
            style: param.and_then(Param::style).copied().unwrap_or(self.encoding.style),
            is_json: self.is_json(location),
            is_header: location == Location::Header,
            is_spread: param.is_some_and(Param::is_spread),
        })
    }

    /// A value with parts: as JSON where that is what is sent, as pairs elsewhere.
    fn parts(&mut self, index: usize, tokens: &[Token]) -> (Range<usize>, Kind, Option<Range<usize>>) {
        let of_extra = || self.extra(index).map(|extra| extra.name.clone()).unwrap_or_default();
        let name = self.param(index).map_or_else(of_extra, |param| param.name().to_owned());
        let spelled = self.spelled(index);
        let start = self.pairs.len();
        if let Some(Spelled { style, is_json, is_spread, .. }) = spelled {
            let mut out = Flattener { style, text: &mut self.text, pairs: &mut self.pairs };
            match is_spread {
                true => out.spread(&name, tokens, is_json),
                false if is_json => out.json(&name, tokens),
                false => out.value(&name, tokens),
            }
        }
        let pairs = start..self.pairs.len();
        // One text stands for the whole, as it must in a path.
        let text = match self.pairs.get(start..) {
            Some([pair]) => pair.text.clone(),
            _ => 0..0,
        };
        (text, Kind::Json, Some(pairs))
    }

    /// Gives each parameter that has none the value of the parameter it is filled from.
    pub(crate) fn fill_defaults(&mut self) {
        for index in 0..self.len() {
            if self.position(index).is_err()
                && let Some((tokens, sensitivity)) = self.default(index)
            {
                // The same texts, under its own name: they are written once, whatever they are used for.
                self.put(index, tokens, sensitivity);
            }
        }
    }

    /// The parameter by which the server knows a call that is made again, if it has one, and whether it is given.
    pub(crate) fn key(&self) -> Option<(&'static str, bool)> {
        let index = (0..self.len()).find(|index| self.param(*index).is_some_and(Param::is_key))?;
        Some((self.param(index)?.name(), self.position(index).is_ok()))
    }

    /// What a parameter is filled with, and who may see it: whatever hides it where it comes from hides it here.
    fn default(&self, index: usize) -> Option<(Range<usize>, Sensitivity)> {
        let source = |index: &usize| self.find(self.param(*index)?.default_from()?);
        // The spec has no circles; a table that had one would end here.
        let mut sources = std::iter::successors(source(&index), source).take(self.len());
        let source = sources.find(|source| self.position(*source).is_ok())?;
        let value = self.values.get(self.position(source).ok()?)?;
        Some((value.tokens.clone(), self.field(value)?.sensitivity))
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

    /// How the value of a parameter is spelled, by its wire name.
    pub(crate) fn form_of(&self, name: &str) -> Form {
        self.find(name).and_then(|index| self.param(index)).map_or(Form::Usual, Param::form)
    }

    /// All that is sent, in table order, which is that of the spec; then what no table has.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Field<'_>> {
        self.values.iter().flat_map(|value| {
            let pairs = value.pairs.clone().and_then(|pairs| self.pairs.get(pairs));
            let whole = if pairs.is_none() { self.field(value) } else { None };
            let part = |pair: &Pair| {
                let name = self.text.get(pair.name.clone())?;
                let text = Cow::Borrowed(self.text.get(pair.text.clone())?);
                Some(Field { name, text, kind: pair.kind, ..self.field(value)? })
            };
            whole.into_iter().chain(pairs.unwrap_or_default().iter().filter_map(part))
        })
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
        let text = Cow::Borrowed(self.text.get(value.text.clone())?);
        let field = match self.param(value.param) {
            Some(param) => Field {
                sensitivity: param.sensitivity().max(value.sensitivity),
                signed: self.is_signed(param),
                content_type: param.content_type(),
                ..Field::new(param.name(), text, value.kind, self.moved(param.location()))
            },
            None => {
                let extra = self.extra(value.param)?;
                let field = Field::new(&extra.name, text, value.kind, extra.location);
                Field { sensitivity: value.sensitivity, ..field }
            }
        };
        Some(field)
    }

    fn param(&self, index: usize) -> Option<&'static Param> {
        let [own, shared] = self.tables;
        own.get(index).or_else(|| shared.get(index.checked_sub(own.len())?))
    }

    fn extra(&self, index: usize) -> Option<&Extra> {
        self.extras.get(index.checked_sub(self.len())?)
    }

    fn find(&self, name: &str) -> Option<usize> {
        let [own, shared] = self.tables;
        own.iter().chain(shared).position(|param| param.name() == name)
    }

    /// Where the value of a parameter is, or where it would go.
    fn position(&self, index: usize) -> Result<usize, usize> {
        self.values.binary_search_by_key(&index, |value| value.param)
    }
}

/// Names of all values that are set; the values of public parameters only.
impl fmt::Debug for Args {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod style_tests;
#[cfg(test)]
mod tests;
