//! The keys of `webhooks`.

use super::Type::{Expression, Keys, List, Named, Number, Text, TypeWord, Words};
use super::{Object, object, optional, required, words};
use crate::spec::webhooks::UNITS;

/// What the vendor sends by itself, and how a receiver knows that it is the vendor.
#[rustfmt::skip]
pub static WEBHOOKS: Object = object("webhooks", &[
    required("secret", Keys(&WEBHOOK_SECRET), "what only the vendor and the receiver know; `secret` in expressions"),
    optional("steps", Named("name", &Expression), "in order: named values, each made from what is above it"),
    required("signatures", Expression, "what was received: a text, bytes, or a list of texts of which any may match"),
    required("expected", Expression, "what it must be: a text, or bytes where `signatures` are bytes"),
    optional("time", Keys(&WEBHOOK_TIME), "when it was sent, and how long ago that may be")
        .default("it is accepted at any time"),
    optional("also", List(&Keys(&WEBHOOK_MATCH)),
        "what must be the same besides, once the signature holds: the hash of a body in an address that was signed"),
    required("event", Keys(&WEBHOOK_NAME), "where the name of the event stands"),
    required("events", Named("event", &Keys(&WEBHOOK_EVENT)), "those that are documented"),
    optional("headers", Named("header", &Keys(&WEBHOOK_HEADER)),
        "what the vendor sends; only `codegen webhook sign` reads this"),
]).documented();

/// The secret of webhooks.
#[rustfmt::skip]
pub static WEBHOOK_SECRET: Object = object("webhook secret", &[
    required("env", Text, "the environment variable that `WebhookVerifier::from_env` reads"),
]).documented().short("env");

/// How old a webhook may be.
#[rustfmt::skip]
pub static WEBHOOK_TIME: Object = object("webhook time", &[
    required("value", Expression, "the time, as a text"),
    optional("unit", Words(&words(&UNITS)), "how it is written").default("`epoch_s`"),
    required("tolerance", Number, "how many seconds it may lie in the past or in the future"),
]);

/// Two values that must be the same.
#[rustfmt::skip]
pub static WEBHOOK_MATCH: Object = object("webhook match", &[
    required("given", Expression, "what was received: a text or bytes"),
    required("expected", Expression, "what it must be: of the same type"),
]);

/// Where the name of an event stands.
#[rustfmt::skip]
pub static WEBHOOK_NAME: Object = object("name of an event", &[
    optional("body", Text, "names of members with dots between them: `type`, `event.name`"),
    optional("header", Text, "a header"),
]).short("body").groups(&[super::Group::ExactlyOne(&["body", "header"])]);

/// A documented event.
#[rustfmt::skip]
pub static WEBHOOK_EVENT: Object = object("webhook event", &[
    required("payload", TypeWord, "what the whole body is read as"),
    optional("rust", Text, "what it is called in Rust, where its name is none or that of another"),
]).documented().short("payload");

/// A header that the vendor sends.
#[rustfmt::skip]
pub static WEBHOOK_HEADER: Object = object("webhook header", &[
    required("template", Text,
        "`{time}`, `{id}`, `{signature}` or the name of a step in braces stand for what they say, `{{` and `}}` for braces"),
]).short("template");
