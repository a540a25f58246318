//! Turns a hand-written YAML description of an HTTP API into a typed Rust client.
//!
//! Data flows one way: load, lower, check, emit, format, write.

pub mod check;
pub mod diagnostics;
pub mod emit;
pub mod expr;
pub mod ir;
mod lower;
mod names;
pub mod source;
mod spec;

use std::path::Path;

use diagnostics::{Diagnostics, Failure};

/// Reads the spec in a folder and resolves it.
///
/// # Errors
///
/// Every mistake in the spec, with its place.
pub fn load(dir: &Path) -> Result<ir::Api, Failure> {
    let mut diagnostics = Diagnostics::default();
    let (spec, sources) = spec::load(dir, &mut diagnostics);
    let api = spec.map(|spec| {
        let api = lower::lower(&spec, &mut diagnostics);
        check::run(&api, &mut diagnostics);
        api
    });
    match api {
        Some(api) if diagnostics.is_empty() => Ok(api),
        _ => Err(Failure { sources, diagnostics: diagnostics.into_sorted() }),
    }
}
