//! Errors that are never met, since others before them take all their answers.

use std::collections::HashSet;

use super::errors::tried;
use super::operation_id;
use super::takers::Takers;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, ErrorCase, ErrorId, Operation, Resource};

/// Without it, an error would be documented for an operation whose every such answer is taken for another, and a
/// `match` arm of the caller would never be reached.
pub(super) fn hidden_error(api: &Api, diagnostics: &mut Diagnostics) {
    let takers = Takers::of(&api.errors);
    // What is the same in several operations is one mistake.
    let (mut lists, mut told) = (HashSet::new(), HashSet::new());
    for (resource, operation) in api.operations() {
        let ids: Vec<ErrorId> = tried(operation).copied().collect();
        if !lists.insert(ids.clone()) {
            continue;
        }
        for (id, hiding) in takers.hidden(&ids) {
            let Some(error) = api.errors.get(id.0).filter(|_| told.insert((id, hiding.clone()))) else { continue };
            let others: Vec<&ErrorCase> = hiding.iter().filter_map(|taker| api.errors.get(taker.0)).collect();
            let lists = Lists { resource, operation };
            match (others.as_slice(), hiding.as_slice()) {
                ([other], [taker]) if takers.takes_all(id, *taker) => lists.alike(other, error, diagnostics),
                ([other], [taker]) => lists.hidden((other, *taker), (error, id), diagnostics),
                _ => lists.together(&others, error, diagnostics),
            }
        }
    }
}

/// An operation in which one error is tried before another.
struct Lists<'a> {
    resource: &'a Resource,
    operation: &'a Operation,
}

impl Lists<'_> {
    fn alike(&self, other: &ErrorCase, error: &ErrorCase, diagnostics: &mut Diagnostics) {
        diagnostics
            .report(
                &rules::ERRORS_ALIKE,
                error.span,
                format!("nothing tells `{}` from `{}`", error.name.wire, other.name.wire),
            )
            .also(other.span, "has the same status, code, field and message")
            .also(self.operation.span, format!("`{}` lists both", operation_id(self.resource, self.operation)))
            .help("give them different messages, or make them one");
    }

    fn hidden(
        &self,
        (other, taker): (&ErrorCase, ErrorId),
        (error, id): (&ErrorCase, ErrorId),
        diagnostics: &mut Diagnostics,
    ) {
        let (name, other_name) = (&error.name.wire, &other.name.wire);
        let message = format!("`{name}` never arrives: {} is `{other_name}` before", answers(error));
        let (why, help) = match self.is_empty_alone(taker) && !self.is_empty_alone(id) {
            true => (
                "has it under `empty_on`, which is tried first",
                format!("name `{other_name}` under `errors` as well, behind `{name}`: it is tried there then"),
            ),
            false => ("lists it first", format!("list `{name}` before `{other_name}`: the first that matches wins")),
        };
        diagnostics
            .report(&rules::HIDDEN_ERROR, error.span, message)
            .also(other.span, less(other))
            .also(self.operation.span, format!("`{}` {why}", operation_id(self.resource, self.operation)))
            .help(help);
    }

    /// Whether an error stands under `empty_on`, and not among others.
    fn is_empty_alone(&self, id: ErrorId) -> bool {
        let empty: HashSet<&ErrorId> = self.operation.empty_on.iter().collect();
        let mut first = self.operation.tried.iter().take_while(|error| empty.contains(error));
        first.any(|error| *error == id)
    }

    fn together(&self, others: &[&ErrorCase], error: &ErrorCase, diagnostics: &mut Diagnostics) {
        let names: Vec<String> = others.iter().map(|other| format!("`{}`", other.name.wire)).collect();
        let message = format!("`{}` never arrives: {} take all its answers before", error.name.wire, names.join(", "));
        diagnostics
            .report(&rules::HIDDEN_ERROR, error.span, message)
            .also(self.operation.span, format!("`{}` lists them first", operation_id(self.resource, self.operation)))
            .help("leave out what is listed before, or put it before them");
    }
}

/// What the answers of an error have in common.
fn answers(error: &ErrorCase) -> String {
    let statuses: Vec<String> = error.statuses.iter().map(u16::to_string).collect();
    if statuses.is_empty() {
        "every such answer".to_owned()
    } else {
        format!("an answer with {}", statuses.join(" or "))
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
        "takes such messages"
    }
}

#[cfg(test)]
mod tests {
    /// What is said of errors that are tried in this order.
    fn broken(errors: &[&str]) -> Vec<&'static str> {
        let named = |(at, error): (usize, &&str)| format!("  e{at}: {error}\n");
        let names: Vec<String> = (0..errors.len()).map(|at| format!("e{at}")).collect();
        let api = format!(
            "codegen: 1\nname: x\nenvelope: {{code: code, message: m}}\nerrors:\n{}",
            errors.iter().enumerate().map(named).collect::<String>()
        );
        let users = format!("operations: {{a: {{http: GET /, returns: json, errors: [{}]}}}}\n", names.join(", "));
        let (api, mut diagnostics) = crate::lower::from_memory(&[("api.yaml", &api), ("users.yaml", &users)]);
        crate::check::run(&api, &mut diagnostics);
        diagnostics.into_sorted().into_iter().map(|diagnostic| diagnostic.rule.id).collect()
    }

    /// Where two errors share answers, their order decides.
    #[test]
    fn what_can_be_reached_is_no_mistake() {
        for errors in [
            ["{status: 404}", "{status: [400, 404, 500]}"],
            ["{code: [1, 2]}", "{code: [2, 3]}"],
            ["{status: 404}", "{status: [400, 404], message: hello}"],
            ["{status: 404, message: 'No {user}'}", "{status: [404, 410], message: 'No {team}'}"],
            ["{message: hello}", "{status: 400}"],
            ["{code: 1, message: hello}", "{code: 1}"],
            // A report about a field may have the code, and a message by itself is not that of a field.
            ["{message: is bad}", "{code: 7, message: is bad}"],
            ["{message: '{text}'}", "{code: 7, message: is bad, match: [prefix, any_case]}"],
            ["{message: '{text} x'}", "{message: gone, match: prefix}"],
            ["{message: 'Error: {text}'}", "{message: 'error: gone', match: any_case}"],
            // A hole holds no more than 1,024 bytes.
            ["{message: '{text}'}", format!("{{message: '{}'}}", "x".repeat(1025)).as_str()],
        ] {
            assert_eq!(broken(&errors), [""; 0], "{errors:?}");
        }
        assert_eq!(broken(&["{status: [400, 404, 500]}", "{status: 404}"]), ["hidden-error"]);
        for errors in [
            ["{message: '{text}'}", format!("{{message: '{}'}}", "x".repeat(1024)).as_str()],
            ["{message: 'Error: {text}'}", "{message: 'Error: gone', match: prefix}"],
            ["{message: '{text}'}", "{message: gone, match: any_case}"],
            ["{message: '17: {text}'}", "{message: '17: gone', match: [prefix, any_case]}"],
            ["{message: is bad}", "{message: is bad, status: 400}"],
            ["{code: 7, message: is bad}", "{code: 7, message: is bad, field: name}"],
        ] {
            assert_eq!(broken(&errors), ["hidden-error"], "{errors:?}");
        }
        assert_eq!(broken(&["{message: gone, match: prefix}", "{message: 'gone{rest}'}"]), ["errors-alike"]);
        assert_eq!(broken(&["{code: [1, 2]}", "{code: ['2', 1.0]}"]), ["errors-alike"]);
        assert_eq!(broken(&["{code: 1}", "{code: [2, 3]}", "{code: [3, 1]}"]), ["hidden-error"]);
    }

    /// What was left out of an error for a mistake says nothing of it.
    #[test]
    fn a_mistake_brings_no_other() {
        assert_eq!(broken(&["{status: 404}", "{status: 99}"]), ["bad-status"]);
        assert_eq!(broken(&["{message: hello, status: 404}", "{message: 'hello {', status: 404}"]), ["bad-template"]);
    }
}
