//! The expression language of signing: parsed, typed, resolved.

mod functions;
mod parse;
mod types;

pub use functions::{Argument, FUNCTIONS, FunctionRow, Times};

use crate::diagnostics::Diagnostics;
use crate::ir::{self, ExprKind, Function, Source};
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

/// The names that every expression may use, whatever the API calls its credentials and steps.
pub const SOURCES: &[&str] = &["params", "now", "method", "path"];

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

/// Whether no secret or personal value reaches the result except through a digest.
pub fn is_digested(expr: &ir::Expr, steps: &[ir::Step]) -> bool {
    match &expr.kind {
        ExprKind::Text(_) | ExprKind::Number(_) => true,
        ExprKind::Source(source) => match source {
            Source::Now | Source::Method => true,
            // Parameters, and so the path they stand in, may be personal.
            Source::Params | Source::Path | Source::Credential(_) => false,
            Source::Step(index) => steps.get(*index).is_some_and(|step| step.digested),
        },
        ExprKind::Call(function, operands) => match function {
            Function::HmacSha256 | Function::Sha256 => true,
            Function::Sort
            | Function::Pairs
            | Function::Join
            | Function::EpochMs
            | Function::EpochS
            | Function::Nonce
            | Function::Hex
            | Function::Base64
            | Function::Upper
            | Function::Lower
            | Function::Concat => operands.iter().all(|operand| is_digested(operand, steps)),
        },
    }
}

#[cfg(test)]
mod tests;
