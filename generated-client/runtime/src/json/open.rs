//! JSON whose shape nobody states.

use jiter::Peek;

use super::error::ReadResult;
use super::reader::{Read, Reader, Scalar};

/// Any JSON value. Members keep their order, numbers their spelling.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Json {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it is written.
    Number(String),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Json>),
    /// Names and values, equal names and all.
    Object(Vec<(String, Json)>),
}

impl Read for Json {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        match json.peek("a value")? {
            Peek::Array => {
                let mut items = Vec::new();
                items.read(json)?;
                *self = Self::Array(items);
            }
            Peek::Object => {
                let mut items = Vec::new();
                let mut members = json.open_object()?;
                while let Some(name) = json.name(&mut members)? {
                    let mut item = (name.to_owned(), Self::Null);
                    item.1.read(json)?;
                    items.push(item);
                }
                *self = Self::Object(items);
            }
            _ => json.scalar("a value", &mut |found| {
                *self = match found {
                    Scalar::Null => Self::Null,
                    Scalar::Boolean(value) => Self::Bool(value),
                    Scalar::Number(text) => Self::Number(text.to_owned()),
                    Scalar::Text(text) => Self::String(text.to_owned()),
                };
                true
            })?,
        }
        Ok(())
    }

    fn become_nothing(&mut self) -> bool {
        *self = Self::Null;
        true
    }

    #[cfg(feature = "serde")]
    fn show(&mut self, _: crate::values::Form) -> Option<Json> {
        Some(self.clone())
    }
}
