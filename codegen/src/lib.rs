//! Turns a hand-written YAML description of an HTTP API into a typed Rust client.
//!
//! Data flows one way: load, lower, check, emit, format, write. A `build.rs` needs one call:
//!
//! ```no_run
//! fn main() -> std::process::ExitCode {
//!     codegen::build(["spec/my-api"])
//! }
//! ```

mod building;
pub mod check;
pub mod diagnostics;
pub mod emit;
pub mod expr;
mod format;
pub mod ir;
mod list;
mod lower;
mod names;
pub mod source;
mod spec;
mod write;

use std::path::Path;

pub use building::build;
use diagnostics::{Diagnostics, Failure};
use source::SourceMap;
pub use spec::keys;
pub use write::FileSet;

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
        drop(spec);
        check::run(&api, &mut diagnostics);
        diagnostics.without_followers();
        api
    });
    match api {
        Some(api) if diagnostics.is_empty() => Ok(api),
        _ => Err(Failure { sources, diagnostics: diagnostics.into_sorted() }),
    }
}

/// A file that is not part of a spec.
#[derive(Debug)]
pub struct Document {
    /// What it says, and where.
    pub written: ir::Written,
    /// The text that the places point into.
    pub sources: SourceMap,
}

/// Reads a file of YAML, and so of JSON, that is not part of a spec; numbers keep their spelling.
///
/// # Errors
///
/// A file that cannot be read, with the place where it goes wrong.
pub fn read_json(file: &Path) -> Result<Document, Failure> {
    let mut diagnostics = Diagnostics::default();
    let (written, sources) = spec::load_json(file, &mut diagnostics);
    document(written, sources, diagnostics)
}

/// Reads a text in the same way.
///
/// # Errors
///
/// A text that is none of it, with the place where it goes wrong.
pub fn parse_json(text: &str) -> Result<ir::Json, Failure> {
    let mut diagnostics = Diagnostics::default();
    let (written, sources) = spec::parse_json(text, &mut diagnostics);
    document(written, sources, diagnostics).map(|document| document.written.json)
}

/// Whether calls can be made below an address.
///
/// # Errors
///
/// Why it is no base address; it is not repeated, for it may hold a password.
pub fn check_address(address: &str) -> Result<(), &'static str> {
    lower::check_address(address)
}

fn document(written: Option<ir::Written>, sources: SourceMap, diagnostics: Diagnostics) -> Result<Document, Failure> {
    match written {
        Some(written) if diagnostics.is_empty() => Ok(Document { written, sources }),
        _ => Err(Failure { sources, diagnostics: diagnostics.into_sorted() }),
    }
}

/// Reads the spec in a folder and generates its client.
///
/// # Errors
///
/// Every mistake in the spec, with its place; nothing is generated then.
pub fn generate(dir: &Path) -> Result<FileSet, Failure> {
    Ok(render(&load(dir)?))
}

/// The generated files of a resolved API.
pub fn render(api: &ir::Api) -> FileSet {
    let files = emit::all(api).map(|artefact| (artefact.path, format::format(artefact.tokens)));
    FileSet { files: files.collect() }
}

/// The operations of a resolved API as a table in Markdown: method and path, evidence, parameters, errors, examples.
pub fn list(api: &ir::Api) -> String {
    list::table(api)
}
