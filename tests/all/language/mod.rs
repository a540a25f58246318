//! The signing language: what is an expression, vectors of another implementation, and random expressions, through
//! compiled code and through the interpreter.

mod cases;
mod compiled;
mod coverage;
mod grammar;
mod random;
mod vectors;

use client_runtime::rt;

/// What a generated client signs by.
pub(crate) type Scheme = fn(&mut rt::Draft<'_>) -> Result<(), rt::SigningError>;
