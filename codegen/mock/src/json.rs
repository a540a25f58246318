//! JSON text to [`Json`] and back, with every number as it was spelled.

use std::collections::BTreeMap;
use std::fmt;

use codegen::ir::Json;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Lists and objects within each other, as many as clients read. Deeper ones are refused: reading them is recursive.
const MAX_DEPTH: usize = 128;

/// The members of a JSON object, each with its text as it stood there.
///
/// Of two members with one name the last one counts.
pub(crate) fn members(text: &[u8]) -> Option<BTreeMap<String, (Json, String)>> {
    Some(ordered_members(text)?.into_iter().map(|(name, value, raw)| (name, (value, raw))).collect())
}

/// All members of a JSON object in their order, each with its text as it stood there.
pub(crate) fn ordered_members(text: &[u8]) -> Option<Vec<(String, Json, String)>> {
    let Ordered(raw) = serde_json::from_slice(text).ok()?;
    raw.into_iter().map(|(name, value)| Some((name, read(value, 1)?, value.get().to_owned()))).collect()
}

/// The members of an object as they come.
struct Ordered<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Ordered<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Ordered<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Ordered(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// One value that is all of a text; `None` for what is none or is nested too deeply.
pub(crate) fn value(text: &str) -> Option<Json> {
    read(serde_json::from_str(text).ok()?, 0)
}

/// The same with every member of an object, and not the last of each name alone.
pub(crate) fn parse_whole(text: &str) -> Option<Json> {
    read_members(serde_json::from_str(text).ok()?, 0, true)
}

/// One value within so many lists and objects; `None` for a text that cannot be decoded or is nested too deeply.
fn read(raw: &RawValue, depth: usize) -> Option<Json> {
    read_members(raw, depth, false)
}

fn read_members(raw: &RawValue, depth: usize, every: bool) -> Option<Json> {
    Cursor { rest: raw.get(), every }.value(depth)
}

/// A text that is known to be JSON, read once from its start to its end however deeply it is nested.
struct Cursor<'t> {
    rest: &'t str,
    every: bool,
}

impl Cursor<'_> {
    fn value(&mut self, depth: usize) -> Option<Json> {
        Some(match self.next()? {
            b'[' | b'{' if depth >= MAX_DEPTH => return None,
            b'"' => Json::String(self.string()?),
            b'[' => {
                self.skip(1);
                let mut items = Vec::new();
                while !self.ends(b']')? {
                    items.push(self.value(depth + 1)?);
                }
                Json::Array(items)
            }
            b'{' => {
                self.skip(1);
                let mut members = Vec::new();
                while !self.ends(b'}')? {
                    let name = self.string()?;
                    self.next().filter(|byte| *byte == b':')?;
                    self.skip(1);
                    members.push((name, self.value(depth + 1)?));
                }
                let last = |all: Vec<_>| all.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect();
                Json::Object(if self.every { members } else { last(members) })
            }
            _ => match self.word() {
                "null" => Json::Null,
                "true" => Json::Boolean(true),
                "false" => Json::Boolean(false),
                number => Json::Number(number.to_owned()),
            },
        })
    }

    /// The first byte of what comes next.
    fn next(&mut self) -> Option<u8> {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
        self.rest.bytes().next()
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// Whether a list or an object ends here; if not, what comes next is an item of it.
    fn ends(&mut self, end: u8) -> Option<bool> {
        if self.next()? == b',' {
            self.skip(1);
        }
        let is_end = self.next()? == end;
        if is_end {
            self.skip(1);
        }
        Some(is_end)
    }

    fn word(&mut self) -> &str {
        let end = self.rest.find([',', ']', '}', ' ', '\t', '\n', '\r']).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        self.rest = rest;
        word
    }

    fn string(&mut self) -> Option<String> {
        let mut is_escaped = false;
        let is_end = |(at, byte): &(usize, u8)| {
            let ends = *at > 0 && *byte == b'"' && !is_escaped;
            is_escaped = *byte == b'\\' && !is_escaped;
            ends
        };
        let (end, _) = self.rest.bytes().enumerate().find(is_end)?;
        let (text, rest) = self.rest.split_at_checked(end + 1)?;
        self.rest = rest;
        serde_json::from_str(text).ok()
    }
}

/// The text of a value, without white space.
pub fn write(json: &Json) -> String {
    let mut out = String::new();
    write_to(&mut out, json);
    out
}

fn write_to(out: &mut String, json: &Json) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
        Json::Number(text) => out.push_str(text),
        Json::String(text) => write_string(out, text),
        Json::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_to(out, item);
            }
            out.push(']');
        }
        Json::Object(members) => {
            out.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_string(out, name);
                out.push(':');
                write_to(out, value);
            }
            out.push('}');
        }
    }
}

fn write_string(out: &mut String, text: &str) {
    // A text always has a JSON form; the fallback only keeps this function total.
    out.push_str(&serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned()));
}

/// A member of an object.
pub(crate) fn member<'a>(json: &'a Json, name: &str) -> Option<&'a Json> {
    match json {
        Json::Object(members) => members.iter().find(|(member, _)| member == name).map(|(_, value)| value),
        _ => None,
    }
}

/// Sets or adds a member of an object.
pub(crate) fn set_member(json: &mut Json, name: &str, value: Json) {
    if let Json::Object(members) = json {
        match members.iter_mut().find(|(member, _)| member == name) {
            Some((_, old)) => *old = value,
            None => members.push((name.to_owned(), value)),
        }
    }
}

/// Roughly what a value takes in memory.
pub(crate) fn weight(json: &Json) -> usize {
    const NODE: usize = 32;
    NODE + match json {
        Json::Null | Json::Boolean(_) => 0,
        Json::Number(text) | Json::String(text) => text.len(),
        Json::Array(items) => items.iter().map(weight).sum(),
        Json::Object(members) => members.iter().map(|(name, value)| name.len() + weight(value)).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_spelling() {
        let members = members(br#" {"a": 1.0, "b" : [1e3, {"c": -0}]} "#).unwrap();
        assert_eq!(members["a"].1, "1.0");
        assert_eq!(write(&members["b"].0), r#"[1e3,{"c":-0}]"#);
        assert_eq!(members["b"].1, r#"[1e3, {"c": -0}]"#);
    }

    #[test]
    fn what_is_no_object_or_too_deep_is_refused() {
        assert!(members(b"[]").is_none());
        assert!(members(b"{} {}").is_none());
        assert!(members(br#"{"a":"\ud800"}"#).is_none());
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(members(deep.as_bytes()).is_none());
        let nested = |levels: usize| format!("{{\"a\":{}1{}}}", "[".repeat(levels - 1), "]".repeat(levels - 1));
        assert!(members(nested(MAX_DEPTH).as_bytes()).is_some() && members(nested(MAX_DEPTH + 1).as_bytes()).is_none());
        let empty = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(value(&empty(MAX_DEPTH)).is_some() && value(&empty(MAX_DEPTH + 1)).is_none());
    }

    #[test]
    fn what_is_read_is_written_alike() {
        let spaced = " [ 1 , [ ] ,\t{ } , [ [ \"a\\\"]\\\\\" ] ] , { \"b\" : [ null , true ] , \"a,\" : -1.50e+2 } ,\r\n\"\\u00e9\u{e9}\" ] ";
        let written = "[1,[],{},[[\"a\\\"]\\\\\"]],{\"b\":[null,true],\"a,\":-1.50e+2},\"\u{e9}\u{e9}\"]";
        assert_eq!(write(&parse_whole(spaced).unwrap()), written);
        assert_eq!(write(&value("{\"b\":1,\"a\":2,\"b\":3}").unwrap()), "{\"a\":2,\"b\":3}");
        assert_eq!(write(&parse_whole("{\"b\":1,\"a\":2,\"b\":3}").unwrap()), "{\"b\":1,\"a\":2,\"b\":3}");
        assert!(value("\"\\ud800\"").is_none() && value("[1").is_none());
    }

    /// A text of some megabytes is read once, and not once for each level: it comes from whoever can call.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "how long it takes is the question")]
    fn depth_costs_nothing() {
        let padding = "x".repeat(4_000_000);
        let deep = |levels: usize| format!("{}\"{padding}\"{}", "[".repeat(levels), "]".repeat(levels));
        let time = |text: &str| {
            let started = std::time::Instant::now();
            assert!(value(text).is_some());
            started.elapsed()
        };
        let (flat, nested) = (deep(1), deep(MAX_DEPTH));
        assert!(time(&nested) < 40 * time(&flat));
    }

    #[test]
    fn of_two_members_the_last_counts() {
        assert_eq!(members(br#"{"a":1,"a":2}"#).unwrap()["a"].1, "2");
    }
}
