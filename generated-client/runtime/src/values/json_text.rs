//! Texts that hold JSON.

use std::ops::{Deref, DerefMut};

use super::OrderedMap;

/// A value that travels as a text with JSON in it: `"[{\"a\":1}]"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JsonText<T>(pub T);

impl<T> Deref for JsonText<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for JsonText<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for JsonText<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

/// What a call takes for a text that holds a `T`: the value itself, or the text as it is to be sent.
pub trait IntoJsonText<T> {
    /// What is sent.
    fn into_json_text(self) -> HeldOrText<T>;
}

/// A value that is written as JSON, or a text that is sent as it is.
#[derive(Clone, Debug, PartialEq)]
pub enum HeldOrText<T> {
    /// The value.
    Held(JsonText<T>),
    /// The text.
    Text(String),
}

impl<T> IntoJsonText<T> for JsonText<T> {
    fn into_json_text(self) -> HeldOrText<T> {
        HeldOrText::Held(self)
    }
}

impl<T> IntoJsonText<T> for &str {
    fn into_json_text(self) -> HeldOrText<T> {
        HeldOrText::Text(self.to_owned())
    }
}

impl<T> IntoJsonText<T> for String {
    fn into_json_text(self) -> HeldOrText<T> {
        HeldOrText::Text(self)
    }
}

impl<V> IntoJsonText<Self> for OrderedMap<V> {
    fn into_json_text(self) -> HeldOrText<Self> {
        HeldOrText::Held(JsonText(self))
    }
}

impl<V> IntoJsonText<Self> for Vec<V> {
    fn into_json_text(self) -> HeldOrText<Self> {
        HeldOrText::Held(JsonText(self))
    }
}

impl<V, const COUNT: usize> IntoJsonText<Vec<V>> for [V; COUNT] {
    fn into_json_text(self) -> HeldOrText<Vec<V>> {
        HeldOrText::Held(JsonText(self.into()))
    }
}

impl<N: Into<String>, V, const COUNT: usize> IntoJsonText<OrderedMap<V>> for [(N, V); COUNT] {
    fn into_json_text(self) -> HeldOrText<OrderedMap<V>> {
        HeldOrText::Held(JsonText(self.into()))
    }
}
