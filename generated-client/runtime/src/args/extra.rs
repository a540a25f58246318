//! What a call is given beyond its tables: parameters and headers that nobody described.

use super::param::{Location, Param};
use super::tree::{is_object, members};
use super::wire::Wire;
use super::{Args, BodyKind};
use crate::bodies::Upload;
use crate::validate::Violation;

/// A parameter that no table has.
#[derive(Clone)]
pub(super) struct Extra {
    pub(super) name: String,
    pub(super) location: Location,
}

impl Args {
    /// Sets a parameter that may not be in the tables; a later value takes the place of an earlier one.
    ///
    /// Where the tables have it, its rules hold.
    pub(crate) fn set_extra(&mut self, name: String, location: Location, value: &dyn Wire) {
        let index = self.place(name, location);
        self.set_at(index, value);
    }

    /// Makes a value the whole body, in JSON: the members of an object are parameters, anything else is a body in which
    /// nothing else can stand.
    pub(crate) fn set_document(&mut self, value: &dyn Wire) {
        self.encoding.body = BodyKind::Json;
        let (tokens, sensitivity) = self.walk(usize::MAX, value);
        let written = self.tokens.get(tokens.clone()).unwrap_or_default();
        if !is_object(written) {
            let index = self.place(String::new(), Location::Document);
            return self.put(index, tokens, sensitivity);
        }
        for (name, value) in members(written) {
            let name = self.text.get(name).unwrap_or_default().to_owned();
            let index = self.place(name, Location::Body);
            self.put(index, tokens.start + value.start..tokens.start + value.end, sensitivity);
        }
    }

    /// Makes the bytes of a file the whole body.
    pub(crate) fn set_file(&mut self, file: &Upload) {
        self.encoding.body = BodyKind::File;
        self.drop_where(Location::Body);
        self.set_extra(String::new(), Location::Document, file);
    }

    /// Sets a part of a body in parts.
    pub(crate) fn set_part(&mut self, name: String, value: &dyn Wire) {
        self.encoding.body = BodyKind::Multipart;
        self.drop_where(Location::Document);
        self.set_extra(name, Location::Body, value);
    }

    /// Leaves out what stands in one place.
    fn drop_where(&mut self, location: Location) {
        let mut values = std::mem::take(&mut self.values);
        values.retain(|value| self.field(value).is_none_or(|field| field.location != location));
        self.values = values;
    }

    /// Leaves only the parameters of these names, what stands in the path, the key by which the server knows the call,
    /// and the headers that no table has.
    pub(crate) fn keep(&mut self, names: &[&str]) {
        let mut values = std::mem::take(&mut self.values);
        values.retain(|value| {
            let is_added = self.param(value.param).is_none();
            let is_key = self.param(value.param).is_some_and(Param::is_key);
            self.field(value).is_none_or(|field| {
                field.location.is_path()
                    || is_key
                    || names.contains(&field.name)
                    || (is_added && field.location == Location::Header)
            })
        });
        self.values = values;
    }

    /// Leaves out the key by which the server knows the call, so that another call has one of its own.
    pub(crate) fn drop_key(&mut self) {
        let mut values = std::mem::take(&mut self.values);
        values.retain(|value| !self.param(value.param).is_some_and(Param::is_key));
        self.values = values;
    }

    /// Puts pairs in the place of the whole query, in their order. Who may see a parameter that was there may see it.
    pub(crate) fn replace_query(&mut self, pairs: Vec<(String, String)>) {
        self.drop_where(Location::Query);
        for (name, text) in pairs {
            let known = self.find(&name).and_then(|index| self.param(index)).map(Param::sensitivity);
            let (tokens, sensitivity) = self.walk(usize::MAX, &text);
            self.extras.push(Extra { name, location: Location::Query });
            let index = self.len() + self.extras.len() - 1;
            self.put(index, tokens, known.map_or(sensitivity, |known| known.max(sensitivity)));
        }
    }

    /// Refuses what a caller adds to a body that is one value, or a list that is left out: it would not be sent, or be
    /// sent as an object.
    ///
    /// # Errors
    ///
    /// The first that would stand beside it.
    pub(crate) fn check_room(&self) -> Result<(), Violation> {
        let is_one =
            || self.encoding.body == BodyKind::List || self.iter().any(|field| field.location == Location::Document);
        if self.extras.is_empty() || !is_one() {
            return Ok(());
        }
        match self.iter().find(|field| field.location == Location::Body) {
            Some(field) => Err(Violation::new(field.name, "body", "stands beside what is the whole body".to_owned())),
            None => Ok(()),
        }
    }

    /// The index of a parameter, which is made up where there is none.
    fn place(&mut self, name: String, location: Location) -> usize {
        let tables = self.len();
        // Case makes no difference in the name of a header: two of them would be sent as one, or twice.
        let is_name = |known: &str| match location {
            Location::Header => known.eq_ignore_ascii_case(&name),
            _ => known == name,
        };
        let is_it =
            |index: &usize| self.param(*index).is_some_and(|it| is_name(it.name()) && it.location() == location);
        if let Some(index) = (0..tables).find(is_it) {
            return index;
        }
        let known = self.extras.iter().position(|extra| is_name(&extra.name) && extra.location == location);
        tables
            + known.unwrap_or_else(|| {
                self.extras.push(Extra { name, location });
                self.extras.len() - 1
            })
    }
}
