//! Pages that are fetched before they are wanted: how many, and that it ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use futures_core::Stream;

use super::api::{Client, ListUsers};
use super::stage::{Act, Stage};
use crate::rt::Items;
use crate::seams::{Body, BoxFuture, Transport, TransportError};

type Headers = &'static [(&'static str, &'static str)];

const SIX: Headers = &[("X-Pages", "6")];

/// A page with two items, which the headers count.
fn page(headers: Headers, number: i64) -> Act {
    Act::Answer(200, headers, format!(r#"{{"users":[{{"id":{}}},{{"id":{}}}]}}"#, 2 * number, 2 * number + 1))
}

fn list(client: &Client, ahead: usize) -> Items<ListUsers> {
    client.users().list(1).stream().prefetch(ahead)
}

/// Until nobody can go on.
async fn settle() {
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn so_many_pages_are_fetched_ahead_and_none_after_the_last() {
    for ahead in [0, 1, 2, 5, 9, usize::MAX] {
        let stage = Stage::unhurried((1..=6).map(|number| page(SIX, number)));
        let mut users = list(&stage.client(), ahead);
        settle().await;
        assert!(stage.requests().is_empty(), "nothing is fetched before the first is wanted");
        for wanted in 0..12 {
            assert_eq!(users.try_next().await.unwrap().unwrap().id, wanted + 2);
            settle().await;
            let page = wanted as usize / 2 + 1;
            assert_eq!(stage.requests().len(), page.saturating_add(ahead).min(6), "{ahead} ahead of page {page}");
        }
        assert!(users.try_next().await.unwrap().is_none() && users.try_next().await.unwrap().is_none());
        assert_eq!(stage.requests().len(), 6);
    }
}

#[tokio::test]
async fn an_error_comes_in_its_turn_and_nothing_is_fetched_after_it() {
    let stage = Stage::unhurried([page(SIX, 1), page(SIX, 2), Act::status(403, "{}")]);
    let mut pages = list(&stage.client(), 5).pages();
    settle().await;
    for _ in 0..2 {
        assert_eq!(pages.try_next().await.unwrap().unwrap().items.len(), 2);
    }
    assert_eq!(pages.try_next().await.unwrap_err().status().unwrap().as_u16(), 403);
    assert!(pages.try_next().await.unwrap().is_none());
    assert_eq!(stage.requests().len(), 3);
}

/// One page, and then silence that tells when it is no longer waited for.
struct Silent(Stage, Arc<AtomicUsize>);

struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Transport for Silent {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let is_first = self.0.requests().is_empty();
        let answer = is_first.then(|| self.0.send(request));
        let waiting = Waiting(self.1.clone());
        self.1.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            let _waiting = waiting;
            match answer {
                Some(answer) => answer.await,
                None => std::future::pending().await,
            }
        })
    }
}

#[tokio::test]
async fn a_list_that_is_dropped_waits_for_nothing() {
    let (stage, waiting) = (Stage::unhurried([page(SIX, 1)]), Arc::new(AtomicUsize::new(0)));
    let client = stage.builder().transport(Silent(stage.clone(), waiting.clone())).build().unwrap();
    let mut users = list(&client, 3);
    users.try_next().await.unwrap().unwrap();
    settle().await;
    assert_eq!(waiting.load(Ordering::SeqCst), 1, "the second page is under way");
    drop(users);
    settle().await;
    assert_eq!(waiting.load(Ordering::SeqCst), 0);
}

#[test]
fn a_list_whose_runtime_is_gone_does_not_just_end() {
    let stage = Stage::unhurried((1..=6).map(|number| page(SIX, number)));
    let mut users = list(&stage.client(), 1);
    let runtime = || tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime().block_on(async { users.try_next().await.unwrap().unwrap() });
    let (mut seen, other) = (1, runtime());
    let error = loop {
        match other.block_on(users.try_next()) {
            Ok(user) => seen += usize::from(user.is_some()),
            Err(error) => break error,
        }
        assert!(seen < 12);
    };
    assert!(error.is_retryable() && !error.is_outcome_unknown(), "{error:?}");
    assert!(other.block_on(users.try_next()).unwrap().is_none());
}

#[test]
fn outside_of_a_runtime_pages_are_fetched_when_they_are_wanted() {
    let stage = Stage::unhurried((1..=6).map(|number| page(SIX, number)));
    let mut users = list(&stage.client(), 3);
    let mut ids = Vec::new();
    let mut cx = Context::from_waker(Waker::noop());
    while let Poll::Ready(Some(user)) = std::pin::Pin::new(&mut users).poll_next(&mut cx) {
        ids.push(user.unwrap().id);
        assert_eq!(stage.requests().len(), ids.len().div_ceil(2));
    }
    assert_eq!(ids, (2..14).collect::<Vec<_>>());
}
