//! A name in both its spellings.

/// What a thing is called on the wire and in Rust. Only `crate::names` makes one, so every
/// identifier in it is valid Rust (keywords raw or suffixed, never clashing with a prelude name).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As the spec and the network spell it.
    pub wire: String,
    /// For modules, functions and fields; `r#type` where it must be raw.
    pub snake: String,
    /// For types and variants.
    pub pascal: String,
    /// For constants.
    pub screaming: String,
}
