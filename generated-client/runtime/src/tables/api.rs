//! What all operations of an API share.

use super::Envelope;
use super::envelope::envelope;
use crate::args::{Encoding, Param, Style};
use crate::signing::{Draft, SigningError};

/// Adds headers, injected parameters and the signature to a call.
type Authenticate = fn(&mut Draft<'_>) -> Result<(), SigningError>;

/// One API.
#[derive(Debug)]
pub struct ApiSpec {
    pub(crate) name: &'static str,
    pub(crate) authenticate: Authenticate,
    pub(crate) envelope: Envelope,
    pub(crate) pages: Option<PageRules>,
    pub(crate) page_params: &'static [Param],
    pub(crate) encoding: Encoding,
}

impl ApiSpec {
    /// An API without pages, in whose answers only the status tells errors from results.
    pub const fn new(name: &'static str, authenticate: Authenticate) -> Self {
        Self {
            name,
            authenticate,
            envelope: envelope(),
            pages: None,
            page_params: &[],
            encoding: Encoding::json(Style::BRACKETS),
        }
    }

    /// What its answers have in common.
    pub const fn envelope(mut self, envelope: Envelope) -> Self {
        self.envelope = envelope;
        self
    }

    /// How calls are encoded, where their operation says nothing else.
    pub const fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = encoding;
        self
    }

    /// Lists are cut into pages: the parameter that chooses one, the number of the first, and the
    /// parameters that every paged operation takes beside its own.
    pub const fn pages(mut self, page: &'static str, first: i64, params: &'static [Param]) -> Self {
        self.pages = Some(PageRules { page, first, headers: PageHeaders::NONE });
        self.page_params = params;
        self
    }

    /// The headers that hold the number of items, the number of pages, the page and its size.
    pub const fn page_headers(
        mut self,
        items: &'static str,
        pages: &'static str,
        page: &'static str,
        limit: &'static str,
    ) -> Self {
        if let Some(rules) = &mut self.pages {
            rules.headers = PageHeaders { items, pages, page, limit };
        }
        self
    }
}

/// Paging by number, with totals in headers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageRules {
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

impl PageHeaders {
    const NONE: Self = Self { items: "", pages: "", page: "", limit: "" };
}
