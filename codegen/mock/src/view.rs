//! A request as it arrived to what signing expressions read of it.

use codegen::ir::{Api, Carrier, Header, Json, Location, Placement};
use percent_encoding::percent_decode_str;

use crate::interpret::{Body, BodyKind, Item, Request, authority_parts, json_text};
use crate::json;
use crate::multipart::Part;
use crate::parameters::{Parameters, own};
use crate::received::{Given, Received};
use crate::route::Route;

/// What transports add by themselves, or expressions see in its own place.
const OF_TRANSPORTS: [&str; 8] = [
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "transfer-encoding",
    "user-agent",
];

/// The view of a request, as if nothing of its signing were there yet.
///
/// What is hidden keeps its place and its spelling, so that whatever is read as bytes is what was received.
pub(crate) fn unsigned(api: &Api, request: &Received, route: &Route<'_>, parameters: &Parameters) -> Request {
    let authority = request.header("host").unwrap_or_default();
    // The mock's own address would be no better guess for a host that is none.
    let (host, port) = authority_parts(authority, "http").unwrap_or_else(|| (authority.to_owned(), 80));
    let content_type = request.header("content-type").unwrap_or_default().to_owned();
    let is_form = content_type.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded");
    let form = std::str::from_utf8(&request.body).ok().filter(|_| is_form);
    let (kind, items) = match (form, request.parts(), json::ordered_members(&request.body)) {
        (Some(form), ..) => (BodyKind::Form, pairs(form)),
        (None, Some(parts), _) => (BodyKind::Multipart, parts.into_iter().map(part).collect()),
        (None, None, Some(members)) if !is_form => (BodyKind::Json, members.into_iter().map(member).collect()),
        (None, None, _) => (BodyKind::Opaque, Vec::new()),
    };
    let in_path = route.captures.iter().filter_map(|(index, raw)| {
        let name = route.operation.parameters.get(*index)?.name.wire.clone();
        Some((name, percent_decode_str(raw).decode_utf8_lossy().into_owned()))
    });
    let mut view = Request {
        method: request.method.clone(),
        scheme: "http".to_owned(),
        host,
        port,
        path: request.path.clone(),
        own: own(api, route.operation, parameters),
        in_path: in_path.collect(),
        query: pairs(&request.query),
        body: Body { kind, items, whole: Some(request.body.clone()), content_type },
        headers: headers(api, request, route),
        injected: Vec::new(),
        received: None,
    };
    for parameter in route.operation.parameters.iter().filter(|parameter| !parameter.signed) {
        let name = &parameter.name.wire;
        let parts = parameters.get(name).map(|given| given.pairs.as_slice()).unwrap_or_default();
        view = parts.iter().fold(view.unsigned(name), |view, (name, _)| view.unsigned(name));
    }
    for placement in api.signing.placements() {
        view.hide(&placement.name.wire, placement.carrier);
    }
    view
}

/// The fixed headers and the call's own, in the order in which clients sign them.
fn headers(api: &Api, request: &Received, route: &Route<'_>) -> Vec<(String, String)> {
    let fixed = |header: &Header| {
        let name = header.name.to_ascii_lowercase();
        let value = request.header(&name)?.to_owned();
        Some((name, value))
    };
    let mut headers: Vec<_> = api.headers.iter().filter_map(fixed).collect();
    let is = |wire: &str, name: &str| wire.eq_ignore_ascii_case(name);
    let is_declared = |name: &str| {
        let mut parameters = route.operation.parameters.iter();
        parameters.any(|parameter| parameter.location == Location::Header && is(&parameter.name.wire, name))
    };
    let is_added = |name: &str| {
        let mut placements = api.signing.placements().filter(|placement| placement.carrier == Carrier::Header);
        placements.any(|placement| is(&placement.name.wire, name))
    };
    for (name, value) in &request.headers {
        // Not those that were added before: a header may stand there several times.
        let is_fixed = api.headers.iter().any(|header| is(&header.name, name));
        let of_transport = OF_TRANSPORTS.contains(&name.as_str()) || (name == "accept" && value == "*/*");
        if !is_fixed && !is_added(name) && (is_declared(name) || !of_transport) {
            headers.push((name.clone(), value.clone()));
        }
    }
    headers
}

/// What was received for a placement.
pub(crate) fn received<'a>(
    view: &'a Request,
    request: &'a Received,
    parameters: &'a Parameters,
    placement: &Placement,
) -> Option<&'a str> {
    let name = placement.name.wire.as_str();
    let last = |items: &'a [Item]| items.iter().rev().find(|item| item.name == name).map(|item| item.text.as_str());
    match placement.carrier {
        Carrier::Header => request.header(&name.to_ascii_lowercase()),
        Carrier::Query => last(&view.query),
        Carrier::Body => last(&view.body.items),
        Carrier::Parameters => parameters.get(name).map(|given| given.text.as_str()),
    }
}

fn pairs(text: &str) -> Vec<Item> {
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pairs = text.split('&').filter(|_| !text.is_empty());
    let item = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Item { name: decode(name), text: decode(value), written: pair.to_owned(), hidden: false, signed: true }
    };
    pairs.map(item).collect()
}

/// Of a file its name is signed.
fn part(part: Part) -> Item {
    let text = match part.file_name {
        Some(name) => name,
        None => String::from_utf8_lossy(&part.bytes).into_owned(),
    };
    Item { written: part.name.clone(), name: part.name, text, hidden: false, signed: true }
}

fn member((name, json, raw): (String, Json, String)) -> Item {
    let written = format!("{}:{raw}", json_text(&name));
    Item { text: Given::json(json, raw).text, name, written, hidden: false, signed: true }
}
