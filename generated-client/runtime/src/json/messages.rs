//! The messages in a failed answer, wherever the spec says that they may stand.

use jiter::Peek;

use super::error::ReadResult;
use super::reader::{Reader, Scalar};

/// Messages nest in lists and objects no deeper than this.
const LEVELS: usize = 4;
/// So many messages of one answer are looked at.
const COUNT: usize = 64;
/// So many bytes of a message are looked at.
const LENGTH: usize = 4096;

/// Calls `visit` with each message of a failed answer: the field it is about, or nothing, and the
/// text. It answers whether to go on.
///
/// A place is a path of keys: `["errors"]` for `{"errors": …}`, and the empty path for the answer
/// itself. There stands a text, a list of texts, or an object whose names are fields and whose
/// values are texts or lists of texts. An answer that is no JSON is a message as it is.
///
/// A text such as `'email':['has already been taken']` is a message as it is, and stands for those of
/// its fields too: documentation prints field errors like this, and a server may well do the same.
pub(crate) fn messages(body: &[u8], places: &[&[&str]], visit: &mut dyn FnMut(&str, &str) -> bool) {
    let is_json = {
        let mut json = Reader::new(body);
        json.skip().and_then(|()| json.finish()).is_ok()
    };
    let mut search = Search { visit, left: COUNT };
    for place in places {
        if is_json {
            // What cannot be read ends the search at this place; what stood before it was seen.
            let _ = search.descend(&mut Reader::new(body), place);
        } else if place.is_empty() {
            let start = body.get(..LENGTH).unwrap_or(body);
            search.found_text("", String::from_utf8_lossy(start).trim());
        }
        if search.left == 0 {
            return;
        }
    }
}

struct Search<'v> {
    visit: &'v mut dyn FnMut(&str, &str) -> bool,
    /// How many more messages to look at; none once `visit` has seen enough.
    left: usize,
}

impl Search<'_> {
    fn found(&mut self, field: &str, message: &str) {
        if message.is_empty() || self.left == 0 {
            return;
        }
        self.left -= 1;
        let mut end = LENGTH.min(message.len());
        while !message.is_char_boundary(end) {
            end -= 1;
        }
        if !(self.visit)(field, message.get(..end).unwrap_or_default()) {
            self.left = 0;
        }
    }

    /// A text, and the messages of a field that it spells out.
    fn found_text(&mut self, field: &str, text: &str) {
        self.found(field, text);
        if field.is_empty()
            && text.len() <= LENGTH
            && let Some((field, texts)) = spelled_out(text)
        {
            texts.into_iter().for_each(|text| self.found(field, text));
        }
    }

    /// Goes to where `place` points and looks there.
    fn descend(&mut self, json: &mut Reader<'_>, place: &[&str]) -> ReadResult {
        let Some((key, rest)) = place.split_first() else {
            return self.look(json, "", 0);
        };
        if json.peek("an object")? != Peek::Object {
            return json.skip();
        }
        let mut members = json.open_object()?;
        while let Some(name) = json.name(&mut members)? {
            match name == *key {
                true => self.descend(json, rest)?,
                false => json.skip()?,
            }
        }
        Ok(())
    }

    /// Takes the messages from the value that is next.
    fn look(&mut self, json: &mut Reader<'_>, field: &str, level: usize) -> ReadResult {
        match json.peek("a message")? {
            Peek::Array | Peek::Object if level == LEVELS || self.left == 0 => json.skip(),
            Peek::Array => json.list(&mut |json| self.look(json, field, level + 1)),
            Peek::Object => {
                let mut members = json.open_object()?;
                while let Some(name) = json.name(&mut members)? {
                    let inner = match field {
                        "" => name.to_owned(),
                        _ => format!("{field}.{name}"),
                    };
                    self.look(json, &inner, level + 1)?;
                }
                Ok(())
            }
            _ => json.scalar("a message", &mut |found| {
                if let Scalar::Text(text) = found {
                    self.found_text(field, text.trim());
                }
                true
            }),
        }
    }
}

/// The field and the texts of `'field':['text', …]`, in quotes of either kind; nothing of any other shape.
fn spelled_out(text: &str) -> Option<(&str, Vec<&str>)> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let (field, rest) = text.get(1..)?.split_once(quote)?;
    let list = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('[')?;
    let mut rest = list.trim_end().strip_suffix(']')?.trim();
    let mut texts = Vec::new();
    loop {
        let quote = rest.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
        let inner = rest.get(1..)?;
        // An apostrophe inside is not the end: after that comes a comma, or nothing.
        let (end, next) = inner.match_indices(quote).find_map(|(at, _)| {
            let after = inner.get(at + 1..)?.trim_start();
            (after.is_empty() || after.starts_with(',')).then_some((at, after))
        })?;
        texts.push(inner.get(..end)?);
        match next.strip_prefix(',') {
            Some(next) => rest = next.trim_start(),
            None => return (!field.is_empty()).then_some((field, texts)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_errors_may_be_spelled_out() {
        for (text, field, texts) in [
            ("'email':['has already been taken']", "email", &["has already been taken"][..]),
            (r#""email": [ "is odd" , 'isn\'t new' ]"#, "email", &["is odd", r"isn\'t new"]),
            ("'name':['it's long', 'é']", "name", &["it's long", "é"]),
            ("'name':['']", "name", &[""]),
        ] {
            assert_eq!(spelled_out(text), Some((field, texts.to_vec())), "{text}");
        }
        for text in [
            "",
            "'",
            "''",
            "'email'",
            "'email':",
            "'email':[",
            "'email':[]",
            "'email':[']",
            "'email':['a'",
            "'email':['a',]",
            "'email':[a]",
            "'email':'a'",
            "email:['a']",
            "'':['a']",
            "'email\":['a']",
            "'email':['a'] more",
            "é':['a']",
            "so 'email':['a']",
            "'email':['a' 'b']extra]",
        ] {
            assert_eq!(spelled_out(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_spelled_out_is_bounded() {
        let count = |texts: usize| {
            let mut found = 0;
            messages(format!("'a':[{}]", vec!["'b'"; texts].join(",")).as_bytes(), &[&[]], &mut |_, _| {
                found += 1;
                true
            });
            found
        };
        assert_eq!((count(2), count(1000)), (3, COUNT));
        assert_eq!(count(1100), 1, "a longer text is only itself");
    }
}
