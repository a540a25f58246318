//! How leniently each type is read: numbers as texts, texts as numbers, booleans as either.

use super::error::ReadResult;
use super::reader::{Read, Reader, Scalar};
use crate::values::Scalar as GeneratedScalar;
use crate::values::{DateTime, Personal, Repr, Secret, set_word};

/// `null` is `None`, and so is what cannot be read, an empty text in place of a number for example: one odd
/// date of one user should not cost the whole answer. What is no JSON at all stays an error.
impl<T: Read + Default> Read for Option<T> {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        let mut value = T::default();
        *self = json.optional(&mut value)?.then_some(value);
        Ok(())
    }
}

impl<T: Read + Default> Read for Vec<T> {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        self.clear();
        json.list(&mut |json| {
            let mut item = T::default();
            item.read(json)?;
            self.push(item);
            Ok(())
        })
    }
}

impl<T: Read> Read for Personal<T> {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        self.inner_mut().read(json)
    }
}

impl Read for bool {
    /// `true` and `false`, or `1` and `0`, each also as a text.
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.scalar("a boolean", &mut |found| {
            *self = match found {
                Scalar::Boolean(value) => value,
                Scalar::Text("true" | "1") | Scalar::Number("1") => true,
                Scalar::Text("false" | "0") | Scalar::Number("0") => false,
                _ => return false,
            };
            true
        })
    }
}

impl Read for i64 {
    /// A number without a fraction, or the text of one.
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.scalar("a 64-bit integer", &mut |found| {
            let number = match found {
                Scalar::Number(text) => integer(text),
                Scalar::Text(text) => integer(text.trim()),
                Scalar::Null | Scalar::Boolean(_) => None,
            };
            number.map(|number| *self = number).is_some()
        })
    }
}

/// `7`, `7.0` and `7e0` are the same integer.
pub(super) fn integer(text: &str) -> Option<i64> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    if let Some((whole, fraction)) = text.split_once('.')
        && fraction.bytes().all(|digit| digit == b'0')
    {
        return whole.parse().ok();
    }
    // Beyond 2^53 a floating-point number no longer says which integer it was.
    let number: f64 = text.parse().ok()?;
    let exact = number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0;
    exact.then_some(number as i64)
}

impl Read for String {
    /// A text; of a number or a boolean, what the answer says.
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.scalar("a text", &mut |found| found.text().map(|text| *self = text.to_owned()).is_some())
    }
}

impl Read for Secret {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.scalar("a text", &mut |found| found.text().map(|text| *self = Self::from(text)).is_some())
    }
}

impl Read for DateTime {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.scalar("a date-time with an offset", &mut |found| match found {
            Scalar::Text(text) => text.trim().parse().map(|time| *self = time).is_ok(),
            _ => false,
        })
    }
}

impl<T: GeneratedScalar> Read for T {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        match self.repr() {
            Repr::Number(number) => number.read(json),
            Repr::Word | Repr::Other(_) => {
                json.scalar("a text", &mut |found| found.text().map(|text| set_word(self, text)).is_some())
            }
        }
    }
}
