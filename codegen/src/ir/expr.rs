//! Typed expressions over a call.

use super::{ClockPart, EscapeProfile, Function, Method};

/// A well-typed expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// The type of its value.
    pub ty: ValueType,
}

impl Expr {
    /// What it is a function of; nothing unless it is a call.
    pub fn operands(&self) -> &[Self] {
        if let ExprKind::Call(_, operands) = &self.kind { operands } else { &[] }
    }

    /// Whether it says one of these, however deep. Functions that read headers do not count.
    pub fn reads(&self, sources: &[Source]) -> bool {
        let own = match &self.kind {
            ExprKind::Source(source) => Some(*source),
            ExprKind::Call(Function::IfMethod, _) => Some(Source::Method),
            _ => None,
        };
        own.is_some_and(|source| sources.contains(&source))
            || self.operands().iter().any(|operand| operand.reads(sources))
    }

    /// Marks the steps, by their index, that the value is made of at first hand.
    pub(crate) fn mark_steps(&self, used: &mut [bool]) {
        if let ExprKind::Source(Source::Step(index)) = self.kind
            && let Some(used) = used.get_mut(index)
        {
            *used = true;
        }
        self.operands().iter().for_each(|operand| operand.mark_steps(used));
    }
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprKind {
    /// A value that the call, the caller or a step provides.
    Source(Source),
    /// A literal text.
    Text(String),
    /// A literal number.
    Number(i64),
    /// A literal that names a way to escape: the last argument of the escaping functions.
    Escape(EscapeProfile),
    /// A literal that lays out a time: the argument of `Function::FormatTime`.
    Clock(Vec<ClockPart>),
    /// A literal that lists methods: the first argument of `Function::IfMethod`.
    Methods(Vec<Method>),
    /// A function or method; a method's receiver is its first argument.
    Call(Function, Vec<Expr>),
}

/// Where a value comes from. Each is as it stands when the expression is computed: after what was
/// injected before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// `method`, as in the request line.
    Method,
    /// `scheme` of the address called: `https`.
    Scheme,
    /// `host` of the address called, in lower case, without the port.
    Host,
    /// `port` of the address called; the scheme's own where none is written.
    Port,
    /// `authority`: the host, and `:port` where it is not the scheme's own.
    Authority,
    /// `path`: base path and path parameters, percent-encoded, as sent, without the query.
    Path,
    /// `query`, as sent, without the `?`.
    Query,
    /// `target`: the path, and `?` and the query if there is one.
    Target,
    /// `url`: the scheme, `://`, the authority and the target.
    Url,
    /// `body`: the bytes that are sent; empty if there is none.
    Body,
    /// `params`: path, query and body parameters in spec order, then the injected ones that are no headers.
    Params,
    /// `path_params`: what the path holds.
    PathParams,
    /// `query_params`: what the query holds, with what was injected there at the end.
    QueryParams,
    /// `body_params`: what the JSON object or the form holds, with what was injected there at the end.
    /// A list or an object is its JSON text.
    BodyParams,
    /// `body_leaves`, of a webhook: every member of the JSON body that is neither list nor object, under the names and
    /// places that lead to it.
    BodyLeaves,
    /// `injected`: what was injected, headers included, under the names it travels by.
    Injected,
    /// `headers`: the fixed ones, the injected ones, `content-type` where there is a body, `host`
    /// (the authority); in this order, names in lower case.
    Headers,
    /// `now`: taken once per attempt.
    Now,
    /// Index into `Api::credentials`.
    Credential(usize),
    /// Index into `Signing::steps`, above the one that uses it.
    Step(usize),
}

impl Source {
    /// Whether parameters stand in it, or headers: any of them may be personal or secret.
    pub(crate) const fn holds_parameters(self) -> bool {
        match self {
            Self::Path
            | Self::Query
            | Self::Target
            | Self::Url
            | Self::Body
            | Self::Params
            | Self::PathParams
            | Self::QueryParams
            | Self::BodyParams
            | Self::BodyLeaves
            | Self::Injected
            | Self::Headers => true,
            Self::Now | Self::Method | Self::Scheme | Self::Host | Self::Port | Self::Authority => false,
            Self::Credential(_) | Self::Step(_) => false,
        }
    }
}

/// The types of signing values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ValueType {
    /// Names with text values, in order.
    Fields,
    /// Texts in order.
    List,
    /// Octets in order, some of which may have been texts.
    ByteList,
    /// Characters.
    Text,
    /// Octets: what a digest gives.
    Bytes,
    /// 64 bits, signed.
    Number,
    /// A point in time.
    Time,
}
