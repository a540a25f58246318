//! How lists are cut into pages.

use super::{AnswerPath, Api, Doc, Operation, Parameter, Spot};
use crate::source::{Span, Spanned};

/// How the lists of an API are paged, where an operation does not say else.
#[derive(Debug)]
pub struct Pagination {
    /// The parameters that every operation so paged takes, in spec order.
    pub parameters: Vec<Parameter>,
    /// How pages follow each other.
    pub paging: Paging,
    /// What the spec says about it.
    pub doc: Doc,
}

/// How pages follow each other. Parameters go by their wire names.
#[derive(Debug)]
pub struct Paging {
    /// What the call for the next page has that the one before had not.
    pub next: NextPage,
    /// The parameter that is the page size.
    pub limit: Option<String>,
    /// A flag that is true where there is another page; nowhere if nothing says so.
    pub more: Spanned<Spot>,
    /// Where it stands that a page with fewer items than it may have is the last.
    pub short_page_ends: Option<Span>,
    /// The parameters that the next call repeats; `None` for all.
    pub repeats: Option<Vec<String>>,
    /// Where the figures of the list stand.
    pub totals: Totals,
    /// Where all of this stands.
    pub span: Span,
}

/// What the call for the next page has that the one before had not.
#[derive(Debug)]
pub enum NextPage {
    /// A parameter, one more each time.
    Number {
        /// The parameter.
        parameter: String,
        /// Its value for the first page.
        first: i64,
    },
    /// A parameter, more by as many items as came.
    Offset {
        /// The parameter.
        parameter: String,
        /// Its value for the first page.
        first: i64,
    },
    /// A parameter, with a text from the answer.
    Cursor {
        /// The parameter.
        parameter: String,
        /// Where the text stands.
        at: Leads,
    },
    /// Another address, from the answer.
    Follow(Spot),
}

/// Where a text stands that leads to the next page.
#[derive(Debug)]
pub enum Leads {
    /// In the answer.
    Answer(Spot),
    /// In the last item of the page.
    Item(Spanned<AnswerPath>),
}

/// Where the figures of a list stand; nowhere for those that are not there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// The number of items on all pages.
    pub items: Spot,
    /// The number of pages.
    pub pages: Spot,
    /// The number of this page.
    pub page: Spot,
    /// The size of a page.
    pub limit: Spot,
}

impl NextPage {
    /// The parameter that is another one on every page.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::Number { parameter, .. } | Self::Offset { parameter, .. } | Self::Cursor { parameter, .. } => {
                Some(parameter)
            }
            Self::Follow(_) => None,
        }
    }
}

impl Api {
    /// How the pages of an operation follow each other, if it is paged.
    pub fn paging_of<'a>(&'a self, operation: &'a Operation) -> Option<&'a Paging> {
        let shared = || self.pagination.as_ref().map(|pagination| &pagination.paging);
        operation.paging.as_deref().or_else(shared).filter(|_| operation.is_paged())
    }

    /// The parameters that an operation takes beside its own, because it is paged as the API says.
    pub fn page_parameters(&self, operation: &Operation) -> &[Parameter] {
        let is_shared = operation.is_paged() && operation.paging.is_none();
        self.pagination.as_ref().filter(|_| is_shared).map_or(&[], |pagination| &pagination.parameters)
    }

    /// Whether an operation is paged in a way of its own.
    pub fn has_own_paging(&self) -> bool {
        self.operations().any(|(_, operation)| operation.paging.is_some())
    }
}

impl Spot {
    /// Whether it is nowhere.
    pub fn is_nowhere(&self) -> bool {
        self.header.is_empty() && self.at.is_empty()
    }
}
