//! Members of a body, for expressions: as they are written, each there once.

use std::collections::HashSet;

use jiter::Peek;
use percent_encoding::percent_decode;

use crate::json::{DEPTH, ReadResult, Reader};

/// More leaves, or longer names, are not made: a body of some megabytes could ask for terabytes of them.
const LEAVES: usize = 10_000;
const NAME: usize = 256;

type Pairs = Vec<(String, String)>;

/// The pairs of a form or query, decoded.
pub(super) fn form(text: &[u8]) -> Pairs {
    url::form_urlencoded::parse(text).into_owned().collect()
}

/// The same where they are signed. Of pairs that are not UTF-8 many would be decoded alike, and one be taken for
/// another.
pub(super) fn exact_form(text: &[u8]) -> Option<Pairs> {
    percent_decode(text).decode_utf8().is_ok().then(|| form(text))
}

/// The members of a JSON object; lists and objects as they are written. Nothing where one is there twice: what is
/// signed would be the one, and what is read the other.
pub(super) fn members(body: &[u8]) -> Option<Pairs> {
    let mut json = Reader::new(body);
    let mut pairs = Pairs::new();
    let mut members = json.open_object().ok()?;
    while let Some(name) = json.name(&mut members).ok()?.map(str::to_owned) {
        pairs.push((name, value(&mut json)?));
    }
    json.finish().ok()?;
    once(pairs)
}

fn value(json: &mut Reader<'_>) -> Option<String> {
    match json.peek("a value").ok()? {
        Peek::Array | Peek::Object => {
            let start = json.offset();
            json.skip().ok()?;
            let written = std::str::from_utf8(json.since(start)).ok()?;
            // As deep as leaves may be, the whole body being the first level.
            (levels(written) < usize::from(DEPTH)).then(|| written.to_owned())
        }
        _ => {
            let mut text = String::new();
            json.scalar("a value", &mut |found| {
                text = found.text().unwrap_or_default().to_owned();
                true
            })
            .ok()?;
            Some(text)
        }
    }
}

/// How many lists and objects of a JSON text stand within each other at most.
fn levels(json: &str) -> usize {
    let (mut open, mut most, mut in_text, mut is_escaped) = (0_usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = in_text,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => {
                open += 1;
                most = most.max(open);
            }
            b']' | b'}' if !in_text => open = open.saturating_sub(1),
            _ => {}
        }
    }
    most
}

/// Every member that is neither list nor object, by what leads to it. Nothing where a name is empty or has a dot: it
/// would lead where others do.
pub(super) fn leaves(body: &[u8]) -> Option<Pairs> {
    let mut json = Reader::new(body);
    if json.peek("an object").ok()? != Peek::Object {
        return None;
    }
    let mut found = Leaves { pairs: Pairs::new(), whole: true };
    found.descend(&mut json, "").ok()?;
    json.finish().ok()?;
    once(found.pairs).filter(|_| found.whole)
}

struct Leaves {
    pairs: Pairs,
    /// Whether nothing was left out.
    whole: bool,
}

impl Leaves {
    fn descend(&mut self, json: &mut Reader<'_>, at: &str) -> ReadResult {
        let dot = if at.is_empty() { "" } else { "." };
        if self.pairs.len() >= LEAVES || at.len() > NAME {
            self.whole = false;
            return json.skip();
        }
        match json.peek("a value")? {
            Peek::Array => {
                let mut index = 0_usize;
                json.list(&mut |json| {
                    let name = format!("{at}{dot}{index}");
                    index += 1;
                    self.descend(json, &name)
                })
            }
            Peek::Object => {
                let mut members = json.open_object()?;
                while let Some(name) = json.name(&mut members)? {
                    self.whole &= !name.is_empty() && !name.contains('.');
                    let name = if name.len() > NAME { "x".repeat(NAME + 1) } else { format!("{at}{dot}{name}") };
                    self.descend(json, &name)?;
                }
                Ok(())
            }
            _ => json.scalar("a value", &mut |found| {
                self.pairs.push((at.to_owned(), found.text().unwrap_or_default().to_owned()));
                true
            }),
        }
    }
}

/// The text at a place in a JSON value; of equal names the last counts, as for whoever reads the whole of it.
pub(super) fn text_at(body: &[u8], path: &[&str]) -> Option<String> {
    let mut found = None;
    find(&mut Reader::new(body), path, &mut found).ok()?;
    found
}

fn find(json: &mut Reader<'_>, path: &[&str], found: &mut Option<String>) -> ReadResult {
    let Some((step, rest)) = path.split_first() else {
        return match json.peek("a text")? {
            Peek::Array | Peek::Object => json.skip(),
            _ => json.scalar("a text", &mut |value| {
                *found = value.text().map(str::to_owned);
                true
            }),
        };
    };
    match json.peek("a value")? {
        Peek::Object => {
            let mut members = json.open_object()?;
            while let Some(name) = json.name(&mut members)? {
                match name == *step {
                    true => {
                        *found = None;
                        find(json, rest, found)?;
                    }
                    false => json.skip()?,
                }
            }
            Ok(())
        }
        Peek::Array => {
            let mut index = 0_usize;
            json.list(&mut |json| {
                let is_wanted = step.parse() == Ok(index);
                index += 1;
                if is_wanted { find(json, rest, found) } else { json.skip() }
            })
        }
        _ => json.skip(),
    }
}

/// All of them, where no name is there twice.
fn once(pairs: Pairs) -> Option<Pairs> {
    let mut seen = HashSet::new();
    pairs.iter().all(|(name, _)| seen.insert(name.as_str())).then_some(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pairs: Option<Pairs>) -> String {
        let pairs = pairs.into_iter().flatten().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn members_are_as_they_are_written() {
        let body = br#" {"a": "x\u00e9", "b" : [1, {"c":  2}], "d":1.50,"e":null,"f":true , "g":{ } } "#;
        assert_eq!(shown(members(body)), "a=xé|b=[1, {\"c\":  2}]|d=1.50|e=|f=true|g={ }");
        assert_eq!(shown(leaves(body)), "a=xé|b.0=1|b.1.c=2|d=1.50|e=|f=true");
        assert_eq!(shown(members(b"\xEF\xBB\xBF{\"a\":[ 1 ]}")), "a=[ 1 ]");
        assert_eq!(shown(Some(form(b"a=1+2&&b=%C3%A9&c&a="))), "a=1 2|b=é|c=|a=");
        assert_eq!(shown(exact_form(b"a=1+2&b=%C3%A9&c=%EF%BF%BD")), "a=1 2|b=é|c=\u{fffd}");
        for text in [&b"x=%ff"[..], b"x=\xff", b"%C3=%A9", b"a=%C3&%A9=1", b"x=%ED%A0%80"] {
            assert_eq!(exact_form(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_is_doubtful_has_no_members() {
        for body in [
            "",
            "[]",
            "1",
            "{",
            "{}x",
            "{\"a\":1,\"a\":2}",
            "{\"a\":1,\"\\u0061\":2}",
            "{\"a\":[}",
            "{\"a\":\"\u{1}\"}",
        ] {
            assert_eq!((members(body.as_bytes()), leaves(body.as_bytes())), (None, None), "{body}");
        }
        for body in
            [r#"{"a.b":1,"a":{"b":2}}"#, r#"{"a.b":1}"#, r#"{"a":[{"b.c":{}}]}"#, r#"{"":{"a":1}}"#, r#"{"":1}"#]
        {
            assert_eq!(leaves(body.as_bytes()), None, "{body}");
            assert!(members(body.as_bytes()).is_some(), "{body}");
        }
        assert_eq!(members(b"{\"a\":\"\xff\"}"), None);
    }

    #[test]
    fn leaves_are_bounded() {
        let body = |count: usize| format!("{{\"a\":[{}]}}", vec!["1"; count].join(","));
        assert_eq!(leaves(body(LEAVES).as_bytes()).map(|pairs| pairs.len()), Some(LEAVES));
        assert_eq!(leaves(body(LEAVES + 1).as_bytes()), None);
        let named = |length: usize| format!("{{\"{}\":1}}", "n".repeat(length));
        assert!(leaves(named(NAME).as_bytes()).is_some());
        assert_eq!(leaves(named(NAME + 1).as_bytes()), None);
        assert_eq!(leaves(format!("{}1{}", "{\"a\":".repeat(1000), "}".repeat(1000)).as_bytes()), None);
    }

    /// As deep as the mock reads, which verifies the same.
    #[test]
    fn members_and_leaves_nest_as_deep_as_each_other() {
        for (open, close) in [("[", "]"), ("{\"x\":", "}"), ("[ {\"]\\\"[\":", "} ] ")] {
            let inner = |levels: usize| format!("{{\"a\":{}1{}}}", open.repeat(levels), close.repeat(levels));
            // Two levels each time; names of leaves are bounded as well.
            let is_double = open.starts_with("[ {");
            let most = if is_double { 63 } else { 127 };
            let is_read = |body: &str| (members(body.as_bytes()).is_some(), leaves(body.as_bytes()).is_some());
            assert_eq!(is_read(&inner(most)), (true, !is_double), "{open}");
            assert_eq!(is_read(&inner(most + 1)), (false, false), "{open}");
        }
    }

    #[test]
    fn a_text_is_found_where_it_stands() {
        let body = br#"{"t":"first","e":[{"t":"x"},{"t":7}],"t":"last"}"#;
        assert_eq!(text_at(body, &["t"]).as_deref(), Some("last"));
        assert_eq!(text_at(body, &["e", "1", "t"]).as_deref(), Some("7"));
        for path in [&["x"][..], &["e"], &["e", "2", "t"], &["t", "x"]] {
            assert_eq!(text_at(body, path), None, "{path:?}");
        }
        assert_eq!(text_at(br#"{"t":"a","t":{}}"#, &["t"]), None);
        assert_eq!(text_at(b"nothing", &["t"]), None);
    }
}
