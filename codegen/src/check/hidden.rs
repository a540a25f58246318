//! Errors that are never met, since others before them take all their answers.

use std::collections::HashSet;

use super::errors::tried;
use super::operation_id;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, ErrorCase, ErrorId, Matching, Operation, Resource, Template, TemplatePart, same_code};

/// What stands in a hole for any text.
const UNWRITTEN: &str = "\u{1}";

/// The most answers of an error that are looked at one by one.
const MOST: usize = 1024;

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
    taken_together(api, diagnostics);
}

/// The same where it takes several errors to leave nothing for another.
fn taken_together(api: &Api, diagnostics: &mut Diagnostics) {
    let mut reported = HashSet::new();
    let mut tell = |operation: Option<(&Resource, &Operation)>, before: &[&ErrorCase], id: ErrorId| {
        let Some(error) = api.errors.get(id.0).filter(|error| error.codes.len() * error.messages.len().max(1) <= MOST)
        else {
            return;
        };
        let Some(takers) = takers(before, error).filter(|takers| takers.len() > 1 && reported.insert(id)) else {
            return;
        };
        let names: Vec<String> = takers.iter().map(|taker| format!("`{}`", taker.name.wire)).collect();
        let message = format!("`{}` never arrives: {} take all its answers before", error.name.wire, names.join(", "));
        let report = diagnostics.report(&rules::HIDDEN_ERROR, error.span, message);
        if let Some((resource, operation)) = operation {
            report.also(operation.span, format!("`{}` lists them first", operation_id(resource, operation)));
        }
        report.help("leave out the codes that are listed before, or put it before them");
    };
    for (resource, operation) in api.operations() {
        let ids: Vec<ErrorId> = tried(operation).copied().collect();
        let own = own_of(api, &ids);
        let cases: Vec<&ErrorCase> = ids.iter().take(own).filter_map(|id| api.errors.get(id.0)).collect();
        for (at, id) in ids.iter().take(own).enumerate() {
            tell(Some((resource, operation)), cases.get(..at).unwrap_or_default(), *id);
        }
    }
    let mut cases = Vec::new();
    for (at, error) in api.errors.iter().enumerate().filter(|(_, error)| error.everywhere) {
        tell(None, &cases, ErrorId(at));
        cases.push(error);
    }
}

/// The errors that take all answers of another of some status between them, if they do.
fn takers<'a>(before: &[&'a ErrorCase], error: &ErrorCase) -> Option<Vec<&'a ErrorCase>> {
    // With one code there is nothing to share; what one of them takes alone is told of both.
    let is_shared = error.codes.len() > 1 || error.messages.len() > 1;
    if !is_shared || before.iter().any(|taker| hidden_answers(taker, error).is_some()) {
        return None;
    }
    let statuses: Vec<Option<u16>> =
        if error.statuses.is_empty() { vec![None] } else { error.statuses.iter().copied().map(Some).collect() };
    statuses.into_iter().find_map(|status| {
        let is_of_status = |taker: &&ErrorCase| {
            taker.statuses.is_empty() || status.is_some_and(|status| taker.statuses.contains(&status))
        };
        let before: Vec<&ErrorCase> = before.iter().copied().filter(is_of_status).collect();
        let mut found: Vec<&ErrorCase> = Vec::new();
        let codes: Vec<&[String]> = if error.codes.is_empty() { vec![&[]] } else { error.codes.chunks(1).collect() };
        let messages: Vec<&[Template]> =
            if error.messages.is_empty() { vec![&[]] } else { error.messages.chunks(1).collect() };
        for code in codes {
            for message in &messages {
                let takes = |taker: &&&ErrorCase| {
                    takes_codes(&taker.codes, code)
                        && takes_codes(&taker.subcodes, &error.subcodes)
                        && takes_field(taker, error)
                        && takes_messages(taker, error, message)
                };
                let taker = before.iter().find(takes)?;
                if !found.iter().any(|known| std::ptr::eq(*known, *taker)) {
                    found.push(taker);
                }
            }
        }
        Some(found)
    })
}

/// How many of an operation's errors are its own: those behind them stand in the order of the API, as in every
/// operation.
fn own_of(api: &Api, ids: &[ErrorId]) -> usize {
    let is_common = |id: &ErrorId| api.errors.get(id.0).is_some_and(|error| error.everywhere);
    let mut own = ids.len();
    while let Some(last) = own.checked_sub(1).and_then(|at| ids.get(at)).filter(|last| is_common(last)) {
        if ids.get(own).is_some_and(|next| next.0 < last.0) {
            break;
        }
        own -= 1;
    }
    own
}

/// Hands over every error with each one that is tried before it, until the first of which `find` tells; each pair
/// once, since two errors that meet in many operations are one mistake. Those of everywhere meet in all of them, so
/// that they are compared with each other in one.
fn each_pair<'a>(
    api: &'a Api,
    mut find: impl FnMut(&'a Resource, &'a Operation, &'a ErrorCase, &'a ErrorCase) -> bool,
) {
    let mut seen = HashSet::new();
    let mut is_first = true;
    let common = api.errors.iter().filter(|error| error.everywhere).count();
    for (resource, operation) in api.operations() {
        let ids: Vec<ErrorId> = tried(operation).copied().collect();
        let own = own_of(api, &ids);
        for (at, id) in ids.iter().enumerate() {
            let Some(error) = api.errors.get(id.0) else { continue };
            let compared = if is_first { at } else { at.min(own) };
            for before in ids.iter().take(compared).filter(|before| *before != id) {
                let Some(other) = api.errors.get(before.0) else { continue };
                if seen.insert((before.0, id.0)) && find(resource, operation, other, error) {
                    break;
                }
            }
        }
        // Without all of them it says nothing of those that others have.
        is_first = is_first && ids.len() - own < common;
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
        && takes_messages(taker, error, &error.messages);
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
        (Some(taker), Some(field)) => {
            let field = field.filled(|_| UNWRITTEN.into());
            let held = taker.find(&field, Matching::default());
            // A hole in a field holds one name.
            held.is_some_and(|held| held.iter().all(|name| !name.is_empty() && !name.contains('.')))
        }
        (Some(_), None) => false,
    }
}

/// Whether every one of these messages of an error is one that the taker takes.
fn takes_messages(taker: &ErrorCase, error: &ErrorCase, messages: &[Template]) -> bool {
    let takes = |message: &Template| taker.messages.iter().any(|taken| takes_message(taker, taken, error, message));
    taker.messages.is_empty() || (!messages.is_empty() && messages.iter().all(takes))
}

fn takes_message(taker: &ErrorCase, taken: &Template, error: &ErrorCase, message: &Template) -> bool {
    // Who minds the case takes nothing from who does not.
    if error.matching.any_case && !taker.matching.any_case || error.matching.prefix && !taker.matching.prefix {
        return false;
    }
    // Where even a text that nobody writes is taken for what a hole holds, any other is.
    taken.find(&message.filled(|_| UNWRITTEN.into()), taker.matching).is_some()
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
        "takes such messages"
    }
}

fn anonymous(template: &Template) -> Vec<Option<&str>> {
    let parts = template.parts.iter().map(|part| match part {
        TemplatePart::Text(text) => Some(text.as_str()),
        TemplatePart::Capture(_) => None,
    });
    parts.collect()
}
