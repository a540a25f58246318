//! Rules over the catalogue of errors.

use std::collections::{HashMap, HashSet};

use super::operation_id;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, ErrorCase, Template, TemplatePart};

/// Without it, an error is thought handled that no operation ever gives.
pub(super) fn unused_error(api: &Api, diagnostics: &mut Diagnostics) {
    let mut used = vec![false; api.errors.len()];
    for id in api.operations().flat_map(|(_, operation)| &operation.errors) {
        if let Some(used) = used.get_mut(id.0) {
            *used = true;
        }
    }
    for (error, _) in api.errors.iter().zip(used).filter(|(_, used)| !used) {
        let message = format!("no operation lists the error `{}`", error.name.wire);
        diagnostics
            .report(&rules::UNUSED_ERROR, error.span, message)
            .help("add it to the `errors` of an operation, or remove it");
    }
}

/// Without it, a `match` arm of the caller would never be reached.
pub(super) fn errors_alike(api: &Api, diagnostics: &mut Diagnostics) {
    // Two errors may meet in many operations; they are one mistake.
    let mut reported = HashSet::new();
    for (resource, operation) in api.operations() {
        let mut seen: HashMap<Sign<'_>, usize> = HashMap::new();
        for id in &operation.errors {
            let Some(error) = api.errors.get(id.0) else { continue };
            for sign in signs(error) {
                let first = *seen.entry(sign).or_insert(id.0);
                if first == id.0 || !reported.insert((first, id.0)) {
                    continue;
                }
                let Some(other) = api.errors.get(first) else { continue };
                let (name, other_name) = (&error.name.wire, &other.name.wire);
                let message = format!("nothing tells `{name}` from `{other_name}`");
                diagnostics
                    .report(&rules::ERRORS_ALIKE, error.span, message)
                    .also(other.span, "has the same status, field and message")
                    .also(operation.span, format!("`{}` lists both", operation_id(resource, operation)))
                    .help("give them different messages, or make them one");
            }
        }
    }
}

/// Without it, an error would be documented for an operation whose every such answer is taken for another.
pub(super) fn hidden_error(api: &Api, diagnostics: &mut Diagnostics) {
    // Two errors may meet in many operations; they are one mistake.
    let mut reported = HashSet::new();
    for (resource, operation) in api.operations() {
        // Statuses of which every answer is an error that was listed before.
        let mut taken: Vec<(u16, &ErrorCase)> = Vec::new();
        for id in &operation.errors {
            let Some(error) = api.errors.get(id.0) else { continue };
            let hiding = taken.iter().copied().find(|(status, other)| {
                error.statuses.contains(status) && hides(other, error) && reported.insert((other.span, error.span))
            });
            if error.messages.is_empty() {
                taken.extend(error.statuses.iter().map(|status| (*status, error)));
            }
            let Some((status, other)) = hiding else { continue };
            let (name, other_name) = (&error.name.wire, &other.name.wire);
            let message = format!("`{name}` never arrives: an answer with {status} is `{other_name}` before");
            diagnostics
                .report(&rules::HIDDEN_ERROR, error.span, message)
                .also(other.span, "has no message")
                .also(operation.span, format!("`{}` lists it first", operation_id(resource, operation)))
                .help(format!("list `{name}` before `{other_name}`: the first that matches wins"));
        }
    }
}

/// Whether an error without a message is all that answers of the other one can be, their status being the same.
fn hides(taker: &ErrorCase, error: &ErrorCase) -> bool {
    let is_alike = error.messages.is_empty() && taker.field == error.field;
    !is_alike && (taker.field.is_empty() || taker.field == error.field)
}

/// What an answer must have to be an error: status, field and message, captures without their names.
type Sign<'a> = (u16, &'a str, Vec<Option<&'a str>>);

fn signs(error: &ErrorCase) -> impl Iterator<Item = Sign<'_>> {
    let messages: Vec<_> = match error.messages.as_slice() {
        [] => vec![Vec::new()],
        messages => messages.iter().map(anonymous).collect(),
    };
    error.statuses.iter().flat_map(move |status| {
        let field = error.field.as_str();
        messages.clone().into_iter().map(move |message| (*status, field, message))
    })
}

fn anonymous(template: &Template) -> Vec<Option<&str>> {
    let parts = template.parts.iter().map(|part| match part {
        TemplatePart::Text(text) => Some(text.as_str()),
        TemplatePart::Capture(_) => None,
    });
    parts.collect()
}
