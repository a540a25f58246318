//! How an API's calls are signed: what joins a call, in steps, and where it goes.

use super::{Doc, Expr, Location, Method, Name};
use crate::source::Span;

/// How every call is signed; all lists empty for an API that signs nothing.
///
/// What happens does so in this order, and everything sees what was done before it.
#[derive(Debug, Default)]
pub struct Signing {
    /// What joins every call before the steps are computed.
    pub inject: Vec<Placement>,
    /// In order; a step sees those above it.
    pub steps: Vec<Step>,
    /// What joins every call after the steps.
    pub send: Vec<Placement>,
    /// How answers are signed, if they are.
    pub answers: Option<SignedAnswers>,
    /// What the spec says about signing.
    pub doc: Doc,
}

impl Signing {
    /// Everything that joins a call, in order.
    pub fn placements(&self) -> impl Iterator<Item = &Placement> + Clone {
        self.inject.iter().chain(&self.send)
    }
}

/// How the answers to signed calls are signed.
#[derive(Debug)]
pub struct SignedAnswers {
    /// The header that has the signature.
    pub header: String,
    /// What stands there: a text. It reads the answer; `Source::Injected` is what joined the call, and steps are texts
    /// or bytes.
    pub expected: Expr,
    /// What becomes of an answer without.
    pub missing: Missing,
    /// What the spec says about it.
    pub doc: Doc,
    /// Where it is described.
    pub span: Span,
}

/// What becomes of an answer without a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// It is taken for nobody's.
    Refused,
    /// It is taken as it is.
    Accepted,
}

impl SignedAnswers {
    /// The steps that it is made of at first hand, by their index.
    pub fn steps(&self, count: usize) -> Vec<usize> {
        let mut used = vec![false; count];
        self.expected.mark_steps(&mut used);
        used.into_iter().enumerate().filter_map(|(index, is_used)| is_used.then_some(index)).collect()
    }
}

/// A computed value that joins a call. Never part of an operation's own parameters.
#[derive(Debug)]
pub struct Placement {
    /// The name it travels under.
    pub name: Name,
    /// What carries it.
    pub carrier: Carrier,
    /// Text or number; a number in a JSON body is a JSON number. A template is a `Function::Concat`.
    pub value: Expr,
    /// The methods that carry it; empty for all.
    pub only_for: Vec<Method>,
    /// It is left out where this text, bytes, list or fields is empty.
    pub unless_empty: Option<Expr>,
    /// What may be shown of it.
    pub shown: Shown,
    /// What the spec says about it.
    pub doc: Doc,
    /// The key that names it.
    pub span: Span,
    /// The expression or template.
    pub value_span: Span,
}

impl Placement {
    /// Whether calls of a method carry it.
    pub fn goes_with(&self, method: Method) -> bool {
        self.only_for.is_empty() || self.only_for.contains(&method)
    }

    /// Whether it stands in the body of calls of a method.
    pub fn joins_body(&self, method: Method) -> bool {
        match self.carrier {
            Carrier::Body => true,
            Carrier::Parameters => method.default_location() == Location::Body,
            Carrier::Header | Carrier::Query => false,
        }
    }

    /// What is computed for it: its value, and what says whether it is there.
    pub fn values(&self) -> impl Iterator<Item = &Expr> {
        std::iter::once(&self.value).chain(&self.unless_empty)
    }
}

/// What may be shown of a value that signing makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The value: a digest hides what is secret or personal in it.
    Whole,
    /// What comes out where masks stand for what is secret or personal.
    Masked,
    /// Nothing, where what comes out of masks is not what came out: it would look like a real value.
    Hidden,
}

/// What carries a computed value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// What carries an operation's parameters that name no place: see `Method::default_location`.
    Parameters,
    /// A header, set anew if there is one of the name.
    Header,
    /// A pair at the end of the query.
    Query,
    /// A member at the end of the JSON object, or a field at the end of the form.
    Body,
}

/// A named intermediate value.
#[derive(Debug)]
pub struct Step {
    /// What later steps and `send` call it.
    pub name: Name,
    /// How it is computed.
    pub value: Expr,
    /// What may be shown of it.
    pub shown: Shown,
    /// What it is made of.
    pub makeup: Makeup,
    /// The key that names it.
    pub span: Span,
}

/// What a value is made of, other steps included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Makeup {
    /// Something that differs between calls, if only in time.
    pub of_call: bool,
    /// Something of what is asked for, or drawn for it, and not the time and place alone.
    pub of_request: bool,
    /// Something that the caller gave, and that may be secret or personal.
    pub of_caller: bool,
    /// A credential.
    pub of_secret: bool,
    /// What a digest gave.
    pub has_digest: bool,
    /// How many values of the call may stand in it, one beside the other.
    pub size: u32,
}
