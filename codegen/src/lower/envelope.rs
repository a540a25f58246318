//! Envelopes: paths are cut into steps, and what an operation leaves out is taken from the API.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::api::header_name;
use super::context::Cx;
use super::error::statuses;
use super::once;
use super::template::{self, Piece};
use crate::diagnostics::rules;
use crate::ir::{self, AnswerPath, Condition, Json};
use crate::source::{Scalar, Span};
use crate::spec;

/// What answers have in common, `base` where nothing else is said.
pub(super) fn lower(cx: &mut Cx<'_, '_>, stated: &spec::Envelope, base: &ir::Envelope) -> ir::Envelope {
    let or = |cx: &mut Cx<'_, '_>, stated: &Option<Scalar>, base: &AnswerPath| {
        stated.as_ref().map_or_else(|| base.clone(), |stated| path(cx, stated))
    };
    ir::Envelope {
        success: stated.success.as_ref().map_or_else(|| base.success.clone(), |stated| success(cx, stated)),
        payload: or(cx, &stated.payload, &base.payload),
        code: or(cx, &stated.code, &base.code),
        subcode: or(cx, &stated.subcode, &base.subcode),
        message: or(cx, &stated.message, &base.message),
        suffix: stated.suffix.as_ref().map_or_else(|| base.suffix.clone(), |stated| suffix(cx, stated)),
        errors: stated.errors.as_ref().map_or_else(|| base.errors.clone(), |stated| reports(cx, stated)),
        warnings: stated.warnings.as_ref().map_or_else(|| base.warnings.clone(), |stated| reports(cx, stated)),
        request_id: stated.request_id.as_ref().map_or_else(|| base.request_id.clone(), |stated| spot(cx, stated)),
        retry_after: stated
            .retry_after
            .as_ref()
            .map_or_else(|| base.retry_after.clone(), |stated| spot(cx, &stated.spot)),
        unit: stated.retry_after.as_ref().map_or(base.unit, |stated| stated.unit),
    }
}

fn success(cx: &mut Cx<'_, '_>, stated: &spec::Success) -> ir::Success {
    let mut success = ir::Success { statuses: statuses(&stated.statuses), ..ir::Success::default() };
    let (mut known, mut absent) = (HashMap::new(), HashMap::new());
    let put = |success: &mut ir::Success, known: &mut HashMap<AnswerPath, usize>, condition: Condition, at: &Scalar| {
        known.insert(condition.path().clone(), success.conditions.len());
        success.conditions.push(condition);
        success.spans.push(at.span);
    };
    for (at, values) in &stated.is {
        let (values, path) = (once::values(cx, values), path(cx, at));
        match known.get(&path).and_then(|place| success.spans.get(*place)) {
            Some(first) => said_twice(cx, at, *first, "write all values of a member in one list"),
            None => put(&mut success, &mut known, Condition::Is(path, values), at),
        }
    }
    for at in &stated.absent {
        let path = path(cx, at);
        if let Some(first) = absent.insert(path.clone(), at.span) {
            said_twice(cx, at, first, "leave one of them out");
            continue;
        }
        match known.get(&path).and_then(|place| success.conditions.get_mut(*place)) {
            Some(Condition::Is(_, values)) => values.push(Json::Null),
            _ => put(&mut success, &mut known, Condition::Is(path, vec![Json::Null]), at),
        }
    }
    for at in &stated.empty {
        let path = path(cx, at);
        match known.get(&path).and_then(|place| success.spans.get(*place)) {
            Some(first) => said_twice(cx, at, *first, "what is missing or null is empty, too"),
            None => put(&mut success, &mut known, Condition::Empty(path), at),
        }
    }
    nothing_within(cx, stated, &success.conditions);
    success
}

fn said_twice(cx: &mut Cx<'_, '_>, at: &Scalar, first: Span, help: &str) {
    cx.diagnostics
        .report(&rules::LISTED_TWICE, at.span, format!("what `{}` must be is said twice", at.text))
        .also(first, "here as well")
        .help(help);
}

/// Reports what must stand within something that has no members. All paths were lowered before, with their mistakes.
fn nothing_within(cx: &mut Cx<'_, '_>, stated: &spec::Success, conditions: &[Condition]) {
    let may_be_absent: HashSet<&AnswerPath> = conditions
        .iter()
        .filter(|condition| matches!(condition, Condition::Is(_, values) if values.contains(&Json::Null)))
        .map(Condition::path)
        .collect();
    let single = stated.is.iter().map(|(at, _)| (at, "is a single value"));
    let nothing = stated.absent.iter().chain(&stated.empty).map(|at| (at, "holds nothing"));
    let mut without_members: HashMap<Vec<String>, (&Scalar, &str)> = HashMap::new();
    for (at, why) in single.chain(nothing) {
        without_members.entry(steps(&at.text).0).or_insert((at, why));
    }
    let lengths: BTreeSet<usize> = without_members.keys().map(Vec::len).collect();
    for (inner, _) in &stated.is {
        let within = steps(&inner.text);
        if may_be_absent.contains(&within) {
            continue;
        }
        let around = lengths.range(..within.0.len()).filter_map(|length| within.0.get(..*length));
        for (at, why) in around.filter_map(|outer| without_members.get(outer)) {
            let message = format!("`{}` cannot be there where `{}` {why}", inner.text, at.text);
            cx.diagnostics
                .report(&rules::CONTRADICTORY_RULES, at.span, message)
                .also(inner.span, "what it must be")
                .help("leave one of them out");
        }
    }
}

fn reports(cx: &mut Cx<'_, '_>, stated: &spec::Reports) -> ir::Reports {
    ir::Reports {
        places: stated.at.iter().map(|at| place(cx, at)).collect(),
        code: optional(cx, stated.code.as_ref()),
        subcode: optional(cx, stated.subcode.as_ref()),
        message: optional(cx, stated.message.as_ref()),
        field: optional(cx, stated.field.as_ref()),
    }
}

pub(super) fn spot(cx: &mut Cx<'_, '_>, stated: &spec::Spot) -> ir::Spot {
    ir::Spot {
        header: stated.header.as_ref().map(|name| header_name(cx, name)).unwrap_or_default(),
        at: optional(cx, stated.at.as_ref()),
        span: stated.header.as_ref().or(stated.at.as_ref()).map(|said| said.span).unwrap_or_default(),
    }
}

/// What is taken off messages is found by the text that it begins with.
fn suffix(cx: &mut Cx<'_, '_>, stated: &Scalar) -> Option<ir::Suffix> {
    let pieces = template::apart(stated, cx.diagnostics)?;
    if !matches!(pieces.first(), Some(Piece::Text(_))) {
        cx.diagnostics
            .report(&rules::BAD_TEMPLATE, stated.span, "nothing shows where this suffix begins")
            .help("begin it with a text");
        return None;
    }
    let captures = template::holes(&pieces);
    template::repeated(&captures, cx.diagnostics);
    let template = template::lower(pieces, &captures);
    Some(ir::Suffix { template, captures: captures.iter().map(|capture| cx.name(capture)).collect() })
}

/// A member, which is nowhere where it is not stated; the whole of what it is a member of is none.
fn optional(cx: &mut Cx<'_, '_>, stated: Option<&Scalar>) -> AnswerPath {
    let Some(stated) = stated else { return AnswerPath::default() };
    if stated.text.is_empty() {
        cx.diagnostics
            .report(&rules::BAD_PATH, stated.span, "this names no member")
            .help("write the name of a member, `meta.next`, or leave the key out");
    }
    path(cx, stated)
}

/// `error.text` is a member of a member, and `""` the answer itself; `\.` is a full stop.
pub(super) fn path(cx: &mut Cx<'_, '_>, stated: &Scalar) -> AnswerPath {
    let path = place(cx, stated);
    if path.0.iter().any(|step| step == ir::EACH) {
        let message = format!("`*` in `{}` stands for many members, and one is wanted", stated.text);
        cx.diagnostics
            .report(&rules::BAD_PATH, stated.span, message)
            .help("it is for the places of `errors` and `warnings`; write a number for one item of a list");
    }
    path
}

/// The same for a place of reports, where `*` is each item of a list.
pub(super) fn place(cx: &mut Cx<'_, '_>, stated: &Scalar) -> AnswerPath {
    let path = steps(&stated.text);
    if path.0.iter().any(String::is_empty) {
        cx.diagnostics
            .report(&rules::BAD_PATH, stated.span, format!("a step of `{}` has no name", stated.text))
            .help("write `error.text` for a member of a member, and `\\.` for a full stop in a name");
    }
    path
}

/// The steps of a path.
pub(super) fn steps(text: &str) -> AnswerPath {
    if text.is_empty() {
        return AnswerPath::default();
    }
    let mut steps = vec![String::new()];
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let character = match character {
            '.' => {
                steps.push(String::new());
                continue;
            }
            '\\' => characters.next().unwrap_or('\\'),
            other => other,
        };
        steps.last_mut().map(|step| step.push(character)).unwrap_or_default();
    }
    AnswerPath(steps)
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn a_path_has_steps() {
        for (text, expected) in [
            ("", vec![]),
            ("error", vec!["error"]),
            ("error.0.text", vec!["error", "0", "text"]),
            ("a\\.b.c", vec!["a.b", "c"]),
            ("a\\\\.b", vec!["a\\", "b"]),
            ("a.", vec!["a", ""]),
        ] {
            assert_eq!(steps(text).0, expected, "{text}");
        }
        for text in ["error.0", "a\\.b.c"] {
            assert_eq!(steps(text).text(), text);
        }
    }
}
