//! The one place where Rust identifiers are made.
