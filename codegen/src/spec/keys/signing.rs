//! The keys of `signing`.

use super::Group::ExactlyOne;
use super::Type::{Expression, Keys, Named, OneOrMore, Text, Words};
use super::{Object, object, optional, required, words};
use crate::spec::signing::{CARRIERS, METHODS, MISSING};

/// How every call is signed.
#[rustfmt::skip]
pub static SIGNING: Object = object("signing", &[
    optional("inject", Named("name", &Keys(&PLACEMENT)),
        "in order: what joins every call before the steps. No `params` in these"),
    optional("steps", Named("name", &Expression), "in order: named values, each made from what is above it"),
    optional("send", Named("name", &Keys(&PLACEMENT)), "in order: what joins every call after the steps"),
    optional("answers", Keys(&SIGNED_ANSWERS), "how answers are signed").default("they are not"),
]).documented();

/// How answers are signed.
#[rustfmt::skip]
pub static SIGNED_ANSWERS: Object = object("signed answers", &[
    required("header", Text, "the header of the answer that has the signature"),
    required("expected", Expression, "what stands there: a text, made of the answer and of what was sent"),
    optional("missing", Words(&words(&MISSING)), "what becomes of an answer without the header, or with an empty one").default("`refused`"),
]).documented();

/// A computed value that joins a call.
#[rustfmt::skip]
pub static PLACEMENT: Object = object("placement", &[
    optional("value", Expression, "what is sent: a text or a number"),
    optional("template", Text, "what is sent, with names of values in braces: `Scheme {key_id}:{signature}`"),
    optional("in", Words(&words(&CARRIERS)), "what carries it; in `query` and `body` it is the last so far")
        .default("what carries the operation's parameters"),
    optional("only_for", OneOrMore(&Words(&words(&METHODS))), "the methods that carry it").default("all"),
    optional("unless_empty", Expression, "it is left out where there is nothing in this"),
]).documented().short("value").groups(&[ExactlyOne(&["value", "template"])]);
