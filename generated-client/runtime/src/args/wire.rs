//! How each type becomes text, once.

use super::Args;
use super::field::Kind;
use crate::values::{DateTime, Patch, Personal, Repr, Scalar, Secret, word};

/// A value that can be sent.
pub trait Wire {
    /// Writes the value; a value that writes nothing is not sent.
    fn write(&self, out: &mut ValueWriter<'_>);
}

/// Takes the value of one parameter.
pub struct ValueWriter<'a> {
    pub(super) args: &'a mut Args,
    pub(super) index: usize,
}

impl ValueWriter<'_> {
    /// A text.
    pub fn text(&mut self, text: &str) {
        self.args.append(self.index, text, Kind::Text);
    }

    /// A number without a fraction.
    pub fn integer(&mut self, number: i64) {
        self.args.append(self.index, &number.to_string(), Kind::Number);
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.args.append(self.index, if value { "true" } else { "false" }, Kind::Boolean);
    }

    /// Whatever clears the parameter; nothing where the spec does not say how.
    pub fn clear(&mut self) {
        match self.args.param(self.index).and_then(|param| param.clear) {
            Some(text) => self.text(text),
            None => self.absent(),
        }
    }

    /// No value.
    pub fn absent(&mut self) {
        self.args.remove(self.index);
    }
}

impl Wire for &str {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.text(self);
    }
}

impl Wire for String {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.text(self);
    }
}

impl Wire for Secret {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.text(self.expose());
    }
}

impl<T: Wire> Wire for Personal<T> {
    fn write(&self, out: &mut ValueWriter<'_>) {
        T::write(self, out);
    }
}

impl Wire for i64 {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.integer(*self);
    }
}

impl Wire for bool {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.boolean(*self);
    }
}

impl Wire for DateTime {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.text(&self.to_string());
    }
}

impl<T: Wire> Wire for Patch<T> {
    fn write(&self, out: &mut ValueWriter<'_>) {
        match self {
            Self::Keep => out.absent(),
            Self::Clear => out.clear(),
            Self::Set(value) => value.write(out),
        }
    }
}

impl<T: Scalar> Wire for T {
    fn write(&self, out: &mut ValueWriter<'_>) {
        match self.clone().repr() {
            Repr::Number(number) => out.integer(*number),
            Repr::Word | Repr::Other(_) => out.text(&word(self)),
        }
    }
}
