//! A request as it arrived.

use std::collections::BTreeMap;
use std::fmt;

use codegen::ir::Json;
use percent_encoding::percent_decode_str;

use crate::decode::Texts;
use crate::json;
use crate::multipart::{self, Part};

/// A request as it arrived.
#[derive(Clone, PartialEq, Eq)]
pub struct Received {
    /// As in the request line.
    pub method: String,
    /// As in the request line, percent-encoded, without the query.
    pub path: String,
    /// As in the request line, without the question mark.
    pub query: String,
    /// Names in lower case, in the order sent.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Received {
    /// The first header of a name, given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    /// The text of a parameter in the query or in the body, decoded; path parameters are in
    /// the path. A number has the spelling it was sent with.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let last = |pairs: Option<Texts>| Some(pairs?.into_iter().rev().find(|(other, _)| other == name)?.1);
        let part = |part: &Part| part.name == name;
        let in_body = match (self.is_form(), self.parts()) {
            (true, _) => last(self.form_pairs()),
            (false, Some(parts)) => parts.iter().rev().find(|it| part(it)).and_then(|it| it.text().map(str::to_owned)),
            (false, None) => self.body_parameters().unwrap_or_default().remove(name).map(|value| value.text),
        };
        in_body.or_else(|| last(self.query_pairs()))
    }

    /// Whether the body says that it is a form.
    pub(crate) fn is_form(&self) -> bool {
        self.header("content-type").is_some_and(|ty| is_media_type(ty, "application/x-www-form-urlencoded"))
    }

    /// The parts of a multipart body, in the order sent. `None` for what is none.
    pub fn parts(&self) -> Option<Vec<Part>> {
        multipart::parts(multipart::boundary(self.header("content-type")?)?, &self.body)
    }

    /// Whether the body says that it is JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.header("content-type").is_some_and(|ty| is_media_type(ty, "application/json"))
    }

    /// The pairs of the query. `None` for bad UTF-8.
    pub(crate) fn query_pairs(&self) -> Option<Texts> {
        pairs(&self.query)
    }

    /// The pairs of a form. `None` for bad UTF-8.
    pub(crate) fn form_pairs(&self) -> Option<Texts> {
        pairs(std::str::from_utf8(&self.body).ok()?)
    }

    /// The members of a JSON body; none for an empty one. `None` for what is no JSON object.
    pub(crate) fn body_parameters(&self) -> Option<BTreeMap<String, Given>> {
        if self.body.is_empty() {
            return Some(BTreeMap::new());
        }
        Some(json::members(&self.body)?.into_iter().map(|(name, (json, raw))| (name, Given::json(json, raw))).collect())
    }

    /// The body as a JSON array. `None` for what is none.
    pub(crate) fn body_list(&self) -> Option<Given> {
        let raw = std::str::from_utf8(&self.body).ok()?;
        let json = json::value(raw)?;
        matches!(json, Json::Array(_)).then(|| Given::json(json, raw.to_owned()))
    }

    /// Roughly what it takes in memory.
    pub(crate) fn weight(&self) -> usize {
        let headers: usize = self.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
        self.method.len() + self.path.len() + self.query.len() + headers + self.body.len()
    }
}

/// `name=value` joined by `&`, decoded; of one without `=` the value is empty.
fn pairs(text: &str) -> Option<Texts> {
    let decode = |text: &str| {
        let spaced = text.replace('+', " ");
        percent_decode_str(&spaced).decode_utf8().ok().map(|text| text.into_owned())
    };
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(name)?, decode(value)?))
        })
        .collect()
}

fn is_media_type(content_type: &str, wanted: &str) -> bool {
    content_type.split(';').next().unwrap_or("").trim().eq_ignore_ascii_case(wanted)
}

/// Shows no value: requests carry secrets.
impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("Received")
            .field("method", &self.method)
            .field("path", &format_args!("{} bytes", self.path.len()))
            .field("headers", &names)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// The value of a parameter that was received.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Given {
    /// As it is signed.
    pub(crate) text: String,
    pub(crate) json: Json,
    /// The names and texts that it was sent as, where that is not its own name and this text.
    pub(crate) pairs: Texts,
    /// What a file says that it is.
    pub(crate) content_type: Option<String>,
}

impl Given {
    /// A value out of a path or a query.
    pub(crate) fn text(text: String) -> Self {
        Self::of(text.clone(), Json::String(text))
    }

    /// A member of a body; `raw` is its source text.
    ///
    /// Null is signed as nothing, and what has parts as it was spelled: no documentation says how.
    pub(crate) fn json(json: Json, raw: String) -> Self {
        let text = match &json {
            Json::Null => String::new(),
            Json::String(text) => text.clone(),
            Json::Boolean(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => raw,
        };
        Self::of(text, json)
    }

    /// A value that is signed as this text.
    pub(crate) fn of(text: String, json: Json) -> Self {
        Self { text, json, pairs: Texts::new(), content_type: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(query: &str, body: &str) -> Received {
        Received {
            method: "GET".into(),
            path: "/".into(),
            query: query.into(),
            headers: vec![("authorization".into(), "hush".into())],
            body: body.into(),
        }
    }

    #[test]
    fn queries_are_decoded_once() {
        let request = request("a=%2525+b&&c&d=%C3%A9=1&d=2", "");
        assert_eq!(request.parameter("a").as_deref(), Some("%25 b"));
        assert_eq!(request.parameter("c").as_deref(), Some(""));
        assert_eq!(request.parameter("d").as_deref(), Some("2"));
    }

    #[test]
    fn bad_utf8_is_no_query() {
        assert_eq!(request("a=%ff", "").query_pairs(), None);
    }

    #[test]
    fn a_body_wins_and_keeps_spelling() {
        let request = request("a=1", r#"{"a":1.50,"b":[1, 2],"c":null}"#);
        assert_eq!(request.parameter("a").as_deref(), Some("1.50"));
        assert_eq!(request.parameter("b").as_deref(), Some("[1, 2]"));
        assert_eq!(request.parameter("c").as_deref(), Some(""));
    }

    #[test]
    fn debug_shows_no_value() {
        let text = format!("{:?}", request("hush", "hush"));
        assert!(text.contains("authorization") && !text.contains("hush"), "{text}");
    }
}
