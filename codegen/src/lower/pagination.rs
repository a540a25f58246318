//! How lists are paged.

use super::context::{Cx, Index, find, index};
use super::envelope::{path, spot};
use super::{once, parameter};
use crate::diagnostics::rules;
use crate::ir::{self, Leads, Location, NextPage};
use crate::source::{Scalar, Span, Spanned};
use crate::spec;

pub(super) fn lower(
    cx: &mut Cx<'_, '_>,
    spec: &spec::Spec,
    pagination: &spec::Pagination,
    encoding: &ir::Encoding,
) -> Option<ir::Pagination> {
    // What is repeated may be a parameter of some operations only, of those that are paged so.
    let mut all = index(&pagination.params);
    for (_, operation) in spec.resources.iter().flat_map(|resource| &resource.operations) {
        if matches!(operation.paged, Some((spec::Paged::AsTheApi, _))) {
            all.add(&index(&operation.params));
        }
    }
    let is_doubtful = spec.api.is_doubtful;
    let paging = paging(cx, &pagination.paging, &index(&pagination.params), &all);
    Some(ir::Pagination {
        parameters: parameter::lower(cx, &pagination.params, &encoding.style, is_doubtful, |_| Location::Query),
        doc: cx.doc(&pagination.doc),
        paging: paging?,
    })
}

/// `names` are the parameters that may be what leads to the next page, `all` those that may be repeated.
pub(super) fn paging(
    cx: &mut Cx<'_, '_>,
    stated: &spec::Paging,
    names: &Index<'_>,
    all: &Index<'_>,
) -> Option<ir::Paging> {
    let limit = named(cx, names, stated.limit.as_ref());
    let inclusive = stated.cursor.as_ref().is_some_and(|cursor| cursor.inclusive.is_some())
        || stated.window.as_ref().is_some_and(|window| window.inclusive);
    let repeats = stated.repeats.as_ref().map(|repeats| {
        let mut names: Vec<_> = repeats.iter().filter_map(|name| named(cx, all, Some(name))).collect();
        // Where the list ends is said by every call, and so is the size by which pages are counted or judged.
        let end = stated.window.as_ref().and_then(|window| Some(window.to.as_ref()?.text.clone()));
        let is_sized = stated.page.is_some() || stated.window.is_some() || stated.short_page_ends.is_some();
        let size = limit.clone().filter(|_| inclusive || is_sized);
        for name in end.into_iter().chain(size) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    });
    let more = place(cx, stated.more.as_ref().map(|more| &more.spot));
    let totals = totals(cx, stated.totals.as_ref());
    idle(cx, stated);
    Some(ir::Paging {
        next: next(cx, stated, names)?,
        more_is: stated.more.as_ref().map(|more| once::values(cx, &more.is)).unwrap_or_default(),
        inclusive,
        limit,
        more: Spanned { value: more, span: stated.more_at.unwrap_or_default() },
        short_page_ends: stated.short_page_ends,
        repeats,
        totals,
        span: stated.at,
    })
}

/// What is said of another way to page than this one would be ignored.
fn idle(cx: &mut Cx<'_, '_>, stated: &spec::Paging) {
    let mut report = |at: Option<Span>, message: &str, help: &str| {
        if let Some(at) = at {
            cx.diagnostics.report(&rules::CONFLICTING_KEYS, at, message).help(help);
        }
    };
    let is_counted = stated.page.is_some() || stated.offset.is_some();
    let nothing_counted = stated.first_at.filter(|_| !is_counted);
    report(nothing_counted, "`first` is the first `page` or `offset`, and there is none", "leave it out");
    let inclusive = stated.cursor.as_ref().filter(|cursor| cursor.item.is_none()).and_then(|cursor| cursor.inclusive);
    report(inclusive, "`inclusive` is said of the last item, and the answer leads on", "name the member with `item`");
    let asked = stated.page.as_ref().or(stated.offset.as_ref());
    let asked = asked.or(stated.cursor.as_ref().and_then(|cursor| cursor.param.as_ref()));
    let bounds = stated.window.iter().flat_map(|window| window.from.iter().chain(&window.to));
    let mut asked = asked.into_iter().chain(bounds);
    let twice = stated.limit.as_ref().filter(|limit| asked.any(|asked| asked.text == limit.text));
    let help = "name the parameter that says how many items a page has at most, or leave `limit` out";
    let ends = stated.window.as_ref().and_then(|window| Some((window.from.as_ref()?, window.to.as_ref()?)));
    let same = ends.filter(|(from, to)| from.text == to.text).map(|(_, to)| to.span);
    report(same, "one parameter cannot be both ends of a window", "name the parameter that is the other end");
    report(twice.map(|limit| limit.span), "one parameter cannot be both the place in the list and the page size", help);
}

fn next(cx: &mut Cx<'_, '_>, stated: &spec::Paging, names: &Index<'_>) -> Option<NextPage> {
    if let Some(page) = &stated.page {
        return Some(NextPage::Number { parameter: named(cx, names, Some(page))?, first: stated.first.unwrap_or(1) });
    }
    if let Some(offset) = &stated.offset {
        return Some(NextPage::Offset { parameter: named(cx, names, Some(offset))?, first: stated.first.unwrap_or(0) });
    }
    if let Some(cursor) = &stated.cursor {
        let at = match &cursor.item {
            Some(item) => Leads::Item(Spanned { value: path(cx, item), span: item.span }),
            None => Leads::Answer(spot(cx, &cursor.spot)),
        };
        return Some(NextPage::Cursor { parameter: named(cx, names, cursor.param.as_ref())?, at });
    }
    if let Some(window) = &stated.window {
        let (from, to) = (named(cx, names, window.from.as_ref()), named(cx, names, window.to.as_ref()));
        return Some(NextPage::Window { from: from?, to: to?, seconds: window.seconds? });
    }
    stated.follow.as_ref().map(|follow| NextPage::Follow(spot(cx, follow)))
}

fn named(cx: &mut Cx<'_, '_>, names: &Index<'_>, name: Option<&Scalar>) -> Option<String> {
    let name = name?;
    find(cx.diagnostics, names, name, &rules::UNKNOWN_PARAMETER, "paging parameter").map(|_| name.text.clone())
}

fn place(cx: &mut Cx<'_, '_>, stated: Option<&spec::Spot>) -> ir::Spot {
    stated.map(|stated| spot(cx, stated)).unwrap_or_default()
}

fn totals(cx: &mut Cx<'_, '_>, stated: Option<&spec::Totals>) -> ir::Totals {
    let Some(stated) = stated else { return ir::Totals::default() };
    ir::Totals {
        items: place(cx, stated.items.as_ref()),
        pages: place(cx, stated.pages.as_ref()),
        page: place(cx, stated.page.as_ref()),
        limit: place(cx, stated.limit.as_ref()),
    }
}
