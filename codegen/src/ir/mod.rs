//! The resolved model of an API: names are made, references point, types are real.
//!
//! Everything after `lower` reads this and nothing else: the checks, the emitters, the mock server.
//! What was validated is no longer text: there is no `Option` for "not yet known" and no raw name.

mod doc;
mod error;
mod example;
mod expr;
mod mock;
mod name;
mod operation;
mod types;

pub use doc::{Doc, Evidence};
pub use error::{ErrorCase, ErrorId, ErrorPlace, ErrorSet, Template, TemplatePart};
pub use example::{Example, Json};
pub use expr::{Expr, ExprKind, Function, Inject, Send, Signing, Source, Step, ValueType};
pub use mock::{Answer, Collection, Effect, MockRules};
pub use name::Name;
pub use operation::{
    Class, Constraint, Fallback, Location, Method, Operation, PageHeaders, Pagination, Parameter, PathPart, Payload,
    Presence, Resource, Retry,
};
pub use types::{EnumValue, Field, Sensitivity, Shape, Type, TypeDef, TypeId};

use crate::source::Span;

/// A whole API, in the order of its spec.
#[derive(Debug)]
pub struct Api {
    /// `proctorexam`: the module, the feature, the folder of generated files.
    pub name: Name,
    /// What people call the API.
    pub title: String,
    pub doc: Doc,
    /// Short names that `Doc::sources` uses, with what they stand for.
    pub sources: Vec<(String, String)>,
    pub environments: Vec<Environment>,
    pub credentials: Vec<Credential>,
    pub headers: Vec<Header>,
    pub signing: Signing,
    pub errors: Vec<ErrorCase>,
    /// Where in a failed answer a message may stand, in the order they are tried.
    pub error_places: Vec<ErrorPlace>,
    pub pagination: Option<Pagination>,
    /// All named types, `api.yaml` first, then each resource in order. `TypeId` indexes this.
    pub types: Vec<TypeDef>,
    pub resources: Vec<Resource>,
    pub mock: MockRules,
}

/// A host the API is served from.
#[derive(Debug)]
pub struct Environment {
    pub name: Name,
    /// Absolute `http(s)` address without a trailing slash, query or fragment.
    pub base: String,
    pub doc: Doc,
    pub span: Span,
}

/// A piece of the caller's secret material.
#[derive(Debug)]
pub struct Credential {
    pub name: Name,
    pub sensitivity: Sensitivity,
    /// The environment variable it is read from.
    pub env: String,
    pub doc: Doc,
    pub span: Span,
}

/// A header that every call carries.
#[derive(Debug)]
pub struct Header {
    /// As written; a valid header name.
    pub name: String,
    pub value: Vec<HeaderPart>,
    pub doc: Doc,
    pub span: Span,
}

/// A piece of a header's value.
#[derive(Debug)]
pub enum HeaderPart {
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
