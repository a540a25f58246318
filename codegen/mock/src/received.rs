//! A request as it arrived.

use std::collections::BTreeMap;
use std::fmt;

use codegen::ir::Json;
use percent_encoding::percent_decode_str;

use crate::json;

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

    /// The text of a parameter in the query or in the JSON body, decoded; path parameters are in
    /// the path. A number has the spelling it was sent with.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let mut given = self.body_parameters().unwrap_or_default();
        if let Some(value) = given.remove(name) {
            return Some(value.text);
        }
        self.query_parameters().unwrap_or_default().remove(name).map(|value| value.text)
    }

    /// The pairs of the query; of two with one name the last one counts. `None` for bad UTF-8.
    pub(crate) fn query_parameters(&self) -> Option<BTreeMap<String, Given>> {
        let decode = |text: &str| {
            let spaced = text.replace('+', " ");
            percent_decode_str(&spaced).decode_utf8().ok().map(|text| text.into_owned())
        };
        let pairs = self.query.split('&').filter(|pair| !pair.is_empty());
        pairs
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                Some((decode(name)?, Given::text(decode(value)?)))
            })
            .collect()
    }

    /// The members of a JSON body; none for an empty one. `None` for what is no JSON object.
    pub(crate) fn body_parameters(&self) -> Option<BTreeMap<String, Given>> {
        if self.body.is_empty() {
            return Some(BTreeMap::new());
        }
        Some(json::members(&self.body)?.into_iter().map(|(name, (json, raw))| (name, Given::json(json, raw))).collect())
    }

    /// Roughly what it takes in memory.
    pub(crate) fn weight(&self) -> usize {
        let headers: usize = self.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
        self.method.len() + self.path.len() + self.query.len() + headers + self.body.len()
    }
}

/// Shows no value: requests carry secrets.
impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("Received")
            .field("method", &self.method)
            .field("path", &self.path)
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
}

impl Given {
    /// A value out of a path or a query.
    pub(crate) fn text(text: String) -> Self {
        Self { json: Json::String(text.clone()), text }
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
        Self { text, json }
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
        assert_eq!(request("a=%ff", "").query_parameters(), None);
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
