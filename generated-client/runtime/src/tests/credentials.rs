//! Credentials from a provider: when it is asked, by whom, and what its failures come to.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::Semaphore;

use super::api::{Client, Credentials, Error};
use super::stage::{Act, Stage, USER, USERS, chain, new_user};
use crate::seams::{Clock, CredentialsProvider, Issued, TransportError};
use crate::signing::SigningError;

pub(super) fn issued(number: u32) -> Issued<Credentials> {
    Credentials { api_token: format!("t0ken{number}").into(), secret_key: format!("k3y{number}").into() }.into()
}

/// How often it was asked; it gives other credentials each time.
#[derive(Clone, Default)]
pub(super) struct Vault(Arc<AtomicU32>);

impl Vault {
    pub(super) fn asked(&self) -> u32 {
        self.0.load(Ordering::SeqCst)
    }

    pub(super) fn provide(&self) -> Issued<Credentials> {
        issued(self.0.fetch_add(1, Ordering::SeqCst) + 1)
    }

    pub(super) fn client(&self, stage: &Stage) -> Client {
        let vault = self.clone();
        let provider = move || std::future::ready(Ok::<_, std::io::Error>(vault.provide()));
        stage.builder().credentials_from(provider).build().unwrap()
    }
}

/// The tokens that calls were made with.
pub(super) fn tokens(stage: &Stage) -> Vec<String> {
    let token =
        |request: &http::Request<_>| request.headers()["authorization"].to_str().unwrap().replace("Token token=", "");
    stage.requests().iter().map(token).collect()
}

#[tokio::test]
async fn a_provider_is_asked_when_a_call_needs_it_and_once() {
    let (vault, stage) = (Vault::default(), Stage::new([Act::ok(USERS), Act::ok(USER), Act::ok(USERS)]));
    let client = vault.client(&stage);
    let error = client.users().list(1).prepare().unwrap_err();
    assert!(matches!(error, Error::Signing(SigningError::NotProvidedYet)) && vault.asked() == 0, "{error:?}");
    client.users().list(1).await.unwrap();
    client.clone().users().create(new_user()).await.unwrap();
    client.users().list(1).await.unwrap();
    let prepared = client.users().list(1).prepare().unwrap();
    assert_eq!(prepared.request().headers()["authorization"], "Token token=t0ken1");
    assert!(!format!("{} {:?}", prepared.explanation(), stage.builder()).contains("t0ken1"));
    assert_eq!((tokens(&stage), vault.asked()), (vec!["t0ken1".to_owned(); 3], 1));
}

#[derive(Clone)]
struct Seconds(Arc<AtomicU64>);

impl Clock for Seconds {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

#[tokio::test]
async fn credentials_are_good_until_they_expire() {
    let (vault, stage) = (Vault::default(), Stage::new((0..4).map(|_| Act::ok(USERS))));
    let clock = Seconds(Arc::new(AtomicU64::new(0)));
    let provider = {
        let (vault, clock) = (vault.clone(), clock.clone());
        move || {
            std::future::ready(Ok::<_, std::io::Error>(vault.provide().until(clock.now() + Duration::from_secs(60))))
        }
    };
    let client = stage.builder().clock(clock.clone()).credentials_from(provider).build().unwrap();
    for now in [0, 59, 60, 119] {
        clock.0.store(now, Ordering::SeqCst);
        client.users().list(1).await.unwrap();
    }
    assert_eq!(tokens(&stage), ["t0ken1", "t0ken1", "t0ken2", "t0ken2"]);
}

#[cfg(feature = "reqwest")]
#[tokio::test(start_paused = true)]
async fn a_provider_that_hangs_is_asked_again_while_calls_keep_coming() {
    use crate::seams::{Timer, TokioTimer};

    let (asked, stage) = (Arc::new(AtomicU32::new(0)), Stage::new([Act::ok(USERS)]));
    let provider = {
        let asked = asked.clone();
        move || {
            let first = asked.fetch_add(1, Ordering::SeqCst) == 0;
            async move { if first { std::future::pending().await } else { Ok::<_, std::io::Error>(issued(1)) } }
        }
    };
    let builder = stage.builder().timer(TokioTimer).credentials_from(provider);
    let client = builder.build().unwrap();
    let at = |seconds| {
        let client = client.clone();
        async move {
            TokioTimer.sleep(Duration::from_secs(seconds)).await;
            client.users().list(1).await.map(drop)
        }
    };
    let (first, second, third, fourth) = tokio::join!(at(0), at(50), at(100), at(130));
    assert!(first.unwrap_err().is_timeout() && second.unwrap_err().is_timeout());
    let error = third.unwrap_err();
    assert!(chain(&error).ends_with("the provider took twice as long as a call may"), "{}", chain(&error));
    fourth.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

/// A provider that gives nothing before it is let.
fn held(vault: &Vault) -> (Arc<Semaphore>, impl CredentialsProvider<Credentials>) {
    let gate = Arc::new(Semaphore::new(0));
    let (vault, kept) = (vault.clone(), gate.clone());
    let provider = move || {
        let (gate, issued) = (gate.clone(), vault.provide());
        async move {
            gate.acquire().await?.forget();
            Ok::<_, tokio::sync::AcquireError>(issued)
        }
    };
    (kept, provider)
}

#[tokio::test]
async fn calls_at_the_same_time_wait_for_one_answer() {
    let (vault, stage) = (Vault::default(), Stage::unhurried((0..8).map(|_| Act::ok(USERS))));
    let (gate, provider) = held(&vault);
    let client = stage.builder().credentials_from(provider).build().unwrap();
    let calls: Vec<_> = (0..8).map(|_| tokio::spawn(client.users().list(1).into_future())).collect();
    // The one that goes away may be the one that has asked.
    let first = tokio::spawn(client.users().list(1).into_future());
    tokio::task::yield_now().await;
    first.abort();
    let mut calls = calls.into_iter();
    calls.next().unwrap().abort();
    tokio::task::yield_now().await;
    gate.add_permits(1);
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!((tokens(&stage), vault.asked()), (vec!["t0ken1".to_owned(); 7], 1));
}

#[tokio::test]
async fn a_question_that_nobody_waits_for_is_put_anew() {
    let (vault, stage) = (Vault::default(), Stage::unhurried([Act::ok(USERS)]));
    let (gate, provider) = held(&vault);
    let client = stage.builder().credentials_from(provider).build().unwrap();
    let call = tokio::spawn(client.users().list(1).into_future());
    tokio::task::yield_now().await;
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled() && vault.asked() == 1);
    gate.add_permits(1);
    client.users().list(1).await.unwrap();
    assert_eq!(tokens(&stage), ["t0ken2"]);
}

#[tokio::test]
async fn a_call_that_is_dropped_at_any_of_its_polls_leaves_the_next_alone() {
    for polls in 0..12 {
        let (vault, stage) = (Vault::default(), Stage::unhurried((0..3).map(|_| Act::ok(USERS))));
        let asked = vault.clone();
        let provider = move || {
            let issued = asked.provide();
            async move {
                for _ in 0..8 {
                    tokio::task::yield_now().await;
                }
                Ok::<_, std::io::Error>(issued)
            }
        };
        let client = stage.builder().credentials_from(provider).build().unwrap();
        let (mut dropped, other) = (client.users().list(1).into_future(), client.users().list(1));
        let other = tokio::spawn(other.into_future());
        for _ in 0..polls {
            let is_over = poll_fn(|cx| Poll::Ready(Pin::new(&mut dropped).poll(cx).is_ready())).await;
            if is_over {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(dropped);
        other.await.unwrap().unwrap();
        client.users().list(1).await.unwrap();
        assert_eq!(vault.asked(), 1, "{polls}");
    }
}

#[tokio::test]
async fn a_failure_is_that_of_the_calls_that_wait_and_of_no_other() {
    let (asked, stage) = (Arc::new(AtomicU32::new(0)), Stage::unhurried([Act::ok(USERS)]));
    let count = asked.clone();
    let provider = move || {
        let number = count.fetch_add(1, Ordering::SeqCst);
        async move {
            tokio::task::yield_now().await;
            if number == 0 { Err(TransportError::broken("reset")) } else { Ok(issued(number)) }
        }
    };
    let client = stage.builder().credentials_from(provider).build().unwrap();
    let (one, other) = tokio::join!(client.users().list(1), client.users().create(new_user()));
    let (one, other) = (one.unwrap_err(), other.unwrap_err());
    assert_eq!(
        chain(&one),
        "the request could not be made: the provider gave no credentials: the connection to the server broke: reset"
    );
    assert!(
        one.is_retryable() && !other.is_outcome_unknown() && matches!(other, Error::Signing(SigningError::Provider(_)))
    );
    assert_eq!((asked.load(Ordering::SeqCst), stage.requests().len()), (1, 0));
    client.users().list(1).await.unwrap();
}

#[tokio::test]
async fn the_answer_before_is_told_unless_it_is_a_refusal() {
    for (status, says) in [(503, "status 503"), (401, "the provider gave no credentials: no more")] {
        let stage = Stage::new([Act::status(status, "{}")]);
        let left = Mutex::new(vec![issued(1).until(UNIX_EPOCH)]);
        let provider = move || std::future::ready(left.lock().unwrap().pop().ok_or("no more"));
        let error = stage.builder().credentials_from(provider).build().unwrap().users().list(1).await.unwrap_err();
        assert!(chain(&error).contains(says), "{}", chain(&error));
    }
}

#[tokio::test]
async fn a_provider_that_takes_too_long_is_a_timeout_with_nothing_sent() {
    let stage = Stage::new([]);
    let client = stage.builder().credentials_from(std::future::pending::<Result<Issued<_>, std::io::Error>>);
    let error = client.build().unwrap().users().create(new_user()).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_outcome_unknown() && error.is_retryable(), "{error:?}");
    assert!(chain(&error).ends_with("the provider gave no credentials in time"), "{}", chain(&error));
}

#[tokio::test]
async fn what_can_be_no_credential_is_an_error_without_it() {
    let stage = Stage::new([]);
    let provider = || {
        std::future::ready(Ok::<_, std::io::Error>(Credentials {
            api_token: "c4nary\n".into(),
            secret_key: "k".into(),
        }))
    };
    let error = stage.builder().credentials_from(provider).build().unwrap().users().list(1).await.unwrap_err();
    assert_eq!(
        chain(&error),
        "the request could not be made: the provider gave no credentials: the credential `api_token` has white space around it"
    );
    assert!(!format!("{error:?} {:?}", issued(1)).contains("c4nary") && !format!("{:?}", issued(1)).contains("t0ken"));
}

#[tokio::test]
async fn a_provider_that_panics_breaks_no_other_call() {
    let (vault, stage) = (Vault::default(), Stage::unhurried([Act::ok(USERS)]));
    let (gate, asked) = (Arc::new(Semaphore::new(0)), vault.clone());
    let kept = gate.clone();
    let provider = move || {
        let (gate, issued) = (gate.clone(), asked.provide());
        let is_first = asked.asked() == 1;
        async move {
            gate.acquire().await?.forget();
            assert!(!is_first, "as it must");
            Ok::<_, tokio::sync::AcquireError>(issued)
        }
    };
    let client = stage.builder().credentials_from(provider).build().unwrap();
    // One that waits for the same and is not looked at any more.
    let mut parked = Box::pin(client.users().list(1).into_future());
    assert!(poll_fn(|cx| Poll::Ready(parked.as_mut().poll(cx).is_pending())).await);
    let calls = [(); 2].map(|()| tokio::spawn(client.users().list(1).into_future()));
    tokio::task::yield_now().await;
    kept.add_permits(2);
    let mut ends = Vec::new();
    for call in calls {
        ends.push(
            call.await.map_or_else(|panicked| panicked.is_panic().to_string(), |ended| chain(&ended.unwrap_err())),
        );
    }
    ends.sort();
    assert_eq!(
        ends,
        ["the request could not be made: the provider gave no credentials: the provider broke down", "true"]
    );
    client.users().list(1).await.unwrap();
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn a_refused_request_is_followed_by_another_on_the_wire() {
    let answer = |number: usize| match number {
        0 => b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}".to_vec(),
        _ => b"HTTP/1.1 200 OK\r\nContent-Length: 17\r\nConnection: close\r\n\r\n{\"user\":{\"id\":7}}".to_vec(),
    };
    let (address, told) = super::wire::server_of(answer).await;
    let vault = Vault::default();
    let asked = vault.clone();
    let client = super::wire::builder(&address)
        .credentials_from(move || std::future::ready(Ok::<_, std::io::Error>(asked.provide())))
        .build()
        .unwrap();
    let answered = client.users().create(new_user()).with_response().await;
    assert_eq!((answered.result.as_ref().unwrap().id, answered.attempts(), vault.asked()), (7, 2, 2));
    let requests: Vec<_> = told.try_iter().collect();
    assert!(requests[0].contains("Token token=t0ken1") && requests[1].contains("Token token=t0ken2"), "{requests:?}");
}
