//! How many calls there are at a time, and in a time; and that one that was too much makes all of them wait.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};

use super::api::Credentials;
use super::credentials::Vault;
use super::stage::{Act, Stage, USERS, new_user};
use crate::rt_for_generator_3 as rt;
use crate::seams::Clock;
use crate::sending::{Body, BoxFuture, Timer, Transport, TransportError};

fn seconds(seconds: &[u64]) -> Vec<Duration> {
    seconds.iter().copied().map(Duration::from_secs).collect()
}

/// Takes a while for every answer, and counts those that it is at.
#[derive(Clone, Default)]
struct Busy {
    now: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    made: Arc<AtomicUsize>,
}

/// Also of an answer that nobody waits for any more.
struct Leave<'a>(&'a AtomicUsize);

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Transport for Busy {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            let now = self.now.fetch_add(1, Ordering::Relaxed) + 1;
            let _leave = Leave(&self.now);
            self.most.fetch_max(now, Ordering::Relaxed);
            for _ in 0..5 {
                tokio::task::yield_now().await;
            }
            let made = self.made.fetch_add(1, Ordering::Relaxed);
            if made % 10 == 3 {
                return Err(TransportError::broken("reset"));
            }
            Ok(http::Response::new(Body::from(USERS)))
        })
    }
}

impl Timer for Busy {
    /// No call is over before it ends, and no pause takes time.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        match duration == Duration::from_secs(60) {
            true => Box::pin(std::future::pending()),
            false => Box::pin(std::future::ready(())),
        }
    }
}

#[tokio::test]
async fn so_many_at_a_time() {
    let busy = Busy::default();
    let builder = Stage::new([]).builder().transport(busy.clone()).timer(busy.clone());
    let client = builder.max_concurrency(3).build().unwrap();
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..100 {
        let client = client.clone();
        calls.spawn(async move {
            // Some give up while they wait or while they are at it.
            let turns = async {
                for _ in 0..number {
                    tokio::task::yield_now().await;
                }
            };
            tokio::select! {
                result = client.users().list(1).into_future() => assert!(result.is_ok()),
                () = turns, if number % 7 == 0 => {}
            }
        });
    }
    calls.join_all().await;
    assert_eq!(busy.most.load(Ordering::Relaxed), 3);
    // Nobody has taken a place along.
    busy.most.store(0, Ordering::Relaxed);
    let calls: Vec<_> = (0..6).map(|_| client.users().list(1).into_future()).map(tokio::spawn).collect();
    for call in calls {
        let _ = call.await.unwrap();
    }
    assert_eq!(busy.most.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn so_many_in_a_time() {
    let stage = Stage::new((0..5).map(|_| Act::ok(USERS)));
    let client = stage.builder().rate_limit(2, Duration::from_secs(10)).build().unwrap();
    for _ in 0..5 {
        client.clone().users().list(1).await.unwrap();
    }
    assert_eq!(stage.slept(), seconds(&[10, 10]));
    // Each is signed when its turn has come.
    assert!(stage.targets()[2].contains("timestamp=1527500375052&"), "{:?}", stage.targets());
}

/// An API that says how much it takes.
struct Limited(rt::Client);

static LIMITED: rt::ApiSpec = rt::ApiSpec::new("limited", "", |_| Ok(())).concurrency(4).rate(1, 10);

impl rt::Api for Limited {
    type Credentials = Credentials;
    const API: &'static rt::ApiSpec = &LIMITED;

    fn wrap(client: rt::Client) -> Self {
        Self(client)
    }
}

#[tokio::test]
async fn so_many_as_the_spec_says_unless_the_caller_says_else() {
    let make = |stage: &Stage, own: bool| {
        let builder = rt::Builder::<Limited>::new(rt::BaseAddress::known("https://api.example.com"))
            .credentials(Credentials { api_token: "t".into(), secret_key: "k".into() })
            .transport(stage.clone())
            .clock(stage.clone())
            .timer(stage.clone());
        if own { builder.rate_limit(2, Duration::from_secs(3)).build().unwrap() } else { builder.build().unwrap() }
    };
    for (own, slept) in [(false, &[10, 10][..]), (true, &[3])] {
        let stage = Stage::new((0..3).map(|_| Act::Unsent));
        let Limited(client) = make(&stage, own);
        for _ in 0..3 {
            let call: super::api::Call<super::api::ListUsers> = client.call([&1]);
            drop(call.with_max_attempts(1).await);
        }
        assert_eq!(stage.slept(), seconds(slept));
    }
}

#[test]
fn a_limit_that_lets_nothing_through_or_everything_makes_no_client() {
    let second = Duration::from_secs(1);
    for (builder, what) in [
        (Stage::new([]).builder().max_concurrency(0), "`max_concurrency` must be given at least one attempt"),
        (
            Stage::new([]).builder().rate_limit(0, second),
            "`rate_limit` must be given at least one attempt, and some time",
        ),
        (
            Stage::new([]).builder().rate_limit(1, Duration::ZERO),
            "`rate_limit` must be given at least one attempt, and some time",
        ),
    ] {
        assert_eq!(builder.build().unwrap_err().to_string(), what);
    }
}

#[tokio::test]
async fn every_attempt_counts() {
    let stage = Stage::new([Act::Broken, Act::ok(USERS)]);
    let client = stage.builder().rate_limit(1, Duration::from_secs(10)).build().unwrap();
    client.users().list(1).await.unwrap();
    assert_eq!(stage.slept(), [200, 9800].map(Duration::from_millis));
}

#[tokio::test]
async fn whoever_would_wait_longer_than_the_call_may_take_does_not() {
    let stage = Stage::new([Act::ok(USERS), Act::status(503, "")]);
    let client = stage.builder().rate_limit(1, Duration::from_secs(600)).build().unwrap();
    client.users().list(1).await.unwrap();
    let error = client.users().create(new_user()).await.unwrap_err();
    assert!(error.is_timeout() && error.is_retryable() && !error.is_outcome_unknown());
    assert_eq!(error.to_string(), "users.create: nothing was sent in time");
    let why = "the limits of this client, or the server's wish for fewer calls, leave no time for it";
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), why);
    assert_eq!(stage.requests().len(), 1);
    // A call that may take for ever comes to its turn.
    let stage = Stage::new([Act::ok(USERS), Act::ok(USERS)]);
    let client = stage.builder().rate_limit(1, Duration::from_secs(600)).build().unwrap();
    for _ in 0..2 {
        client.users().list(1).with_timeout(Duration::MAX).await.unwrap();
    }
    assert_eq!(stage.slept(), seconds(&[600]));
    // Where there was an answer before, that is what counts.
    let stage = Stage::new([Act::status(503, "")]);
    let client = stage.builder().rate_limit(1, Duration::from_secs(600)).build().unwrap();
    assert_eq!(client.users().list(1).await.unwrap_err().status().unwrap().as_u16(), 503);
}

#[tokio::test]
async fn one_that_was_too_much_makes_all_wait() {
    let too_many = |after| Act::Answer(429, after, String::new());
    let stage = Stage::new([too_many(&[("Retry-After", "7")]), Act::ok(USERS), Act::ok(USERS)]);
    let client = stage.client();
    client.users().create(new_user()).await.unwrap_err();
    let error = client.users().list(1).with_timeout(Duration::from_secs(5)).await.unwrap_err();
    assert!(error.is_timeout() && stage.requests().len() == 1, "{error:?}");
    for _ in 0..2 {
        client.clone().users().list(1).await.unwrap();
    }
    assert_eq!(stage.slept(), seconds(&[7]));

    // Whoever is told to wait waits once, and nobody waits longer than a call would.
    let stage = Stage::new([too_many(&[]), too_many(&[("Retry-After", "3600")]), Act::ok(USERS)]);
    let client = stage.client();
    client.users().list(1).await.unwrap_err();
    client.users().list(1).await.unwrap();
    assert_eq!(stage.slept(), [200, 30_000].map(Duration::from_millis));

    // So does one of which nobody can read the rest.
    let stage = Stage::new([Act::status(429, &"x".repeat((16 << 20) + 1)), Act::ok(USERS)]);
    let client = stage.client();
    let error = client.users().create(new_user()).await.unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.status()),
        ("users.create: the answer is too large, status 429", Some(http::StatusCode::TOO_MANY_REQUESTS))
    );
    client.users().list(1).await.unwrap();
    assert_eq!(stage.slept(), [200].map(Duration::from_millis));
}

#[tokio::test]
async fn each_server_is_left_alone_as_it_asks() {
    let elsewhere = || rt::BaseAddress::known("https://else.example.com/v3");
    let stage = Stage::new([Act::Answer(429, &[("Retry-After", "7")], String::new()), Act::ok(USERS), Act::ok(USERS)]);
    let client = stage.builder().max_attempts(1).build().unwrap();
    client.users().list(1).with_base_address(elsewhere()).await.unwrap_err();
    client.users().list(1).with_base_address(rt::BaseAddress::known("https://api.example.com/v4")).await.unwrap();
    assert!(stage.slept().is_empty());
    client.users().list(1).with_base_address(elsewhere()).await.unwrap();
    assert_eq!(stage.slept(), seconds(&[7]));
    assert!(stage.targets()[1].starts_with("https://api.example.com/v4/"), "{:?}", stage.targets());
}

/// Time that passes before whoever waited for it looks again.
struct Passing(Stage);

impl Timer for Passing {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let mut sleep = self.0.sleep(duration);
        Box::pin(async move {
            let is_over = poll_fn(|cx| Poll::Ready(sleep.as_mut().poll(cx).is_ready())).await;
            tokio::task::yield_now().await;
            if !is_over {
                sleep.await;
            }
        })
    }

    fn now(&self) -> Instant {
        Timer::now(&self.0)
    }
}

/// What has expired in the queue is had anew before a turn begins, and not in the time of the turn; where it has expired
/// when it comes, it is asked for once.
#[tokio::test]
async fn a_turn_begins_only_with_credentials() {
    for (good_for, sent, asked) in
        [([5, 3600, 3600], [3, 16, 26], 2), ([5, 8, 8], [3, 16, 29], 3), ([0; 3], [3, 13, 23], 3)]
    {
        let stage = Stage::new((0..3).map(|_| Act::ok(USERS)));
        let vault = Vault::default();
        let provider = {
            let (stage, vault) = (stage.clone(), vault.clone());
            move || {
                let (stage, issued) = (stage.clone(), vault.provide());
                let good_for = Duration::from_secs(good_for[vault.asked() as usize - 1]);
                async move {
                    tokio::task::yield_now().await;
                    stage.sleep(Duration::from_secs(3)).await;
                    Ok::<_, std::io::Error>(issued.until(Clock::now(&stage) + good_for))
                }
            }
        };
        let builder = stage.builder().timer(Passing(stage.clone())).credentials_from(provider);
        let client = builder.rate_limit(1, Duration::from_secs(10)).build().unwrap();
        let began = Clock::now(&stage);
        let mut times = Vec::new();
        for _ in 0..3 {
            client.users().list(1).await.unwrap();
            times.push(Clock::now(&stage).duration_since(began).unwrap().as_secs());
        }
        assert_eq!((times.as_slice(), vault.asked()), (sent.as_slice(), asked), "{good_for:?}");
    }
}
