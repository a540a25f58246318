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
            search.found("", String::from_utf8_lossy(start).trim());
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
                    self.found(field, text.trim());
                }
                true
            }),
        }
    }
}
