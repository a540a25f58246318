//! A transport that answers as a test says.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

use super::Reply;
use super::reply::Outcome;
use crate::client::SignedRequest;
use crate::sending::{Body, BoxFuture, Transport, TransportError};

/// A [`Transport`] that sends nothing anywhere: it answers as it was told, and remembers what it was given.
///
/// As a transport it is below signing and retries: what it remembers is each attempt as it would have been sent.
/// `Builder::answered_by` has it stand above them: what it remembers is each call, before it is signed. A copy is of the
/// same script: a test gives one to the client and keeps the other.
///
/// ```
/// use client_runtime::testing::{Reply, Script};
///
/// let script = Script::new([Reply::status(503), Reply::json(200, r#"{"id": 1}"#)]);
/// let by_path = Script::by(|request| match request.uri().path() {
///     "/users/1" => Reply::json(200, r#"{"id": 1}"#),
///     _ => Reply::status(404),
/// });
/// # let _ = (script, by_path);
/// ```
#[derive(Clone)]
pub struct Script(Arc<Lines>);

type Answering = Box<dyn FnMut(&SignedRequest) -> Reply + Send>;

struct Lines {
    reply: Mutex<Answering>,
    /// In the order of their arrival, bodies read to the end.
    requests: Mutex<Vec<http::Request<Bytes>>>,
}

impl Script {
    /// Answers in this order. A request after the last of them is an error, and is not made again.
    pub fn new<I>(replies: I) -> Self
    where
        I: IntoIterator<Item = Reply>,
        I::IntoIter: Send + 'static,
    {
        let mut replies = replies.into_iter();
        Self::by(move |_| {
            replies.next().unwrap_or_else(|| TransportError::unfit("the script has no more answers").into())
        })
    }

    /// Answers each request by what it is.
    pub fn by(reply: impl FnMut(&SignedRequest) -> Reply + Send + 'static) -> Self {
        Self(Arc::new(Lines { reply: Mutex::new(Box::new(reply)), requests: Mutex::default() }))
    }

    /// Every request so far, one for each attempt: signed, unless the script is above that, with its body as it would be
    /// sent, files included.
    pub fn requests(&self) -> Vec<SignedRequest> {
        held(&self.0.requests).iter().map(signed).collect()
    }
}

impl Transport for Script {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, mut body) = request.into_parts();
            let request = http::Request::from_parts(parts, body.read(usize::MAX).await?);
            let shown = signed(&request);
            held(&self.0.requests).push(request);
            let reply = held(&self.0.reply)(&shown);
            match reply.0 {
                Outcome::Answer(answer) => Ok(answer),
                Outcome::Failure(error) => Err(error),
                Outcome::Silence => std::future::pending().await,
            }
        })
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script").field("requests", &held(&self.0.requests).len()).finish_non_exhaustive()
    }
}

fn signed(request: &http::Request<Bytes>) -> SignedRequest {
    SignedRequest::new(request.clone().map(Body::from))
}

/// What a test that panicked left is still true.
fn held<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
