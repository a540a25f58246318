//! Objects read by a table: a line per member, one reader for all of them.

use std::fmt;

use jiter::Peek;

use super::error::{DecodeError, ReadResult};
use super::find::{Want, find_next};
use super::reader::{Read, Reader, Scalar};
use crate::tables::Path;
use crate::values::Form;

/// A member of an object, and where its value goes.
#[derive(Debug)]
pub struct Slot<'a> {
    name: &'a str,
    value: &'a mut dyn Read,
    /// Still to be found before the object may end.
    awaited: bool,
    form: Form,
    /// One item may stand for the list of it.
    is_lone: bool,
    /// JSON may not have its name as it is.
    is_escaped: bool,
    /// Where it stands, in the order they are tried; none for under its name.
    places: &'static [Path],
    /// What a text in one of these places begins with; none for anything.
    begins: &'static [&'static str],
}

/// A member that may be missing.
pub fn slot<'a>(name: &'a str, value: &'a mut dyn Read) -> Slot<'a> {
    Slot { name, value, awaited: false, form: Form::Usual, is_lone: false, is_escaped: false, places: &[], begins: &[] }
}

/// A member that must be there.
pub fn must<'a>(name: &'a str, value: &'a mut dyn Read) -> Slot<'a> {
    Slot { awaited: true, ..slot(name, value) }
}

/// Who looks at the table of a value.
pub(super) type Look<'l> = dyn Fn(&mut [Slot<'_>]) + 'l;

/// How a value lends its members to whoever looks at its table: a reader fills them, and others show them.
pub(super) fn look_at(value: &mut (impl Read + ?Sized), look: &Look<'_>) {
    // There is nothing to read, so that nothing can be wrong with it.
    let _ = value.read(&mut Reader::looking(look));
}

impl Slot<'_> {
    /// Its value is spelled in a way of the API's own.
    #[must_use]
    pub fn form(self, form: Form) -> Self {
        Self { form, ..self }
    }

    /// A list of which one item may stand there by itself.
    #[must_use]
    pub fn or_one(self) -> Self {
        Self { is_lone: true, ..self }
    }

    /// There may be a quote or a backslash in its name.
    #[must_use]
    pub fn escaped(self) -> Self {
        Self { is_escaped: true, ..self }
    }

    /// It stands in the first of these places where there is something that can be read.
    #[must_use]
    pub fn at(self, places: &'static [Path]) -> Self {
        Self { places, ..self }
    }

    /// A text in one of these places that begins otherwise is passed over.
    #[must_use]
    pub fn begins(self, begins: &'static [&'static str]) -> Self {
        Self { begins, ..self }
    }

    /// Its name and its value.
    pub(super) fn debug(&self) -> (&str, &dyn fmt::Debug) {
        (self.name, &self.value)
    }

    /// Its name and its value in JSON.
    #[cfg(feature = "serde")]
    pub(super) fn show(&mut self) -> Option<(String, super::Json)> {
        Some((self.name.to_owned(), self.value.show(self.form)?))
    }
}

impl Reader<'_> {
    /// Reads an object into its slots. Unknown members are skipped; of equal names the last counts.
    ///
    /// # Errors
    ///
    /// When there is no object, a member cannot be read, or one that must be there is missing.
    pub fn object<const N: usize>(&mut self, mut slots: [Slot<'_>; N]) -> ReadResult {
        self.members(&mut slots)
    }

    /// The same code for every type.
    fn members(&mut self, slots: &mut [Slot<'_>]) -> ReadResult {
        if let Some(look) = self.looks() {
            look(slots);
            return Ok(());
        }
        if slots.iter().all(|slot| slot.places.is_empty()) {
            return self.named(slots);
        }
        let (start, is_object) = (self.clone(), self.peek("an object")? == Peek::Object);
        let mut is_whole = false;
        for slot in slots.iter_mut().filter(|slot| !slot.places.is_empty()) {
            let found = slot.find(&start)?;
            is_whole |= found.is_some_and(<[_]>::is_empty);
            slot.awaited &= found.is_none();
        }
        // What is no object can be one of its own fields, and the others are not there then.
        if is_object || !is_whole {
            return self.named(slots);
        }
        self.skip()?;
        self.complete(slots)
    }

    /// Reads what stands under the names.
    fn named(&mut self, slots: &mut [Slot<'_>]) -> ReadResult {
        // Servers send members in the order of their documentation, mostly: the next one is tried first.
        let mut expected = 0;
        let outer = self.form();
        let mut members = self.open_object()?;
        loop {
            let is_next =
                |slot: &Slot<'_>| slot.places.is_empty() && !slot.is_escaped && self.is_named(&mut members, slot.name);
            if !slots.get(expected).is_some_and(is_next) {
                let Some(name) = self.name(&mut members)? else { break };
                let found = slots.iter().position(|slot| slot.name == name && slot.places.is_empty());
                let Some(found) = found else {
                    self.skip()?;
                    continue;
                };
                expected = found;
            }
            let Some(slot) = slots.get_mut(expected) else { break };
            self.expect(slot.form, slot.is_lone);
            slot.value.read(self).map_err(|error| error.in_member(slot.name))?;
            slot.awaited = false;
            expected += 1;
        }
        self.expect(outer, false);
        self.complete(slots)
    }

    /// Makes sure that all is there that must be.
    fn complete(&self, slots: &[Slot<'_>]) -> ReadResult {
        match slots.iter().find(|slot| slot.awaited) {
            Some(slot) => Err(DecodeError::new("a value", "nothing", self.offset()).in_member(slot.name)),
            None => Ok(()),
        }
    }
}

impl Slot<'_> {
    /// Reads the value from the first of its places that has one, and says which.
    fn find(&mut self, start: &Reader<'_>) -> ReadResult<Option<Path>> {
        for place in self.places {
            let mut candidate = Candidate { slot: self, is_taken: false };
            find_next(&mut start.clone(), &mut [Want::new(place, &mut candidate)])?;
            if candidate.is_taken {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }
}

/// What stands in one of the places of a member, and may not be meant.
#[derive(Debug)]
struct Candidate<'c, 's> {
    slot: &'c mut Slot<'s>,
    is_taken: bool,
}

impl Read for Candidate<'_, '_> {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        let slot = &mut *self.slot;
        let mut text = None;
        let mut is_null = false;
        if !matches!(json.peek("a value")?, Peek::Array | Peek::Object) {
            json.clone().scalar("a value", &mut |found| {
                match found {
                    Scalar::Null => is_null = true,
                    Scalar::Text(found) => text = Some(found.to_owned()),
                    Scalar::Boolean(_) | Scalar::Number(_) => {}
                }
                true
            })?;
        }
        let is_meant = match &text {
            Some(text) => !text.is_empty() && begins(slot.begins, text),
            None => !is_null && slot.begins.is_empty(),
        };
        if !is_meant {
            return json.skip();
        }
        let outer = json.form();
        json.expect(slot.form, slot.is_lone);
        slot.value.read(json)?;
        json.expect(outer, false);
        self.is_taken = !slot.value.is_nothing();
        Ok(())
    }
}

fn begins(begins: &[&str], text: &str) -> bool {
    begins.is_empty() || begins.iter().any(|begin| text.starts_with(begin))
}
