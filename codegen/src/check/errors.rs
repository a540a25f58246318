//! Rules over the catalogue of errors.

use std::collections::HashSet;

use super::operation_id;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{
    Api, Condition, Envelope, ErrorCase, ErrorId, Json, Matching, Operation, Payload, Raw, Type, same_code,
};

/// Without it, an error is thought handled that no operation ever gives.
pub(super) fn unused_error(api: &Api, diagnostics: &mut Diagnostics) {
    let mut used = vec![false; api.errors.len()];
    for id in api.operations().flat_map(|(_, operation)| tried(operation)) {
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

/// Without it, an error would wait for an answer that is a success.
pub(super) fn bad_status(api: &Api, diagnostics: &mut Diagnostics) {
    let mut reported = HashSet::new();
    for (_, operation) in api.operations() {
        let envelope = api.envelope_of(operation);
        for id in tried(operation) {
            let Some(error) = api.errors.get(id.0) else { continue };
            let status = error.statuses.iter().find(|status| envelope.success.has_status(**status));
            let Some(status) = status.filter(|_| says_success(envelope, error) && reported.insert(*id)) else {
                continue;
            };
            diagnostics
                .report(&rules::BAD_STATUS, error.span, format!("an answer with status {status} is no error"))
                .help(match envelope.success.conditions.is_empty() {
                    true => "say under `success` of `envelope` what a success is, if the status does not decide",
                    false => "write a code that `success` of `envelope` does not have, or another status",
                });
        }
    }
}

/// Whether the body of every answer that is this error says that the call succeeded.
fn says_success(envelope: &Envelope, error: &ErrorCase) -> bool {
    let is_said = |condition: &Condition| match condition {
        // A code may stand in a report as well, where it says nothing of the kind.
        Condition::Is(path, values) if *path == envelope.code && envelope.errors.code.is_empty() => {
            let is_one = |code: &String| {
                !code.ends_with('*') && values.iter().filter_map(Json::code).any(|value| same_code(&value, code))
            };
            !error.codes.is_empty() && error.codes.iter().all(is_one)
        }
        Condition::Is(..) | Condition::Empty(_) => false,
    };
    envelope.success.conditions.iter().all(is_said)
}

/// Without it, an error would wait for what is taken off every message before.
pub(super) fn unfindable_message(api: &Api, diagnostics: &mut Diagnostics) {
    let mut reported = HashSet::new();
    for (resource, operation) in api.operations() {
        let Some(suffix) = &api.envelope_of(operation).suffix else { continue };
        for id in tried(operation) {
            // Where more may follow, or other letters stand, it is no suffix.
            let error = api.errors.get(id.0).filter(|error| error.matching == Matching::default());
            let Some(error) = error.filter(|error| error.messages.iter().any(|message| suffix.ends(message))) else {
                continue;
            };
            if reported.insert(*id) {
                let message = format!("no message ends as that of `{}` does: that is the suffix", error.name.wire);
                diagnostics
                    .report(&rules::UNFINDABLE_MESSAGE, error.span, message)
                    .also(operation.span, format!("`{}` lists it", operation_id(resource, operation)))
                    .help("leave what `suffix` of `envelope` has out of the message");
            }
        }
    }
}

/// Without it, an error would be known by a code that nobody looks for.
pub(super) fn error_without_place(api: &Api, diagnostics: &mut Diagnostics) {
    let mut reported = HashSet::new();
    for (resource, operation) in api.operations() {
        let envelope = api.envelope_of(operation);
        for id in tried(operation) {
            let Some(error) = api.errors.get(id.0) else { continue };
            let Some(what) = without_place(envelope, error).filter(|_| reported.insert(*id)) else { continue };
            let message = format!("`{}` has a {what}, but nothing says where in an answer it stands", error.name.wire);
            diagnostics
                .report(&rules::ERROR_WITHOUT_PLACE, error.span, message)
                .also(operation.span, format!("`{}` lists it", operation_id(resource, operation)))
                .help(format!("say it with `{what}` under `envelope`, or under its `errors`"));
        }
    }
}

fn without_place(envelope: &Envelope, error: &ErrorCase) -> Option<&'static str> {
    let errors = &envelope.errors;
    if !error.codes.is_empty() && envelope.code.is_empty() && errors.code.is_empty() {
        return Some("code");
    }
    let has_no_subcode = envelope.subcode.is_empty() && errors.subcode.is_empty();
    (!error.subcodes.is_empty() && has_no_subcode).then_some("subcode")
}

/// Without it, a record would be made up of nothing.
pub(super) fn empty_not_a_list(api: &Api, diagnostics: &mut Diagnostics) {
    for (resource, operation) in api.operations().filter(|(_, operation)| !operation.empty_on.is_empty()) {
        let is_list = match &operation.payload {
            Payload::Nothing | Payload::Page(..) => true,
            Payload::Raw(raw) => matches!(raw, Raw::Text | Raw::Bytes),
            // What is not known may be a list, and was told.
            Payload::Key(_, ty) | Payload::Whole(ty) => matches!(api.bare(ty), Type::List(_)) || api.is_unknown(ty),
        };
        if !is_list {
            let message = format!("`{}` has no list that could be empty", operation_id(resource, operation));
            diagnostics
                .report(&rules::EMPTY_NOT_A_LIST, operation.span, message)
                .help("put the error under `errors`, so that the caller is told");
        }
    }
}

/// The errors of an operation in the order they are tried.
pub(super) fn tried(operation: &Operation) -> impl Iterator<Item = &ErrorId> {
    operation.tried.iter()
}
