//! A call on its way to being signed: where signing writes.

use std::fmt;

use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::request::SECRET;
use super::{Draft, Show, Shown, SigningError, Wiped};
use crate::args::{BLANKS, BodyKind, Field, Kind, Location, Sensitivity, write_form_body, write_query};

/// What a parameter or header holds that signing adds.
pub struct Injected {
    text: String,
    kind: Kind,
    shown: Shown,
}

impl fmt::Debug for Injected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Injected([redacted])")
    }
}

impl Injected {
    fn field(self, name: &'static str, location: Location) -> Field<'static> {
        // What may be shown is public to those who look how the call came about.
        let sensitivity = if self.shown == Shown::Whole { Sensitivity::Public } else { Sensitivity::Secret };
        Field { sensitivity, ..Field::new(name, self.text.into(), self.kind, location) }
    }
}

/// A value that a digest hides the origin of, so that it may be shown.
pub fn shown(value: impl Into<Injected>) -> Injected {
    Injected { shown: Shown::Whole, ..value.into() }
}

/// A value of which nothing may be shown unless it is the same with masks: otherwise it would look like a real one.
pub fn hidden(value: impl Into<Injected>) -> Injected {
    Injected { shown: Shown::Hidden, ..value.into() }
}

impl From<i64> for Injected {
    fn from(number: i64) -> Self {
        Self { text: number.to_string(), kind: Kind::Number, shown: Shown::Masked }
    }
}

impl From<String> for Injected {
    fn from(text: String) -> Self {
        Self { text, kind: Kind::Text, shown: Shown::Masked }
    }
}

impl From<Wiped> for Injected {
    fn from(text: Wiped) -> Self {
        Self::from(text.release())
    }
}

impl From<&Wiped> for Injected {
    fn from(text: &Wiped) -> Self {
        Self::from(text.to_string())
    }
}

impl From<&String> for Injected {
    fn from(text: &String) -> Self {
        Self::from(text.clone())
    }
}

impl From<&str> for Injected {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

/// The headers of a call, in the order in which signing lists them.
pub(super) struct Headers<'a> {
    /// The fixed ones, then those that were added.
    set: Vec<(HeaderName, HeaderValue)>,
    /// How many of them are fixed.
    fixed: usize,
    own: &'a HeaderMap,
}

impl<'a> Headers<'a> {
    pub(super) fn new(own: &'a HeaderMap) -> Self {
        Self { set: Vec::new(), fixed: 0, own }
    }

    fn set(&mut self, name: HeaderName, value: HeaderValue, is_fixed: bool) {
        match self.set.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.set.push((name, value)),
        }
        if is_fixed {
            self.fixed = self.set.len();
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.own.contains_key(name) || self.set.iter().any(|(known, _)| known == name)
    }

    /// Names in lower case, with values.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let (fixed, added) = self.set.split_at(self.fixed.min(self.set.len()));
        let all = fixed.iter().map(as_pair).chain(self.own).chain(added.iter().map(as_pair));
        all.map(|(name, value)| (name.as_str(), std::str::from_utf8(value.as_bytes()).unwrap_or_default()))
    }

    /// All of them.
    ///
    /// # Errors
    ///
    /// When signing has set a header that the call brought along.
    pub(super) fn into_map(self) -> Result<HeaderMap, SigningError> {
        let mut map = self.own.clone();
        map.reserve(self.set.len() + 2);
        for (name, value) in self.set {
            if self.own.contains_key(&name) {
                return Err(SigningError::HeaderTaken { header: name });
            }
            map.insert(name, value);
        }
        Ok(map)
    }
}

fn as_pair((name, value): &(HeaderName, HeaderValue)) -> (&HeaderName, &HeaderValue) {
    (name, value)
}

/// A value without the blanks at its ends, which HTTP takes off.
fn trimmed(text: Wiped) -> Bytes {
    match text.starts_with(BLANKS) || text.ends_with(BLANKS) {
        true => Bytes::copy_from_slice(text.trim_matches(BLANKS).as_bytes()),
        // What is sent is not wiped, and need not be a copy.
        false => text.release().into(),
    }
}

/// Pairs, and others after them.
fn appended(pairs: Option<String>, more: Option<String>) -> String {
    let mut pairs = pairs.unwrap_or_default();
    if !pairs.is_empty() {
        pairs.push('&');
    }
    pairs.push_str(&more.unwrap_or_default());
    pairs
}

impl Draft<'_> {
    /// A value as it is added: where masks are, it may be one, or the real one.
    fn added(&self, value: impl Into<Injected>) -> Injected {
        let Injected { text, kind, shown } = value.into();
        let (text, _) = self.notes.pass(text, shown);
        let kind = if text == SECRET { Kind::Text } else { kind };
        Injected { text, kind, shown }
    }

    /// Whether there is something to add: what masks stand for decides, and not they.
    pub fn decided(&self, is_added: bool) -> bool {
        self.notes.pass(is_added, Shown::Whole).0
    }

    /// Adds a parameter that goes with the call's others: in the query, or in the body where there is one.
    ///
    /// # Errors
    ///
    /// When the body is signed already, or nothing can be added to it.
    pub fn inject(&mut self, name: &'static str, value: impl Into<Injected>) -> Result<(), SigningError> {
        match self.call.endpoint.line.method.prefers_query() {
            true => self.inject_query(name, value),
            false => self.inject_body(name, value)?,
        }
        Ok(())
    }

    /// Adds a pair at the end of the query.
    pub fn inject_query(&mut self, name: &'static str, value: impl Into<Injected>) {
        let added = self.added(value).field(name, Location::Query);
        // What was signed of the query stays as it is, and stays in front.
        if let Some(query) = self.query.take() {
            self.query = appended(Some(query), write_query([&added])).into();
        }
        self.injected.push(added);
    }

    /// Adds a member at the end of the body.
    ///
    /// # Errors
    ///
    /// When the body is signed already, or nothing can be added to it.
    pub fn inject_body(&mut self, name: &'static str, value: impl Into<Injected>) -> Result<(), SigningError> {
        if self.call.has_document() {
            return Err(SigningError::WholeBody);
        }
        let added = self.added(value).field(name, Location::Body);
        match self.body.take() {
            None => {}
            // What was signed of a form stays in front; there is no such front of an object.
            Some(form) if self.call.body_kind == BodyKind::Form => {
                self.body = Some(appended(form, write_form_body([&added]))).into()
            }
            Some(_) => return Err(SigningError::BodyChanged { parameter: name }),
        }
        self.injected.push(added);
        Ok(())
    }

    /// Sets a header that nothing may print or remember.
    ///
    /// # Errors
    ///
    /// When a header cannot hold the value.
    pub fn inject_header(&mut self, name: &'static str, value: impl Into<Injected>) -> Result<(), SigningError> {
        let mut value = self.added(value);
        // It arrives without them, so that it is signed without them.
        if value.text.starts_with(BLANKS) || value.text.ends_with(BLANKS) {
            value.text = value.text.trim_matches(BLANKS).to_owned();
        }
        let text = Bytes::copy_from_slice(value.text.as_bytes());
        self.set_header(name, text, true, false)?;
        self.injected.push(value.field(name, Location::Header));
        Ok(())
    }

    /// Sets a header of every call, made of parts.
    ///
    /// # Errors
    ///
    /// When a header cannot hold the value.
    pub fn header(&mut self, name: &'static str, parts: &[&'static str]) -> Result<(), SigningError> {
        let value = match parts {
            [whole] => Bytes::from_static(whole.trim_matches(BLANKS).as_bytes()),
            parts => trimmed(Wiped::join(parts.iter().copied())),
        };
        self.set_header(name, value, false, true)
    }

    /// Sets a header of every call that nothing may print or remember; not of one that is made without credentials.
    ///
    /// # Errors
    ///
    /// When a header cannot hold the value.
    pub fn secret_header(&mut self, name: &'static str, parts: &[&str]) -> Result<(), SigningError> {
        if self.call.endpoint.anonymous {
            return Ok(());
        }
        self.set_header(name, trimmed(Wiped::join(parts.iter().copied())), true, true)
    }

    fn set_header(&mut self, name: &'static str, text: Bytes, secret: bool, fixed: bool) -> Result<(), SigningError> {
        let unfit = || SigningError::Header { header: name };
        let mut value = HeaderValue::from_maybe_shared(text).map_err(|_| unfit())?;
        value.set_sensitive(secret);
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unfit())?;
        self.headers.set(name, value, fixed);
        Ok(())
    }

    /// Whether signing stops after the headers of every call.
    pub fn is_unsigned(&self) -> bool {
        !self.call.endpoint.signed
    }

    /// Notes a named value that is shown as it comes out where masks stand for secrets.
    pub fn step<T: Show>(&self, name: &'static str, value: T) -> T {
        self.notes.step(name, value, Shown::Masked)
    }

    /// Notes a named value that may be shown: a digest hides what went into it.
    pub fn digest<T: Show>(&self, name: &'static str, value: T) -> T {
        self.notes.step(name, value, Shown::Whole)
    }

    /// Notes a named value of which nothing may be shown, unless it is the same with masks.
    pub fn hidden<T: Show>(&self, name: &'static str, value: T) -> T {
        self.notes.step(name, value, Shown::Hidden)
    }
}
