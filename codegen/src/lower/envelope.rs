//! Envelopes: paths are cut into steps, and what an operation leaves out is taken from the API.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::api::header_name;
use super::context::Cx;
use super::error::statuses;
use super::template::{self, Piece};
use crate::diagnostics::rules;
use crate::ir::{self, AnswerPath, Condition, Json};
use crate::source::Scalar;
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
    let mut conditions: Vec<Condition> = Vec::new();
    let mut known: HashMap<AnswerPath, usize> = HashMap::new();
    for (at, values) in &stated.is {
        repeated(cx, at, values);
        let path = path(cx, at);
        known.entry(path.clone()).or_insert(conditions.len());
        conditions.push(Condition::Is(path, values.clone()));
    }
    for at in &stated.absent {
        let path = path(cx, at);
        match known.get(&path).and_then(|place| conditions.get_mut(*place)) {
            Some(Condition::Is(_, values)) => values.push(Json::Null),
            _ => {
                known.insert(path.clone(), conditions.len());
                conditions.push(Condition::Is(path, vec![Json::Null]));
            }
        }
    }
    for at in &stated.empty {
        let path = path(cx, at);
        if known.contains_key(&path) {
            cx.diagnostics
                .report(&rules::LISTED_TWICE, at.span, format!("what `{}` must be is said twice", at.text))
                .help("what is missing or null is empty, too");
        }
        known.entry(path.clone()).or_insert(conditions.len());
        conditions.push(Condition::Empty(path));
    }
    nothing_within(cx, stated, &conditions);
    ir::Success { statuses: statuses(cx, &stated.statuses), conditions }
}

/// Reports a value that is among those of a member twice.
fn repeated(cx: &mut Cx<'_, '_>, at: &Scalar, values: &[Json]) {
    let mut seen = HashSet::new();
    for value in values.iter().filter_map(Json::spelling) {
        if !seen.insert(ir::code_key(value)) {
            let message = format!("`{value}`, one of the values of `{}`, is listed twice", at.text);
            cx.diagnostics.report(&rules::LISTED_TWICE, at.span, message).help("leave one of them out");
        }
    }
}

/// Reports what must stand within something that must hold nothing. All paths were lowered before, with their mistakes.
fn nothing_within(cx: &mut Cx<'_, '_>, stated: &spec::Success, conditions: &[Condition]) {
    let may_be_absent: HashSet<&AnswerPath> = conditions
        .iter()
        .filter(|condition| matches!(condition, Condition::Is(_, values) if values.contains(&Json::Null)))
        .map(Condition::path)
        .collect();
    let mut holding_nothing: HashMap<Vec<String>, Vec<&Scalar>> = HashMap::new();
    for at in stated.absent.iter().chain(&stated.empty) {
        holding_nothing.entry(steps(&at.text).0).or_default().push(at);
    }
    let lengths: BTreeSet<usize> = holding_nothing.keys().map(Vec::len).collect();
    for (inner, _) in &stated.is {
        let within = steps(&inner.text);
        if may_be_absent.contains(&within) {
            continue;
        }
        let around = lengths.range(..within.0.len()).filter_map(|length| within.0.get(..*length));
        for at in around.filter_map(|outer| holding_nothing.get(outer)).flatten() {
            let message = format!("`{}` cannot be there where `{}` holds nothing", inner.text, at.text);
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
