//! The messages in a failed answer, wherever the spec says that they may stand.

use std::fmt;

use jiter::Peek;

use super::error::ReadResult;
use super::reader::{Reader, Scalar};

/// Messages nest in lists and objects no deeper than this.
const LEVELS: usize = 4;
/// So many messages of one answer are looked at; no documented error needs more.
const COUNT: usize = 64;
/// So many bytes of a message are looked at, and of a field's name.
const LENGTH: usize = 4096;

/// A message of a failed answer.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// The field it is about; empty when it is about none.
    pub field: String,
    /// What it says, without white space around it.
    pub text: String,
}

impl fmt::Debug for Message {
    /// Nothing of an answer.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Message([redacted])")
    }
}

/// The messages of a failed answer, in the order of the places.
///
/// A place is a path of keys: `["errors"]` for `{"errors": …}`, and the empty path for the answer
/// itself. There stands a text, a list of texts, or an object whose names are fields and whose
/// values are texts or lists of texts. An answer that is no JSON is a message as it is.
pub fn messages(body: &[u8], places: &[&[&str]]) -> Vec<Message> {
    let mut search = Search { found: Vec::new() };
    let is_json = {
        let mut json = Reader::new(body);
        json.skip().and_then(|()| json.finish()).is_ok()
    };
    for place in places {
        if is_json {
            // What cannot be read ends the search at this place; what stood before it was seen.
            let _ = search.descend(&mut Reader::new(body), place);
        } else if place.is_empty() {
            let start = body.get(..LENGTH).unwrap_or(body);
            search.add("", &String::from_utf8_lossy(start));
        }
    }
    search.found
}

struct Search {
    found: Vec<Message>,
}

impl Search {
    fn add(&mut self, field: &str, text: &str) {
        let text = start_of(text.trim());
        if !text.is_empty() && !self.is_full() {
            self.found.push(Message { field: start_of(field).to_owned(), text: text.to_owned() });
        }
    }

    fn is_full(&self) -> bool {
        self.found.len() >= COUNT
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
            Peek::Array | Peek::Object if level == LEVELS || self.is_full() => json.skip(),
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
                    self.add(field, text);
                }
                true
            }),
        }
    }
}

/// As much of a text as is looked at.
fn start_of(text: &str) -> &str {
    let mut end = LENGTH.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
