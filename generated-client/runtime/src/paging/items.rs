//! Every item of a list, whatever page it is on.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use bytes::Bytes;
use futures_core::Stream;

use super::Page;
use crate::client::Exchange;
use crate::error::{Error, Response, Undecodable, conclude};
use crate::json::DecodeError;
use crate::sending::{Plan, execute};
use crate::tables::{Operation, Paged};

/// What comes next, if something does.
type Next<T, O> = Option<Result<T, Error<<O as Operation>::Error>>>;

/// The items of a list from the first page asked for to the last, each page fetched when it is needed.
///
/// Every page is a call of its own, signed anew. The list ends with the last page that the headers
/// tell of, or at an empty page. A server that ignores the page number does not keep it going: a
/// page that is the same as the one before ends it too. But it never ends early unnoticed: where the
/// headers of such a page say that there is more, it is [`Error::Decode`], as an answer that
/// contradicts itself. An error is given once and ends it.
pub struct Items<O: Paged> {
    pages: Pages<O>,
    page: vec::IntoIter<O::Item>,
}

impl<O: Paged> Items<O> {
    pub(crate) fn new(plan: Plan) -> Self {
        Self { pages: Pages::new(plan), page: Vec::new().into_iter() }
    }

    /// The next item, or nothing after the last.
    ///
    /// # Errors
    ///
    /// When a page could not be had; there is nothing after that. Dropping the future loses nothing.
    pub async fn try_next(&mut self) -> Result<Option<O::Item>, Error<O::Error>> {
        poll_fn(|cx| self.poll_item(cx)).await.transpose()
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

/// The pages of a list, each fetched when it is asked for.
pub struct Pages<O> {
    plan: Plan,
    state: State,
    /// The body of the page before.
    before: Bytes,
    operation: PhantomData<fn() -> O>,
}

enum State {
    /// The number of the page to fetch next.
    Next(i64),
    Fetching(i64, Exchange),
    Done,
}

impl<O: Paged> Pages<O> {
    fn new(plan: Plan) -> Self {
        let rules = plan.endpoint.api.pages;
        let first = rules.map_or(1, |rules| {
            let asked = plan.args.by_name(rules.page);
            asked.and_then(|field| field.text.parse().ok()).unwrap_or(rules.first)
        });
        Self { plan, state: State::Next(first), before: Bytes::new(), operation: PhantomData }
    }

    /// The next page, or nothing after the last.
    ///
    /// # Errors
    ///
    /// When a page could not be had; there is nothing after that.
    pub async fn try_next(&mut self) -> Result<Option<Page<O::Item>>, Error<O::Error>> {
        poll_fn(|cx| self.poll_page(cx)).await.transpose()
    }

    /// The error of a page that its headers contradict.
    fn contradiction(&self, response: Response) -> Error<O::Error> {
        let endpoint = self.plan.endpoint;
        let cause = DecodeError::new("more items, as the headers say", "nothing new", 0);
        Error::Decode(Box::new(Undecodable { endpoint, response, cause }))
    }

    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Next<Page<O::Item>, O>> {
        loop {
            match &mut self.state {
                State::Done => return Poll::Ready(None),
                State::Next(number) => {
                    let number = *number;
                    let mut plan = self.plan.clone();
                    if let Some(rules) = plan.endpoint.api.pages {
                        plan.args.set(rules.page, &number);
                    }
                    self.state = State::Fetching(number, Box::pin(execute(plan)));
                }
                State::Fetching(number, exchange) => {
                    let number = *number;
                    let result = ready!(exchange.as_mut().poll(cx));
                    self.state = State::Done;
                    let answer = result.as_ref().ok().cloned();
                    let page = match conclude::<O>(O::ENDPOINT, result) {
                        Ok(page) => page,
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    };
                    let is_repeated = answer.as_ref().is_some_and(|answer| *answer.body() == self.before);
                    if page.items.is_empty() || is_repeated {
                        let is_early = is_early(number, page.items.is_empty(), page.total_pages);
                        return Poll::Ready(answer.filter(|_| is_early).map(|answer| Err(self.contradiction(answer))));
                    }
                    self.before = answer.map(|answer| answer.body().clone()).unwrap_or_default();
                    if let Some(next) = following(number, page.total_pages) {
                        self.state = State::Next(next);
                    }
                    return Poll::Ready(Some(Ok(page)));
                }
            }
        }
    }
}

/// The number of the page after this one, if there may be one.
fn following(number: i64, total_pages: Option<i64>) -> Option<i64> {
    let next = number.checked_add(1)?;
    let is_last = total_pages.is_some_and(|total| number >= total);
    (!is_last).then_some(next)
}

/// Whether a page without anything new denies what its own headers say: that there are pages after it,
/// or, where it is the page before once more, that there is this one. A list that has become shorter
/// meanwhile says so in them.
fn is_early(number: i64, is_empty: bool, total_pages: Option<i64>) -> bool {
    total_pages.is_some_and(|total| if is_empty { number < total } else { number <= total })
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

impl<O: Operation> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pages").field(&O::ENDPOINT.id).finish()
    }
}
