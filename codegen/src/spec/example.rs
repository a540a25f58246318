//! Documented requests and answers, and JSON in general.

use super::cursor;
use super::doc::Doc;
use super::keys;
use super::node::{Kind, Named, Node, Value};
use super::scalars::is_json_number;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Json, Place, Written};
use crate::source::{Scalar, Span, Spanned};

/// One documented exchange.
#[derive(Debug)]
pub(crate) struct Example {
    pub request: Named<Written>,
    pub status: Option<u16>,
    pub response: Option<Written>,
    /// Parameters and paths into the response.
    pub breaks: Vec<Scalar>,
    pub doc: Doc,
}

impl Example {
    pub(super) fn read(cx: &mut Diagnostics, node: &Node) -> Option<Self> {
        cursor::map(cx, node, &keys::EXAMPLE, |map| Self {
            request: map.named("request", written),
            status: map.get("status", status),
            response: map.get("response", written),
            breaks: map.many("breaks", cursor::text),
            doc: Doc::read(map),
        })
    }
}

/// A status of HTTP.
pub(super) fn status(cx: &mut Diagnostics, node: &Node) -> Option<u16> {
    let status: u16 = cursor::integer(cx, node)?;
    if (100..=599).contains(&status) {
        return Some(status);
    }
    cx.report(&rules::BAD_STATUS, node.at, format!("`{status}` is no status of HTTP"))
        .help("write one from 100 to 599");
    None
}

/// Any value, as JSON would have it.
pub(super) fn json(cx: &mut Diagnostics, node: &Node) -> Option<Json> {
    written(cx, node).map(|written| written.json)
}

/// A single word of JSON that is not null, to be compared with what answers say.
pub(super) fn code(cx: &mut Diagnostics, node: &Node) -> Option<Spanned<Json>> {
    cursor::code(cx, node)?;
    cursor::placed(json)(cx, node)
}

/// The same, with the place of each piece.
pub(super) fn written(cx: &mut Diagnostics, node: &Node) -> Option<Written> {
    let mut within = Vec::new();
    let mut inner = |cx: &mut Diagnostics, node| {
        let Written { json, place } = written(cx, node)?;
        within.push(place);
        Some(json)
    };
    let json = match &node.value {
        Value::Scalar(Kind::Null, _) => Json::Null,
        Value::Scalar(Kind::Boolean(value), _) => Json::Boolean(*value),
        Value::Scalar(Kind::Text, scalar) => Json::String(scalar.text.clone()),
        Value::Scalar(Kind::Number, scalar) if is_json_number(&scalar.text) => Json::Number(scalar.text.clone()),
        Value::Scalar(Kind::Number, scalar) => return no_number(cx, scalar, node.at),
        Value::List(items) => Json::Array(items.iter().filter_map(|item| inner(cx, item)).collect()),
        Value::Map(entries) => Json::Object(
            entries.iter().filter_map(|(key, value)| Some((key.text.clone(), inner(cx, value)?))).collect(),
        ),
    };
    Some(Written { json, place: Place { span: node.at, within } })
}

fn no_number<T>(cx: &mut Diagnostics, scalar: &Scalar, at: Span) -> Option<T> {
    cx.report(&rules::NOT_JSON, at, format!("JSON cannot spell the number `{}`", scalar.text))
        .help(format!("write it in decimal digits, or `\"{}\"` for a text", scalar.text));
    None
}
