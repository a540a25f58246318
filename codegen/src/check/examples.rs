//! Rules over documented examples. What one names under `breaks` may be as wrong as the vendor made it.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::across::{self, across};
use super::errors::tried;
use super::joined::{joined, taken};
use super::misfit::Misfit;
use super::operation_id;
use super::told::{is_error, problem};
use super::values::{Direction, breach, misfit, misfits};
use crate::diagnostics::{Diagnostics, Rule, rules};
use crate::ir::{Api, ErrorId, Example, Json, Location, Operation, Parameter, Payload, Raw, Type, Written};
use crate::source::Span;

/// Nobody corrects more at a time, and a few lines of types could ask for any number of members.
const MAX_PROBLEMS: usize = 100;

/// Something in an example that is not what the contract says.
struct Problem {
    /// A parameter, or a path into the answer: what `breaks` calls it.
    name: String,
    message: String,
    at: Span,
    /// What says otherwise.
    declared: Option<(Span, &'static str)>,
}

/// Without it, people would copy a request that the client refuses to send.
pub(super) fn example_request(api: &Api, diagnostics: &mut Diagnostics) {
    for (id, operation, example) in successes(api) {
        report(&rules::EXAMPLE_REQUEST, &id, example, diagnostics, |tell| in_request(api, operation, example, tell));
    }
}

/// Without it, a type and the only evidence for it could say different things.
pub(super) fn example_response(api: &Api, diagnostics: &mut Diagnostics) {
    for (id, operation, example) in successes(api) {
        report(&rules::EXAMPLE_RESPONSE, &id, example, diagnostics, |tell| in_response(api, operation, example, tell));
    }
}

/// Without it, an answer that was meant as a success would be held to nothing, and the mock would give it.
pub(super) fn example_untold(api: &Api, diagnostics: &mut Diagnostics) {
    for (resource, operation) in api.operations() {
        let id = operation_id(resource, operation);
        let others = operation.examples.iter().filter(|example| !is_success(api, operation, example));
        for example in others.take(MAX_PROBLEMS) {
            report(&rules::EXAMPLE_RESPONSE, &id, example, diagnostics, |tell| untold(api, operation, example, tell));
        }
    }
}

/// What an example with the status of a success says is one, or an error that is listed.
fn untold(api: &Api, operation: &Operation, example: &Example, tell: &mut dyn FnMut(Problem)) {
    let Some(Written { json, place }) = &example.response else { return };
    let has_status = api.envelope_of(operation).success.has_status(example.status);
    if has_status && !is_success(api, operation, example) && !is_error(api, operation, example.status, json) {
        tell(Problem {
            name: "response".to_owned(),
            message: "the response says neither that the call succeeded nor which of its errors it is".to_owned(),
            at: place.span,
            declared: Some((operation.span, "the operation")),
        });
    }
}

/// Without it, an exception that is none any more would hide the next mistake.
///
/// What is not known to be wrong may be so by something that could not be read, unless all of the spec `is_sound`.
pub(super) fn example_breaks(api: &Api, is_sound: bool, diagnostics: &mut Diagnostics) {
    for (resource, operation) in api.operations() {
        for example in operation.examples.iter().filter(|example| !example.breaks.is_empty()) {
            let mut broken = BTreeSet::new();
            let mut tell_whole = |problem: Problem| _ = broken.insert(problem.name);
            untold(api, operation, example, &mut tell_whole);
            if is_success(api, operation, example) {
                let mut tell = |problem: Problem| _ = broken.insert(problem.name);
                in_request(api, operation, example, &mut tell);
                in_response(api, operation, example, &mut tell);
            }
            for name in &example.breaks {
                let message = if !broken.contains(&name.value) {
                    if !is_sound {
                        continue;
                    }
                    format!("`{}` is as it should be, or not there", name.value)
                } else if example.doc.contradictions.is_empty() {
                    format!("nothing says why `{}` is not as it should be", name.value)
                } else {
                    continue;
                };
                let known = diagnostics.suggest(&name.value, broken.iter().map(String::as_str));
                let help = match (broken.contains(&name.value), broken.is_empty()) {
                    (true, _) => "say under `contradictions` of the example where the sources disagree".to_owned(),
                    (false, true) => "leave it out".to_owned(),
                    (false, false) => known,
                };
                let id = operation_id(resource, operation);
                diagnostics
                    .report(&rules::EXAMPLE_BREAKS, name.span, message)
                    .also(example.span, format!("in this example of `{id}`"))
                    .help(help);
            }
        }
    }
}

/// The examples of what an operation is for, with the operation's id.
fn successes(api: &Api) -> impl Iterator<Item = (String, &Operation, &Example)> {
    api.operations().flat_map(|(resource, operation)| {
        let examples = operation.examples.iter().filter(|example| is_success(api, operation, example));
        examples.map(move |example| (operation_id(resource, operation), operation, example))
    })
}

fn is_success(api: &Api, operation: &Operation, example: &Example) -> bool {
    api.envelope_of(operation).success.accepts(example.status, example.answer())
}

/// Reports what `find` tells and the example does not excuse.
fn report(
    rule: &'static Rule,
    id: &str,
    example: &Example,
    diagnostics: &mut Diagnostics,
    find: impl FnOnce(&mut dyn FnMut(Problem)),
) {
    let mut count = 0;
    find(&mut |problem| {
        if count == MAX_PROBLEMS || example.breaks.iter().any(|name| name.value == problem.name) {
            return;
        }
        count += 1;
        let message = format!("example `{}` of `{id}`: {}", example.name, problem.message);
        let diagnostic = diagnostics.report(rule, problem.at, message);
        if let Some((span, what)) = problem.declared {
            diagnostic.also(span, what);
        }
        diagnostic.help(format!(
            "correct it, or list `{}` under `breaks`, and the reason under `contradictions` of the example",
            problem.name
        ));
    });
}

fn in_request(api: &Api, operation: &Operation, example: &Example, tell: &mut dyn FnMut(Problem)) {
    let body = operation.encoding.body;
    let mut request: HashMap<&str, &Written> = example.request.iter().map(|(name, value)| (&**name, value)).collect();
    // What sends nothing is not given.
    let mut unsent: HashMap<&str, &Written> = HashMap::new();
    for parameter in super::call_parameters(api, operation) {
        let name = parameter.name.wire.as_str();
        let is_unsent = |value: &&Written| {
            !api.is_sent(parameter, body, &value.json)
                && misfit(api, &parameter.ty, &value.json, Direction::Sent).is_none()
        };
        if request.get(name).is_some_and(is_unsent) {
            unsent.extend(request.remove_entry(name));
        }
    }
    for list in [operation.parameters.as_slice(), api.page_parameters(operation)] {
        let all = across::parameters(list, |name| request.get(name).map(|value| &value.json));
        for (at, parameter) in list.iter().enumerate() {
            let name = &parameter.name.wire;
            let given = request.get(name.as_str());
            // A request that is left out says nothing.
            let across = || if example.request.is_empty() { None } else { across(api, &all, at) };
            let problem = match given {
                Some(value) if across::clears(parameter, &value.json) => None,
                Some(value) => wrong_value(api, parameter, &value.json)
                    .or_else(|| joined(api, parameter, body, &value.json).map(|it| it.to_string()))
                    .or_else(|| taken(super::call_parameters(api, operation), parameter, &value.json))
                    .or_else(across),
                None if is_missing(parameter) && unsent.contains_key(name.as_str()) => {
                    Some("has nothing in it, and nothing of it is sent".to_owned())
                }
                None if is_missing(parameter) => Some("is missing".to_owned()),
                None => across(),
            };
            if let Some(problem) = problem {
                tell(Problem {
                    name: name.clone(),
                    message: format!("`{name}` {problem}"),
                    at: given.or(unsent.get(name.as_str())).map_or(example.span, |value| value.place.span),
                    declared: Some((parameter.span, "the parameter")),
                });
            }
        }
    }
}

/// Path parameters may be left out: documented examples show them in the path, if at all.
fn is_missing(parameter: &Parameter) -> bool {
    parameter.is_needed() && parameter.location != Location::Path
}

fn wrong_value(api: &Api, parameter: &Parameter, value: &Json) -> Option<String> {
    if let Some(misfit) = misfit(api, &parameter.ty, value, Direction::Sent) {
        return Some(misfit.to_string());
    }
    parameter.rules.constraints.iter().find_map(|constraint| breach(constraint, value, api.same_by(&parameter.ty)))
}

fn in_response(api: &Api, operation: &Operation, example: &Example, tell: &mut dyn FnMut(Problem)) {
    let Some(Written { json, place }) = &example.response else { return };
    let mut tell = |misfit: Misfit| {
        let name = Some(misfit.name()).filter(|name| !name.is_empty());
        tell(Problem {
            message: if name.is_some() { misfit.to_string() } else { format!("the response {misfit}") },
            name: name.unwrap_or_else(|| "response".to_owned()),
            at: misfit.span(place),
            declared: misfit.field.map(|field| (field, "the field")),
        });
    };
    let key = match &operation.payload {
        Payload::Raw(Raw::Text) if !matches!(json, Json::String(_)) => {
            return tell(Misfit::new("must be a text"));
        }
        Payload::Nothing | Payload::Raw(_) => return,
        Payload::Key(key, _) => Some(key),
        Payload::Page(key, _) => key.as_ref(),
        Payload::Whole(_) => None,
    };
    let payload = &api.envelope_of(operation).payload.0;
    let holder = payload.iter().try_fold(json, |value, step| Some(step_into(value, step)?.1));
    let mut others = operation.also_under.iter();
    let other = others.find(|other| holder.is_some_and(|holder| step_into(holder, other).is_some()));
    let key = match (holder, key, other) {
        (Some(holder), Some(key), Some(other)) if step_into(holder, key).is_none() => Some(other),
        _ => key,
    };
    // What holds the payload, from the outside in, each with its position.
    let (mut value, mut around) = (json, Vec::new());
    for step in payload.iter().chain(key) {
        let inner = step_into(value, step);
        around.push((step, inner.map(|(at, _)| at)));
        let Some((_, inner)) = inner else { break };
        value = inner;
    }
    let mut tell = |misfit: Misfit| {
        tell(around.iter().rev().fold(misfit, |misfit, (step, at)| misfit.under(step, *at)));
    };
    if around.iter().any(|(_, at)| at.is_none()) {
        return tell(Misfit::new("is missing"));
    }
    if operation.or_one
        && !matches!(value, Json::Array(_))
        && let Some(item) = api.answered(operation)
    {
        return misfits(api, item, value, Direction::Received, &mut tell);
    }
    match &operation.payload {
        Payload::Nothing | Payload::Raw(_) => {}
        Payload::Page(_, item) => {
            misfits(api, &Type::List(Box::new(item.clone())), value, Direction::Received, &mut tell);
        }
        Payload::Key(_, ty) | Payload::Whole(ty) => misfits(api, ty, value, Direction::Received, &mut tell),
    }
}

/// Without it, an error would give its callers nothing of the very answer that is documented.
pub(super) fn error_example(api: &Api, diagnostics: &mut Diagnostics) {
    let mut tell = |message: String, span| {
        diagnostics
            .report(&rules::EXAMPLE_RESPONSE, span, message)
            .help("correct the example, or what the error says of itself");
    };
    let problems = problems(api);
    for (at, error) in api.errors.iter().enumerate() {
        let Some(Written { json, place }) = &error.example else { continue };
        if let Some(Some(problem)) = problems.get(&ErrorId(at)) {
            tell(format!("the example of `{}` {problem}", error.name.wire), place.span);
            continue;
        }
        for carried in &error.carries {
            let path = carried.path.text();
            let found = carried.path.0.iter().try_fold(json, |value, step| Some(step_into(value, step)?.1));
            let Some(found) = found else {
                let message = format!("`{path}` is missing, which `{}` carries", error.name.wire);
                tell(message, place.span);
                continue;
            };
            misfits(api, &carried.ty, found, Direction::Received, &mut |misfit| {
                tell(format!("`{path}`: the example {misfit}"), place.span);
            });
        }
    }
}

/// Why documented errors are not what they say, for all operations that list them: answers of one may say it otherwise.
fn problems(api: &Api) -> HashMap<ErrorId, Option<&'static str>> {
    let (mut problems, mut seen) = (HashMap::new(), HashSet::new());
    for (_, operation) in api.operations() {
        let envelope = api.envelope_of(operation);
        for id in tried(operation).filter(|id| seen.insert((**id, std::ptr::from_ref(envelope)))) {
            let Some(error) = api.errors.get(id.0) else { continue };
            let Some(example) = &error.example else { continue };
            let found = problem(envelope, error, &example.json);
            problems.entry(*id).and_modify(|known: &mut Option<_>| *known = known.and(found)).or_insert(found);
        }
    }
    problems
}

/// What a step of a path leads to, and its position.
fn step_into<'j>(value: &'j Json, step: &str) -> Option<(usize, &'j Json)> {
    match value {
        Json::Object(members) => {
            let found = members.iter().enumerate().find(|(_, (name, _))| name == step);
            found.map(|(at, (_, value))| (at, value))
        }
        Json::Array(items) => step.parse().ok().and_then(|at: usize| Some((at, items.get(at)?))),
        Json::Null | Json::Boolean(_) | Json::Number(_) | Json::String(_) => None,
    }
}
