//! The three states of a parameter that an update may leave alone, clear or set.

/// What an update does to a value.
///
/// What clearing looks like on the wire is stated in the spec, not here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// Leave the value as it is: the parameter is not sent.
    #[default]
    Keep,
    /// Remove the value.
    Clear,
    /// Replace the value.
    Set(T),
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_sets_and_the_default_keeps() {
        fn setter(value: impl Into<Patch<i64>>) -> Patch<i64> {
            value.into()
        }
        assert_eq!(setter(1), Patch::Set(1));
        assert_eq!(setter(Patch::Clear), Patch::Clear);
        assert_eq!(Patch::<i64>::default(), Patch::Keep);
    }
}
