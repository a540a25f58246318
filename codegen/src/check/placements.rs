//! Rules over what signing adds to a call.

use std::collections::{HashMap, HashSet};

use super::headers::is_managed;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, BodyKind, Carrier, Location, Method, Operation, Placement, Source};
use crate::source::Span;

const BODY: &[Source] = &[Source::Body];

/// The operations whose calls carry a value.
fn carried_by<'a>(api: &'a Api, placement: &'a Placement) -> impl Iterator<Item = &'a Operation> {
    let applies = |operation: &&Operation| placement.goes_with(operation.method);
    api.operations().map(|(_, operation)| operation).filter(|operation| operation.signed).filter(applies)
}

/// The operations whose calls carry a value in their body.
fn in_body<'a>(api: &'a Api, placement: &'a Placement) -> impl Iterator<Item = &'a Operation> {
    carried_by(api, placement).filter(|operation| placement.joins_body(operation.method))
}

/// Without it, what signing adds would be dropped on its way, with the body that a GET should not have.
pub(super) fn body_of_reading_call(api: &Api, diagnostics: &mut Diagnostics) {
    for placement in api.signing.placements().filter(|placement| placement.carrier == Carrier::Body) {
        let is_reading = |operation: &&Operation| matches!(operation.method, Method::Get | Method::Head);
        if let Some(operation) = in_body(api, placement).find(is_reading) {
            let method = operation.method.as_str();
            diagnostics
                .report(&rules::BODY_NOT_ALLOWED, placement.span, format!("a {method} request has no body"))
                .also(operation.span, format!("the {method} request"))
                .help("say `only_for` which methods it goes with, or leave `in: body` out");
        }
    }
}

/// Without it, the body that is sent would not be the one that was signed.
pub(super) fn body_changed(api: &Api, diagnostics: &mut Diagnostics) {
    let mut readers = Vec::new();
    joining(api, &api.signing.inject, &mut readers, diagnostics);
    let reading = api.signing.steps.iter().filter(|step| step.value.reads(BODY));
    readers.extend(reading.map(|step| Reader { name: &step.name.wire, span: step.span, placement: None }));
    joining(api, &api.signing.send, &mut readers, diagnostics);
}

/// Who reads the body: a step does in all calls.
struct Reader<'a> {
    name: &'a str,
    span: Span,
    placement: Option<&'a Placement>,
}

impl Reader<'_> {
    fn goes_with(&self, method: Method) -> bool {
        self.placement.is_none_or(|placement| placement.goes_with(method))
    }
}

/// Reports what joins a body after somebody has read it. What joins a form goes behind what was read.
fn joining<'a>(
    api: &'a Api,
    placements: &'a [Placement],
    readers: &mut Vec<Reader<'a>>,
    diagnostics: &mut Diagnostics,
) {
    for placement in placements {
        let name = placement.name.wire.as_str();
        if placement.values().any(|value| value.reads(BODY)) {
            readers.push(Reader { name, span: placement.span, placement: Some(placement) });
        }
        let changed = |operation: &Operation| operation.encoding.body == BodyKind::Json;
        let is_of = |reader: &&Reader<'_>| {
            in_body(api, placement).any(|operation| changed(operation) && reader.goes_with(operation.method))
        };
        if let Some(reader) = readers.iter().find(is_of) {
            diagnostics
                .report(&rules::BODY_CHANGED, placement.span, format!("`{name}` joins a body that was signed already"))
                .also(reader.span, format!("`{}` reads the body", reader.name))
                .help("send it in a header or the query, or name the members that are signed by `body_params`");
        }
    }
}

/// Without it, nothing would be signed in place of a body that is read only while it is sent.
pub(super) fn body_streamed(api: &Api, diagnostics: &mut Diagnostics) {
    let streamed = |operation: &&Operation| operation.signed && operation.encoding.body == BodyKind::Multipart;
    let steps = api.signing.steps.iter().map(|step| {
        let reader = Reader { name: &step.name.wire, span: step.span, placement: None };
        (reader, &step.value)
    });
    let placed = api.signing.placements().flat_map(|placement| {
        let reader = || Reader { name: &placement.name.wire, span: placement.span, placement: Some(placement) };
        placement.values().map(move |value| (reader(), value))
    });
    for (reader, _) in steps.chain(placed).filter(|(_, value)| value.reads(BODY)) {
        let is_made = |operation: &&Operation| reader.goes_with(operation.method);
        let mut operations = api.operations().map(|(_, operation)| operation).filter(streamed);
        if let Some(operation) = operations.find(is_made) {
            diagnostics
                .report(&rules::BODY_STREAMED, operation.span, "a body in parts is sent while it is read")
                .also(reader.span, format!("`{}` reads the whole of it", reader.name))
                .help("sign `body_params`, or say `signed: false` if the vendor does not look");
        }
    }
}

/// Without it, every call that is given the parameter would be refused.
pub(super) fn header_parameters(api: &Api, diagnostics: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for placement in api.signing.placements().filter(|placement| placement.carrier == Carrier::Header) {
        let name = &placement.name.wire;
        let parameters = carried_by(api, placement).flat_map(|operation| super::call_parameters(api, operation));
        let of_name = parameters
            .filter(|it| it.location == Location::Header && it.name.wire.eq_ignore_ascii_case(name))
            // What every page takes is a parameter of many operations.
            .filter(|parameter| seen.insert(parameter.span));
        for parameter in of_name {
            diagnostics
                .report(&rules::SAME_HEADER, parameter.span, format!("`{name}` is set by signing as well"))
                .also(placement.span, "signing sets it here")
                .help("leave the parameter out, or say `signed: false` if the operation is not signed");
        }
    }
}

/// Without it, one of two headers would be lost, or a wrong length make a server wait for ever.
pub(super) fn headers(api: &Api, diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<String, Vec<(Span, Vec<Method>)>> = HashMap::new();
    for header in &api.headers {
        let of_name = seen.entry(header.name.to_ascii_lowercase()).or_default();
        of_name.push((header.span, Method::ALL.to_vec()));
    }
    for placement in api.signing.placements().filter(|placement| placement.carrier == Carrier::Header) {
        let name = &placement.name.wire;
        let lower = name.to_ascii_lowercase();
        let methods = if placement.only_for.is_empty() { Method::ALL.to_vec() } else { placement.only_for.clone() };
        let managed = is_managed(&lower);
        let of_name = seen.entry(lower).or_default();
        let same = |(_, of): &&(Span, Vec<Method>)| of.iter().any(|method| methods.contains(method));
        if let Some((first, _)) = of_name.iter().find(same) {
            diagnostics
                .report(&rules::SAME_HEADER, placement.span, format!("`{name}` is set twice"))
                .also(*first, "the first one")
                .help("case makes no difference in the name of a header");
        } else if managed {
            let message = format!("`{name}` is set by the client itself, from what it sends");
            diagnostics.report(&rules::MANAGED_HEADER, placement.span, message).help("remove it");
        }
        of_name.push((placement.span, methods));
    }
}
