//! Rules over bodies that are one value.

use std::collections::HashSet;

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, BodyKind, Expr, ExprKind, Function, Location, Method, Operation, Parameter, Source, Type};
use crate::source::Span;

/// What reads the members of a body, which a list has none of.
const MEMBERS: &[Source] = &[Source::Params, Source::BodyParams];

/// Without it, something would be sent that is no list, or the list without the rest.
pub(super) fn list_body(api: &Api, diagnostics: &mut Diagnostics) {
    let mut told = HashSet::new();
    let lists = api.operations().map(|(_, operation)| operation);
    for operation in lists.filter(|operation| operation.encoding.body == BodyKind::List) {
        let in_body = super::call_parameters(api, operation).filter(|it| it.location == Location::Body);
        let in_body: Vec<&Parameter> = in_body.collect();
        let mut report = |at: Span, message: String, help: &str| {
            let diagnostic = diagnostics.report(&rules::LIST_BODY, at, message);
            diagnostic.also(operation.span, "its body is a list").help(help);
        };
        let methods = methods(operation);
        for (name, at, what) in methods.iter().flat_map(|it| signing(api, operation, *it, in_body.is_empty())) {
            if told.insert((at, what)) {
                report(
                    at,
                    format!("`{name}` {what}"),
                    "say `signed: false` if the vendor does not look, or sign `body`",
                );
            }
        }
        let Some((whole, others)) = in_body.split_first() else { continue };
        for other in others {
            let message = format!("`{}` stands in a body that `{}` is the whole of", other.name.wire, whole.name.wire);
            report(other.span, message, "send it `in: query`, or leave `body: list` out");
        }
        let name = &whole.name.wire;
        if !matches!(api.bare(&whole.ty), Type::List(_)) {
            report(whole.span, format!("`{name}` is the whole body, and no list"), "write a list: `[Item]`");
        }
        if whole.clear.is_some() {
            report(whole.span, format!("`{name}` is the whole body, and can be cleared"), "leave `clear` out");
        }
    }
}

/// Its method; where that is a guess, the others too under which the list is the body: elsewhere it is in the query.
fn methods(operation: &Operation) -> Vec<Method> {
    let mut methods = vec![operation.method];
    if operation.guesses_method {
        methods.extend([Method::Post, Method::Put, Method::Patch]);
    }
    methods
}

/// What of signing a list has no room for under a method; where there is none, nothing has members to read.
fn signing<'a>(
    api: &'a Api,
    operation: &Operation,
    method: Method,
    is_empty: bool,
) -> Vec<(&'a str, Span, &'static str)> {
    // That a body is added to such a request at all is told by another rule.
    let is_read = matches!(method, Method::Get | Method::Head);
    if !operation.signed || is_empty && is_read {
        return Vec::new();
    }
    let reads_members = |value: &Expr| !is_empty && reads_members(value, method);
    let reads = "reads the members of a body";
    let steps = api.signing.steps.iter().filter(|step| reads_members(&step.value));
    let mut found: Vec<_> = steps.map(|step| (step.name.wire.as_str(), step.span, reads)).collect();
    for placement in api.signing.placements().filter(|it| it.goes_with(method)) {
        let name = placement.name.wire.as_str();
        if placement.values().any(reads_members) {
            found.push((name, placement.span, reads));
        }
        if placement.joins_body(method) {
            found.push((name, placement.span, "joins the body"));
        }
    }
    found
}

/// Whether members are read where a call has this method: no other branch is computed.
fn reads_members(value: &Expr, method: Method) -> bool {
    match (&value.kind, value.operands()) {
        (ExprKind::Source(source), _) => MEMBERS.contains(source),
        (ExprKind::Call(Function::IfMethod, _), [Expr { kind: ExprKind::Methods(methods), .. }, then, otherwise]) => {
            reads_members(if methods.contains(&method) { then } else { otherwise }, method)
        }
        (_, operands) => operands.iter().any(|operand| reads_members(operand, method)),
    }
}
