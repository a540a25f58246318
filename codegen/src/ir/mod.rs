//! The resolved model of an API: names are made, references point, types are real.
//!
//! Everything after `lower` reads this and nothing else: the checks, the emitters, the mock server.
//! What was validated is no longer text: there is no `Option` for "not yet known" and no raw name.

mod calendar;
mod constraint;
mod doc;
mod encoding;
mod envelope;
mod error;
mod example;
mod expr;
mod format;
mod function;
mod member;
mod memory;
mod mock;
mod moment;
mod name;
mod number;
mod operation;
mod paging;
mod probe;
mod runs;
mod same;
mod sends;
mod signing;
mod spelling;
mod types;
mod webhooks;

pub use calendar::MONTHS;
pub use constraint::{Bearer, Class, Constraint, If, Rules};
pub(crate) use constraint::{is_regex, whole};
pub use doc::{Doc, Evidence, is_direction, plain};
pub use encoding::{BodyKind, Counted, Encoding, Lists, Maps, Nesting, Style};
pub use envelope::{
    AnswerPath, Condition, EACH, Envelope, Reports, Spot, Success, Suffix, Unit, code_key, same_code, takes_code,
};
pub use error::{
    Again, Carried, ErrorCase, ErrorId, ErrorSet, ErrorSetId, Matching, Template, TemplatePart, leaves_open,
};
pub(crate) use error::{LONGEST_SAID, UNWRITTEN};
pub use example::{Example, Json, Place, Written};
pub use expr::{Expr, ExprKind, Source, ValueType};
pub use format::Format;
pub use function::{ClockPart, EscapeProfile, Function, Hash};
pub use member::{FILE_MEMBERS, Hole, Member, MemberPart, MemberValue};
pub use memory::{
    Action, Bound, Carries, Collection, CollectionId, Count, Effect, Exists, Free, Guard, Overlap, SideEffect, Stretch,
    Synthesis, TimeRule,
};
pub use mock::{Answer, Lenience, MockRules};
pub use name::Name;
pub use number::{Amount, Number, written_out};
pub use operation::{
    CREDENTIALS, Clear, Fallback, Location, Method, Operation, Parameter, PathPart, Payload, Presence, Raw, Resource,
    Retry,
};
pub use paging::{ItemPlace, Leads, NextPage, Pagination, Paging, Totals};
pub use runs::{Ranges, Run, runs};
pub use same::{By, Words, Worth};
pub use signing::{Carrier, Makeup, Missing, Placement, Shown, SignedAnswers, Signing, Step};
pub use spelling::{
    DIRECTIVES, Directive, Epoch, Form, Piece, Spelling, Word, pieces, tells_offset, untellable, untold,
};
pub use types::{EnumKind, EnumValue, Field, IdKind, Sensitivity, Shape, Type, TypeDef, TypeId, Union};
pub use webhooks::{Event, EventName, Freshness, Match, SentHeader, SentPart, TimeUnit, Webhooks};

use crate::source::Span;

/// A whole API, in the order of its spec.
#[derive(Debug)]
pub struct Api {
    /// `shop`: the module, the feature, the folder of generated files.
    pub name: Name,
    /// What people call the API.
    pub title: String,
    /// What the spec says about the API.
    pub doc: Doc,
    /// Short names that `Doc::sources` uses, with what they stand for.
    pub sources: Vec<(String, String)>,
    /// The hosts, in spec order; each becomes a variant.
    pub environments: Vec<Environment>,
    /// What a caller must have; `Source::Credential` and `HeaderPart::Credential` index this.
    pub credentials: Vec<Credential>,
    /// Sent with every call, in this order.
    pub headers: Vec<Header>,
    /// How every call is signed.
    pub signing: Signing,
    /// What the vendor sends by itself.
    pub webhooks: Option<Webhooks>,
    /// The catalogue of documented errors. `ErrorId` indexes this.
    pub errors: Vec<ErrorCase>,
    /// The error types of all operations, in the order in which operations first have them.
    pub error_sets: Vec<ErrorSet>,
    /// What its answers have in common.
    pub envelope: Envelope,
    /// What is said of that.
    pub envelope_doc: Doc,
    /// How calls are encoded, where an operation does not say else.
    pub encoding: Encoding,
    /// What is said of that.
    pub encoding_doc: Doc,
    /// How lists are paged; always there where an operation is paged.
    pub pagination: Option<Pagination>,
    /// How much it takes from one caller.
    pub limits: Limits,
    /// All named types, `api.yaml` first, then each resource in order. `TypeId` indexes this.
    pub types: Vec<TypeDef>,
    /// What types stand for that are not there, in a model with mistakes.
    pub unknown: TypeId,
    /// One for each resource file, in the order of file names.
    pub resources: Vec<Resource>,
    /// What the mock server answers where the vendor says nothing.
    pub mock: MockRules,
    /// What the mock server remembers, `api.yaml` first, then each resource in order. `CollectionId` indexes this.
    pub collections: Vec<Collection>,
}

/// What one caller may not go beyond.
#[derive(Debug, Default)]
pub struct Limits {
    /// So many calls at a time.
    pub concurrency: Option<u32>,
    /// So many calls within any stretch of so many seconds.
    pub rate: Option<(u32, u32)>,
    /// What the spec says about it.
    pub doc: Doc,
}

/// A host the API is served from.
#[derive(Debug)]
pub struct Environment {
    /// Its variant in `Environment`.
    pub name: Name,
    /// Absolute `http(s)` address without a trailing slash, query or fragment.
    pub base: String,
    /// What the spec says about it.
    pub doc: Doc,
    /// The key that names it.
    pub span: Span,
}

/// A piece of the caller's secret material: never printed.
#[derive(Debug)]
pub struct Credential {
    /// Its field in `Credentials`, and its name in signing expressions.
    pub name: Name,
    /// The environment variable it is read from.
    pub env: String,
    /// What is done to what the caller gives, in order.
    pub normalise: Vec<Normalisation>,
    /// What the spec says about it.
    pub doc: Doc,
    /// The key that names it.
    pub span: Span,
}

/// What is done to a credential before it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Normalisation {
    /// White space is taken off its ends.
    Trim,
    /// Its ASCII letters become small.
    Lower,
    /// Its ASCII letters become capital.
    Upper,
}

impl Credential {
    /// What is used where the caller gives this.
    pub fn normalised(&self, given: &str) -> String {
        self.normalise.iter().fold(given.to_owned(), |text, step| match step {
            Normalisation::Trim => text.trim().to_owned(),
            Normalisation::Lower => text.to_ascii_lowercase(),
            Normalisation::Upper => text.to_ascii_uppercase(),
        })
    }

    /// What makes a text no credential, as a client is not made with it: an end of line that was copied with it, most
    /// often.
    pub fn problem(&self, given: &str) -> Option<&'static str> {
        let used = self.normalised(given);
        if used.is_empty() {
            Some("is empty")
        } else if used.trim() != used {
            Some("has white space around it")
        } else if used.contains(char::is_control) {
            Some("has a control character in it, which no header can hold")
        } else {
            None
        }
    }
}

/// A header that every call carries.
#[derive(Debug)]
pub struct Header {
    /// As written; a valid header name.
    pub name: String,
    /// Joined without a separator.
    pub value: Vec<HeaderPart>,
    /// What the spec says about it.
    pub doc: Doc,
    /// The key that names it.
    pub span: Span,
}

/// A piece of a header's value.
#[derive(Debug)]
pub enum HeaderPart {
    /// Literal text, braces unescaped.
    Text(String),
    /// Index into `Api::credentials`.
    Credential(usize),
}

impl Api {
    /// The definition a type refers to.
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }

    /// The error an id refers to.
    pub fn error(&self, id: ErrorId) -> &ErrorCase {
        &self.errors[id.0]
    }

    /// Every operation with its resource, in spec order.
    pub fn operations(&self) -> impl Iterator<Item = (&Resource, &Operation)> {
        self.resources
            .iter()
            .flat_map(|resource| resource.operations.iter().map(move |operation| (resource, operation)))
    }
}
