//! The values that callers hold: what they hand in, and what an answer is read into.

mod base64;
mod boxed;
mod captured;
mod civil;
mod date_time;
mod decimal;
mod form;
mod json_text;
mod maybe;
mod number_or_text;
mod ordered_map;
mod patch;
mod personal;
mod scalar;
mod secret;
mod spelling;

pub use self::base64::Base64;
pub use boxed::Boxed;
pub use captured::{Captured, Carried};
pub use civil::{CivilDate, CivilDateTime, CivilTime, InvalidCivil};
pub use date_time::{DateTime, InvalidDateTime};
pub use decimal::{Decimal, InvalidDecimal};
pub use form::{Form, Word, moments};
pub use json_text::{HeldOrText, IntoJsonText, JsonText};
pub use maybe::Maybe;
pub use number_or_text::NumberOrText;
pub use ordered_map::OrderedMap;
pub use patch::Patch;
pub use personal::Personal;
pub use scalar::{Repr, Scalar, Words, word};
pub(crate) use scalar::{set_number, set_word};
pub use secret::Secret;
pub use spelling::{Epoch, Spelled, Spelling};

#[cfg(test)]
pub(crate) use scalar::tests as scalar_tests;
