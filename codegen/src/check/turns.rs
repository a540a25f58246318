//! Rules over the parameter that leads from page to page: what it is for the first, and what stands beside it.

use super::paging::ways;
use super::values::{self, Direction};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Constraint, Fallback, Json, NextPage, Paging, Parameter, Type};
use crate::source::Span;

/// Without it, a list would begin behind its first page, or every call for it be refused.
pub(super) fn first_page(api: &Api, diagnostics: &mut Diagnostics) {
    for (paging, parameters) in ways(api) {
        let (NextPage::Number { parameter, first } | NextPage::Offset { parameter, first }) = &paging.next else {
            continue;
        };
        // What is no number was told.
        let is_it = |it: &&Parameter| it.name.wire == *parameter && *api.bare(&it.ty) == Type::Integer;
        let Some(parameter) = parameters.iter().find(is_it) else { continue };
        let name = &parameter.name.wire;
        if let Fallback::Server(default) = &parameter.fallback
            && default.value.parse().is_ok_and(|default: i64| default != *first)
        {
            let message =
                format!("`{name}` is `{first}` for the first page, and `{}` where it is not given", default.value);
            diagnostics
                .report(&rules::PAGING_PARAMETER, default.span, message)
                .also(paging.span, "how pages follow each other")
                .help("what a server takes where nothing is given is the first page: say under `first` what that is");
            continue;
        }
        let value = Json::Number(first.to_string());
        let misfit = values::misfit(api, &parameter.ty, &value, Direction::Sent).map(|misfit| misfit.to_string());
        let by = api.same_by(&parameter.ty);
        let breach = || parameter.rules.constraints.iter().find_map(|it| values::breach(it, &value, by));
        if let Some(problem) = misfit.or_else(breach) {
            diagnostics
                .report(
                    &rules::PAGING_PARAMETER,
                    parameter.span,
                    format!("the first `{name}` is `{first}`, which {problem}"),
                )
                .also(paging.span, "how pages follow each other")
                .help("say under `first` what it is for the first page");
        }
    }
}

/// Without it, a list would end with an error after its first page, since what was given excludes what leads on.
pub(super) fn excluded_page(api: &Api, diagnostics: &mut Diagnostics) {
    for (paging, parameters) in ways(api) {
        let Some(name) = paging.next.parameter() else { continue };
        let Some(own) = parameters.iter().position(|it| it.name.wire == name) else { continue };
        let Some((other, at)) = excluded(paging, parameters, own) else { continue };
        let message = format!("`{}` cannot be given beside `{name}`, which asks for the next page", other.name.wire);
        let help = match paging.next {
            NextPage::Cursor { .. } => {
                format!("name under `repeats` what the next call repeats, without `{}`", other.name.wire)
            }
            _ => "leave the rule out, or describe calls that are not paged as an operation of their own".to_owned(),
        };
        diagnostics.report(&rules::PAGING_PARAMETER, at, message).also(paging.span, "what is repeated").help(help);
    }
}

/// A parameter that may stand in the call for the next page, and must not; and where it says so.
fn excluded<'p>(paging: &Paging, parameters: &'p [Parameter], own: usize) -> Option<(&'p Parameter, Span)> {
    // A number is sent with the first call as well.
    let is_first = matches!(paging.next, NextPage::Number { .. });
    let is_repeated = |at: usize| {
        let named = |names: &Vec<String>| parameters.get(at).is_some_and(|it| names.contains(&it.name.wire));
        at != own && (is_first || paging.repeats.as_ref().is_none_or(named))
    };
    let is_there = |at: usize| at == own || is_repeated(at);
    parameters.iter().enumerate().find_map(|(at, parameter)| {
        parameter.rules.constraints.iter().find_map(|constraint| {
            let other = match &constraint.value {
                Constraint::ExactlyOne(group) if group.contains(&own) => {
                    group.iter().copied().find(|other| is_repeated(*other))
                }
                // Of a value, the list may have a single page.
                Constraint::ForbiddenIf(all)
                    if is_there(at) && all.iter().all(|it| it.texts.is_empty() && is_there(it.other)) =>
                {
                    let mut all = all.iter().map(|it| it.other);
                    if at == own { all.find(|other| *other != own) } else { all.any(|it| it == own).then_some(at) }
                }
                _ => None,
            }?;
            Some((parameters.get(other)?, constraint.span))
        })
    })
}
