//! Rules over lists that come page by page.

use std::collections::HashSet;

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{
    Api, EnumKind, Form, IdKind, Leads, Location, NextPage, Paging, Parameter, Payload, Presence, Shape, Spelling,
    Spot, Totals, Type,
};

/// So many seconds has a day.
const DAY: u32 = 86_400;

/// So many has a minute.
const MINUTE: u32 = 60;

/// Every way in which lists of this API are paged, with the parameters that lead to the next page.
pub(super) fn ways(api: &Api) -> impl Iterator<Item = (&Paging, &[Parameter])> {
    let shared = api.pagination.iter().map(|it| (&it.paging, it.parameters.as_slice()));
    let own = api.operations().filter_map(|(_, it)| Some((it.paging.as_deref()?, it.parameters.as_slice())));
    shared.chain(own)
}

/// Without it, lists that were meant to be paged would end after what comes first.
pub(super) fn unused_pagination(api: &Api, diagnostics: &mut Diagnostics) {
    let Some(pagination) = &api.pagination else { return };
    if !api.operations().any(|(_, operation)| operation.is_paged() && operation.paging.is_none()) {
        diagnostics
            .report(&rules::UNUSED_PAGINATION, pagination.paging.span, "no operation is paged as the API says")
            .help("say `paged: true` where a list is, or leave out `pagination`");
    }
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
            let is_bound = matches!(&paging.next, NextPage::Window { from, to, .. } if from == name || to == name);
            let leads = paging.next.parameter() == Some(name) || paging.limit.as_deref() == Some(name) || is_bound;
            if !leads && !is_shared(parameters) {
                continue;
            }
            let is_next = paging.next.parameter() == Some(name);
            let ty = api.bare(&parameter.ty);
            let (at, problem) = match parameter {
                _ if is_counted(name) && !is_bound && *ty != Type::Integer => (parameter.span, "is not an `integer`"),
                _ if is_next && written(api, ty).is_none() => (parameter.span, "is no single text"),
                _ if is_bound && !matches!(ty, Type::DateTime | Type::Date) => {
                    (parameter.span, "is neither `datetime` nor `date`")
                }
                Parameter { presence: Presence::Required, .. } if !is_bound || is_shared(parameters) => {
                    (parameter.span, "is required")
                }
                Parameter { clear: Some(clear), .. } => (clear.span, "can be cleared"),
                _ => continue,
            };
            diagnostics.report(&rules::PAGING_PARAMETER, at, format!("`{name}` {problem}")).help(match is_bound {
                true => "the ends of a window are `datetime` or `date`; those that every list has are optional",
                false => "paging parameters are optional, and the page, the offset and the size are numbers",
            });
        }
        let NextPage::Window { from, to, seconds } = &paging.next else { continue };
        let bound = |name: &str| parameters.iter().find(|parameter| parameter.name.wire == name);
        let (Some(from), Some(to)) = (bound(from), bound(to)) else { continue };
        let is_date = |parameter: &Parameter| *api.bare(&parameter.ty) == Type::Date;
        let sent = |parameter: &Parameter| match api.form(&parameter.ty) {
            Some(Form::Moments(_, sent)) => sent.clone(),
            Some(Form::Quoted | Form::Words(_)) | None => Spelling::Iso,
        };
        let kinds = "both ends are `datetime`, or both are `date` and `seconds` so many times 86400";
        let (problem, help) = match (is_date(from), is_date(to)) {
            (true, true) if seconds % DAY != 0 => (format!("{seconds} seconds are no whole number of days"), kinds),
            (true, true) => continue,
            (true, false) | (false, true) => {
                ("one end of the window is a date, and the other a moment".to_owned(), kinds)
            }
            (false, false) if sent(from) != sent(to) => (
                "the ends of the window are not spelled alike".to_owned(),
                "spell both alike: what one of them cannot say would be missing between two windows",
            ),
            (false, false) if *seconds < MINUTE && sent(from).is_of_minutes() => (
                format!("no spelling of whole minutes says where {seconds} seconds end"),
                "write at least 60 seconds, or a pattern with the seconds",
            ),
            (false, false) => continue,
        };
        diagnostics
            .report(&rules::PAGING_PARAMETER, paging.span, problem)
            .also(from.span, "where it begins")
            .also(to.span, "where it ends")
            .help(help);
    }
}

/// Without it, a list would end after its first page, since no item has what leads to the next.
pub(super) fn unknown_page_place(api: &Api, diagnostics: &mut Diagnostics) {
    let mut told = HashSet::new();
    for (resource, operation) in api.operations() {
        let Some(paging) = api.paging_of(operation) else { continue };
        let Payload::Page(key, _) = &operation.payload else { continue };
        let around = &api.envelope_of(operation).payload.0;
        let keys: Vec<_> = match key {
            Some(key) => std::iter::once(Some(key)).chain(operation.also_under.iter().map(Some)).collect(),
            None => vec![None],
        };
        let is_within = |spot: &&Spot| {
            keys.iter().any(|key| spot.at.0.iter().take(around.len() + key.iter().len()).eq(around.iter().chain(*key)))
        };
        for spot in places(paging).filter(is_within) {
            // What the API says is told once, and not of each list.
            if !told.insert(spot.span) {
                continue;
            }
            let message = format!(
                "`{}` would stand within the list of `{}`",
                spot.at.text(),
                super::operation_id(resource, operation)
            );
            diagnostics
                .report(&rules::UNKNOWN_PAGE_PLACE, spot.span, message)
                .also(operation.span, "the operation")
                .help("name a member beside the list, or a header");
        }
        let NextPage::Cursor { at: Leads::Item(path), .. } = &paging.next else { continue };
        if let Err(problem) = api.item_places(operation, &path.value) {
            let message = format!("an item of `{}` {problem}", super::operation_id(resource, operation));
            diagnostics
                .report(&rules::UNKNOWN_PAGE_PLACE, path.span, message)
                .also(operation.span, "the operation")
                .help("name a field of what is listed");
        }
    }
}

/// Without it, what the last item holds would be sent as something that the server does not take for a cursor.
pub(super) fn unfit_cursor(api: &Api, diagnostics: &mut Diagnostics) {
    for (resource, operation) in api.operations() {
        let Some(NextPage::Cursor { parameter, at: Leads::Item(path) }) = api.paging_of(operation).map(|it| &it.next)
        else {
            continue;
        };
        let mut taken = super::call_parameters(api, operation);
        let Some(taken) = taken.find(|it| it.name.wire == *parameter) else { continue };
        let places = api.item_places(operation, &path.value).unwrap_or_default();
        let mut types = places.iter().filter_map(|(_, ty)| *ty);
        let is_known = |ty: &Type| !api.is_unknown(ty);
        let is_unfit = |ty: &&Type| is_known(ty) && is_known(&taken.ty) && !is_taken(api, ty, taken);
        let Some(ty) = types.find(is_unfit) else { continue };
        let message = match written(api, ty) {
            None => format!("`{}` is no single text or number", path.value.text()),
            Some(_) => format!("`{}` is not written as `{parameter}` is", path.value.text()),
        };
        diagnostics
            .report(&rules::UNFIT_CURSOR, path.span, message)
            .also(operation.span, format!("an item of `{}` has it", super::operation_id(resource, operation)))
            .also(taken.span, "what it is sent as")
            .help("name a member of the type and the spelling of the parameter: it is sent as it came");
    }
}

/// What stands on the wire for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Text,
    Number,
    /// Either, as it came.
    Either,
    Moment,
}

/// How a value is written that can lead to a page; `None` for one that has parts, or says yes or no.
fn written(api: &Api, ty: &Type) -> Option<Written> {
    Some(match api.bare(ty) {
        Type::Integer | Type::Unsigned | Type::Decimal => Written::Number,
        Type::String | Type::Base64 => Written::Text,
        Type::NumberOrString => Written::Either,
        Type::DateTime | Type::CivilDateTime | Type::Date | Type::Time => Written::Moment,
        named @ Type::Named(_) => match api.shape(named)? {
            Shape::Id(IdKind::Integer | IdKind::Unsigned) | Shape::Enum(_, EnumKind::Integer) => Written::Number,
            Shape::Id(IdKind::String) | Shape::Enum(_, EnumKind::String) => Written::Text,
            Shape::Id(IdKind::NumberOrString) => Written::Either,
            Shape::Record(_) | Shape::Union(_) | Shape::Alias(_) => return None,
        },
        Type::Boolean | Type::Json | Type::File | Type::List(_) | Type::Map(_) | Type::JsonText(_) => return None,
        Type::Spelled(..) => return None,
    })
}

/// Whether what an item holds can be sent as a parameter, as it came.
fn is_taken(api: &Api, ty: &Type, parameter: &Parameter) -> bool {
    let (Some(held), Some(taken)) = (written(api, ty), written(api, &parameter.ty)) else { return false };
    match (held, taken) {
        (Written::Moment, Written::Moment) => {
            api.bare(ty) == api.bare(&parameter.ty) && api.form(ty) == api.form(&parameter.ty)
        }
        (Written::Number, Written::Number) if parameter.location == Location::Body => {
            api.form(ty) == api.form(&parameter.ty)
        }
        _ if held == taken => true,
        // Only a body tells a number from its text.
        (_, Written::Text) => parameter.location != Location::Body,
        (_, Written::Either) => true,
        (Written::Text | Written::Number | Written::Either | Written::Moment, Written::Number | Written::Moment) => {
            false
        }
    }
}

/// Where in the body an answer says something of its list.
fn places(paging: &Paging) -> impl Iterator<Item = &Spot> {
    let next = match &paging.next {
        NextPage::Cursor { at: Leads::Answer(spot), .. } | NextPage::Follow(spot) => Some(spot),
        NextPage::Number { .. }
        | NextPage::Offset { .. }
        | NextPage::Cursor { at: Leads::Item(_), .. }
        | NextPage::Window { .. } => None,
    };
    let Totals { items, pages, page, limit } = &paging.totals;
    let spots = [&paging.more.value, items, pages, page, limit].into_iter().chain(next);
    spots.filter(|spot| !spot.at.is_empty())
}

/// Without it, a list would end at a short page although the answer says that it goes on, or the other way round.
pub(super) fn contradictory_ends(api: &Api, diagnostics: &mut Diagnostics) {
    for (paging, _) in ways(api) {
        if let NextPage::Window { .. } = &paging.next {
            let more = (!paging.more.value.is_nowhere()).then_some(paging.more.span);
            for mark in paging.short_page_ends.into_iter().chain(more) {
                diagnostics
                    .report(
                        &rules::CONTRADICTORY_ENDS,
                        mark,
                        "this mark of the last page says nothing of the other windows",
                    )
                    .also(paging.span, "the list ends where the call says, or with what is there by now")
                    .help("leave it out");
            }
            continue;
        }
        let Some(short) = paging.short_page_ends else { continue };
        let other = match &paging.next {
            _ if !paging.more.value.is_nowhere() => (paging.more.span, "this flag says it too"),
            NextPage::Follow(_) | NextPage::Cursor { at: Leads::Answer(_), .. } => {
                (paging.span, "the answer says it too: nothing leads on from the last page")
            }
            NextPage::Number { .. }
            | NextPage::Offset { .. }
            | NextPage::Cursor { at: Leads::Item(_), .. }
            | NextPage::Window { .. } => continue,
        };
        diagnostics
            .report(&rules::CONTRADICTORY_ENDS, short, "two marks of the last page may contradict each other")
            .also(other.0, other.1)
            .help("leave out `short_page_ends`: what the answer says counts");
    }
}
