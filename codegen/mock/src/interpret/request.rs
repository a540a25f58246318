//! The request that signing reads, and that grows by what it adds.

use std::fmt;

use codegen::ir::{Carrier, Json, Method};

use super::body::{Body, BodyKind, Item, json_text, quoted, visible, written};
use super::received::Written;
use super::value::{Fault, Value};
use crate::json;

/// What HTTP takes off at the ends of a header's value.
pub(super) const BLANKS: [char; 2] = [' ', '\t'];

/// Where a parameter of a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In the JSON object or the form that is the body.
    Body,
}

/// A request as far as it exists: what expressions read.
///
/// Its `Debug` shows no value.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    pub(crate) method: String,
    pub(crate) scheme: String,
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) path: String,
    /// Own parameters of all places, in spec order.
    pub(crate) own: Vec<(String, String)>,
    pub(crate) in_path: Vec<(String, String)>,
    pub(crate) query: Vec<Item>,
    pub(crate) body: Body,
    /// Names in lower case; without `content-type` and `host`.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) injected: Vec<Injected>,
    /// The address as it was written, of what was received: a webhook, or an answer, which has none. All its headers
    /// are there.
    pub(crate) received: Option<Written>,
}

/// What signing added.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Injected {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) is_header: bool,
}

impl Request {
    /// A request to an absolute address without query and fragment, whose path is percent-encoded as it will be sent;
    /// its body, once it has fields, is JSON. `None` for what is no such address.
    pub fn new(method: &str, address: &str) -> Option<Self> {
        let (scheme, rest) = address.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        let (authority, path) = rest.split_at_checked(rest.find('/').unwrap_or(rest.len()))?;
        let (host, port) = authority_parts(authority, &scheme)?;
        let body =
            Body { kind: BodyKind::Json, items: Vec::new(), whole: None, content_type: "application/json".to_owned() };
        Some(Self {
            method: method.to_owned(),
            scheme,
            host,
            port,
            path: path.to_owned(),
            own: Vec::new(),
            in_path: Vec::new(),
            query: Vec::new(),
            body,
            headers: Vec::new(),
            injected: Vec::new(),
            received: None,
        })
    }

    /// The same with a form for a body. It comes before the fields.
    #[must_use]
    pub fn form(mut self) -> Self {
        self.body.kind = BodyKind::Form;
        self.body.content_type = "application/x-www-form-urlencoded".to_owned();
        self
    }

    /// The same with a body in parts, between which this stands. It comes before the fields.
    #[must_use]
    pub fn multipart(mut self, boundary: &str) -> Self {
        self.body.kind = BodyKind::Multipart;
        self.body.content_type = format!("multipart/form-data; boundary={boundary}");
        self
    }

    /// The same with a part that is a file, of which the name is signed; `shown` stands for its bytes.
    #[must_use]
    pub fn file(mut self, name: &str, file_name: &str, media_type: &str, shown: &str) -> Self {
        let head = format!("; filename=\"{}\"\nContent-Type: {media_type}", quoted(file_name));
        self.body.whole = None;
        self.body.items.push(Item::part(name, file_name, &head, shown));
        self.own.push((name.to_owned(), file_name.to_owned()));
        self
    }

    /// The same without a field of this name among those that are signed, wherever it is.
    #[must_use]
    pub fn unsigned(mut self, name: &str) -> Self {
        self.own.retain(|(own, _)| own != name);
        self.in_path.retain(|(own, _)| own != name);
        self.query.iter_mut().chain(&mut self.body.items).filter(|item| item.name == name).for_each(Item::leave_out);
        self
    }

    /// The same with a body of which only the bytes are known.
    #[must_use]
    pub fn raw_body(mut self, content_type: &str, bytes: Vec<u8>) -> Self {
        self.body.kind = BodyKind::Opaque;
        content_type.clone_into(&mut self.body.content_type);
        self.body.whole = Some(bytes);
        self
    }

    /// The same with a body of these bytes, of which expressions read what its type lets them.
    #[must_use]
    pub fn written_body(mut self, content_type: &str, bytes: Vec<u8>) -> Self {
        self.body = super::received::written(content_type.to_owned(), bytes);
        self.own.extend(visible(&self.body.items));
        self
    }

    /// The same with a header that every call carries.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        set(&mut self.headers, name, value);
        self
    }

    /// The same with a header of the call's own, behind those that it has of the name.
    #[must_use]
    pub fn own_header(mut self, name: &str, value: &str) -> Self {
        let (name, value) = (name.to_ascii_lowercase(), header_value(value).to_owned());
        let last = self.headers.iter().rposition(|(header, _)| *header == name);
        self.headers.insert(last.map_or(self.headers.len(), |at| at + 1), (name, value));
        self
    }

    /// The same with a parameter, as the text that is signed. In a JSON body it is a text.
    #[must_use]
    pub fn field(self, place: Place, name: &str, text: &str) -> Self {
        let json = json_text(text);
        self.with(place, name, text, &json)
    }

    /// The same with a member of a JSON body that is no text, as it is spelled.
    #[must_use]
    pub fn json_field(self, name: &str, json: &str) -> Self {
        self.with(Place::Body, name, if json == "null" { "" } else { json }, json)
    }

    /// The same with a member of a JSON body.
    #[must_use]
    pub fn json_value(self, name: &str, value: &Json) -> Self {
        match value {
            Json::String(text) => self.field(Place::Body, name, text),
            other => self.json_field(name, &json::write(other)),
        }
    }

    /// The same with a query as it is written: names may be there twice, or without a value. It comes before the
    /// fields.
    #[must_use]
    pub fn written_query(mut self, query: &str) -> Self {
        let items = super::received::pairs(query.as_bytes());
        self.own.extend(visible(&items));
        self.query.extend(items);
        self
    }

    fn with(mut self, place: Place, name: &str, text: &str, json: &str) -> Self {
        let pair = (name.to_owned(), text.to_owned());
        match place {
            Place::Path => self.in_path.push(pair.clone()),
            Place::Query => self.query.push(Item::pair(name, text)),
            Place::Body => self.body.push(name, text, json),
        }
        self.own.push(pair);
        self
    }

    /// Adds what signing computed, at the end of where it goes.
    pub(crate) fn place(&mut self, name: &str, carrier: Carrier, value: &Value) -> Result<(), Fault> {
        if carrier != Carrier::Header && self.is_given(name) {
            return Err(Fault::Taken(name.to_owned()));
        }
        let mut text = value.text().ok_or(Fault::Malformed)?;
        if carrier == Carrier::Header {
            text = header_value(&text).to_owned();
        }
        let json = if matches!(value, Value::Number(_)) { text.clone() } else { json_text(&text) };
        match self.resolve(carrier) {
            Carrier::Header => {
                http::HeaderValue::from_bytes(text.as_bytes()).map_err(|_| Fault::HeaderValue)?;
                set(&mut self.headers, name, &text);
            }
            Carrier::Query | Carrier::Parameters => self.query.push(Item::pair(name, &text)),
            Carrier::Body => self.body.push(name, &text, &json),
        }
        self.note(name, text, carrier);
        Ok(())
    }

    /// Whether the caller has a parameter of a name. Where the two travel makes no difference: signing lists both.
    fn is_given(&self, name: &str) -> bool {
        let is_added = |it: &Injected| !it.is_header && it.name == name;
        let pairs = self.own.iter().chain(&self.in_path).map(|(own, _)| own);
        let items = self.query.iter().chain(&self.body.items).map(|item| &item.name);
        !self.injected.iter().any(is_added) && pairs.chain(items).any(|own| own == name)
    }

    /// Puts the received value where the computed one would go.
    pub(crate) fn reveal(&mut self, name: &str, carrier: Carrier, received: &str) {
        if carrier == Carrier::Header {
            set(&mut self.headers, name, received);
        }
        self.set_hidden(name, carrier, false);
        self.note(name, received.to_owned(), carrier);
    }

    /// Hides what was received of a placement until signing comes to it.
    pub(crate) fn hide(&mut self, name: &str, carrier: Carrier) {
        self.set_hidden(name, carrier, true);
    }

    /// Some callers send in the body what others send in the query.
    fn set_hidden(&mut self, name: &str, carrier: Carrier, hidden: bool) {
        let parameters = self.query.iter_mut().chain(&mut self.body.items);
        parameters.filter(|item| carrier != Carrier::Header && item.name == name).for_each(|item| item.hidden = hidden);
    }

    fn note(&mut self, name: &str, text: String, carrier: Carrier) {
        self.injected.push(Injected { name: name.to_owned(), text, is_header: carrier == Carrier::Header });
    }

    /// What carries a value of this request that names no carrier of its own.
    pub(crate) fn resolve(&self, carrier: Carrier) -> Carrier {
        let prefers_query = |method: &Method| matches!(method, Method::Get | Method::Head | Method::Delete);
        match carrier {
            Carrier::Parameters => match Method::ALL.iter().find(|method| method.as_str() == self.method) {
                Some(method) if !prefers_query(method) => Carrier::Body,
                Some(_) | None => Carrier::Query,
            },
            Carrier::Header | Carrier::Query | Carrier::Body => carrier,
        }
    }

    // ---- what is read ----

    /// As in the request line.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Names and texts of what stands in the query, and then of what stands in the body.
    pub fn sent(&self) -> Vec<(String, String)> {
        [visible(&self.query), visible(&self.body.items)].concat()
    }

    pub(crate) fn authority(&self) -> String {
        if let Some(written) = &self.received {
            return written.authority.clone();
        }
        if self.port == default_port(&self.scheme) { self.host.clone() } else { format!("{}:{}", self.host, self.port) }
    }

    /// The query as far as it exists, without a question mark.
    pub fn query(&self) -> String {
        if let Some(written) = &self.received {
            return written.query.clone();
        }
        written(&self.query, "&")
    }

    /// Path, and question mark and query if there is one.
    pub fn target(&self) -> String {
        if let Some(written) = &self.received {
            return written.target.clone();
        }
        let query = self.query();
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }

    /// The body as far as it exists; empty if there is none.
    pub fn body(&self) -> Vec<u8> {
        self.body.bytes()
    }

    /// The headers that expressions see, names in lower case.
    pub fn headers(&self) -> Vec<(String, String)> {
        let mut headers = self.headers.clone();
        if self.received.is_some() {
            return headers;
        }
        let mut add = |name: &str, value: &str| {
            if headers.iter().all(|(header, _)| header != name) {
                headers.push((name.to_owned(), value.to_owned()));
            }
        };
        if !self.body().is_empty() {
            add("content-type", &self.body.content_type);
        }
        add("host", &self.authority());
        headers
    }

    /// The whole address.
    pub(crate) fn url(&self) -> String {
        match &self.received {
            Some(written) => written.url.clone(),
            None => format!("{}://{}{}", self.scheme, self.authority(), self.target()),
        }
    }

    pub(crate) fn body_fields(&self) -> Result<Vec<(String, String)>, Fault> {
        self.must_have_members()?;
        Ok(visible(&self.body.items))
    }

    /// Without it, what is in a body would not be signed where its members are meant to be.
    pub(crate) fn must_have_members(&self) -> Result<(), Fault> {
        let has_none = self.body.kind == BodyKind::Opaque && (self.received.is_some() || !self.body().is_empty());
        if has_none { Err(Fault::NoFields) } else { Ok(()) }
    }
}

/// What arrives of a header: HTTP takes blanks off at the ends of a value, so that it is signed without them.
pub(crate) fn header_value(text: &str) -> &str {
    text.trim_matches(BLANKS)
}

/// Sets a header; one of the name keeps its place.
fn set(headers: &mut Vec<(String, String)>, name: &str, value: &str) {
    let (name, value) = (name.to_ascii_lowercase(), header_value(value));
    match headers.iter_mut().find(|(header, _)| *header == name) {
        Some((_, old)) => value.clone_into(old),
        None => headers.push((name, value.to_owned())),
    }
}

fn default_port(scheme: &str) -> u16 {
    if scheme == "http" { 80 } else { 443 }
}

/// Host in lower case, and port.
pub(crate) fn authority_parts(authority: &str, scheme: &str) -> Option<(String, u16)> {
    // A colon inside brackets belongs to the host.
    let port_at = authority.rfind(':').filter(|at| authority.get(*at..).is_some_and(|rest| !rest.contains(']')));
    let (host, port) = match port_at {
        Some(at) => (authority.get(..at)?, authority.get(at + 1..)?.parse().ok()?),
        None => (authority, default_port(scheme)),
    };
    Some((host.to_ascii_lowercase(), port))
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("method", &self.method).field("host", &self.host).finish_non_exhaustive()
    }
}
