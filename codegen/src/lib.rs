//! Turns a hand-written YAML description of an HTTP API into a typed Rust client.

pub mod diagnostics;
pub mod ir;
pub mod source;
