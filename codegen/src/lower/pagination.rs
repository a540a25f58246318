//! How lists are paged.

use super::context::{Cx, Index, find, index};
use super::envelope::{path, spot};
use super::parameter;
use crate::diagnostics::rules;
use crate::ir::{self, Leads, Location, NextPage};
use crate::source::{Scalar, Spanned};
use crate::spec;

pub(super) fn lower(
    cx: &mut Cx<'_, '_>,
    spec: &spec::Spec,
    pagination: &spec::Pagination,
    encoding: &ir::Encoding,
) -> Option<ir::Pagination> {
    // What is repeated may be a parameter of some operations only.
    let mut all = index(&pagination.params);
    for (_, operation) in spec.resources.iter().flat_map(|resource| &resource.operations) {
        all.extend(index(&operation.params));
    }
    let paging = paging(cx, &pagination.paging, &index(&pagination.params), &all);
    Some(ir::Pagination {
        parameters: parameter::lower(cx, &pagination.params, &encoding.style, |_| Location::Query),
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
    let repeats = stated.repeats.as_ref().map(|repeats| {
        let name = |name: &Scalar| named(cx, all, Some(name));
        repeats.iter().filter_map(name).collect()
    });
    let (more, totals) = (place(cx, stated.more.as_ref()), totals(cx, stated.totals.as_ref()));
    Some(ir::Paging {
        next: next(cx, stated, names)?,
        limit,
        more: Spanned { value: more, span: stated.more_at.unwrap_or_default() },
        short_page_ends: stated.short_page_ends,
        repeats,
        totals,
        span: stated.at,
    })
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
