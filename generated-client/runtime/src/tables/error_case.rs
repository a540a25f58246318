//! A documented error, and how an answer is recognised as one.

use std::collections::VecDeque;

use bytes::Bytes;

use super::template::{Held, Matching, Pieces, match_template};
use super::{Path, Reported};
use crate::json::{Read, same_code, value_at};
use crate::values::{Captured, Carried};

/// One documented error of an API.
#[derive(Debug)]
pub struct ErrorCase {
    pub(crate) name: &'static str,
    pub(crate) statuses: &'static [u16],
    pub(crate) meaning: &'static str,
    pub(crate) codes: &'static [&'static str],
    pub(crate) subcodes: &'static [&'static str],
    pub(crate) field: &'static str,
    pub(crate) messages: &'static [&'static str],
    matching: Matching,
    pub(crate) again: Again,
    pub(crate) outcome_unknown: bool,
    leaves_open: bool,
}

/// Whether a call that met an error is made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    /// As after any answer of that status.
    AsStatus,
    /// Not by itself.
    Never,
    /// Nothing happened, and it may go better soon.
    Safe,
    /// Once more at once, with the time of then, if making the call twice is the same as making it once.
    Fresh,
}

/// An error that is recognised by its status alone, or by what else is said of it; no status for any.
pub const fn error(name: &'static str, statuses: &'static [u16]) -> ErrorCase {
    ErrorCase {
        name,
        statuses,
        meaning: "",
        codes: &[],
        subcodes: &[],
        field: "",
        messages: &[],
        matching: Matching::EXACT,
        again: Again::AsStatus,
        outcome_unknown: false,
        leaves_open: false,
    }
}

impl ErrorCase {
    /// What it means, in a few words.
    pub const fn meaning(mut self, meaning: &'static str) -> Self {
        self.meaning = meaning;
        self
    }

    /// The codes, any of which it is recognised by; `*` at the end of one stands for anything.
    pub const fn codes(mut self, codes: &'static [&'static str]) -> Self {
        self.codes = codes;
        self
    }

    /// The codes within the code, any of which it is recognised by.
    pub const fn subcodes(mut self, subcodes: &'static [&'static str]) -> Self {
        self.subcodes = subcodes;
        self
    }

    /// The field that it is about, as a template.
    pub const fn field(mut self, field: &'static str) -> Self {
        self.field = field;
        self
    }

    /// The messages, any of which it is recognised by.
    pub const fn messages(mut self, messages: &'static [&'static str]) -> Self {
        self.messages = messages;
        self
    }

    /// Anything may follow the message.
    pub const fn prefix(mut self) -> Self {
        self.matching.prefix = true;
        self
    }

    /// The letters of the message may be in either case.
    pub const fn any_case(mut self) -> Self {
        self.matching.any_case = true;
        self
    }

    /// The call is not made again by itself, whatever the status.
    pub const fn retry_never(mut self) -> Self {
        self.again = Again::Never;
        self
    }

    /// Nothing happened: the call may be made again, whatever it does.
    pub const fn retry_safe(mut self) -> Self {
        self.again = Again::Safe;
        self
    }

    /// A call that may be made twice is made again once, with the time of then.
    pub const fn retry_fresh(mut self) -> Self {
        self.again = Again::Fresh;
        self
    }

    /// The call may have taken effect all the same.
    pub const fn outcome_unknown(mut self) -> Self {
        (self.outcome_unknown, self.again) = (true, Again::Never);
        self
    }

    /// Nothing is known of it but a status with which the server gave up on the way: a change may have taken effect.
    pub const fn leaves_open(mut self) -> Self {
        self.leaves_open = true;
        self
    }

    /// What the error is called on the wire.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The statuses it comes with; none for any.
    pub fn statuses(&self) -> &'static [u16] {
        self.statuses
    }

    /// The status, where there is only one.
    #[cfg(feature = "http")]
    pub(crate) fn status(&self) -> Option<http::StatusCode> {
        match self.statuses {
            [status] => http::StatusCode::from_u16(*status).ok(),
            _ => None,
        }
    }

    /// Whether a call that ends in it may have taken effect, where the call may change something or not.
    pub(crate) fn is_outcome_unknown(&self, may_change: bool) -> bool {
        self.outcome_unknown || (may_change && self.leaves_open)
    }

    fn is_by_status(&self) -> bool {
        self.codes.is_empty() && self.subcodes.is_empty() && self.field.is_empty() && self.messages.is_empty()
    }

    /// What the answer's reports captured, if this error is what the answer says.
    pub(crate) fn recognise(&self, status: u16, found: &[Reported]) -> Option<Captures> {
        if !self.statuses.is_empty() && !self.statuses.contains(&status) {
            return None;
        }
        if self.is_by_status() {
            return Some(Captures::default());
        }
        found.iter().find_map(|reported| self.captures(reported))
    }

    fn captures(&self, found: &Reported) -> Option<Captures> {
        if !is_one_of(self.codes, found.code.as_deref()) || !is_one_of(self.subcodes, found.subcode.as_deref()) {
            return None;
        }
        let mut held = match self.field {
            // A message by itself is not that of a field; a code may be about any.
            "" if self.codes.is_empty() && self.subcodes.is_empty() && !found.field.is_empty() => return None,
            "" => Vec::new(),
            field => match_field(field, &found.field)?,
        };
        let message = found.message.trim();
        if !self.messages.is_empty() {
            let matching = |template: &&'static str| match_template(template, message, self.matching);
            held.extend(self.messages.iter().find_map(matching)?);
        }
        let first = self.messages.first().copied().unwrap_or_default();
        Some(Captures::in_order_of(held, [self.field, first]))
    }
}

/// Whether a code is one of those declared, if any are.
fn is_one_of(declared: &[&str], found: Option<&str>) -> bool {
    let is = |found: &str| {
        declared.iter().any(|code| match code.strip_suffix('*') {
            Some(start) => found.starts_with(start),
            None => same_code(code, found),
        })
    };
    declared.is_empty() || found.is_some_and(is)
}

/// A hole in the name of a field stands for one name or position.
fn match_field(template: &'static str, field: &str) -> Option<Held> {
    let held = match_template(template, field, Matching::EXACT)?;
    held.iter().all(|(_, text)| !text.is_empty() && !text.contains('.')).then_some(held)
}

/// What the holes of an error held, in the order of its field and its first message.
#[derive(Default)]
pub struct Captures {
    held: VecDeque<(&'static str, String)>,
    /// The whole answer, for what else is in it.
    body: Bytes,
}

impl Captures {
    /// Takes what the next hole held; empty after the last.
    #[expect(clippy::should_implement_trait, reason = "it never ends, unlike an iterator")]
    pub fn next(&mut self) -> Captured {
        Captured::from(self.held.pop_front().map(|(_, text)| text).unwrap_or_default())
    }

    /// Takes what stands at a place of the answer; without it, or if it cannot be read, there is nothing.
    pub fn carried<T: Read + Default>(&mut self, path: Path) -> Carried<T> {
        Carried::from(value_at::<T>(&self.body, path))
    }

    /// The same, of this answer.
    pub(crate) fn of(self, body: &Bytes) -> Self {
        Self { body: body.clone(), ..self }
    }

    /// The messages of an error have the same holes, but not always in the same order.
    fn in_order_of(mut held: Held, templates: [&'static str; 2]) -> Self {
        let mut ordered = VecDeque::with_capacity(held.len());
        for template in templates {
            let mut pieces = Pieces(template);
            while let (_, Some(hole)) = pieces.next_piece() {
                let at = held.iter().position(|(name, _)| *name == hole);
                ordered.extend(at.map(|at| held.remove(at)));
            }
        }
        Self { held: ordered, ..Self::default() }
    }
}

impl std::fmt::Debug for Captures {
    /// Names only: what was captured comes from an answer.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.held.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(message: &str) -> Reported {
        Reported { message: message.to_owned(), ..Reported::default() }
    }

    fn coded(code: &str, field: &str) -> Reported {
        Reported { code: Some(code.to_owned()), field: field.to_owned(), ..Reported::default() }
    }

    fn held(error: &ErrorCase, found: Reported) -> Option<Vec<String>> {
        let captures = error.recognise(200, &[found])?;
        Some(captures.held.into_iter().map(|(_, text)| text).collect())
    }

    #[test]
    fn captures_come_in_the_order_of_the_first_message() {
        let error = error("taken", &[422]).messages(&["{name} has {id}", "{id} is of {name}"]);
        for text in ["Ann has 7", "7 is of Ann"] {
            let mut captures = error.recognise(422, &[says(text)]).unwrap();
            assert_eq!([captures.next(), captures.next(), captures.next()], ["Ann", "7", ""].map(Captured::from));
        }
    }

    #[test]
    fn codes_are_numbers_or_texts() {
        for (declared, found, is) in [
            ("17", "17", true),
            ("17", "17.0", true),
            ("-3", "-3", true),
            ("17", "170", false),
            ("1000", "1E3", false),
            ("0", "0E000", false),
            ("0E000", "0E000", true),
            ("AUTH.EXPIRED", "AUTH.EXPIRED", true),
            ("AUTH.EXPIRED", "auth.expired", false),
            ("AUTH.*", "AUTH.EXPIRED", true),
            ("AUTH.*", "AUTHOR", false),
            ("AUTH:Expired", "AUTH:Expired", true),
        ] {
            assert_eq!(is_one_of(&[declared], Some(found)), is, "{declared} {found}");
        }
        assert!(is_one_of(&[], None) && !is_one_of(&["1"], None));
    }

    #[test]
    fn a_code_may_be_about_a_field() {
        let any = error("taken", &[]).codes(&["TAKEN"]);
        let of_field = error("taken", &[]).codes(&["TAKEN"]).field("rooms.{room}.name");
        assert_eq!(held(&any, coded("TAKEN", "x")), Some(vec![]));
        assert_eq!(held(&of_field, coded("TAKEN", "x")), None);
        assert_eq!(held(&of_field, coded("TAKEN", "rooms.12.name")), Some(vec!["12".to_owned()]));
        assert_eq!(held(&of_field, coded("TAKEN", "rooms.1.x.name")), None);
        assert_eq!(held(&of_field, coded("OTHER", "rooms.1.name")), None);
    }
}
