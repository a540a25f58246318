//! The keys of `pagination`.

use super::Type::{Keys, NameOf, Named, Number, Text};
use super::{Object, PARAMETER, object, optional, required};

/// Paging by page number, with totals in headers.
#[rustfmt::skip]
pub static PAGINATION: Object = object("pagination", &[
    required("params", Named("name", &Keys(&PARAMETER)), "the parameters that every paged operation takes"),
    required("page", NameOf("one of `params`"), "the one that is the page number"),
    required("limit", NameOf("one of `params`"), "the one that is the page size"),
    optional("first", Number, "number of the first page").default("`1`"),
    required("headers", Keys(&PAGE_HEADERS), "the response headers that say where a page stands"),
]).documented();

/// Response headers with a page's figures.
#[rustfmt::skip]
pub static PAGE_HEADERS: Object = object("page headers", &[
    required("items", Text, "the header with the number of all items"),
    required("pages", Text, "the header with the number of all pages"),
    required("page", Text, "the header with the number of this page"),
    required("limit", Text, "the header with the size of a page"),
]);
