//! The keys of resource files: operations, their parameters and examples.

use super::Group::AtMostOne;
use super::Type::{
    Boolean, Either, Json, Keys, Literal, NameOf, Named, Null, Number, OneOrMore, Text, TypeWord, Words,
};
use super::rules::{AFTER, AT_LEAST_ONE, EQUALS, EXACTLY_ONE, FORBIDDEN_IF, REQUIRED_IF, REQUIRED_UNLESS};
use super::types::{ONE_SENSITIVITY, ONE_TYPE, PERSONAL, SECRET};
use super::{EFFECT, ENCODING, ENVELOPE, MEMORY, Object, PAGED, STYLE, TYPE, object, optional, required, words};
use crate::spec::operation::{BASES, KNOWN, RAW, RETRIES};
use crate::spec::parameter::LOCATIONS;

/// A file beside `api.yaml`.
#[rustfmt::skip]
pub static RESOURCE: Object = object("resource", &[
    optional("singular", Text, "the resource's name in the singular, for the names of calls (`CreateUser`)")
        .default("without the last `s`; `ies` becomes `y`"),
    optional("types", Named("name", &Keys(&TYPE)), "types, as in `api.yaml`"),
    optional("operations", Named("name", &Keys(&OPERATION)), "what can be done; at least one"),
    optional("mock", Keys(&MEMORY), "what the mock server remembers"),
]).documented();

/// One method and path.
#[rustfmt::skip]
pub static OPERATION: Object = object("operation", &[
    required("http", Text, "method and path template: `GET /institutes/{institute_id}/users`; `{credentials.token}` in it is a [credential](#credentials-in-the-path)"),
    optional("method", Words(&words(&KNOWN)),
        "that of `http` is a guess, so that a caller can say another one for a call: `call.with_method(\"POST\")`")
        .default("it is known"),
    optional("below", Words(&words(&BASES)), "what its path is below, where that is not the base address: its scheme and host alone")
        .default("the base address"),
    optional("anonymous", Boolean,
        "it is made without credentials: not signed, and without the headers that hold one. A client without credentials can make it")
        .default("`false`"),
    optional("params", Named("name", &Keys(&PARAMETER)), "what goes in"),
    AT_LEAST_ONE,
    EXACTLY_ONE,
    optional("returns", Either(&[Words(&["nothing"]), Words(&words(&RAW)), TypeWord, Named("key", &TypeWord)]),
        "what comes back: a type, or the one key that wraps it, `{user: User}` or `{users: [User]}`; or what is [no JSON](#answers-that-are-no-json)")
        .default("`nothing`"),
    optional("also_under", OneOrMore(&Text),
        "other keys under which that may stand, tried after the one of `returns`: sources disagree, or the server changed"),
    optional("or_one", Boolean, "for a list: one item may stand there by itself").default("`false`"),
    optional("encoding", Keys(&ENCODING), "what of its encoding differs from that of the API"),
    optional("paged", Either(&[Boolean, Keys(&PAGED)]), "a list that is paged: as `pagination` says, or in a way of its own")
        .default("`false`"),
    optional("errors", OneOrMore(&NameOf("an error")), "the documented errors; the first that matches wins"),
    optional("empty_on", OneOrMore(&NameOf("an error")),
        "errors that say only that there is nothing to return: the call succeeds, with an empty list; tried before `errors`"),
    optional("envelope", Keys(&ENVELOPE), "where its answers are not as those of the API; what is left out is the same"),
    optional("retry", Words(&words(&RETRIES)),
        "`safe` when making the call twice does no more than making it once")
        .default("`safe` for GET and HEAD, and under an `idempotency_key` as long as that is the same; else `never`"),
    optional("signed", Boolean, "`false` for a call with the headers of every call alone, whatever `signing` says")
        .default("`true`"),
    optional("preview", Boolean,
        "too little is known of it to rely on: it is there only with the feature `preview` of the crate that the client is generated into")
        .default("`false`"),
    optional("examples", Named("name", &Keys(&EXAMPLE)), "documented requests and answers"),
    optional("mock", Keys(&EFFECT), "what it does to the mock's memory")
        .default("the mock answers an example"),
]).documented();

/// An input of an operation.
#[rustfmt::skip]
pub static PARAMETER: Object = object("parameter", &[
    optional("in", Words(&words(&LOCATIONS)), "where it travels; `body` is a member of the JSON object, of the form, or a part of the multipart body")
        .default("`path` for a placeholder, `query` for GET, HEAD and DELETE, else `body`"),
    optional("required", Boolean, "the call cannot be made without it; path parameters always are")
        .default("`false`"),
    PERSONAL,
    SECRET,
    optional("rust", Text, "what it is called in Rust; `prepare`, `validate`, `skip_validation`, `with_query`, `with_body`, `with_header`, `with_method`, `with_signed`, `with_timeout`, `with_attempt_timeout`, `with_connect_timeout`, `with_max_attempts`, `with_base_address`, `with_response`, `wait` and `into_future` are methods of every call"),
    optional("encoding", Keys(&STYLE), "what of its spelling differs from that of the operation"),
    optional("spread", Boolean, "each entry is a parameter of its own, whose name is that of this one and its own: `x-` and `b` make `x-b`")
        .default("`false`"),
    optional("keep_slashes", Boolean, "for one in the path: a `/` in its value parts segments, and is not escaped")
        .default("`false`"),
    optional("signed", Boolean, "`false` for one that signing does not take for a parameter: it is in none of the field lists of `signing`; \
        `call.with_signed(name, …)` says else for one call")
        .default("`true`"),
    optional("content_type", Text, "for a part of a multipart body: the media type that it says it has")
        .default("a file's own, else `application/octet-stream`; other parts say none"),
    EQUALS,
    REQUIRED_UNLESS,
    REQUIRED_IF,
    FORBIDDEN_IF,
    AFTER,
    optional("default", Literal, "what the server assumes; documented, never sent"),
    optional("default_from", NameOf("a parameter"), "the one whose value is sent when none is given"),
    optional("idempotency_key", Boolean,
        "the server knows a call by it that is made again. Where none is given it is a random UUID, the same with each attempt of a call")
        .default("`false`"),
    optional("clear", Either(&[Text, Null]),
        "what is sent to clear the value: a text, or null in a JSON body; the caller then has `Patch::Keep`, `Clear` and `Set`"),
]).documented().typed().ruled().short("type").groups(&[
    ONE_TYPE,
    AtMostOne(&["default", "default_from", "idempotency_key"]),
    AtMostOne(&["clear", "idempotency_key"]),
    AtMostOne(&["required", "default"]),
    AtMostOne(&["required", "required_unless", "required_if", "idempotency_key"]),
    ONE_SENSITIVITY,
]);

/// One documented exchange.
#[rustfmt::skip]
pub static EXAMPLE: Object = object("example", &[
    optional("request", Named("parameter", &Json), "the values that are sent"),
    optional("response", Json, "the answer, whole"),
    optional("status", Number, "status of the answer").default("the first that `success` names, or `200`"),
    optional("breaks", OneOrMore(&Text),
        "what is not as this spec says: names of parameters, or dotted paths into the answer without positions \
         (`users.id`; `response` is the answer itself)"),
]).documented();
