//! How an API pages.

use super::api::header_name;
use super::context::{Cx, find, index};
use super::parameter;
use crate::diagnostics::rules;
use crate::ir::{self, Location};
use crate::source::Scalar;
use crate::spec;

pub(super) fn lower(
    cx: &mut Cx<'_, '_>,
    pagination: &spec::Pagination,
    encoding: &ir::Encoding,
) -> Option<ir::Pagination> {
    let names = index(&pagination.params);
    let mut role =
        |name: Option<&Scalar>| find(cx.diagnostics, &names, name?, &rules::UNKNOWN_PARAMETER, "paging parameter");
    let (page, limit) = (role(pagination.page.as_ref()), role(pagination.limit.as_ref()));
    let headers = pagination.headers.as_ref();
    let mut header = |name: Option<&Scalar>| name.map(|name| header_name(cx, name)).unwrap_or_default();
    let headers = ir::PageHeaders {
        items: header(headers.and_then(|headers| headers.items.as_ref())),
        pages: header(headers.and_then(|headers| headers.pages.as_ref())),
        page: header(headers.and_then(|headers| headers.page.as_ref())),
        limit: header(headers.and_then(|headers| headers.limit.as_ref())),
    };
    Some(ir::Pagination {
        parameters: parameter::lower(cx, &pagination.params, &encoding.style, |_| Location::Query),
        doc: cx.doc(&pagination.doc),
        page: page?,
        limit: limit?,
        first: pagination.first.unwrap_or(1),
        headers,
        span: pagination.at,
    })
}
