//! The expression language of signing: parsed, typed, resolved.

mod functions;
mod known;
mod literals;
mod masks;
mod parse;
mod shown;
mod sources;
mod table;
mod tokens;
mod types;

pub use functions::{Argument, FunctionRow, Gives, Literal, Takes, Times, type_name};
pub(crate) use known::UNSEEN;
pub use shown::is_digested;
pub(crate) use shown::{makeup, mark_shown};
pub use sources::{ANSWERED, RECEIVED, SOURCES, SourceRow};
pub use table::{FUNCTIONS, NONCE_BYTES};

use crate::diagnostics::Diagnostics;
use crate::ir::{self, Function};
use crate::source::{Ending, Scalar};

const QUOTE: &str = "put the whole expression in single quotes";

/// What an expression may name.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// Credentials of the API.
    pub credentials: &'a [ir::Credential],
    /// The steps above.
    pub steps: &'a [ir::Step],
    /// The steps that are not made yet when it is computed: their names, and how they are made.
    pub below: &'a [(Scalar, Option<Scalar>)],
    /// What has joined the call until then, by name.
    pub injected: &'a [&'a str],
    /// The headers that join it later.
    pub later: &'a [&'a str],
    /// Whether the credentials or the steps were refused as a whole: then no name is unknown.
    pub is_open: bool,
    /// When it is computed.
    pub phase: Phase,
}

/// When an expression is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// While a call is given what is injected: there is no `params` yet.
    Inject,
    /// While a call is signed.
    Sign,
    /// When a webhook was received.
    Receive,
    /// When an answer was received.
    Answer,
}

impl Phase {
    /// The values there are.
    fn sources(self) -> impl Iterator<Item = &'static SourceRow> {
        let rows = match self {
            Self::Inject | Self::Sign => SOURCES,
            Self::Receive => RECEIVED,
            Self::Answer => ANSWERED,
        };
        rows.iter().filter(move |row| self != Self::Inject || row.source != ir::Source::Params)
    }

    /// Whether there is such a function: nothing is drawn for what others have sent, and answers have no method.
    fn has(self, function: Function) -> bool {
        match self {
            Self::Inject | Self::Sign => true,
            Self::Receive => !function.draws(),
            Self::Answer => !function.draws() && function != Function::IfMethod,
        }
    }
}

/// Compiles one expression; what is wrong with it is reported at its place.
pub fn compile(source: &Scalar, scope: Scope<'_>, diagnostics: &mut Diagnostics) -> Option<ir::Expr> {
    match parse::parse(&source.text) {
        Ok(node) => types::Typer { source, scope, diagnostics }.expression(&node),
        Err(error) => {
            let span = source.locate(error.range.start, error.range.end);
            let report = diagnostics.report(error.rule, span, error.message).help(error.help);
            if let (Ending::Sign(sign), true) = (source.ending, error.is_unfinished) {
                report.also(sign, "for YAML, the expression ends before this").help(QUOTE);
            }
            None
        }
    }
}

#[cfg(test)]
mod tests;
