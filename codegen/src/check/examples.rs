//! Rules over documented examples. One that states a contradiction may be as wrong as the vendor made it.

use super::values::{Direction, breach, misfit};
use super::{call_parameters, operation_id};
use crate::diagnostics::{Diagnostics, Rule, rules};
use crate::ir::{Api, Constraint, Example, Fallback, Json, Location, Operation, Parameter, Payload, Presence};

/// Without it, people would copy a request that the client refuses to send.
pub(super) fn example_request(api: &Api, diagnostics: &mut Diagnostics) {
    for_each_example(api, &rules::EXAMPLE_REQUEST, diagnostics, |operation, example| {
        let mut problems = Vec::new();
        for parameter in call_parameters(api, operation) {
            let given = example.request.iter().find(|(name, _)| *name == parameter.name.wire);
            let problem = match given {
                Some((_, value)) => wrong_value(api, operation, parameter, value, example),
                None => is_missing(parameter).then(|| "is missing".to_owned()),
            };
            problems.extend(problem.map(|problem| format!("`{}` {problem}", parameter.name.wire)));
        }
        problems
    });
}

/// Path parameters may be left out: documented examples show them in the path, if at all.
fn is_missing(parameter: &Parameter) -> bool {
    parameter.presence == Presence::Required
        && parameter.location != Location::Path
        && !matches!(parameter.fallback, Fallback::Parameter(_))
}

fn wrong_value(
    api: &Api,
    operation: &Operation,
    parameter: &Parameter,
    value: &Json,
    example: &Example,
) -> Option<String> {
    let text = text(value);
    if let Some(clear) = &parameter.clear
        && text == Some(clear.as_str())
    {
        return None;
    }
    if let Some(misfit) = misfit(api, &parameter.ty, value, Direction::Sent) {
        return Some(misfit.to_string());
    }
    let text = text?;
    parameter.constraints.iter().find_map(|constraint| match &constraint.value {
        Constraint::Equals(other) => {
            let other = &operation.parameters.get(*other)?.name.wire;
            let (_, same) = example.request.iter().find(|(name, _)| name == other)?;
            (same != value).then(|| format!("is not what `{other}` is"))
        }
        constraint => breach(constraint, text),
    })
}

/// The text a value is sent as, where it is one.
fn text(value: &Json) -> Option<&str> {
    match value {
        Json::Number(text) | Json::String(text) => Some(text),
        Json::Null | Json::Boolean(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Without it, a type and the only evidence for it could say different things.
pub(super) fn example_response(api: &Api, diagnostics: &mut Diagnostics) {
    for_each_example(api, &rules::EXAMPLE_RESPONSE, diagnostics, |operation, example| {
        let Some(response) = &example.response else { return Vec::new() };
        let under = |key: &str| match response {
            Json::Object(members) => members.iter().find(|(member, _)| member == key).map(|(_, value)| value),
            _ => None,
        };
        let found = match &operation.payload {
            Payload::Nothing => None,
            Payload::Whole(ty) => {
                misfit(api, ty, response, Direction::Received).map(|it| it.within("response").to_string())
            }
            Payload::Key(key, _) | Payload::Page(key, _) if under(key).is_none() => Some(format!("`{key}` is missing")),
            Payload::Key(key, ty) => under(key)
                .and_then(|value| misfit(api, ty, value, Direction::Received))
                .map(|it| it.within(key).to_string()),
            Payload::Page(key, item) => {
                let list = crate::ir::Type::List(Box::new(item.clone()));
                under(key)
                    .and_then(|value| misfit(api, &list, value, Direction::Received))
                    .map(|it| it.within(key).to_string())
            }
        };
        found.into_iter().collect()
    });
}

/// Reports what is wrong with each example of a success that does not say why it may be wrong.
fn for_each_example(
    api: &Api,
    rule: &'static Rule,
    diagnostics: &mut Diagnostics,
    problems: impl Fn(&Operation, &Example) -> Vec<String>,
) {
    for (resource, operation) in api.operations() {
        let successes = operation.examples.iter().filter(|example| (200..300).contains(&example.status));
        for example in successes.filter(|example| example.doc.contradictions.is_empty()) {
            for problem in problems(operation, example) {
                let id = operation_id(resource, operation);
                diagnostics
                    .report(rule, example.span, format!("example `{}` of `{id}`: {problem}", example.name))
                    .help("correct it, or say under `contradictions` of the example why it is as it is");
            }
        }
    }
}
