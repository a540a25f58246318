//! Values around other values: maps, boxes, texts with JSON in them, and the three states of a field.

use super::error::{DecodeError, ReadResult};
#[cfg(feature = "serde")]
use super::open::Json;
use super::reader::{Read, Reader};
#[cfg(feature = "serde")]
use crate::values::Form;
use crate::values::{Boxed, JsonText, Maybe, OrderedMap};

impl<T: Read> Read for Boxed<T> {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        T::read(self, json)
    }

    #[cfg(feature = "serde")]
    fn show(&mut self, form: Form) -> Option<Json> {
        T::show(self, form)
    }
}

impl<T: Read + Default> Read for OrderedMap<T> {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        let items = self.inner_mut();
        items.clear();
        let mut members = json.open_object()?;
        while let Some(name) = json.name(&mut members)? {
            let mut item = (name.to_owned(), T::default());
            // A name that no spec knows is data, and does not stand in errors.
            item.1.read(json).map_err(|error| error.in_member("*"))?;
            items.push(item);
        }
        Ok(())
    }

    #[cfg(feature = "serde")]
    fn show(&mut self, form: Form) -> Option<Json> {
        let shown = |(name, value): &mut (String, T)| Some((name.clone(), value.show(form)?));
        Some(Json::Object(self.inner_mut().iter_mut().filter_map(shown).collect()))
    }
}

/// `null` is `Null`, and what cannot be read is as good as absent.
impl<T: Read + Default> Read for Maybe<T> {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        *self = if json.null()? {
            Self::Null
        } else {
            let mut value = T::default();
            if json.optional(&mut value)? { Self::Value(value) } else { Self::Absent }
        };
        Ok(())
    }

    fn is_nothing(&self) -> bool {
        matches!(self, Self::Absent)
    }

    #[cfg(feature = "serde")]
    fn show(&mut self, form: Form) -> Option<Json> {
        match self {
            Self::Absent => None,
            Self::Null => Some(Json::Null),
            Self::Value(value) => value.show(form),
        }
    }
}

impl<T: Read + Default> Read for JsonText<T> {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.text_of_json(&mut self.0)
    }

    #[cfg(feature = "serde")]
    fn show(&mut self, form: Form) -> Option<Json> {
        Some(Json::String(crate::args::json_text(&self.0.show(form)?)))
    }
}

impl Reader<'_> {
    /// Reads a value out of the JSON in a text.
    fn text_of_json(&mut self, value: &mut dyn Read) -> ReadResult {
        let expected = "a text with JSON in it";
        let mut text = String::new();
        let start = self.offset();
        text.read(self).map_err(|error| if error.is_json() { error.but(expected) } else { error })?;
        // As deep as the text itself stands, so that texts in texts come to an end.
        let mut inner = self.within(text.as_bytes())?;
        // The answer around the text is sound, whatever is wrong inside.
        value.read(&mut inner).and_then(|()| inner.finish()).map_err(|error| match error.is_json() {
            true => error.at_byte(start),
            false => DecodeError::new(expected, "something else", start),
        })
    }
}
