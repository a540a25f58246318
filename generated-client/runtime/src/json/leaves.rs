//! How each kind of single value is read, where a field may have spellings of its own.

use super::error::ReadResult;
#[cfg(feature = "serde")]
use super::open::Json;
use super::reader::{Read, Reader, Scalar};
use super::scalars::integer;
use crate::values::{Base64, CivilDate, CivilDateTime, CivilTime, DateTime, Decimal, Form, NumberOrText, Spelled};

impl Read for bool {
    /// `true` and `false`, or `1` and `0`, each also as a text; or the words that the spec says.
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        let form = json.form();
        json.scalar("a boolean", &mut |found| {
            // Nothing of it is text, unless the spec has words of its own.
            if let (Scalar::Boolean(value), false) = (&found, matches!(form, Form::Words(_))) {
                *self = *value;
                return true;
            }
            let Some(text) = found.text() else { return false };
            let value = match (form, text.trim()) {
                (Form::Words(words), text) => words.iter().find(|word| word.text() == text).map(|word| word.value()),
                (_, "true" | "1") => Some(true),
                (_, "false" | "0") => Some(false),
                _ => None,
            };
            value.map(|value| *self = value).is_some()
        })
    }

    shown_as_sent!();
}

impl Read for u64 {
    /// A number that is neither negative nor broken, or the text of one.
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.scalar("a 64-bit integer that is not negative", &mut |found| {
            number(&found).and_then(integer).map(|number| *self = number).is_some()
        })
    }

    shown_as_sent!();
}

impl Read for Decimal {
    /// A number or the text of one, digit by digit; in a text the sign of a currency may stand before it.
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.scalar("a decimal number", &mut |found| {
            number(&found).and_then(amount).map(|number| *self = number).is_some()
        })
    }

    #[cfg(feature = "serde")]
    fn show(&mut self, form: Form) -> Option<Json> {
        crate::args::shown(self, form).map(with_its_digits)
    }
}

/// `$0.00` and `-$5` are amounts. Which currency it is, the spec says.
fn amount(text: &str) -> Option<Decimal> {
    let (minus, unsigned) = text.strip_prefix('-').map_or(("", text), |unsigned| ("-", unsigned));
    match unsigned.strip_prefix(['$', '€', '£', '¥']) {
        Some(number) => [minus, number.trim_start()].concat().parse().ok(),
        None => text.parse().ok(),
    }
}

/// A number that serialisers spell as it is, else its text: they write no more digits than a fraction needs.
#[cfg(feature = "serde")]
fn with_its_digits(shown: Json) -> Json {
    match shown {
        Json::Number(text) if !is_usual(&text) => Json::String(text),
        other => other,
    }
}

#[cfg(feature = "serde")]
fn is_usual(text: &str) -> bool {
    let is_whole = text.parse().is_ok_and(|number: i64| number.to_string() == text);
    is_whole || text.parse().is_ok_and(|number: f64| format!("{number:?}") == text)
}

impl Read for NumberOrText {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.scalar("a number or a text", &mut |found| {
            *self = match found {
                Scalar::Number(text) => Self::number(text),
                Scalar::Text(text) => Self::from(text),
                Scalar::Null | Scalar::Boolean(_) => return false,
            };
            true
        })
    }

    shown_as_sent!();
}

impl Read for Base64 {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        json.scalar("base64", &mut |found| match found {
            Scalar::Text(text) => Self::decode(text).map(|bytes| *self = bytes).is_some(),
            Scalar::Null | Scalar::Boolean(_) | Scalar::Number(_) => false,
        })
    }

    shown_as_sent!();
}

impl Read for DateTime {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        moment(self, json, "a date-time with an offset")
    }

    shown_as_sent!();
}

impl Read for CivilDateTime {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        moment(self, json, "a date-time without an offset")
    }

    shown_as_sent!();
}

impl Read for CivilDate {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        moment(self, json, "a date")
    }

    shown_as_sent!();
}

impl Read for CivilTime {
    fn read(&mut self, json: &mut Reader<'_>) -> ReadResult {
        moment(self, json, "a time of day")
    }

    shown_as_sent!();
}

/// A date or time in any of its spellings; some of those are numbers.
fn moment<T: Spelled>(value: &mut T, json: &mut Reader<'_>, expected: &'static str) -> ReadResult {
    let form = json.form();
    json.scalar(expected, &mut |found| {
        number(&found).and_then(|text| form.parse(text)).map(|found| *value = found).is_some()
    })
}

/// The text of a number, or a text in which one may stand.
fn number<'a>(found: &Scalar<'a>) -> Option<&'a str> {
    match found {
        Scalar::Number(text) => Some(text),
        // To trim a text takes longer than to see that there is nothing to trim.
        Scalar::Text(text) => match text.starts_with(is_black) && text.ends_with(is_black) {
            true => Some(text),
            false => Some(text.trim()),
        },
        Scalar::Null | Scalar::Boolean(_) => None,
    }
}

fn is_black(char: char) -> bool {
    char.is_ascii_graphic()
}
