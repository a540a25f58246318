//! The keys of `api.yaml`, and those that almost everything takes.

use super::Type::{Boolean, Keys, NameOf, Named, Number, OneOrMore, Text, Words};
use super::{
    ENCODING, ENVELOPE, ERROR, MOCK, Object, PAGINATION, SIGNING, TYPE, WEBHOOKS, object, optional, required, words,
};
use crate::spec::api::NORMALISATIONS;
use crate::spec::doc::EVIDENCE;

/// Prose and provenance.
#[rustfmt::skip]
pub static DOC: Object = object("anything", &[
    optional("doc", Text, "what it is, in our own words"),
    optional("source", OneOrMore(&NameOf("a source")),
        "where the fact stands; each name is a key of `sources` in `api.yaml`"),
    optional("evidence", Words(&words(&EVIDENCE)), "how the fact is known").default("`documented`"),
    optional("notes", OneOrMore(&Text), "what a reader should know besides"),
    optional("contradictions", Named("label", &Text), "where sources disagree, and what was decided"),
    optional("deprecated", Text,
        "why not to use it, and what to use instead; the compiler warns whoever uses it (see below)"),
]);

/// The file `api.yaml`.
#[rustfmt::skip]
pub static API: Object = object("api", &[
    required("codegen", Number, "version of this language: `1`"),
    required("name", Text, "name of the module and of the generated folder"),
    optional("title", Text, "what people call the API").default("`name`"),
    optional("sources", Named("short name", &Text), "what the names under `source` stand for"),
    optional("environments", Named("name", &Keys(&ENVIRONMENT)), "where the API is served from"),
    optional("credentials", Named("name", &Keys(&CREDENTIAL)), "what a caller must have"),
    optional("headers", Named("header", &Keys(&HEADER)), "what every call carries"),
    optional("signing", Keys(&SIGNING), "how calls are signed"),
    optional("webhooks", Keys(&WEBHOOKS), "what the vendor sends by itself, and how to know that it is the vendor"),
    optional("errors", Named("name", &Keys(&ERROR)), "all that operations document"),
    optional("envelope", Keys(&ENVELOPE), "what all answers have in common"),
    optional("encoding", Keys(&ENCODING), "what bodies are, and what values with parts are in queries and forms"),
    optional("pagination", Keys(&PAGINATION), "how lists are paged"),
    optional("limits", Keys(&LIMITS), "how many calls one caller may make; a client keeps to it, and all its clones together"),
    optional("types", Named("name", &Keys(&TYPE)), "types that all resources share"),
    optional("mock", Keys(&MOCK), "what the mock server answers where the vendor says nothing"),
]).documented();

/// A base address.
#[rustfmt::skip]
pub static ENVIRONMENT: Object = object("environment", &[
    required("base", Text, "the base address: `http` or `https`, without query, fragment or credentials"),
]).documented().short("base");

/// How much an API takes from one caller.
#[rustfmt::skip]
pub static LIMITS: Object = object("limits", &[
    optional("concurrency", Number, "so many calls at a time").default("as many as are made"),
    optional("rate", Keys(&RATE), "so many calls in a time").default("as many as are made"),
]).documented();

/// So many calls in a time.
#[rustfmt::skip]
pub static RATE: Object = object("rate", &[
    required("calls", Number, "so many calls"),
    required("seconds", Number, "within any stretch of so many seconds, wherever it begins"),
]);

/// A piece of the caller's secret material.
#[rustfmt::skip]
pub static CREDENTIAL: Object = object("credential", &[
    required("env", Text, "the environment variable that `Credentials::from_env` reads"),
    optional("secret", Boolean, "`true`, for the reader: nothing else can be said").default("`true`"),
    optional("normalise", OneOrMore(&Words(&words(&NORMALISATIONS))),
        "what is done to what the caller gives before it is used: `trim` takes white space off its ends, \
         `lower` and `upper` make its ASCII letters small and capital")
        .default("it is used as it is given"),
]).documented();

/// A header of every call.
#[rustfmt::skip]
pub static HEADER: Object = object("header", &[
    required("value", Text, "`{api_key}` stands for that credential, `{{` and `}}` for braces"),
]).documented().short("value");
