//! Objects read by a table: a line per member, one reader for all of them.

use super::error::{DecodeError, ReadResult};
use super::reader::{Read, Reader};
use crate::values::Form;

/// A member of an object, and where its value goes.
pub struct Slot<'a> {
    name: &'a str,
    value: &'a mut dyn Read,
    /// Still to be found before the object may end.
    awaited: bool,
    form: Form,
    /// One item may stand for the list of it.
    is_lone: bool,
}

/// A member that may be missing.
pub fn slot<'a>(name: &'a str, value: &'a mut dyn Read) -> Slot<'a> {
    Slot { name, value, awaited: false, form: Form::Usual, is_lone: false }
}

/// A member that must be there.
pub fn must<'a>(name: &'a str, value: &'a mut dyn Read) -> Slot<'a> {
    Slot { awaited: true, ..slot(name, value) }
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
        // Servers send members in the order of their documentation, mostly: the next one is tried first.
        let mut expected = 0;
        let outer = self.form();
        let mut members = self.open_object()?;
        while let Some(name) = self.name(&mut members)? {
            let found = match slots.get(expected) {
                Some(slot) if slot.name == name => Some(expected),
                _ => slots.iter().position(|slot| slot.name == name),
            };
            let Some((index, slot)) = found.and_then(|index| Some((index, slots.get_mut(index)?))) else {
                self.skip()?;
                continue;
            };
            self.expect(slot.form, slot.is_lone);
            slot.value.read(self).map_err(|error| error.in_member(slot.name))?;
            slot.awaited = false;
            expected = index + 1;
        }
        self.expect(outer, false);
        match slots.iter().find(|slot| slot.awaited) {
            Some(slot) => Err(DecodeError::new("a value", "nothing", self.offset()).in_member(slot.name)),
            None => Ok(()),
        }
    }
}
