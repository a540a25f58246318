//! Rules over what signing adds to a call.

use std::iter;

use super::headers::MANAGED;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Carrier, Expr, ExprKind, Location, Method, Placement, Source};
use crate::source::Span;

/// Everything that signing adds, in order.
fn placements(api: &Api) -> impl Iterator<Item = &Placement> {
    api.signing.inject.iter().chain(&api.signing.send)
}

/// The methods of calls that are signed.
fn signed_methods(api: &Api) -> Vec<Method> {
    Method::ALL
        .into_iter()
        .filter(|method| api.operations().any(|(_, operation)| operation.signed && operation.method == *method))
        .collect()
}

/// The methods whose calls carry a value.
fn methods(api: &Api, placement: &Placement) -> Vec<Method> {
    let applies = |method: &Method| placement.only_for.is_empty() || placement.only_for.contains(method);
    signed_methods(api).into_iter().filter(applies).collect()
}

/// The methods whose calls carry a value in their body.
fn in_body(api: &Api, placement: &Placement) -> Vec<Method> {
    let is_in_body = |method: &Method| match placement.carrier {
        Carrier::Body => true,
        Carrier::Parameters => method.default_location() == Location::Body,
        Carrier::Header | Carrier::Query => false,
    };
    methods(api, placement).into_iter().filter(is_in_body).collect()
}

/// Without it, what signing adds would be dropped on its way, with the body that a GET should not have.
pub(super) fn body_of_reading_call(api: &Api, diagnostics: &mut Diagnostics) {
    for placement in placements(api).filter(|placement| placement.carrier == Carrier::Body) {
        let method = in_body(api, placement).into_iter().find(|method| matches!(method, Method::Get | Method::Head));
        if let Some(method) = method {
            let message = format!("a {} request has no body", method.as_str());
            diagnostics
                .report(&rules::BODY_NOT_ALLOWED, placement.span, message)
                .help("say `only_for` which methods it goes with, or leave `in: body` out");
        }
    }
}

/// Without it, the body that is sent would not be the one that was signed.
pub(super) fn body_changed(api: &Api, diagnostics: &mut Diagnostics) {
    // Who read the body so far, and in calls of which methods.
    let mut readers: Vec<(&str, Span, Vec<Method>)> = Vec::new();
    let inject = api.signing.inject.iter().map(Statement::Placement);
    let steps = api.signing.steps.iter().map(Statement::Step);
    let send = api.signing.send.iter().map(Statement::Placement);
    for statement in inject.chain(steps).chain(send) {
        let (name, span, values, read_in, changed_in) = match statement {
            Statement::Step(step) => (&step.name, step.span, vec![&step.value], signed_methods(api), Vec::new()),
            Statement::Placement(it) => {
                let values = iter::once(&it.value).chain(&it.unless_empty).collect();
                (&it.name, it.span, values, methods(api, it), in_body(api, it))
            }
        };
        if values.into_iter().any(reads_body) {
            readers.push((&name.wire, span, read_in));
        }
        let reader = readers.iter().find(|(_, _, methods)| methods.iter().any(|method| changed_in.contains(method)));
        if let Some((reader, read_at, _)) = reader {
            let message = format!("`{}` joins a body that was signed already", name.wire);
            diagnostics
                .report(&rules::BODY_CHANGED, span, message)
                .also(*read_at, format!("`{reader}` reads the body"))
                .help("send it in a header or the query, or name the members that are signed by `body_params`");
        }
    }
}

enum Statement<'a> {
    Placement(&'a Placement),
    Step(&'a crate::ir::Step),
}

fn reads_body(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Source(source) => *source == Source::Body,
        ExprKind::Call(_, operands) => operands.iter().any(reads_body),
        ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Escape(_) | ExprKind::Clock(_) | ExprKind::Methods(_) => {
            false
        }
    }
}

/// Without it, one of two headers would be lost, or a wrong length make a server wait for ever.
pub(super) fn headers(api: &Api, diagnostics: &mut Diagnostics) {
    let mut seen: Vec<(String, Span, Vec<Method>)> = api
        .headers
        .iter()
        .map(|header| (header.name.to_ascii_lowercase(), header.span, Method::ALL.to_vec()))
        .collect();
    for placement in placements(api).filter(|placement| placement.carrier == Carrier::Header) {
        let name = &placement.name.wire;
        let lower = name.to_ascii_lowercase();
        let methods = if placement.only_for.is_empty() { Method::ALL.to_vec() } else { placement.only_for.clone() };
        let same = |(other, _, of): &&(String, Span, Vec<Method>)| {
            *other == lower && of.iter().any(|method| methods.contains(method))
        };
        if let Some((_, first, _)) = seen.iter().find(same) {
            diagnostics
                .report(&rules::SAME_HEADER, placement.span, format!("`{name}` is set twice"))
                .also(*first, "the first one")
                .help("case makes no difference in the name of a header");
        } else if MANAGED.contains(&lower.as_str()) {
            let message = format!("`{name}` is set by the client itself, from what it sends");
            diagnostics.report(&rules::MANAGED_HEADER, placement.span, message).help("remove it");
        }
        seen.push((lower, placement.span, methods));
    }
}
