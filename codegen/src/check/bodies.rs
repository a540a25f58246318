//! Rules over bodies that are one value.

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, BodyKind, Carrier, Location, Operation, Parameter, Source, Type};
use crate::source::Span;

/// What reads the members of a body, which a list has none of.
const MEMBERS: &[Source] = &[Source::Params, Source::BodyParams];

/// Without it, something would be sent that is no list, or the list without the rest.
pub(super) fn list_body(api: &Api, diagnostics: &mut Diagnostics) {
    let lists = api.operations().map(|(_, operation)| operation);
    for operation in lists.filter(|operation| operation.encoding.body == BodyKind::List) {
        let in_body = super::call_parameters(api, operation).filter(|it| it.location == Location::Body);
        let in_body: Vec<&Parameter> = in_body.collect();
        let Some((whole, others)) = in_body.split_first() else { continue };
        let mut report = |at: Span, message: String, help: &str| {
            let diagnostic = diagnostics.report(&rules::LIST_BODY, at, message);
            diagnostic.also(operation.span, "its body is a list").help(help);
        };
        for other in others {
            let message = format!("`{}` stands in a body that `{}` is the whole of", other.name.wire, whole.name.wire);
            report(other.span, message, "send it `in: query`, or leave `body: list` out");
        }
        let name = &whole.name.wire;
        if whole.spread.is_some() || !matches!(api.bare(&whole.ty), Type::List(_)) {
            report(whole.span, format!("`{name}` is the whole body, and no list"), "write a list: `[Item]`");
        }
        if whole.clear.is_some() {
            report(whole.span, format!("`{name}` is the whole body, and can be cleared"), "leave `clear` out");
        }
        for (name, at, what) in signing(api, operation) {
            report(at, format!("`{name}` {what}"), "say `signed: false` if the vendor does not look, or sign `body`");
        }
    }
}

/// What of signing a list has no room for.
fn signing<'a>(api: &'a Api, operation: &'a Operation) -> Vec<(&'a str, Span, &'static str)> {
    if !operation.signed {
        return Vec::new();
    }
    let reads = "reads the members of a body";
    let steps = api.signing.steps.iter().filter(|step| step.value.reads(MEMBERS));
    let mut found: Vec<_> = steps.map(|step| (step.name.wire.as_str(), step.span, reads)).collect();
    for placement in api.signing.placements().filter(|it| it.goes_with(operation.method)) {
        let name = placement.name.wire.as_str();
        if placement.values().any(|value| value.reads(MEMBERS)) {
            found.push((name, placement.span, reads));
        }
        let is_in_body = match placement.carrier {
            Carrier::Body => true,
            Carrier::Parameters => operation.method.default_location() == Location::Body,
            Carrier::Header | Carrier::Query => false,
        };
        if is_in_body {
            found.push((name, placement.span, "joins the body"));
        }
    }
    found
}
