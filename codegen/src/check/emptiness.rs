//! Whether what signing joins may be nothing.

use std::collections::HashSet;

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{
    Api, BodyKind, Carrier, Expr, ExprKind, Function, Location, Operation, Placement, Presence, Resource, Source,
    ValueType,
};
use crate::source::Span;

/// Without it, a call without parameters would fail before it is sent, and only when somebody makes it.
pub(super) fn may_be_empty(api: &Api, diagnostics: &mut Diagnostics) {
    let signing = &api.signing;
    let mut reported = HashSet::new();
    for (resource, operation) in api.operations().filter(|(_, operation)| operation.signed) {
        let mut call = Call { api, operation, placed: &signing.inject, steps: Vec::new() };
        let mut findings = Vec::new();
        for step in &signing.steps {
            findings.extend(call.joins(&step.value).map(|empty| (empty, step.span)));
            let empty = call.empty(&step.value);
            call.steps.push(empty);
        }
        let injected = signing.inject.iter().enumerate();
        let injected = injected.map(|(index, it)| (it, signing.inject.get(..index).unwrap_or_default()));
        for (placement, placed) in injected.chain(signing.send.iter().map(|it| (it, &*signing.inject))) {
            // With a condition, somebody thought of it.
            if !placement.goes_with(operation.method) || placement.unless_empty.is_some() {
                continue;
            }
            call.placed = placed;
            findings.extend(call.joins(&placement.value).map(|empty| (empty, placement.value_span)));
        }
        for (empty, span) in findings {
            if reported.insert(span) {
                report(resource, operation, empty, span, diagnostics);
            }
        }
    }
}

fn report(resource: &Resource, operation: &Operation, empty: &str, span: Span, diagnostics: &mut Diagnostics) {
    let id = super::operation_id(resource, operation);
    diagnostics
        .report(&rules::MAY_BE_EMPTY, span, format!("`{empty}` may be empty, and there is nothing to join then"))
        .also(operation.span, format!("`{id}` can be called without any"))
        .help("say what is signed then: `.join_or(\"&\", \"\")`");
}

/// A call with nothing in it but what it must have.
struct Call<'a> {
    api: &'a Api,
    operation: &'a Operation,
    /// What was injected so far.
    placed: &'a [Placement],
    /// The source that the fields or the list of each step so far have nothing of.
    steps: Vec<Option<&'static str>>,
}

impl Call<'_> {
    /// What is joined in an expression although there is nothing in it.
    fn joins(&self, expr: &Expr) -> Option<&'static str> {
        let ExprKind::Call(function, operands) = &expr.kind else { return None };
        let computed = match (function, operands.as_slice()) {
            // Which of the two is computed depends on what is there.
            (Function::IfEmpty, [value, ..]) => std::slice::from_ref(value),
            (Function::IfMethod, [Expr { kind: ExprKind::Methods(methods), .. }, then, otherwise]) => {
                std::slice::from_ref(if methods.contains(&self.operation.method) { then } else { otherwise })
            }
            (_, operands) => operands,
        };
        let own = operands.first().filter(|_| *function == Function::Join).and_then(|list| self.empty(list));
        own.or_else(|| computed.iter().find_map(|operand| self.joins(operand)))
    }

    /// The source that fields or a list have nothing of, if they are empty for that.
    fn empty(&self, expr: &Expr) -> Option<&'static str> {
        match (&expr.kind, expr.ty) {
            (ExprKind::Source(Source::Step(index)), _) => *self.steps.get(*index)?,
            (ExprKind::Source(source), ValueType::Fields) => self.without(*source),
            (ExprKind::Call(Function::And, operands), _) => match operands.as_slice() {
                [first, second] => self.empty(second).and(self.empty(first)),
                _ => None,
            },
            (
                ExprKind::Call(
                    Function::KeepAll
                    | Function::ListOf
                    | Function::Split
                    | Function::SplitPairs
                    | Function::Field
                    | Function::IfEmpty
                    | Function::IfMethod,
                    _,
                ),
                _,
            ) => None,
            (ExprKind::Call(_, operands), ValueType::Fields | ValueType::List | ValueType::ByteList) => {
                self.empty(operands.first()?)
            }
            _ => None,
        }
    }

    /// The name of a source that has nothing in it.
    fn without(&self, source: Source) -> Option<&'static str> {
        let (name, places): (_, &[Location]) = match source {
            Source::Params => ("params", &[Location::Path, Location::Query, Location::Body]),
            Source::QueryParams => ("query_params", &[Location::Query]),
            Source::BodyParams => ("body_params", &[Location::Body]),
            Source::PathParams => ("path_params", &[Location::Path]),
            _ => return None,
        };
        let of_body = places.contains(&Location::Body);
        // What the body is as a whole may have fields.
        let is_open = of_body && !matches!(self.operation.encoding.body, BodyKind::Json | BodyKind::Form);
        let is_paged = places.contains(&Location::Query) && !self.api.page_parameters(self.operation).is_empty();
        let is_there =
            |location: Location, presence: Presence| presence == Presence::Required && places.contains(&location);
        let mut parameters = self.operation.parameters.iter().filter(|parameter| parameter.signed);
        let is_given = parameters.any(|parameter| is_there(parameter.location, parameter.presence));
        let joins = |placement: &Placement| match placement.carrier {
            Carrier::Header => false,
            Carrier::Query => places.contains(&Location::Query),
            Carrier::Body => of_body,
            Carrier::Parameters => places.contains(&self.operation.method.default_location()),
        };
        let is_injected =
            self.placed.iter().any(|placement| placement.goes_with(self.operation.method) && joins(placement));
        (!is_open && !is_paged && !is_given && !is_injected).then_some(name)
    }
}
