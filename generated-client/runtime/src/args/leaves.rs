//! How each kind of single value becomes text, in the spelling of its parameter.

use super::wire::{ValueWriter, Wire};
use crate::values::{
    Base64, CivilDate, CivilDateTime, CivilTime, DateTime, Decimal, NumberOrText, Repr, Scalar, Spelled, word,
};

impl Wire for i64 {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.integer(*self);
    }
}

impl Wire for u64 {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.number(&self.to_string());
    }
}

/// What a number in the code is where nothing says otherwise.
impl Wire for i32 {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.integer((*self).into());
    }
}

impl Wire for Decimal {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.number(self.as_str());
    }
}

impl Wire for NumberOrText {
    fn write(&self, out: &mut ValueWriter<'_>) {
        if self.is_number() { out.number(self.as_str()) } else { out.text(self.as_str()) }
    }
}

impl Wire for bool {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.boolean(*self);
    }
}

impl Wire for Base64 {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.text(&self.encode());
    }
}

impl Wire for DateTime {
    fn write(&self, out: &mut ValueWriter<'_>) {
        moment(self, out);
    }
}

impl Wire for CivilDateTime {
    fn write(&self, out: &mut ValueWriter<'_>) {
        moment(self, out);
    }
}

impl Wire for CivilDate {
    fn write(&self, out: &mut ValueWriter<'_>) {
        moment(self, out);
    }
}

impl Wire for CivilTime {
    fn write(&self, out: &mut ValueWriter<'_>) {
        moment(self, out);
    }
}

/// A date or time that its spelling cannot say, a year before Christ in an HTTP date, is a violation.
fn moment<T: Spelled>(value: &T, out: &mut ValueWriter<'_>) {
    match out.form().print(value) {
        Some((text, true)) => out.number(&text),
        Some((text, false)) => out.text(&text),
        None => out.unsayable(),
    }
}

impl<T: Scalar> Wire for T {
    fn write(&self, out: &mut ValueWriter<'_>) {
        match self.clone().repr() {
            Repr::Number(number) => out.integer(*number),
            Repr::Text(text) | Repr::Other(text) => out.text(text),
            Repr::Unsigned(_) | Repr::NumberOrText(_) | Repr::Word => match (self.is_number(), word(self)) {
                (true, word) => out.number(&word),
                (false, word) => out.text(&word),
            },
        }
    }
}
