//! Every item of a list, whatever page it is on.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::Pages;
use super::pages::Next;
use crate::error::Error;
use crate::tables::{Operation, Paged};

/// The items of a list from the first page asked for to the last, each page fetched when it is needed.
///
/// It is [`Pages`], taken apart: no more than one page is held, and an error is given once and ends it.
pub struct Items<O: Paged> {
    pub(crate) pages: Pages<O>,
    page: vec::IntoIter<O::Item>,
}

impl<O: Paged> Items<O> {
    pub(super) fn new(pages: Pages<O>) -> Self {
        Self { pages, page: Vec::new().into_iter() }
    }

    /// The next item, or nothing after the last.
    ///
    /// # Errors
    ///
    /// When a page could not be had; there is nothing after that. Dropping the future loses nothing.
    pub async fn try_next(&mut self) -> Result<Option<O::Item>, Error<O::Error>> {
        poll_fn(|cx| self.poll_item(cx)).await.transpose()
    }

    /// Fetches up to so many pages before they are wanted; see [`Pages::prefetch`].
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn prefetch(self, pages: usize) -> Self {
        Self { pages: self.pages.prefetch(pages), ..self }
    }

    /// The same list, page by page. Items of a page that was begun are left out.
    pub fn pages(self) -> Pages<O> {
        self.pages
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Next<O::Item, O>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(cx)) {
                Some(Ok(page)) => self.page = page.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O: Paged> Stream for Items<O> {
    type Item = Result<O::Item, Error<O::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

// Nothing in it is pinned in place, whatever the items are.
impl<O: Paged> Unpin for Items<O> {}

impl<O: Paged> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Items").field(&<O as Operation>::ENDPOINT.id).finish()
    }
}
