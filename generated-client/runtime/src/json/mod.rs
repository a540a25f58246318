//! JSON answers into typed values: a pull parser driven by tables of field names.

/// How a single value is shown: as it would be sent.
macro_rules! shown_as_sent {
    () => {
        #[cfg(feature = "serde")]
        fn show(&mut self, form: crate::values::Form) -> Option<crate::json::Json> {
            crate::args::shown(self, form)
        }
    };
}

mod answer;
mod around;
mod error;
mod fields;
mod find;
mod leaves;
mod open;
mod reader;
mod record;
mod reports;
mod scalars;
mod serialize;
#[cfg(feature = "serde")]
mod show;
mod spelled;
mod tag;

pub use answer::Misread;
pub(crate) use answer::{
    OrOne, is_failure, is_json, key_of, read_answer, read_empty, read_text, same_code, text_at, value_at,
};
pub use error::{DecodeError, ReadResult};
pub use fields::{Slot, must, slot};
pub(crate) use find::{Want, find};
pub use open::Json;
pub(crate) use reader::{DEPTH, Scalar};
pub use reader::{Read, Reader};
pub use record::debug;
pub(crate) use reports::{errors, warnings};
pub(crate) use scalars::written_out;
#[cfg(feature = "serde")]
pub use show::{exposing, serialize, show_shape};

/// Reads an answer: the whole of it, or the member `key` of its object.
///
/// # Errors
///
/// Says where in the answer something else stands than was expected.
pub(crate) fn read_under<T: Read + Default>(body: &[u8], key: Option<&str>) -> Result<T, Box<DecodeError>> {
    let mut value = T::default();
    read_into(body, key, &mut value)?;
    Ok(value)
}

fn read_into(body: &[u8], key: Option<&str>, value: &mut dyn Read) -> ReadResult {
    let mut json = Reader::new(body);
    match key {
        Some(key) => json.object([must(key, value).escaped()])?,
        None => value.read(&mut json)?,
    }
    json.finish()
}

#[cfg(test)]
mod place_tests;
#[cfg(test)]
mod tests;
