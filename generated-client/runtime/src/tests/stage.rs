//! A transport that plays a script, and a clock that moves only when somebody waits.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;

use super::api::{Client, CreateUser, Credentials, Environment, Role};
use crate::seams::{Body, BoxFuture, Clock, NoNonce, Nonces, Timer, Transport, TransportError};

/// What the transport does with one request.
pub(super) enum Act {
    Answer(u16, &'static [(&'static str, &'static str)], String),
    Unsent,
    Broken,
    /// Never answers.
    Silence,
}

impl Act {
    pub(super) fn ok(body: &str) -> Self {
        Self::status(200, body)
    }

    pub(super) fn status(status: u16, body: &str) -> Self {
        Self::Answer(status, &[], body.to_owned())
    }
}

/// A user that has been created.
pub(super) const USER: &str = r#"{"user":{"id":7}}"#;

/// A list that has nothing in it.
pub(super) const USERS: &str = r#"{"users":[]}"#;

/// An error and what caused it, down to the first cause.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let chain = std::iter::successors(Some(error), |&error| error.source());
    chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// A user that can be created.
pub(super) fn new_user() -> CreateUser {
    CreateUser { institute_id: 1, email: "a@b.co".into(), password: "Passw0rd".into(), role: Role::Teacher }
}

#[expect(clippy::disallowed_methods, reason = "some moment to begin with")]
fn began() -> Instant {
    Instant::now()
}

/// Polls a call once, which does not end it.
pub(super) async fn begin(call: &mut (impl Future + Unpin)) {
    let is_pending = std::future::poll_fn(|cx| Poll::Ready(Pin::new(&mut *call).poll(cx).is_pending()));
    assert!(is_pending.await);
}

/// Everything that is injected into a client, and a record of what was done with it.
#[derive(Clone)]
pub(super) struct Stage(Arc<Mutex<Record>>);

struct Record {
    script: VecDeque<Act>,
    requests: Vec<http::Request<Bytes>>,
    now: SystemTime,
    passed: Duration,
    began: Instant,
    slept: Vec<Duration>,
    nonce: i64,
    /// Whether calls have no deadline.
    unhurried: bool,
}

impl Stage {
    pub(super) fn new(script: impl IntoIterator<Item = Act>) -> Self {
        Self(Arc::new(Mutex::new(Record {
            script: script.into_iter().collect(),
            requests: Vec::new(),
            now: UNIX_EPOCH + Duration::from_millis(1_527_500_365_052),
            passed: Duration::ZERO,
            began: began(),
            slept: Vec::new(),
            nonce: 0,
            unhurried: false,
        })))
    }

    /// For another transport, whose answers take as long as they take.
    pub(super) fn unhurried(script: impl IntoIterator<Item = Act>) -> Self {
        let stage = Self::new(script);
        stage.0.lock().unwrap().unhurried = true;
        stage
    }

    pub(super) fn builder(&self) -> crate::rt::Builder<Client> {
        Client::builder(Environment::custom("https://api.example.com/v3/").unwrap())
            .credentials(Credentials { api_token: "t0ken".into(), secret_key: "k3y".into() })
            .transport(self.clone())
            .clock(self.clone())
            .nonces(self.clone())
            .timer(self.clone())
    }

    pub(super) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(super) fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.0.lock().unwrap().requests.clone()
    }

    pub(super) fn targets(&self) -> Vec<String> {
        self.requests().iter().map(|request| request.uri().to_string()).collect()
    }

    /// The pauses between attempts.
    pub(super) fn slept(&self) -> Vec<Duration> {
        self.0.lock().unwrap().slept.clone()
    }
}

impl Transport for Stage {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut record = self.0.lock().unwrap();
        record.requests.push(request.map(|body| body.bytes().cloned().unwrap_or_default()));
        let act = record.script.pop_front();
        Box::pin(async move {
            match act.expect("a request that the script does not have") {
                Act::Answer(status, headers, body) => {
                    let mut response = http::Response::builder().status(status);
                    for (name, value) in headers {
                        response = response.header(*name, *value);
                    }
                    Ok(response.body(Body::from(body)).unwrap())
                }
                Act::Unsent => Err(TransportError::not_sent("refused")),
                Act::Broken => Err(TransportError::broken("reset")),
                Act::Silence => std::future::pending().await,
            }
        })
    }
}

impl Clock for Stage {
    fn now(&self) -> SystemTime {
        self.0.lock().unwrap().now
    }
}

impl Nonces for Stage {
    fn nonce(&self) -> Result<i64, NoNonce> {
        let mut record = self.0.lock().unwrap();
        record.nonce += 1;
        Ok(record.nonce)
    }
}

impl Timer for Stage {
    /// More than is allowed, which must be cut.
    fn pause(&self, longest: Duration) -> Duration {
        longest * 2
    }

    fn now(&self) -> Instant {
        let record = self.0.lock().unwrap();
        record.began + record.passed
    }

    /// The deadline of a call, 60 seconds in these tests, ends when everything else stands still.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let stage = self.clone();
        let mut polled = 0;
        Box::pin(std::future::poll_fn(move |cx| {
            // The time of a question, which is twice that of a call.
            if duration == Duration::from_secs(120) {
                return Poll::Pending;
            }
            if duration == Duration::from_secs(60) {
                if stage.0.lock().unwrap().unhurried {
                    return Poll::Pending;
                }
                polled += 1;
                cx.waker().wake_by_ref();
                return if polled > 100 { Poll::Ready(()) } else { Poll::Pending };
            }
            let mut record = stage.0.lock().unwrap();
            record.slept.push(duration);
            record.now += duration;
            record.passed += duration;
            Poll::Ready(())
        }))
    }
}
