//! Rules over lists that come page by page.

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{AnswerPath, Api, Leads, NextPage, Paging, Parameter, Payload, Presence, Shape, Totals, Type};

/// Every way in which lists of this API are paged, with the parameters that lead to the next page.
fn ways(api: &Api) -> impl Iterator<Item = (&Paging, &[Parameter])> {
    let shared = api.pagination.iter().map(|it| (&it.paging, it.parameters.as_slice()));
    let own = api.operations().filter_map(|(_, it)| Some((it.paging.as_deref()?, it.parameters.as_slice())));
    shared.chain(own)
}

/// Without it, walking from page to page would send something else than what asks for one.
pub(super) fn paging_parameter(api: &Api, diagnostics: &mut Diagnostics) {
    let is_shared = |list: &[Parameter]| api.pagination.as_ref().is_some_and(|it| std::ptr::eq(&*it.parameters, list));
    for (paging, parameters) in ways(api) {
        let is_counted = |name: &str| match &paging.next {
            NextPage::Number { parameter, .. } | NextPage::Offset { parameter, .. } if parameter == name => true,
            _ => paging.limit.as_deref() == Some(name),
        };
        for parameter in parameters {
            let name = parameter.name.wire.as_str();
            let leads = paging.next.parameter() == Some(name) || paging.limit.as_deref() == Some(name);
            if !leads && !is_shared(parameters) {
                continue;
            }
            let is_next = paging.next.parameter() == Some(name);
            let ty = api.bare(&parameter.ty);
            let (at, problem) = match parameter {
                _ if is_counted(name) && *ty != Type::Integer => (parameter.span, "is not an `integer`"),
                _ if is_next && matches!(ty, Type::List(_) | Type::Map(_) | Type::Json) => {
                    (parameter.span, "is no single text")
                }
                Parameter { presence: Presence::Required, .. } => (parameter.span, "is required"),
                Parameter { clear: Some(clear), .. } => (clear.span, "can be cleared"),
                _ => continue,
            };
            diagnostics
                .report(&rules::PAGING_PARAMETER, at, format!("`{name}` {problem}"))
                .help("paging parameters are optional, and the page, the offset and the size are numbers");
        }
    }
}

/// Without it, a list would end after its first page, since no item has what leads to the next.
pub(super) fn unknown_page_place(api: &Api, diagnostics: &mut Diagnostics) {
    for (resource, operation) in api.operations() {
        let Some(paging) = api.paging_of(operation) else { continue };
        let list = api.envelope_of(operation).payload.0.iter();
        let list: Vec<&String> =
            if let Payload::Page(key, _) = &operation.payload { list.chain(key).collect() } else { continue };
        for path in places(paging).filter(|path| path.0.iter().take(list.len()).eq(list.iter().copied())) {
            let message = format!(
                "`{}` would stand within the list of `{}`",
                path.text(),
                super::operation_id(resource, operation)
            );
            diagnostics
                .report(&rules::UNKNOWN_PAGE_PLACE, paging.span, message)
                .also(operation.span, "the operation")
                .help("name a member beside the list, or a header");
        }
        let NextPage::Cursor { at: Leads::Item(path), .. } = &paging.next else { continue };
        let Some(mut ty) = api.answered(operation) else { continue };
        for step in &path.value.0 {
            let found = match api.bare(ty) {
                Type::Json | Type::JsonText(_) => break,
                Type::Map(item) => Some(&**item),
                Type::Named(id) => match &api.type_def(*id).shape {
                    Shape::Record(fields) => fields.iter().find(|field| field.name.wire == *step).map(|it| &it.ty),
                    // Which of its members there are is for each of its values to say.
                    Shape::Union(_) => break,
                    Shape::Id(_) | Shape::Enum(..) | Shape::Alias(_) => None,
                },
                _ => None,
            };
            let Some(found) = found else {
                let message = format!("an item of `{}` has no `{step}`", super::operation_id(resource, operation));
                diagnostics
                    .report(&rules::UNKNOWN_PAGE_PLACE, path.span, message)
                    .also(operation.span, "the operation")
                    .help("name a field of what is listed");
                break;
            };
            ty = found;
        }
    }
}

/// Where in the body an answer says something of its list.
fn places(paging: &Paging) -> impl Iterator<Item = &AnswerPath> {
    let next = match &paging.next {
        NextPage::Cursor { at: Leads::Answer(spot), .. } | NextPage::Follow(spot) => Some(spot),
        NextPage::Number { .. } | NextPage::Offset { .. } | NextPage::Cursor { at: Leads::Item(_), .. } => None,
    };
    let Totals { items, pages, page, limit } = &paging.totals;
    let spots = [&paging.more.value, items, pages, page, limit].into_iter().chain(next);
    spots.map(|spot| &spot.at).filter(|path| !path.is_empty())
}

/// Without it, a list would end at a short page although the answer says that it goes on, or the other way round.
pub(super) fn contradictory_ends(api: &Api, diagnostics: &mut Diagnostics) {
    for (paging, _) in ways(api) {
        let Some(short) = paging.short_page_ends else { continue };
        let other = match &paging.next {
            _ if !paging.more.value.is_nowhere() => (paging.more.span, "this flag says it too"),
            NextPage::Follow(_) | NextPage::Cursor { at: Leads::Answer(_), .. } => {
                (paging.span, "the answer says it too: nothing leads on from the last page")
            }
            NextPage::Number { .. } | NextPage::Offset { .. } | NextPage::Cursor { at: Leads::Item(_), .. } => continue,
        };
        diagnostics
            .report(&rules::CONTRADICTORY_ENDS, short, "two marks of the last page may contradict each other")
            .also(other.0, other.1)
            .help("leave out `short_page_ends`: what the answer says counts");
    }
}
