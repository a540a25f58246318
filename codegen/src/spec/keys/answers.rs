//! The keys that say what answers look like: success, errors and all that is common to them.

use super::Group::{AtMostOne, ExactlyOne};
use super::Type::{Boolean, Json, Keys, Literal, Named, Number, OneOrMore, Text, TypeWord, Words};
use super::{Object, object, optional, required, words};
use crate::spec::envelope::UNITS;
use crate::spec::error::{AGAIN, MATCHES, OUTCOMES};

/// What all answers have in common.
#[rustfmt::skip]
pub static ENVELOPE: Object = object("envelope", &[
    optional("success", Keys(&SUCCESS), "what makes an answer a success: all that it says").default("the status is 2xx"),
    optional("payload", Text, "what holds that which operations return").default("the answer itself"),
    optional("code", Text, "the code of an error"),
    optional("subcode", Text, "what tells errors of one code apart"),
    optional("message", Text, "the message of an error"),
    optional("suffix", Text,
        "what the server appends to messages, as a template: ` : Error count {count} of {limit}`; taken off as often as \
         it is there"),
    optional("errors", Keys(&REPORTS), "where errors stand, beside the one of the whole answer").default("`\"\"`"),
    optional("warnings", Keys(&REPORTS), "where warnings beside a result stand"),
    optional("request_id", Keys(&SPOT), "what the server calls the exchange"),
    optional("retry_after", Keys(&RETRY_AFTER), "when to try again; `Retry-After` is understood without it"),
]).documented();

/// What makes an answer a success.
#[rustfmt::skip]
pub static SUCCESS: Object = object("success", &[
    optional("status", OneOrMore(&Number), "its status").default("any from 200 to 299"),
    optional("is", Named("path", &OneOrMore(&Literal)),
        "members that have this value, or one of these; `1`, `\"1\"` and `1.0` are the same"),
    optional("absent", OneOrMore(&Text), "members that are missing or null; one that stands under `is` too may be either"),
    optional("empty", OneOrMore(&Text), "members that are an empty list, object or text, null or missing"),
]);

/// Where errors or warnings stand.
#[rustfmt::skip]
pub static REPORTS: Object = object("reports", &[
    required("at", OneOrMore(&Text), "the places, in the order they are tried; `*` in one is each item of a list"),
    optional("code", Text, "the member of a report with its code"),
    optional("subcode", Text, "the member with the code within that code"),
    optional("message", Text, "the member with its message"),
    optional("field", Text, "the member with the field it is about").default("where in the tree it stands"),
]).short("at");

/// Where a single text stands.
#[rustfmt::skip]
pub static SPOT: Object = object("request id", &[
    optional("header", Text, "a header of the answer"),
    optional("at", Text, "a member of its body"),
]).groups(&[ExactlyOne(&["header", "at"])]).short("header");

/// When to try again.
#[rustfmt::skip]
pub static RETRY_AFTER: Object = object("retry advice", &[
    optional("header", Text, "a header of the answer"),
    optional("at", Text, "a member of its body"),
    optional("unit", Words(&words(&UNITS)),
        "what its number says: from now on, or since the beginning of 1970; a date is understood as well").default("`s`"),
]).groups(&[ExactlyOne(&["header", "at"])]).short("header");

/// An error with an identity.
#[rustfmt::skip]
pub static ERROR: Object = object("error", &[
    optional("status", OneOrMore(&Number), "the status it comes with").default("that of any answer that is no success"),
    optional("code", OneOrMore(&Literal),
        "the code, or any of these; `1` is `\"1\"`, and `*` at the end stands for anything: `AUTH.*`"),
    optional("subcode", OneOrMore(&Literal), "the code within that code"),
    optional("field", Text,
        "the field it is about; `{name}` captures one name or position in a path: `rooms.{room}.name`"),
    optional("message", OneOrMore(&Text),
        "the message, or forms of it; `{name}` captures a part of it, `{{` and `}}` are braces")
        .default("the rest decides"),
    optional("match", OneOrMore(&Words(&words(&MATCHES))),
        "`prefix`: anything may follow the message; `any_case`: ASCII letters may be in either case")
        .default("the whole message, as it is written"),
    optional("retry", Words(&words(&AGAIN)),
        "`safe`: nothing happened, so that any call may be made again; `fresh`: once, at once and with the time of then, \
         a call that is safe to make twice; `never`: not by itself").default("as after any answer of that status"),
    optional("carries", Named("path", &Keys(&CARRIED)),
        "members of the answer that the error gives to the caller, each by the last name of its path; without them they are empty"),
    optional("everywhere", Boolean, "any operation may answer it, after the errors that it lists").default("`false`"),
    optional("example", Json, "the documented answer, whole: the mock gives it"),
    optional("outcome", Words(&words(&OUTCOMES)), "`unknown`: the call may have taken effect; it is never repeated"),
]).documented().groups(&[AtMostOne(&["retry", "outcome"])]);

/// A member that an error carries.
#[rustfmt::skip]
pub static CARRIED: Object = object("carried member", &[
    required("type", TypeWord, "what it is"),
    optional("rust", Text, "what it is called in Rust").default("the last name of its path"),
]).short("type");
