//! What expressions over a received webhook or answer read, with the names that they have over a call.

use std::cell::Cell;
use std::time::{SystemTime, UNIX_EPOCH};

use http::HeaderMap;

use super::address::Address;
use super::members;
use super::payload::Format;
use super::same::same;
use super::{WebhookError, WebhookRequest};
use crate::signing::{
    Fields, List, Listed, Octets, Sent, Wiped, decode_base64, decode_base64url, decode_hex, epoch_ms, epoch_s,
};
use crate::values::{DateTime, Secret};

/// A webhook while it is verified with one secret, or an answer with the credentials of its call.
pub struct Notice<'a> {
    request: WebhookRequest<'a>,
    secrets: &'a [Secret],
    /// What was sent, where this is the answer to it.
    sent: Option<&'a Sent>,
    address: Option<&'a Address>,
    now: SystemTime,
    /// Something was read that nobody gave.
    lacking: Cell<Option<Lacking>>,
    has_read_authority: Cell<bool>,
    has_read_fields: Cell<bool>,
}

#[derive(Clone, Copy)]
enum Lacking {
    Method,
    Address,
    /// A query that can be read.
    Query,
}

/// How a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Seconds since 1970, in decimal.
    EpochS,
    /// Milliseconds since 1970, in decimal.
    EpochMs,
    /// As `2026-01-02T03:04:05Z`.
    Rfc3339,
}

impl<'a> Notice<'a> {
    pub(super) fn new(
        request: WebhookRequest<'a>,
        secret: &'a Secret,
        address: Option<&'a Address>,
        now: SystemTime,
    ) -> Self {
        Self { address, now, ..Self::of(request, std::slice::from_ref(secret)) }
    }

    /// The answer to what was sent with these credentials.
    pub(crate) fn answer(headers: &'a HeaderMap, body: &'a [u8], credentials: &'a [Secret], sent: &'a Sent) -> Self {
        Self { sent: Some(sent), ..Self::of(WebhookRequest::new(headers, body), credentials) }
    }

    fn of(request: WebhookRequest<'a>, secrets: &'a [Secret]) -> Self {
        Self {
            request,
            secrets,
            sent: None,
            address: None,
            now: UNIX_EPOCH,
            lacking: Cell::new(None),
            has_read_authority: Cell::new(false),
            has_read_fields: Cell::new(false),
        }
    }

    /// Whether everything was given that was read.
    pub(super) fn lacks(&self) -> Result<(), WebhookError> {
        match self.lacking.get() {
            None => Ok(()),
            Some(Lacking::Method) => Err(WebhookError::NoMethod),
            Some(Lacking::Address) => Err(WebhookError::NoAddress),
            Some(Lacking::Query) => Err(WebhookError::BadQuery),
        }
    }

    /// Whether another spelling of the address could make a difference.
    pub(super) fn has_read_authority(&self) -> bool {
        self.has_read_authority.get()
    }

    /// Whether fields of the body were read: another order or spelling of them can be signed alike.
    pub(super) fn has_read_fields(&self) -> bool {
        self.has_read_fields.get()
    }

    fn lack(&self, what: Lacking) {
        self.lacking.set(Some(self.lacking.get().unwrap_or(what)));
    }

    fn address(&self) -> Option<&'a Address> {
        if self.address.is_none() {
            self.lack(Lacking::Address);
        }
        self.address
    }

    fn part(&self, part: impl FnOnce(&'a Address) -> &'a str) -> &'a str {
        self.address().map(part).unwrap_or_default()
    }

    /// The method, as the receiver says.
    pub fn method(&self) -> &'a str {
        if self.request.method.is_none() {
            self.lack(Lacking::Method);
        }
        self.request.method.unwrap_or_default()
    }

    /// The whole address.
    pub fn url(&self) -> Wiped {
        self.has_read_authority.set(true);
        self.address().map(Address::whole).unwrap_or_default().into()
    }

    /// The scheme of the address, in lower case.
    pub fn scheme(&self) -> &'a str {
        self.part(|address| &address.scheme)
    }

    /// The host of the address, in lower case, without the port.
    pub fn host(&self) -> &'a str {
        self.part(|address| &address.host)
    }

    /// The port of the address; the scheme's own where none is written.
    pub fn port(&self) -> i64 {
        self.address().map_or(0, |address| address.port.into())
    }

    /// The authority of the address, as it is written.
    pub fn authority(&self) -> Wiped {
        self.has_read_authority.set(true);
        self.part(|address| &address.authority).into()
    }

    /// The path of the address, as it is written.
    pub fn path(&self) -> &'a str {
        self.part(|address| &address.path)
    }

    /// The query of the address, as it is written.
    pub fn query(&self) -> &'a str {
        self.part(|address| &address.query)
    }

    /// The path, and the query if there is one.
    pub fn target(&self) -> Wiped {
        self.address().map(Address::target).unwrap_or_default().into()
    }

    /// The pairs of the query, decoded.
    pub fn query_params(&self) -> Fields<'static> {
        let pairs = members::exact_form(self.query().as_bytes());
        if pairs.is_none() {
            self.lack(Lacking::Query);
        }
        Fields::from_pairs(pairs.unwrap_or_default())
    }

    /// The headers in the order they came, names in lower case, without those that are not UTF-8.
    pub fn headers(&self) -> Fields<'a> {
        let headers = self.request.headers.iter();
        Fields::new(
            headers.filter_map(|(name, value)| Some((name.as_str(), std::str::from_utf8(value.as_bytes()).ok()?))),
        )
    }

    /// The body as it was received.
    pub fn body(&self) -> &'a [u8] {
        self.request.body
    }

    /// The pairs of a form, or the members of a JSON object.
    ///
    /// # Errors
    ///
    /// When the body is neither, or a member is there twice.
    pub fn body_params(&self) -> Result<Fields<'static>, WebhookError> {
        self.has_read_fields.set(true);
        let pairs = match Format::of(&self.request) {
            Format::Form => members::exact_form(self.request.body),
            Format::Json => members::members(self.request.body),
            Format::Csv | Format::Other => None,
        };
        pairs.map(Fields::from_pairs).ok_or(WebhookError::NoFields)
    }

    /// The members of a JSON object that are neither lists nor objects, by what leads to them.
    ///
    /// # Errors
    ///
    /// When the body is no such object, a member is there twice, has no name or a dot in it, or there are too many.
    pub fn body_leaves(&self) -> Result<Fields<'static>, WebhookError> {
        let pairs = match Format::of(&self.request) {
            Format::Json => members::leaves(self.request.body),
            Format::Form | Format::Csv | Format::Other => None,
        };
        pairs.map(Fields::from_pairs).ok_or(WebhookError::NoFields)
    }

    /// The secret of a webhook, or a part of the credentials; empty if there is no such part.
    pub fn credential(&self, index: usize) -> &'a str {
        self.secrets.get(index).map_or("", Secret::expose)
    }

    /// What joined the call that this is the answer to, headers included.
    pub fn injected(&self) -> Fields<'a> {
        self.sent.map_or_else(|| Fields::new(std::iter::empty()), Sent::injected)
    }

    /// What was kept of signing that call: bytes.
    pub fn kept(&self, index: usize) -> &'a [u8] {
        self.sent.map_or(&[], |sent| sent.kept(index))
    }

    /// The same, where it was a text.
    pub fn kept_text(&self, index: usize) -> &'a str {
        std::str::from_utf8(self.kept(index)).unwrap_or_default()
    }

    /// The value of a header; its name is in lower case. Of several the first.
    ///
    /// # Errors
    ///
    /// When there is no such header.
    pub fn header_value(&self, name: &'static str) -> Result<Wiped, WebhookError> {
        self.headers().find(name).map(Wiped::from).ok_or(WebhookError::MissingHeader { header: name })
    }

    /// The value of a field.
    ///
    /// # Errors
    ///
    /// When there is no such field.
    pub fn get(&self, fields: Fields<'_>, name: &'static str) -> Result<Wiped, WebhookError> {
        fields.find(name).map(Wiped::from).ok_or(WebhookError::MissingField { field: name })
    }

    /// A list that has something in it; `of` names what it is made of.
    ///
    /// # Errors
    ///
    /// When it has nothing.
    pub fn filled<L: Listed>(&self, list: L, of: &'static str) -> Result<L, WebhookError> {
        if list.is_empty() { Err(WebhookError::EmptyList { list: of }) } else { Ok(list) }
    }

    /// The bytes of hexadecimal digits; `of` names where the text comes from.
    ///
    /// # Errors
    ///
    /// When the text is something else.
    pub fn decode_hex(&self, text: impl AsRef<str>, of: &'static str) -> Result<Octets, WebhookError> {
        decode_hex(text.as_ref()).ok_or(WebhookError::Undecodable { value: of, encoding: "hexadecimal" })
    }

    /// The bytes of base64 in the standard alphabet; `of` names where the text comes from.
    ///
    /// # Errors
    ///
    /// When the text is something else.
    pub fn decode_base64(&self, text: impl AsRef<str>, of: &'static str) -> Result<Octets, WebhookError> {
        decode_base64(text.as_ref()).ok_or(WebhookError::Undecodable { value: of, encoding: "base64" })
    }

    /// The bytes of base64 in the alphabet for addresses; `of` names where the text comes from.
    ///
    /// # Errors
    ///
    /// When the text is something else.
    pub fn decode_base64url(&self, text: impl AsRef<str>, of: &'static str) -> Result<Octets, WebhookError> {
        decode_base64url(text.as_ref()).ok_or(WebhookError::Undecodable { value: of, encoding: "base64url" })
    }

    /// The text that bytes are the UTF-8 of; `of` names where they come from.
    ///
    /// # Errors
    ///
    /// When they are something else.
    pub fn utf8(&self, bytes: impl AsRef<[u8]>, of: &'static str) -> Result<Wiped, WebhookError> {
        let text = std::str::from_utf8(bytes.as_ref()).ok().map(Wiped::from);
        text.ok_or(WebhookError::Undecodable { value: of, encoding: "UTF-8" })
    }

    /// Whether a signature is what it must be.
    pub fn is_signed(&self, given: impl AsRef<[u8]>, expected: impl AsRef<[u8]>) -> bool {
        same(given.as_ref(), expected.as_ref())
    }

    /// Whether any of several signatures is what it must be. All are compared, whichever it is.
    pub fn is_signed_by_any(&self, given: List<'_>, expected: impl AsRef<[u8]>) -> bool {
        given.texts().iter().fold(false, |found, text| found | same(text.as_bytes(), expected.as_ref()))
    }

    /// Makes sure that something else that was signed is what came with it.
    ///
    /// # Errors
    ///
    /// When it is not.
    pub fn agrees(&self, given: impl AsRef<[u8]>, expected: impl AsRef<[u8]>) -> Result<(), WebhookError> {
        if same(given.as_ref(), expected.as_ref()) { Ok(()) } else { Err(WebhookError::Differs) }
    }

    /// Makes sure that no more seconds than these lie between now and when it was sent.
    ///
    /// # Errors
    ///
    /// When more do, or it does not say.
    pub fn is_fresh<T: AsRef<str>>(
        &self,
        value: impl FnOnce() -> Result<T, WebhookError>,
        unit: TimeUnit,
        tolerance: u32,
    ) -> Result<(), WebhookError> {
        let value = value().map_err(|error| match error {
            WebhookError::MissingHeader { .. } | WebhookError::MissingField { .. } => WebhookError::NoTimestamp,
            other => other,
        })?;
        let text = value.as_ref();
        if text.is_empty() {
            return Err(WebhookError::NoTimestamp);
        }
        let (sent, now, second) = match unit {
            TimeUnit::EpochS => (whole(text), epoch_s(self.now), 1),
            TimeUnit::EpochMs => (whole(text), epoch_ms(self.now), 1000),
            TimeUnit::Rfc3339 => {
                let written = Some(text).filter(|text| is_rfc3339(text));
                let sent = written.and_then(|text| text.parse::<DateTime>().ok());
                (sent.map(|time| time.unix_millis()), epoch_ms(self.now), 1000)
            }
        };
        let sent = sent.ok_or(WebhookError::BadTimestamp)?;
        let tolerance = i64::from(tolerance) * second;
        match now.saturating_sub(sent) {
            age if age > tolerance => Err(WebhookError::TooOld),
            age if age < -tolerance => Err(WebhookError::TooNew),
            _ => Ok(()),
        }
    }
}

/// `2026-01-02T03:04:05.678+01:00`, and nothing shorter: whoever signs a time writes it out.
fn is_rfc3339(text: &str) -> bool {
    let like = |text: &[u8], shape: &[u8]| {
        let fits = |(byte, wanted): (&u8, &u8)| match wanted {
            b'0' => byte.is_ascii_digit(),
            sign => byte.eq_ignore_ascii_case(sign),
        };
        text.len() == shape.len() && text.iter().zip(shape).all(fits)
    };
    let Some((whole, rest)) = text.as_bytes().split_at_checked(19) else { return false };
    let digits =
        rest.strip_prefix(b".").map(|fraction| fraction.iter().take_while(|byte| byte.is_ascii_digit()).count());
    let offset = match digits {
        None => rest,
        Some(digits @ 1..=9) => rest.get(1 + digits..).unwrap_or_default(),
        Some(_) => return false,
    };
    like(whole, b"0000-00-00T00:00:00") && [&b"Z"[..], b"+00:00", b"-00:00"].iter().any(|shape| like(offset, shape))
}

/// A number of digits alone: no sign, no white space.
fn whole(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}
