//! A documented error, and how an answer is recognised as one.
//!
//! A message template is literal text with holes, `Couldn't find {model}`; a doubled brace stands for
//! a brace. Matching walks the message once: the first and last text are anchored, each text
//! between is taken where it first occurs, so time is linear and there is nothing to backtrack.

use std::collections::VecDeque;

use crate::values::Captured;

/// What a hole may hold, in bytes; a longer text is not what the documentation means.
const LONGEST_CAPTURE: usize = 1024;

/// A message that an answer holds.
#[derive(Default)]
pub(crate) struct Message {
    /// The field it is about; empty for none.
    pub(crate) field: String,
    pub(crate) text: String,
}

/// One documented error of an API.
#[derive(Debug)]
pub struct ErrorCase {
    pub(crate) name: &'static str,
    pub(crate) statuses: &'static [u16],
    pub(crate) meaning: &'static str,
    pub(crate) field: &'static str,
    pub(crate) messages: &'static [&'static str],
}

/// An error that is recognised by its status alone.
pub const fn error(name: &'static str, statuses: &'static [u16]) -> ErrorCase {
    ErrorCase { name, statuses, meaning: "", field: "", messages: &[] }
}

impl ErrorCase {
    /// What it means, in a few words.
    pub const fn meaning(mut self, meaning: &'static str) -> Self {
        self.meaning = meaning;
        self
    }

    /// The member of a field-errors object that holds the message.
    pub const fn field(mut self, field: &'static str) -> Self {
        self.field = field;
        self
    }

    /// The messages, any of which it is recognised by.
    pub const fn messages(mut self, messages: &'static [&'static str]) -> Self {
        self.messages = messages;
        self
    }

    /// What the error is called on the wire.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The statuses it comes with.
    pub fn statuses(&self) -> &'static [u16] {
        self.statuses
    }

    /// The status, where there is only one.
    pub(crate) fn status(&self) -> Option<http::StatusCode> {
        match self.statuses {
            [status] => http::StatusCode::from_u16(*status).ok(),
            _ => None,
        }
    }

    /// What the answer's messages captured, if this error is what the answer says.
    pub(crate) fn recognise(&self, status: u16, found: &[Message]) -> Option<Captures> {
        if !self.statuses.contains(&status) {
            return None;
        }
        if self.messages.is_empty() && self.field.is_empty() {
            return Some(Captures::default());
        }
        let mut candidates = found.iter().filter(|message| message.field == self.field);
        if self.messages.is_empty() {
            return candidates.next().map(|_| Captures::default());
        }
        candidates
            .find_map(|message| self.messages.iter().find_map(|template| match_template(template, message.text.trim())))
            .map(|captures| captures.in_order_of(self.messages[0]))
    }
}

/// What the holes of a message held, in the order of the error's first message.
#[derive(Default)]
pub struct Captures(VecDeque<(&'static str, String)>);

impl Captures {
    /// Takes what the next hole held; empty after the last.
    #[expect(clippy::should_implement_trait, reason = "it never ends, unlike an iterator")]
    pub fn next(&mut self) -> Captured {
        Captured::from(self.0.pop_front().map(|(_, text)| text).unwrap_or_default())
    }

    /// The messages of an error have the same holes, but not always in the same order.
    fn in_order_of(mut self, template: &'static str) -> Self {
        let mut pieces = Pieces(template);
        let mut ordered = VecDeque::with_capacity(self.0.len());
        while let (_, Some(hole)) = pieces.next_piece() {
            let at = self.0.iter().position(|(name, _)| *name == hole);
            ordered.extend(at.and_then(|at| self.0.remove(at)));
        }
        Self(ordered)
    }
}

impl std::fmt::Debug for Captures {
    /// Names only: what was captured comes from an answer.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

/// Matches a whole message.
fn match_template(template: &'static str, message: &str) -> Option<Captures> {
    let mut captures = Captures::default();
    let mut pieces = Pieces(template);
    let (text, mut hole) = pieces.next_piece();
    let mut rest = message.strip_prefix(text.as_str())?;
    while let Some(name) = hole {
        let (text, next) = pieces.next_piece();
        // The last text ends the message, so its last occurrence counts; any other its first.
        let at = match (next, text.is_empty()) {
            (None, true) => rest.len(),
            (None, false) => rest.len().checked_sub(text.len()).filter(|_| rest.ends_with(text.as_str()))?,
            (Some(_), _) => rest.find(text.as_str())?,
        };
        let held = rest.get(..at).filter(|held| held.len() <= LONGEST_CAPTURE)?;
        captures.0.push_back((name, held.to_owned()));
        rest = rest.get(at + text.len()..)?;
        hole = next;
    }
    rest.is_empty().then_some(captures)
}

/// The rest of a template.
struct Pieces(&'static str);

impl Pieces {
    /// Takes the text up to the next hole, and the hole's name if there is one.
    fn next_piece(&mut self) -> (String, Option<&'static str>) {
        let mut text = String::new();
        while let Some(at) = self.0.find(['{', '}']) {
            let (before, from) = self.0.split_at(at);
            text.push_str(before);
            if let Some(after) = from.strip_prefix("{{").or_else(|| from.strip_prefix("}}")) {
                text.push_str(&from[..1]);
                self.0 = after;
            } else if let Some((name, after)) = from.strip_prefix('{').and_then(|hole| hole.split_once('}')) {
                self.0 = after;
                return (text, Some(name));
            } else {
                // A single brace that opens nothing is itself.
                text.push_str(&from[..1]);
                self.0 = &from[1..];
            }
        }
        text.push_str(std::mem::take(&mut self.0));
        (text, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(template: &'static str, message: &str) -> Option<Vec<(&'static str, String)>> {
        match_template(template, message).map(|captures| captures.0.into())
    }

    #[test]
    fn holes_take_what_lies_between_texts() {
        let template = "Couldn't find {model} with 'id'='{id}'";
        let found = held(template, "Couldn't find User with 'id'='7'");
        assert_eq!(found, Some(vec![("model", "User".to_owned()), ("id", "7".to_owned())]));
        assert_eq!(held(template, "Couldn't find User with 'id'=7"), None);
        assert_eq!(held(template, "couldn't find User with 'id'='7'"), None);
    }

    #[test]
    fn captures_come_in_the_order_of_the_first_message() {
        let error = error("taken", &[422]).messages(&["{name} has {id}", "{id} is of {name}"]);
        for text in ["Ann has 7", "7 is of Ann"] {
            let message = Message { field: String::new(), text: text.to_owned() };
            let mut captures = error.recognise(422, &[message]).unwrap();
            assert_eq!([captures.next(), captures.next(), captures.next()], ["Ann", "7", ""].map(Captured::from));
        }
    }

    #[test]
    fn the_last_text_is_anchored_at_the_end() {
        assert_eq!(held("'{a}'", "'it's'"), Some(vec![("a", "it's".to_owned())]));
        assert_eq!(held("x{a}x", "x"), None);
        assert_eq!(held("{a}", ""), Some(vec![("a", String::new())]));
    }

    #[test]
    fn doubled_braces_are_braces() {
        assert_eq!(held("{{{a}}}", "{1}"), Some(vec![("a", "1".to_owned())]));
        assert_eq!(held("{a", "{a"), Some(vec![]));
    }

    #[test]
    fn a_capture_is_bounded() {
        assert!(held("{a}", &"x".repeat(LONGEST_CAPTURE)).is_some());
        assert!(held("{a}", &"x".repeat(LONGEST_CAPTURE + 1)).is_none());
    }

    #[test]
    fn matching_is_linear() {
        let message = "a".repeat(1 << 20);
        assert!(held("{x}ab{y}ab{z}", &message).is_none());
    }
}
