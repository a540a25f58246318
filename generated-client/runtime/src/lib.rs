//! Everything that generated API clients share.

mod args;
mod json;
mod validate;
mod values;

/// What generated code calls.
pub mod rt {
    pub use crate::args::*;
    pub use crate::json::*;
    pub use crate::validate::*;
    pub use crate::values::*;
}
