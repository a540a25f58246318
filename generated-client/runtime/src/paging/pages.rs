//! A list page by page.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

#[cfg(feature = "reqwest")]
use super::ahead::Ahead;
use super::circle::Circle;
use super::overlap::{Onward, Overlap};
use super::{Items, Page, PagingError, Position};
use crate::client::Plan;
use crate::error::{Error, Response, Undecodable, conclude};
use crate::json::DecodeError;
use crate::sending::Exchange;
use crate::tables::{NextPage, Operation, Paged};

/// What comes next, if something does.
pub(super) type Next<T, O> = Option<Result<T, Error<<O as Operation>::Error>>>;

/// The pages of a list, each fetched when it is asked for.
///
/// Every page is a call of its own, signed anew. The list ends where an answer says so, and where it says nothing, at
/// an empty page; one that is asked for in windows of time, at the end of its last. A server that ignores the number of
/// the page does not keep it going: a page that is the same as the one before ends it too. But it never ends early
/// unnoticed: where such an answer says that there is more, that is [`Error::Decode`], as of any answer that contradicts
/// itself. A cursor or an address that was among the last 64 is [`Error::Paging`] before it is asked for again; one that
/// was there earlier is found out some pages later, since no list is remembered whole. So is the address of another host,
/// which gets no call. An error is given once and ends it.
pub struct Pages<O: Paged> {
    pub(crate) plan: Plan,
    state: State,
    circle: Circle,
    /// Where a page begins with the items that led to it.
    overlap: Option<Overlap>,
    /// The body of the page before, where pages are counted.
    before: Bytes,
    /// The size of pages, as the one before said.
    size: Option<i64>,
    /// The most items that a page had.
    most: usize,
    #[cfg(feature = "reqwest")]
    pub(super) ahead: Ahead<O>,
    operation: PhantomData<fn() -> O>,
}

enum State {
    /// The page to fetch next, if it is not the one that the call itself asks for.
    Next(Option<Position>),
    Fetching(Exchange),
    /// The page was the last that can be had, and the answer says that there are others.
    Contradicted(Response),
    Stopped(PagingError),
    Done,
}

impl<O: Paged> Pages<O> {
    pub(crate) fn new(mut plan: Plan) -> Self {
        let (asked, paging) = (plan.asked(), plan.endpoint.paging());
        let circle = Circle::new(asked.clone());
        let position = plan.position.take();
        if let (None, Some(NextPage::Number(name, _))) = (&position, paging.map(|it| it.next)) {
            // Said of the first page too, what its number is does not depend on the server.
            plan.args.set(name, &plan.start());
        }
        let is_inclusive = paging.is_some_and(|paging| paging.inclusive);
        let overlap = is_inclusive.then(|| Overlap::new(asked));
        let state = State::Next(position);
        Self {
            plan,
            state,
            circle,
            overlap,
            before: Bytes::new(),
            size: None,
            most: 0,
            #[cfg(feature = "reqwest")]
            ahead: Ahead::Never,
            operation: PhantomData,
        }
    }

    /// The next page, or nothing after the last.
    ///
    /// # Errors
    ///
    /// When a page could not be had; there is nothing after that. Dropping the future loses nothing.
    pub async fn try_next(&mut self) -> Result<Option<Page<O::Item>>, Error<O::Error>> {
        poll_fn(|cx| self.poll_page(cx)).await.transpose()
    }

    /// The same list, item by item.
    pub fn items(self) -> Items<O> {
        Items::new(self)
    }

    pub(super) fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Next<Page<O::Item>, O>> {
        #[cfg(feature = "reqwest")]
        if let Some(next) = self.poll_ahead(cx) {
            return next;
        }
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Contradicted(response) => return Poll::Ready(Some(Err(contradiction(&self.plan, response)))),
                State::Stopped(error) => return Poll::Ready(Some(Err(Error::Paging(error)))),
                State::Next(position) => {
                    let plan = Plan { position, ..self.plan.clone() };
                    self.state = State::Fetching(Exchange::new(Box::new(plan)));
                }
                State::Fetching(mut exchange) => {
                    let Poll::Ready(result) = Pin::new(&mut exchange).poll(cx) else {
                        self.state = State::Fetching(exchange);
                        return Poll::Pending;
                    };
                    let answer = result.as_ref().ok().cloned();
                    return Poll::Ready(match (conclude::<O>(O::ENDPOINT, result, &exchange.span), answer) {
                        (Ok(page), Some(answer)) => {
                            let next = self.arrived(page, answer);
                            if let Some(Err(error)) = &next {
                                exchange.span.failed(error.kind());
                            }
                            next
                        }
                        (Ok(_), None) => None,
                        (Err(error), _) => Some(Err(error)),
                    });
                }
            }
        }
    }

    /// There is nothing more.
    #[cfg(feature = "reqwest")]
    pub(super) fn end(&mut self) {
        (self.state, self.ahead) = (State::Done, Ahead::Never);
    }

    /// Whether a page is one of the list, and what comes after it.
    fn arrived(&mut self, mut page: Page<O::Item>, answer: Response) -> Next<Page<O::Item>, O> {
        let paging = self.plan.endpoint.paging()?;
        let (is_counted, is_numbered, is_window) = match paging.next {
            NextPage::Number(..) => (true, true, false),
            NextPage::Offset(..) => (true, false, false),
            NextPage::Cursor(..) | NextPage::Follow(_) => (false, false, false),
            NextPage::Window(_) => (false, false, true),
        };
        let is_repeated = is_counted && !page.items.is_empty() && *answer.body() == self.before;
        if is_repeated || (page.items.is_empty() && page.next.is_none()) {
            let is_early = if is_repeated { page.exists } else { page.continues };
            return is_early.then(|| Err(contradiction(&self.plan, answer)));
        }
        if is_numbered && let (Some(before), Some(size)) = (self.size, page.limit) {
            // The number would be that of another page.
            if before != size {
                return Some(Err(Error::Paging(PagingError::SizeChanged)));
            }
        }
        let came = page.items.len();
        if paging.short_page_ends && came < self.most {
            page.next = None;
        }
        (self.size, self.most) = (page.limit.or(self.size), self.most.max(came));
        let mut onward = Onward::Moves;
        // What does not fit into a page of a stretch cannot be asked for.
        let is_full = self.plan.page_size(page.limit).is_some_and(|size| came >= size);
        if let Some(overlap) = &mut self.overlap {
            overlap.drop_seen(&mut page.items, &answer, self.plan.endpoint);
            if page.items.is_empty() && came > 0 && !is_window {
                return match (page.continues, is_full && page.next.is_some()) {
                    (true, _) => Some(Err(contradiction(&self.plan, answer))),
                    (false, true) => Some(Err(Error::Paging(PagingError::Crowded))),
                    (false, false) => None,
                };
            }
            onward = page.next.as_ref().map_or(Onward::Moves, |next| overlap.go(next));
        }
        // Under the key of a page the server would give that page again.
        self.plan.args.drop_key();
        self.before = if is_counted { answer.body().clone() } else { Bytes::new() };
        self.state = match &page.next {
            _ if is_window && is_full => State::Stopped(PagingError::Crowded),
            Some(_) if onward == Onward::Stuck => State::Stopped(PagingError::Repeated),
            Some(next) if onward == Onward::Moves && !is_counted && self.circle.closes(next) => {
                State::Stopped(PagingError::Repeated)
            }
            Some(next) => State::Next(Some(next.clone())),
            None if page.continues => State::Contradicted(answer),
            None => State::Done,
        };
        Some(Ok(page))
    }
}

/// The error of a page after which there should be others.
fn contradiction<E>(plan: &Plan, response: Response) -> Error<E> {
    let endpoint = plan.endpoint;
    let cause = DecodeError::new("more items, as the answer says", "nothing new", 0);
    Error::Decode(Box::new(Undecodable { endpoint, response, cause, is_told: true }))
}

impl<O: Paged> Stream for Pages<O> {
    type Item = Result<Page<O::Item>, Error<O::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(cx)
    }
}

// Nothing in it is pinned in place, whatever the items are.
impl<O: Paged> Unpin for Pages<O> {}

impl<O: Paged> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pages").field(&O::ENDPOINT.id).finish()
    }
}
