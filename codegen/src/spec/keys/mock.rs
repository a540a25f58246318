//! The keys of what only the mock server needs.

use super::Type::{Json, Keys, NameOf, Named, Number, OneOrMore, Text, Words};
use super::{COLLECTION, Key, Object, object, optional, required, words};
use crate::spec::mock::LENIENCES;

const WINDOW: Key =
    optional("window", Number, "how many seconds a timestamp may be off; 0 switches the check off").default("`300`");

/// The `window` of an API that says nothing of it.
pub const USUAL_WINDOW: u32 = WINDOW.usual_number();

/// `mock` of the API: answers that no vendor documents.
#[rustfmt::skip]
pub static MOCK: Object = object("mock", &[
    WINDOW,
    optional("unauthenticated", Keys(&ANSWER), "to missing or wrong credentials").default("status 401"),
    optional("bad_signature", Keys(&ANSWER), "to a wrong signature").default("status 403"),
    optional("stale", Keys(&ANSWER), "to a timestamp outside the window").default("status 403"),
    optional("replayed", Keys(&ANSWER), "to a nonce that was used before").default("status 403"),
    optional("reused_key", Keys(&ANSWER), "to an `idempotency_key` that stands for a call with other parameters")
        .default("status 422"),
    optional("invalid", Keys(&ANSWER),
        "to a parameter that breaks a validation; `{parameter}` in its body is the parameter").default("status 422"),
    optional("missing", NameOf("an error"), "the documented error for a required parameter that is absent"),
    optional("error_in", Text,
        "where the message of a documented error stands: one of the places of `errors` in `envelope`, written as there")
        .default("the first of them"),
    optional("lenient", OneOrMore(&Words(&words(&LENIENCES))),
        "what the server takes besides what the spec says that clients send").default("nothing"),
    optional("envelope", Named("member", &Json),
        "members that an answer in the envelope of the API has, where it says nothing else of them; `{now()}` is the time"),
    optional("collections", Named("name", &Keys(&COLLECTION)), "objects that operations of any file act on"),
]).documented();

/// An answer of the mock server.
#[rustfmt::skip]
pub static ANSWER: Object = object("answer", &[
    required("status", Number, "its status"),
    required("body", Json, "its JSON"),
]);
