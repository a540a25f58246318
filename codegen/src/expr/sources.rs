//! The values that every expression may name.

use crate::ir::Source::{self, *};
use crate::ir::ValueType::{self, Bytes, Fields, Number, Text, Time};

/// How a value of the call is named and typed.
#[derive(Debug)]
pub struct SourceRow {
    /// As expressions write it: no credential and no step may be called so.
    pub name: &'static str,
    /// What it is in the model.
    pub source: Source,
    /// Its type.
    pub ty: ValueType,
    /// What it is, in one line that leaves nothing open.
    pub doc: &'static str,
}

const fn row(name: &'static str, source: Source, ty: ValueType, doc: &'static str) -> SourceRow {
    SourceRow { name, source, ty, doc }
}

/// All of them, in the order the documentation lists them.
#[rustfmt::skip]
pub static SOURCES: &[SourceRow] = &[
    row("method", Method, Text, "as in the request line"),
    row("scheme", Scheme, Text, "of the address that is called: `https`"),
    row("host", Host, Text, "of the address that is called, in lower case, without the port"),
    row("port", Port, Number, "of the address that is called; the scheme's own where none is written"),
    row("authority", Authority, Text, "the host, and `:port` where it is not the scheme's own"),
    row("path", Path, Text, "as sent: the base path and the operation's, percent-encoded, without the query"),
    row("query", Query, Text, "as sent, without `?`"),
    row("target", Target, Text, "the path, and `?` and the query if there is one"),
    row("url", Url, Text, "scheme, `://`, authority and target"),
    row("body", Body, Bytes, "exactly what is sent; empty if there is none"),
    row("params", Params, Fields,
        "path, query and body parameters in spec order, then the injected ones that are no headers"),
    row("path_params", PathParams, Fields, "the parameters in the path"),
    row("query_params", QueryParams, Fields, "the parameters in the query, with what was injected there"),
    row("body_params", BodyParams, Fields,
        "the members of the JSON object or the fields of the form, with what was injected there; a list or an object as its JSON"),
    row("injected", Injected, Fields, "what was injected, headers included, under the name it travels by"),
    row("headers", Headers, Fields,
        "the fixed headers, the call's own, the injected ones, `content-type` if there is a body, `host` (the authority), in this order; names in lower case"),
    row("now", Now, Time, "taken once for each attempt"),
];

/// What expressions over a received webhook may name, in the order the documentation lists them.
#[rustfmt::skip]
pub static RECEIVED: &[SourceRow] = &[
    row("method", Method, Text, "as the receiver says; an error where it does not"),
    row("url", Url, Text, "the whole address, as the vendor knows it: with and without its scheme's own port"),
    row("scheme", Scheme, Text, "of that address, in lower case"),
    row("host", Host, Text, "of that address, in lower case, without the port"),
    row("port", Port, Number, "of that address; the scheme's own where none is written"),
    row("authority", Authority, Text, "of that address, as it is written there"),
    row("path", Path, Text, "of that address, as it is written there, without the query"),
    row("query", Query, Text, "of that address, as it is written there, without `?`"),
    row("target", Target, Text, "the path, and `?` and the query if there is one"),
    row("query_params", QueryParams, Fields, "the pairs of the query, decoded; an error where one is not UTF-8"),
    row("headers", Headers, Fields, "in the order they came; names in lower case; without those that are not UTF-8"),
    row("body", Body, Bytes, "exactly what was received"),
    row("body_params", BodyParams, Fields,
        "the pairs of a form, decoded, or the members of a JSON object: a list or an object as it is written, null as nothing; \
        an error where there are none, a pair is not UTF-8 or a member is there twice"),
    row("body_leaves", BodyLeaves, Fields,
        "the members of a JSON object that are neither lists nor objects, by what leads to them: `order.items.0.price`; \
        at most 10 000, with at most 256 bytes of name"),
];

/// What expressions over an answer may name, in the order the documentation lists them.
#[rustfmt::skip]
pub static ANSWERED: &[SourceRow] = &[
    row("headers", Headers, Fields, "in the order they came; names in lower case; without those that are not UTF-8"),
    row("body", Body, Bytes, "exactly what was received"),
    row("injected", Injected, Fields, "what joined the call by `inject` and `send`, under the name it travelled by"),
];
