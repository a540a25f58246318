//! The values that callers hold: what they hand in, and what an answer is read into.

mod captured;
mod date_time;
mod open_enum;
mod patch;
mod personal;
mod secret;

pub use captured::Captured;
pub use date_time::{DateTime, InvalidDateTime};
pub(crate) use open_enum::from_word;
pub use open_enum::{OpenEnum, word};
pub use patch::Patch;
pub use personal::Personal;
pub use secret::Secret;

#[cfg(test)]
pub(crate) use open_enum::tests as open_enum_tests;
