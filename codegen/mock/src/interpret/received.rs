//! A webhook as it was received, as expressions read it.

use std::collections::HashSet;
use std::fmt;

use codegen::ir::Json;
use percent_encoding::{percent_decode, percent_decode_str};

use super::body::{Body, BodyKind, Item};
use super::request::{Request, authority_parts};
use super::value::Fault;
use crate::json;

/// More leaves, or longer names of them, are not made.
const LEAVES: usize = 10_000;
const NAME: usize = 256;

/// A request that says it is a webhook. Its `Debug` shows no value.
#[derive(Clone, Default)]
pub struct Delivery {
    /// As in the request line, where the receiver knows it.
    pub method: Option<String>,
    /// The absolute address that the vendor called, where the receiver knows it.
    pub url: Option<String>,
    /// In the order they came.
    pub headers: Vec<(String, String)>,
    /// As it came.
    pub body: Vec<u8>,
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery").field("body", &self.body.len()).finish_non_exhaustive()
    }
}

impl Delivery {
    /// The same with more headers.
    pub(super) fn with(&self, headers: &[(String, String)]) -> Self {
        let mut more = self.clone();
        more.headers.extend(headers.iter().cloned());
        more
    }

    /// The query of the address, as it is written.
    pub(super) fn query(&self) -> &str {
        let address = self.url.as_deref().and_then(|url| url.split('#').next()).unwrap_or_default();
        address.split_once('?').map_or("", |(_, query)| query)
    }

    pub(super) fn written_as(&self) -> BodyKind {
        written_as(&self.content_type())
    }

    /// In lower case, without its parameters.
    pub(super) fn content_type(&self) -> String {
        essence(self.header("content-type").unwrap_or_default())
    }

    /// The first header of a name, in any case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// What expressions read, for one spelling of the address; an empty one is not known, and nobody reads it then.
    pub(super) fn request(&self, url: &str) -> Option<Request> {
        let url = if url.is_empty() { "https://unknown" } else { url };
        let url = url.split('#').next()?;
        let (scheme, rest) = url.split_once("://")?;
        let (authority, target) = rest.split_at_checked(rest.find(['/', '?']).unwrap_or(rest.len()))?;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let lower = scheme.to_ascii_lowercase();
        let (host, port) = authority_parts(authority.rsplit('@').next()?, &lower)?;
        let headers: Vec<_> =
            self.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect();
        Some(Request {
            method: self.method.clone().unwrap_or_default(),
            scheme: lower,
            host,
            port,
            path: path.to_owned(),
            own: Vec::new(),
            in_path: Vec::new(),
            query: pairs(query.as_bytes()),
            body: written(self.content_type(), self.body.clone()),
            headers,
            injected: Vec::new(),
            received: Some(Written {
                url: url.to_owned(),
                authority: authority.to_owned(),
                query: query.to_owned(),
                target: target.to_owned(),
            }),
        })
    }
}

/// A media type in lower case, without its parameters.
fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// As the content type says; where there is none, or plain text, it is JSON more often than not.
fn written_as(essence: &str) -> BodyKind {
    match essence {
        "application/x-www-form-urlencoded" => BodyKind::Form,
        "" | "application/json" | "text/json" | "text/plain" => BodyKind::Json,
        other if other.ends_with("+json") => BodyKind::Json,
        _ => BodyKind::Opaque,
    }
}

/// A body as it is written, with what can be read of it.
pub(super) fn written(content_type: String, bytes: Vec<u8>) -> Body {
    let (kind, items) = match written_as(&essence(&content_type)) {
        BodyKind::Form if is_exact(&bytes) => (BodyKind::Form, pairs(&bytes)),
        BodyKind::Form => (BodyKind::Opaque, Vec::new()),
        BodyKind::Json => members(&bytes).map_or((BodyKind::Opaque, Vec::new()), |items| (BodyKind::Json, items)),
        other => (other, Vec::new()),
    };
    Body { kind, items, whole: Some(bytes), content_type }
}

/// The address of a request that was received, as it is written.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Written {
    pub(super) url: String,
    pub(super) authority: String,
    pub(super) query: String,
    pub(super) target: String,
}

/// The spellings of an address: as given, and with its scheme's own port where that is not written, or without it
/// where it is. `None` for what is no address.
pub(super) fn urls(given: Option<&str>) -> Option<Vec<String>> {
    let Some(given) = given else { return Some(vec![String::new()]) };
    let (scheme, rest) = given.split_once("://")?;
    let port = match scheme.to_ascii_lowercase().as_str() {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let (authority, target) = rest.split_at_checked(rest.find(['/', '?', '#']).unwrap_or(rest.len()))?;
    let own = authority.rsplit('@').next()?;
    let (host, _) = authority_parts(own, &scheme.to_ascii_lowercase())?;
    if host.is_empty() {
        return None;
    }
    let is_written = own.rfind(':').is_some_and(|at| !own.contains(']') || own.rfind(']') < Some(at));
    let other = match authority.strip_suffix(port) {
        Some(without) => Some(format!("{scheme}://{without}{target}")),
        None if is_written => None,
        None => Some(format!("{scheme}://{authority}{port}{target}")),
    };
    Some([given.to_owned()].into_iter().chain(other).collect())
}

/// Whether pairs are texts. Of others many would be decoded alike, and one be signed for another.
pub(super) fn is_exact(pairs: &[u8]) -> bool {
    percent_decode(pairs).decode_utf8().is_ok()
}

/// Pairs, decoded: bytes first, and then text.
pub(super) fn pairs(bytes: &[u8]) -> Vec<Item> {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("%{byte:02X}")));
    }
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let item = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Item { name: decode(name), text: decode(value), written: pair.to_owned(), hidden: false, signed: true }
    };
    text.split('&').filter(|pair| !pair.is_empty()).map(item).collect()
}

/// The members of an object of which each is there once.
fn members(body: &[u8]) -> Option<Vec<Item>> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let members = json::ordered_members(body)?;
    let mut seen = HashSet::new();
    let item = |(name, value, raw): (String, Json, String)| {
        let text = match value {
            Json::Null => String::new(),
            Json::String(text) => text,
            Json::Boolean(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => raw.clone(),
        };
        seen.insert(name.clone()).then_some(Item { name, text, written: raw, hidden: false, signed: true })
    };
    members.into_iter().map(item).collect()
}

/// Every member that is neither list nor object, by what leads to it, if nothing else could lead there.
pub(super) fn leaves(request: &Request) -> Result<Vec<(String, String)>, Fault> {
    let body = request.body();
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&body);
    let root = (request.body.kind == BodyKind::Json).then_some(body).ok_or(Fault::NoFields)?;
    let root = std::str::from_utf8(root).ok().and_then(json::parse_whole).ok_or(Fault::NoFields)?;
    let mut found = Vec::new();
    descend(&root, "", &mut found).ok_or(Fault::NoFields)?;
    let mut seen = HashSet::new();
    match found.iter().all(|(name, _)| seen.insert(name)) {
        true => Ok(found),
        false => Err(Fault::NoFields),
    }
}

fn descend(value: &Json, at: &str, found: &mut Vec<(String, String)>) -> Option<()> {
    let under = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    if at.len() > NAME || found.len() >= LEAVES {
        return None;
    }
    let text = match value {
        Json::Object(members) => {
            return members.iter().try_for_each(|(name, value)| match name.split('.').count() {
                1 if !name.is_empty() => descend(value, &under(name), found),
                _ => None,
            });
        }
        Json::Array(items) => {
            let mut items = items.iter().enumerate();
            return items.try_for_each(|(index, item)| descend(item, &under(&index.to_string()), found));
        }
        scalar => scalar.spelling().unwrap_or_default(),
    };
    found.push((at.to_owned(), text.to_owned()));
    Some(())
}
