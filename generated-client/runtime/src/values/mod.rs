//! The values that callers hold: what they hand in, and what an answer is read into.

mod captured;
mod date_time;
mod patch;
mod personal;
mod scalar;
mod secret;

pub use captured::Captured;
pub use date_time::{DateTime, InvalidDateTime};
pub use patch::Patch;
pub use personal::Personal;
pub(crate) use scalar::set_word;
pub use scalar::{Repr, Scalar, word};
pub use secret::Secret;

#[cfg(test)]
pub(crate) use scalar::tests as scalar_tests;
