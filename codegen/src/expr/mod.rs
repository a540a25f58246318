//! The expression language of signing: parsed, typed, resolved.

mod functions;
mod literals;
mod parse;
mod sources;
mod table;
mod types;

pub use functions::{Argument, FunctionRow, Gives, Literal, Takes, Times, type_name};
pub use sources::{SOURCES, SourceRow};
pub use table::FUNCTIONS;

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
        ExprKind::Source(source) => match source {
            Source::Now | Source::Method | Source::Scheme | Source::Host | Source::Port | Source::Authority => true,
            // Parameters, and so whatever they stand in, may be personal; so may a header.
            Source::Path
            | Source::Query
            | Source::Target
            | Source::Url
            | Source::Body
            | Source::Params
            | Source::PathParams
            | Source::QueryParams
            | Source::BodyParams
            | Source::Injected
            | Source::Headers
            | Source::Credential(_) => false,
            Source::Step(index) => steps.get(*index).is_some_and(|step| step.digested),
        },
        ExprKind::Call(Function::Digest(_) | Function::Hmac(_), _) => true,
        ExprKind::Call(Function::Header, _) => false,
        ExprKind::Call(_, operands) => operands.iter().all(|operand| is_digested(operand, steps)),
        ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Escape(_) | ExprKind::Clock(_) | ExprKind::Methods(_) => {
            true
        }
    }
}

#[cfg(test)]
mod tests;
