//! A call on its way to being signed.

use std::cell::RefCell;
use std::time::SystemTime;

use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::{Fields, Show, SigningError, Step, Wiped};
use crate::args::{Field, Kind, Location, Sensitivity};
use crate::tables::Method;
use crate::values::Secret;

/// One attempt at a call, before it is sent: what signing may read, and where it writes.
///
/// What is read lives outside, so that reading and writing may stand in one expression.
pub struct Draft<'a> {
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) own: &'a [Field<'a>],
    pub(crate) credentials: &'a [Secret],
    pub(crate) now: SystemTime,
    pub(crate) nonce: i64,
    pub(crate) injected: Vec<Field<'static>>,
    pub(crate) headers: HeaderMap,
    /// Filled only for somebody who wants to see.
    pub(crate) steps: Option<RefCell<Vec<Step>>>,
    /// Whether what is read is masked, so that any step may be kept; otherwise only digests are.
    pub(crate) masked: bool,
}

/// The value of a parameter that signing adds.
#[derive(Debug)]
pub enum Injected {
    /// Sent as a number.
    Number(i64),
    /// Sent as a text.
    Text(String),
}

impl From<i64> for Injected {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<String> for Injected {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Wiped> for Injected {
    /// It is sent, so that wiping it ends here.
    fn from(text: Wiped) -> Self {
        Self::Text(text.to_string())
    }
}

impl From<&str> for Injected {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<'a> Draft<'a> {
    /// The method, as in the request line.
    pub fn method(&self) -> &'static str {
        self.method.as_str()
    }

    /// The path as sent: base path and path parameters, percent-encoded, without the query.
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// The time of this attempt.
    pub fn now(&self) -> SystemTime {
        self.now
    }

    /// The nonce of this attempt: random, and not negative.
    pub fn nonce(&self) -> i64 {
        self.nonce
    }

    /// A part of the caller's credentials; empty if there is no such part.
    pub fn credential(&self, index: usize) -> &'a str {
        self.credentials.get(index).map_or("", Secret::expose)
    }

    /// Path, query and body parameters in the order of the spec, then what was injected so far.
    pub fn params(&self) -> Fields<'_> {
        let is_parameter =
            |field: &&Field<'_>| matches!(field.location, Location::Path | Location::Query | Location::Body);
        let parameters = self.own.iter().chain(&self.injected).filter(is_parameter);
        Fields::new(parameters.map(|field| (field.name, &*field.text)).collect())
    }

    /// Adds a parameter that goes with the call's others: in the query, or in the body where there is one.
    pub fn inject(&mut self, name: &'static str, value: impl Into<Injected>) {
        let (text, kind) = match value.into() {
            Injected::Number(number) => (number.to_string(), Kind::Number),
            Injected::Text(text) => (text, Kind::Text),
        };
        let location = if self.method.prefers_query() { Location::Query } else { Location::Body };
        let sensitivity = Sensitivity::Public;
        self.injected.push(Field { name, text: text.into(), kind, location, sensitivity });
    }

    /// Sets a header, made of parts.
    ///
    /// # Errors
    ///
    /// When a header cannot hold the value.
    pub fn header(&mut self, name: &'static str, parts: &[&str]) -> Result<(), SigningError> {
        self.set_header(name, parts, false)
    }

    /// Sets a header that nothing may print or remember.
    ///
    /// # Errors
    ///
    /// When a header cannot hold the value.
    pub fn secret_header(&mut self, name: &'static str, parts: &[&str]) -> Result<(), SigningError> {
        self.set_header(name, parts, true)
    }

    fn set_header(&mut self, name: &'static str, parts: &[&str], secret: bool) -> Result<(), SigningError> {
        let unfit = || SigningError::Header { header: name };
        let mut value = HeaderValue::from_bytes(Wiped::join(parts.iter().copied()).as_bytes()).map_err(|_| unfit())?;
        value.set_sensitive(secret);
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unfit())?;
        self.headers.insert(name, value);
        Ok(())
    }

    /// Notes a named value that must be masked when it is shown.
    pub fn step(&self, name: &'static str, value: &(impl Show + ?Sized)) {
        self.note(name, value, false);
    }

    /// Notes a named value that may be shown: a digest hides what went into it.
    pub fn digest(&self, name: &'static str, value: &(impl Show + ?Sized)) {
        self.note(name, value, true);
    }

    fn note(&self, name: &'static str, value: &(impl Show + ?Sized), digest: bool) {
        if let Some(steps) = &self.steps {
            let text = if digest || self.masked { value.show() } else { String::new() };
            let step = Step { name, text, digest };
            steps.borrow_mut().push(step);
        }
    }
}
