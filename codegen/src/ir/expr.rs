//! Signing: typed expressions over a call.

use super::{Doc, Name};
use crate::source::Span;

/// How every call is signed; all lists empty for an API that signs nothing.
#[derive(Debug, Default)]
pub struct Signing {
    /// Parameters that join every call before it is signed, beside its own parameters.
    pub inject: Vec<Inject>,
    /// In order; a step sees those above it.
    pub steps: Vec<Step>,
    /// What is added to the call after signing, beside its other parameters.
    pub send: Vec<Send>,
    /// What the spec says about signing.
    pub doc: Doc,
}

/// A computed parameter. Never part of an operation's own parameters.
#[derive(Debug)]
pub struct Inject {
    /// The name it travels under.
    pub name: Name,
    /// Text or number; a number is sent as a JSON number.
    pub value: Expr,
    /// What the spec says about it.
    pub doc: Doc,
    /// The key that names it.
    pub span: Span,
}

/// A named intermediate value.
#[derive(Debug)]
pub struct Step {
    /// What later steps and `send` call it.
    pub name: Name,
    /// How it is computed.
    pub value: Expr,
    /// A digest lies between every secret or personal value and this one, so that it may be shown.
    pub digested: bool,
    /// The key that names it.
    pub span: Span,
}

/// A value that is sent.
#[derive(Debug)]
pub struct Send {
    /// The name it travels under.
    pub name: Name,
    /// Text or number.
    pub value: Expr,
    /// The key that names it.
    pub span: Span,
}

/// A well-typed expression.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// The type of its value.
    pub ty: ValueType,
}

/// What an expression is.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// A value that the call, the caller or a step provides.
    Source(Source),
    /// A literal text.
    Text(String),
    /// A literal number.
    Number(i64),
    /// A function or method; a method's receiver is its first argument.
    Call(Function, Vec<Expr>),
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// `params`: path, query and body parameters in spec order, then the injected ones.
    Params,
    /// `now`: taken once per attempt.
    Now,
    /// `method`, as in the request line.
    Method,
    /// `path`: base path and path parameters, percent-encoded, as sent, without the query.
    Path,
    /// Index into `Api::credentials`.
    Credential(usize),
    /// Index into `Signing::steps`, above the one that uses it.
    Step(usize),
}

/// The types of signing values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ValueType {
    /// Names with text values, in order.
    Fields,
    /// Texts in order.
    List,
    /// Characters.
    Text,
    /// Octets: what a digest gives.
    Bytes,
    /// 64 bits, signed.
    Number,
    /// A point in time.
    Time,
}

/// The functions of the language; `codegen::expr::FUNCTIONS` says how each is written and typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// `fields.sort()`: by name, in byte order; equal names by value.
    Sort,
    /// `fields.pairs(between)`: `name`, `between`, `value` of each.
    Pairs,
    /// `list.join(separator)`
    Join,
    /// `time.epoch_ms()`
    EpochMs,
    /// `time.epoch_s()`
    EpochS,
    /// `nonce()`: random, non-negative, fits a signed 64-bit integer; once per attempt.
    Nonce,
    /// `hmac_sha256(key, message)`
    HmacSha256,
    /// `sha256(message)`
    Sha256,
    /// `bytes.hex()`: lower case.
    Hex,
    /// `bytes.base64()`: standard alphabet, padded.
    Base64,
    /// `text.upper()`
    Upper,
    /// `text.lower()`
    Lower,
    /// `concat(a, b, …)` of texts and numbers.
    Concat,
}
