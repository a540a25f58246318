//! What all operations of an API share.

use crate::args::Param;
use crate::signing::{Draft, SigningError};

/// Adds headers, injected parameters and the signature to a call.
type Authenticate = fn(&mut Draft<'_>) -> Result<(), SigningError>;

/// One API.
#[derive(Debug)]
pub struct ApiSpec {
    pub(crate) name: &'static str,
    pub(crate) authenticate: Authenticate,
    pub(crate) error_places: &'static [&'static [&'static str]],
    pub(crate) pages: Option<PageRules>,
    pub(crate) page_params: &'static [Param],
}

impl ApiSpec {
    /// An API without pages, whose error messages stand bare.
    pub const fn new(name: &'static str, authenticate: Authenticate) -> Self {
        Self { name, authenticate, error_places: &[&[]], pages: None, page_params: &[] }
    }

    /// Where in a failed answer a message may stand, as paths of keys, in the order they are tried.
    pub const fn error_places(mut self, places: &'static [&'static [&'static str]]) -> Self {
        self.error_places = places;
        self
    }

    /// How lists are cut into pages.
    pub const fn pages(mut self, rules: PageRules) -> Self {
        self.pages = Some(rules);
        self
    }

    /// The parameters that every paged operation takes beside its own.
    pub const fn page_params(mut self, params: &'static [Param]) -> Self {
        self.page_params = params;
        self
    }
}

/// Paging by number, with totals in headers.
#[derive(Clone, Copy, Debug)]
pub struct PageRules {
    pub(crate) page: &'static str,
    pub(crate) first: i64,
    pub(crate) headers: PageHeaders,
}

/// Which headers of an answer hold what; an empty name for none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PageHeaders {
    pub(crate) items: &'static str,
    pub(crate) pages: &'static str,
    pub(crate) page: &'static str,
    pub(crate) limit: &'static str,
}

impl PageRules {
    /// The parameters that choose a page and its size, and the number of the first page.
    ///
    /// The size is the caller's own affair, so its parameter is not kept.
    pub const fn new(page: &'static str, _limit: &'static str, first: i64) -> Self {
        Self { page, first, headers: PageHeaders { items: "", pages: "", page: "", limit: "" } }
    }

    /// The headers that hold the number of items, the number of pages, the page and its size.
    pub const fn headers(
        mut self,
        items: &'static str,
        pages: &'static str,
        page: &'static str,
        limit: &'static str,
    ) -> Self {
        self.headers = PageHeaders { items, pages, page, limit };
        self
    }
}
