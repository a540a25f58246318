//! Values of several shapes: a member of the object, the tag, says which.

use super::error::ReadResult;
use super::fields::must;
use super::reader::{Read, Reader};
use crate::values::Form;

impl Reader<'_> {
    /// The place in `known` of the tag of the object that is next; none for one that is not known, or no tag at all.
    /// The reader stays where it is: the tag may come last.
    ///
    /// # Errors
    ///
    /// When there is no object.
    pub fn tag(&mut self, name: &str, known: &[&str]) -> ReadResult<Option<usize>> {
        let mut ahead = self.clone();
        let mut found = None;
        let mut members = ahead.open_object()?;
        while let Some(member) = ahead.name(&mut members)? {
            if member == name {
                let mut tag = None;
                let _ = ahead.optional(&mut Tag { known, found: &mut tag })?;
                // Of equal names the last counts.
                found = tag;
            } else {
                ahead.skip()?;
            }
        }
        Ok(found)
    }

    /// Reads a value of whatever type is wanted.
    ///
    /// # Errors
    ///
    /// When something else stands there.
    pub fn take<T: Read + Default>(&mut self) -> ReadResult<T> {
        let mut value = T::default();
        value.read(self)?;
        Ok(value)
    }

    /// The same with a value that is a member of an object, in a spelling of its own.
    ///
    /// # Errors
    ///
    /// When something else stands there, or nothing.
    pub fn take_member<T: Read + Default>(&mut self, name: &'static str, form: Form) -> ReadResult<T> {
        let mut value = T::default();
        self.object([must(name, &mut value).escaped().form(form)])?;
        Ok(value)
    }
}

/// Reads a text by looking it up.
#[derive(Debug)]
struct Tag<'a> {
    known: &'a [&'a str],
    found: &'a mut Option<usize>,
}

impl Read for Tag<'_> {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.scalar("a tag", &mut |found| {
            *self.found = found.text().and_then(|text| self.known.iter().position(|known| *known == text));
            true
        })
    }
}
