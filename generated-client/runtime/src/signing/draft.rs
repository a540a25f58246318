//! A call on its way to being signed: what signing may read.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::time::SystemTime;

use super::moment::Moment;
use super::notes::Notes;
use super::origin::Origin;
use super::place::Headers;
use super::request::Materials;
use super::{Fields, Listed, Octets, Sent, SigningError, Wiped, codec, concat};
use crate::args::{BodyKind, Field, Kind, Location};
use crate::bodies::{OCTET_STREAM, content_type};
use crate::values::Secret;

/// One attempt at a call, before it is sent: what signing may read, and where it writes.
///
/// Everything is as it stands when it is asked for: what was added before is in it.
pub struct Draft<'a> {
    pub(super) call: Materials<'a>,
    pub(super) moment: &'a Moment<'a>,
    /// Taken apart when it is first asked for.
    pub(super) origin: OnceCell<Origin<'a>>,
    /// What signing added, in order, headers included.
    pub(super) injected: Vec<Field<'static>>,
    pub(super) headers: Headers<'a>,
    /// Written once, when it is first asked for; what comes later is appended.
    pub(super) query: OnceCell<String>,
    /// What stands between the parts of a body that has parts.
    pub(super) boundary: String,
    /// Written once, when it is first asked for; nothing may come later.
    pub(super) body: OnceCell<Option<String>>,
    /// What the answer is signed with.
    pub(super) kept: Vec<Octets>,
    /// For somebody who wants to see.
    pub(super) notes: Notes<'a>,
}

impl<'a> Draft<'a> {
    /// Keeps what a step came to until the answer is there.
    pub fn keep(&mut self, value: impl AsRef<[u8]>) {
        self.kept.push(value.as_ref().to_vec().into());
    }

    /// What is kept, where answers are signed.
    pub(super) fn sent(&mut self) -> Option<Box<Sent>> {
        let answers = self.call.endpoint.api.answers.filter(|_| self.call.endpoint.signed)?;
        let (injected, kept) = (self.injected.clone(), std::mem::take(&mut self.kept));
        Some(Box::new(Sent { answers, injected, kept }))
    }

    /// The method, as in the request line.
    pub fn method(&self) -> &'static str {
        self.call.endpoint.line.method.as_str()
    }

    fn origin(&self) -> &Origin<'a> {
        self.origin.get_or_init(|| Origin::of(self.call.base))
    }

    /// The scheme of the address called.
    pub fn scheme(&self) -> &'a str {
        self.origin().scheme
    }

    /// The host of the address called, in lower case, without the port.
    pub fn host(&self) -> &str {
        &self.origin().host
    }

    /// The port of the address called; the scheme's own where none is written.
    pub fn port(&self) -> i64 {
        self.origin().port.into()
    }

    /// The host, and the port where it is not the scheme's own.
    pub fn authority(&self) -> Wiped {
        Wiped::from(&*self.origin().authority())
    }

    /// The path as sent: base path and path parameters, percent-encoded, without the query.
    pub fn path(&self) -> &'a str {
        self.call.path
    }

    /// The query as sent, without its question mark.
    pub fn query(&self) -> &str {
        self.query.get_or_init(|| self.call.query(&self.injected))
    }

    /// The path, and the query if there is one.
    pub fn target(&self) -> Wiped {
        match self.query() {
            "" => self.path().into(),
            query => concat(&[self.path(), "?", query]),
        }
    }

    /// The whole address.
    pub fn url(&self) -> Wiped {
        concat(&[self.scheme(), "://", &self.origin().authority(), &self.target()])
    }

    /// What is sent as the body; empty if there is none.
    pub fn body(&self) -> &[u8] {
        self.written_body().unwrap_or_default().as_bytes()
    }

    /// The media type of a body.
    pub(super) fn body_type(&self) -> Cow<'a, str> {
        match self.call.body_kind {
            BodyKind::Json | BodyKind::List => "application/json".into(),
            BodyKind::Form => "application/x-www-form-urlencoded".into(),
            BodyKind::Multipart => content_type(&self.boundary).into(),
            BodyKind::File => {
                let own = self.call.files.last().and_then(|file| file.upload.media_type());
                own.unwrap_or(OCTET_STREAM).into()
            }
        }
    }

    pub(super) fn written_body(&self) -> Option<&str> {
        self.body.get_or_init(|| self.call.body(&self.injected)).as_deref()
    }

    /// The time of this attempt.
    pub fn now(&self) -> SystemTime {
        self.moment.now
    }

    /// The nonce of this attempt: random, and not negative.
    ///
    /// # Errors
    ///
    /// When there is none to be had.
    pub fn nonce(&self) -> Result<i64, SigningError> {
        self.moment.nonce()
    }

    /// So many random bytes of this attempt, in hexadecimal.
    ///
    /// # Errors
    ///
    /// When there are none to be had.
    pub fn nonce_hex(&self, bytes: usize) -> Result<String, SigningError> {
        self.moment.nonce_hex(bytes)
    }

    /// The UUID of this attempt.
    ///
    /// # Errors
    ///
    /// When there is none to be had.
    pub fn uuid(&self) -> Result<String, SigningError> {
        self.moment.uuid()
    }

    /// The number of this attempt: greater than those before it.
    ///
    /// # Errors
    ///
    /// When there is none to be had.
    pub fn counter(&self) -> Result<i64, SigningError> {
        self.moment.counter()
    }

    /// A part of the caller's credentials; empty if there is no such part.
    pub fn credential(&self, index: usize) -> &'a str {
        self.call.credentials.unwrap_or_default().get(index).map_or("", Secret::expose)
    }

    /// Path, query and body parameters in the order of the spec, then what was added so far.
    ///
    /// # Errors
    ///
    /// When there is a body, and it is no object.
    pub fn params(&self) -> Result<Fields<'_>, SigningError> {
        self.must_have_members()?;
        Ok(self.fields(|location| location.is_path() || matches!(location, Location::Query | Location::Body)))
    }

    /// The parameters in the path.
    pub fn path_params(&self) -> Fields<'_> {
        self.fields(Location::is_path)
    }

    /// The parameters in the query.
    pub fn query_params(&self) -> Fields<'_> {
        self.fields(|location| location == Location::Query)
    }

    /// The members of the body.
    ///
    /// # Errors
    ///
    /// When the body is no object.
    pub fn body_params(&self) -> Result<Fields<'_>, SigningError> {
        self.must_have_members()?;
        Ok(self.fields(|location| location == Location::Body))
    }

    /// Without it, what is in a body would not be signed where its members are meant to be.
    fn must_have_members(&self) -> Result<(), SigningError> {
        if self.call.has_document() { Err(SigningError::NoFields) } else { Ok(()) }
    }

    fn fields(&self, is_wanted: impl Fn(Location) -> bool) -> Fields<'_> {
        let fields =
            self.call.fields.iter().chain(&self.injected).filter(|field| field.signed && is_wanted(field.location));
        Fields::new(fields.map(|field| (field.name, signed_text(field))))
    }

    /// What was added so far, headers included.
    pub fn injected(&self) -> Fields<'_> {
        Fields::new(self.injected.iter().map(|field| (field.name, &*field.text)))
    }

    /// The headers so far, names in lower case: the fixed ones, the call's own, those that were added, the type
    /// of the body if there is one, and the host.
    pub fn headers(&self) -> Fields<'_> {
        let mut fields = Fields::new(self.headers.iter());
        if self.call.has_body(&self.injected) && !self.headers.has("content-type") {
            fields = fields.and(super::field("content-type", self.body_type()));
        }
        fields.and(super::field("host", self.authority()))
    }

    /// The value of a header; its name is in lower case.
    ///
    /// # Errors
    ///
    /// When there is no such header.
    pub fn header_value(&self, name: &'static str) -> Result<Wiped, SigningError> {
        self.headers().find(name).map(Wiped::from).ok_or(SigningError::NoHeader { header: name })
    }

    /// The value of a field.
    ///
    /// # Errors
    ///
    /// When there is no such field.
    pub fn get(&self, fields: Fields<'_>, name: &'static str) -> Result<Wiped, SigningError> {
        self.or_mask(fields.find(name).map(Wiped::from), || "".into(), SigningError::NoField { field: name })
    }

    /// A list that has something in it; `of` names what it is made of.
    ///
    /// # Errors
    ///
    /// When it has nothing.
    pub fn filled<L: Listed>(&self, list: L, of: &'static str) -> Result<L, SigningError> {
        if list.is_empty() && !self.notes.are_masked() {
            return Err(SigningError::EmptyList { list: of });
        }
        Ok(list)
    }

    /// The bytes of hexadecimal digits; `of` names where the text comes from.
    ///
    /// # Errors
    ///
    /// When the text is something else.
    pub fn decode_hex(&self, text: impl AsRef<str>, of: &'static str) -> Result<Octets, SigningError> {
        self.decode(codec::decode_hex, text.as_ref(), of, "hexadecimal")
    }

    /// The bytes of base64 in the standard alphabet; `of` names where the text comes from.
    ///
    /// # Errors
    ///
    /// When the text is something else.
    pub fn decode_base64(&self, text: impl AsRef<str>, of: &'static str) -> Result<Octets, SigningError> {
        self.decode(codec::decode_base64, text.as_ref(), of, "base64")
    }

    /// The bytes of base64 in the alphabet for addresses; `of` names where the text comes from.
    ///
    /// # Errors
    ///
    /// When the text is something else.
    pub fn decode_base64url(&self, text: impl AsRef<str>, of: &'static str) -> Result<Octets, SigningError> {
        self.decode(codec::decode_base64url, text.as_ref(), of, "base64url")
    }

    fn decode(
        &self,
        decode: fn(&str) -> Option<Octets>,
        text: &str,
        of: &'static str,
        encoding: &'static str,
    ) -> Result<Octets, SigningError> {
        let own = || text.as_bytes().to_vec().into();
        self.or_mask(decode(text), own, SigningError::Undecodable { value: of, encoding })
    }

    /// The text that bytes are the UTF-8 of; `of` names where they come from.
    ///
    /// # Errors
    ///
    /// When they are something else.
    pub fn utf8(&self, bytes: impl AsRef<[u8]>, of: &'static str) -> Result<Wiped, SigningError> {
        let bytes = bytes.as_ref();
        let lossy = || String::from_utf8_lossy(bytes).into_owned().into();
        let text = std::str::from_utf8(bytes).ok().map(Wiped::from);
        self.or_mask(text, lossy, SigningError::Undecodable { value: of, encoding: "UTF-8" })
    }

    /// A mask need not be what it stands for: something else takes its place then.
    fn or_mask<T>(&self, value: Option<T>, mask: impl FnOnce() -> T, error: SigningError) -> Result<T, SigningError> {
        match value {
            Some(value) => Ok(value),
            None if self.notes.are_masked() => Ok(mask()),
            None => Err(error),
        }
    }
}

/// What is signed for a field: null is nothing.
pub(super) fn signed_text<'f>(field: &'f Field<'_>) -> &'f str {
    if field.kind == Kind::Json && field.text == "null" { "" } else { &field.text }
}
