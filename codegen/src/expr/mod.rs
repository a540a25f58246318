//! The expression language of signing: parsed, typed, resolved.

mod digested;
mod functions;
mod literals;
mod parse;
mod sources;
mod table;
mod types;

pub use digested::is_digested;
pub(crate) use digested::{is_made_of_digest, mark_digested};
pub use functions::{Argument, FunctionRow, Gives, Literal, Takes, Times, type_name};
pub use sources::{SOURCES, SourceRow};
pub use table::FUNCTIONS;

use crate::diagnostics::Diagnostics;
use crate::ir;
use crate::source::Scalar;

/// What an expression may name.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// Credentials of the API.
    pub credentials: &'a [ir::Credential],
    /// The steps above.
    pub steps: &'a [ir::Step],
    /// Whether `params` exists yet: it does not while injected parameters are computed.
    pub params: bool,
}

/// Compiles one expression; what is wrong with it is reported at its place.
pub fn compile(source: &Scalar, scope: Scope<'_>, diagnostics: &mut Diagnostics) -> Option<ir::Expr> {
    match parse::parse(&source.text) {
        Ok(node) => types::Typer { source, scope, diagnostics }.expression(&node),
        Err(error) => {
            let span = source.locate(error.range.start, error.range.end);
            diagnostics.report(error.rule, span, error.message).help(error.help);
            None
        }
    }
}

#[cfg(test)]
mod tests;
