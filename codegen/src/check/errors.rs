//! Rules over the catalogue of errors.

use std::collections::HashSet;

use super::operation_id;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{
    Api, Envelope, ErrorCase, ErrorId, Operation, Payload, Raw, Resource, Template, TemplatePart, Type, same_code,
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

/// Without it, a `match` arm of the caller would never be reached.
pub(super) fn errors_alike(api: &Api, diagnostics: &mut Diagnostics) {
    each_pair(api, |resource, operation, other, error| {
        let is_alike = error.statuses.iter().any(|status| other.statuses.contains(status))
            || (error.statuses.is_empty() && other.statuses.is_empty());
        let is_alike = is_alike && is_alike_but_status(other, error);
        if is_alike {
            let (name, other_name) = (&error.name.wire, &other.name.wire);
            diagnostics
                .report(&rules::ERRORS_ALIKE, error.span, format!("nothing tells `{name}` from `{other_name}`"))
                .also(other.span, "has the same status, code, field and message")
                .also(operation.span, format!("`{}` lists both", operation_id(resource, operation)))
                .help("give them different messages, or make them one");
        }
        is_alike
    });
}

/// Without it, an error would be documented for an operation whose every such answer is taken for another.
pub(super) fn hidden_error(api: &Api, diagnostics: &mut Diagnostics) {
    each_pair(api, |resource, operation, other, error| {
        let takes_any_status = other.statuses.is_empty() && !error.statuses.is_empty();
        if is_alike_but_status(other, error) && !takes_any_status {
            // What is the same but for its status is not hidden; with the same status it is reported as alike.
            return false;
        }
        let Some(which) = hidden_answers(other, error) else { return false };
        let (name, other_name) = (&error.name.wire, &other.name.wire);
        let message = format!("`{name}` never arrives: {which} is `{other_name}` before");
        diagnostics
            .report(&rules::HIDDEN_ERROR, error.span, message)
            .also(other.span, less(other))
            .also(operation.span, format!("`{}` lists it first", operation_id(resource, operation)))
            .help(format!("list `{name}` before `{other_name}`: the first that matches wins"));
        true
    });
}

/// Without it, an error would wait for an answer that is a success.
pub(super) fn bad_status(api: &Api, diagnostics: &mut Diagnostics) {
    let mut reported = HashSet::new();
    for (_, operation) in api.operations() {
        let success = &api.envelope_of(operation).success;
        for id in tried(operation) {
            let Some(error) = api.errors.get(id.0) else { continue };
            let status = error.statuses.iter().find(|status| success.has_status(**status));
            let Some(status) = status.filter(|_| success.conditions.is_empty() && reported.insert(*id)) else {
                continue;
            };
            diagnostics
                .report(&rules::BAD_STATUS, error.span, format!("an answer with status {status} is no error"))
                .help("say under `success` of `envelope` what a success is, if the status does not decide");
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
            Payload::Key(_, ty) | Payload::Whole(ty) => matches!(ty, Type::List(_)),
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
fn tried(operation: &Operation) -> impl Iterator<Item = &ErrorId> {
    operation.empty_on.iter().chain(&operation.errors)
}

/// Hands over every error with each one that is tried before it, until the first of which `find` tells; each pair
/// once, since two errors that meet in many operations are one mistake.
fn each_pair<'a>(
    api: &'a Api,
    mut find: impl FnMut(&'a Resource, &'a Operation, &'a ErrorCase, &'a ErrorCase) -> bool,
) {
    let mut seen = HashSet::new();
    for (resource, operation) in api.operations() {
        let ids: Vec<&ErrorId> = tried(operation).collect();
        for (at, id) in ids.iter().enumerate() {
            let Some(error) = api.errors.get(id.0) else { continue };
            for before in ids.iter().take(at).filter(|before| **before != *id) {
                let Some(other) = api.errors.get(before.0) else { continue };
                if seen.insert((before.0, id.0)) && find(resource, operation, other, error) {
                    break;
                }
            }
        }
    }
}

/// Whether two errors are known by the same, their statuses apart.
fn is_alike_but_status(one: &ErrorCase, other: &ErrorCase) -> bool {
    let same = |one: &[String], other: &[String]| {
        one.is_empty() == other.is_empty()
            && (one.is_empty() || one.iter().any(|code| other.iter().any(|found| same_code(code, found))))
    };
    let shared = |one: &ErrorCase, other: &ErrorCase| {
        one.messages.is_empty() && other.messages.is_empty()
            || one
                .messages
                .iter()
                .any(|message| other.messages.iter().any(|found| anonymous(message) == anonymous(found)))
    };
    same(&one.codes, &other.codes)
        && same(&one.subcodes, &other.subcodes)
        && one.field.as_ref().map(anonymous) == other.field.as_ref().map(anonymous)
        && one.matching == other.matching
        && shared(one, other)
}

/// Which of an error's answers another takes, if it takes all that can be of some status.
fn hidden_answers(taker: &ErrorCase, error: &ErrorCase) -> Option<String> {
    let which = match error.statuses.as_slice() {
        statuses if taker.statuses.is_empty() => match statuses {
            [] => "every such answer".to_owned(),
            [first, ..] => format!("an answer with {first}"),
        },
        statuses => format!("an answer with {}", statuses.iter().find(|status| taker.statuses.contains(status))?),
    };
    let takes = takes_codes(&taker.codes, &error.codes)
        && takes_codes(&taker.subcodes, &error.subcodes)
        && takes_field(taker, error)
        && takes_messages(taker, error);
    takes.then_some(which)
}

/// Whether every code of an error is one that the taker takes.
fn takes_codes(taker: &[String], codes: &[String]) -> bool {
    let takes = |code: &String| {
        taker.iter().any(|taken| match taken.strip_suffix('*') {
            Some(start) => code.starts_with(start),
            None => same_code(taken, code),
        })
    };
    taker.is_empty() || (!codes.is_empty() && codes.iter().all(takes))
}

/// A message by itself is not that of a field; anything else may be.
fn takes_field(taker: &ErrorCase, error: &ErrorCase) -> bool {
    match (&taker.field, &error.field) {
        (None, None) => true,
        (None, Some(_)) => taker.messages.is_empty() || !taker.codes.is_empty() || !taker.subcodes.is_empty(),
        (Some(taker), Some(field)) => anonymous(taker) == anonymous(field),
        (Some(_), None) => false,
    }
}

fn takes_messages(taker: &ErrorCase, error: &ErrorCase) -> bool {
    let takes = |message: &Template| taker.messages.iter().any(|taken| takes_message(taker, taken, error, message));
    taker.messages.is_empty() || (!error.messages.is_empty() && error.messages.iter().all(takes))
}

fn takes_message(taker: &ErrorCase, taken: &Template, error: &ErrorCase, message: &Template) -> bool {
    // Who minds the case takes nothing from who does not.
    if error.matching.any_case && !taker.matching.any_case || error.matching.prefix && !taker.matching.prefix {
        return false;
    }
    let case = |text: &str| if taker.matching.any_case { text.to_ascii_lowercase() } else { text.to_owned() };
    match (taken.parts.as_slice(), message.parts.as_slice()) {
        ([TemplatePart::Capture(_)], _) => true,
        ([TemplatePart::Text(start)], [TemplatePart::Text(text), ..]) if taker.matching.prefix => {
            case(text).starts_with(&case(start))
        }
        _ => {
            let parts = |template: &Template| -> Vec<Option<String>> {
                anonymous(template).into_iter().map(|text| text.map(case)).collect()
            };
            parts(taken) == parts(message)
        }
    }
}

/// What an error lacks that takes the answers of others.
fn less(taker: &ErrorCase) -> &'static str {
    if !taker.codes.is_empty() && taker.messages.is_empty() {
        "takes every such code"
    } else if taker.messages.is_empty() {
        "has no message"
    } else if taker.matching.prefix {
        "takes whatever begins like this"
    } else {
        "takes the same messages"
    }
}

fn anonymous(template: &Template) -> Vec<Option<&str>> {
    let parts = template.parts.iter().map(|part| match part {
        TemplatePart::Text(text) => Some(text.as_str()),
        TemplatePart::Capture(_) => None,
    });
    parts.collect()
}
