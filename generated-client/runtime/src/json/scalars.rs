//! How leniently each type is read: numbers as texts, texts as numbers, what is optional as nothing.

use std::borrow::Cow;
use std::str::FromStr;

use super::error::ReadResult;
#[cfg(feature = "serde")]
use super::open::Json;
use super::reader::{Read, Reader, Scalar};
#[cfg(feature = "serde")]
use crate::values::Form;
use crate::values::Scalar as GeneratedScalar;
use crate::values::{Decimal, Personal, Repr, Secret, set_number, set_word};

/// `null` is `None`, and so is what cannot be read, an empty text in place of a number for example: one odd
/// date of one user should not cost the whole answer. What is no JSON at all stays an error.
impl<T: Read + Default> Read for Option<T> {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        let mut value = T::default();
        *self = json.optional(&mut value)?.then_some(value);
        Ok(())
    }

    fn is_nothing(&self) -> bool {
        self.is_none()
    }

    #[cfg(feature = "serde")]
    fn show(&mut self, form: Form) -> Option<Json> {
        // Null, whether the answer said so or nothing at all.
        Some(self.as_mut().and_then(|value| value.show(form)).unwrap_or_default())
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

    fn become_nothing(&mut self) -> bool {
        self.clear();
        true
    }

    #[cfg(feature = "serde")]
    fn show(&mut self, form: Form) -> Option<Json> {
        Some(Json::Array(self.iter_mut().filter_map(|item| item.show(form)).collect()))
    }
}

impl<T: Read> Read for Personal<T> {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        self.inner_mut().read(json)
    }

    #[cfg(feature = "serde")]
    fn show(&mut self, form: Form) -> Option<Json> {
        super::show::guarded(|| self.inner_mut().show(form))
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

    shown_as_sent!();
}

/// `7` and `7.0` are the same integer.
pub(super) fn in_digits<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok().or_else(|| {
        let (whole, fraction) = text.split_once('.')?;
        whole.parse().ok().filter(|_| fraction.bytes().all(|digit| digit == b'0'))
    })
}

/// A number as texts write it: an integer with an exponent in its digits.
pub(crate) fn written_out(number: &str) -> Cow<'_, str> {
    let whole = number.contains(['e', 'E']).then(|| integer::<i64>(number)).flatten();
    whole.map_or(Cow::Borrowed(number), |whole| Cow::Owned(whole.to_string()))
}

/// `7`, `7.0` and `7e0` are the same integer.
pub(super) fn integer<T: FromStr + TryFrom<i128>>(text: &str) -> Option<T> {
    if let Some(number) = in_digits(text) {
        return Some(number);
    }
    let number = text.parse::<Decimal>().ok()?;
    let whole = number.scaled(0)?;
    // Beyond 2^53 a floating-point number no longer says which integer it was.
    let exact = whole.unsigned_abs() <= 1 << 53 && Decimal::from_whole(whole) == number;
    T::try_from(whole).ok().filter(|_| exact)
}

impl Read for String {
    /// A text; of a number or a boolean, what the answer says.
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.scalar("a text", &mut |found| found.text().map(|text| *self = text.to_owned()).is_some())
    }

    shown_as_sent!();
}

impl Read for Secret {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.scalar("a text", &mut |found| found.text().map(|text| *self = Self::from(text)).is_some())
    }

    #[cfg(feature = "serde")]
    fn show(&mut self, _: Form) -> Option<Json> {
        super::show::guarded(|| Some(Json::String(self.expose().to_owned())))
    }
}

impl<T: GeneratedScalar> Read for T {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        if T::default().is_number() && !T::WORDS.is_empty() {
            let mut number = 0;
            i64::read(&mut number, json)?;
            set_number(self, number);
            return Ok(());
        }
        match self.repr() {
            Repr::Number(number) => number.read(json),
            Repr::Unsigned(number) => number.read(json),
            Repr::Text(text) => text.read(json),
            Repr::NumberOrText(value) => value.read(json),
            Repr::Word | Repr::Other(_) => {
                json.scalar("a text", &mut |found| found.text().map(|text| set_word(self, text)).is_some())
            }
        }
    }

    shown_as_sent!();
}
