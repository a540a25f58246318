//! A value that is held at a distance, so that a type can hold itself.

use std::ops::{Deref, DerefMut};

/// A value of a type that can hold itself, or of one shape of several. It derefs to the value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Boxed<T>(Box<T>);

impl<T> Boxed<T> {
    /// The value itself.
    pub fn into_inner(self) -> T {
        *self.0
    }
}

impl<T> From<T> for Boxed<T> {
    fn from(value: T) -> Self {
        Self(Box::new(value))
    }
}

impl<T> Deref for Boxed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Boxed<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}
