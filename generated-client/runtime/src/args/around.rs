//! Values around other values: maps, boxes, texts with JSON in them, and the three states of a field.

use super::wire::{ValueWriter, Wire};
use crate::values::{Boxed, HeldOrText, JsonText, Maybe, OrderedMap};

impl<T: Wire> Wire for Boxed<T> {
    fn write(&self, out: &mut ValueWriter<'_>) {
        T::write(self, out);
    }
}

impl<T: Wire> Wire for OrderedMap<T> {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.map(self.iter().map(|(name, value)| (name, value as &dyn Wire)));
    }
}

impl<T: Wire> Wire for JsonText<T> {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.text_of_json(&self.0);
    }
}

impl<T: Wire> Wire for Maybe<T> {
    fn write(&self, out: &mut ValueWriter<'_>) {
        match self {
            Self::Absent => {}
            Self::Null => out.null(),
            Self::Value(value) => value.write(out),
        }
    }
}

impl<T: Wire> Wire for HeldOrText<T> {
    fn write(&self, out: &mut ValueWriter<'_>) {
        match self {
            Self::Held(value) => value.write(out),
            Self::Text(text) => text.write(out),
        }
    }
}
