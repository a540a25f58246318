//! Lists, item by item or page by page.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;

use super::Wait;
use super::engine::{block_on, not_made};
use crate::client::Client;
use crate::error::Error;
use crate::paging::{Items, Pages};
use crate::tables::{Endpoint, OperationError, Paged};

/// A list whose pages are fetched when the iterator comes to them. An error is given once and ends it.
#[must_use = "nothing is fetched before it is asked for"]
pub struct Iter<S> {
    /// Nothing after an error.
    list: Option<S>,
    client: Client,
    endpoint: &'static Endpoint,
}

impl<O: Paged> Wait for Items<O> {
    type Waited = Iter<Self>;

    fn wait(self) -> Iter<Self> {
        let (client, endpoint) = (self.pages.plan.client.clone(), O::ENDPOINT);
        Iter { list: Some(self), client, endpoint }
    }
}

impl<O: Paged> Wait for Pages<O> {
    type Waited = Iter<Self>;

    fn wait(self) -> Iter<Self> {
        let (client, endpoint) = (self.plan.client.clone(), O::ENDPOINT);
        Iter { list: Some(self), client, endpoint }
    }
}

impl<S, T, E> Iterator for Iter<S>
where
    S: Stream<Item = Result<T, Error<E>>> + Unpin,
    E: OperationError,
{
    type Item = Result<T, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        let list = self.list.as_mut()?;
        let next = block_on(Some(&self.client), poll_fn(|cx| Pin::new(&mut *list).poll_next(cx)));
        next.unwrap_or_else(|cause| {
            self.list = None;
            Some(Err(Error::from_failure(not_made(&self.client, self.endpoint, cause))))
        })
    }
}

impl<S> fmt::Debug for Iter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Iter").field(&self.endpoint.id).finish()
    }
}
