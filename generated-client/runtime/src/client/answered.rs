//! The result of a call together with the answer it comes from.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use super::Sending;
use crate::error::{Error, FailedCall, Kept, Reported, Response, conclude, reported};
use crate::json::warnings;
use crate::sending::{CallSpan, Failure, Report};
use crate::tables::{Endpoint, Operation};

/// What a call came to, and what its last answer says besides.
pub struct Answered<O: Operation> {
    /// What awaiting the call alone gives.
    pub result: Result<O::Output, Error<O::Error>>,
    endpoint: &'static Endpoint,
    answer: Option<Response>,
}

impl<O: Operation> Answered<O> {
    pub(crate) fn new(endpoint: &'static Endpoint, result: Result<Response, Failure>, span: &CallSpan) -> Self {
        let answer = result.as_ref().ok().cloned();
        Self { result: conclude::<O>(endpoint, result, span), endpoint, answer }
    }

    /// The value of the call, or an error that keeps the answer, also where it is a documented one.
    ///
    /// # Errors
    ///
    /// When the call failed.
    pub fn into_result(self) -> Result<O::Output, FailedCall<O::Error>> {
        let Self { result, endpoint, answer } = self;
        result.map_err(|error| FailedCall::new(error, endpoint, answer))
    }

    /// The answer itself, if there was one.
    pub fn response(&self) -> Option<&Response> {
        self.answer.as_ref()
    }

    /// What the server calls the exchange, if the spec says where it says so.
    pub fn request_id(&self) -> Option<String> {
        self.kept()?.request_id()
    }

    /// How long the server asks to be waited for before the next call.
    pub fn retry_after(&self) -> Option<Duration> {
        self.kept()?.retry_after()
    }

    /// By how many seconds this machine's clock is ahead of the server's, where the answer has a `Date`; less than none
    /// where it is behind.
    pub fn clock_skew(&self) -> Option<i64> {
        match self.response() {
            Some(response) => response.clock_skew(),
            None => self.result.as_ref().err()?.clock_skew(),
        }
    }

    fn kept(&self) -> Option<Kept<'_>> {
        let endpoint = self.endpoint;
        self.response().map(|response| Kept { endpoint, response })
    }

    /// How often the call was tried: not at all where it could not be sent. Where it was refused and the provider of
    /// credentials failed then ([`Error::Signing`]), nothing is told of it, nor how long it took.
    pub fn attempts(&self) -> u32 {
        self.report().map_or(0, |report| report.attempts)
    }

    /// How long the call took with all its attempts and the pauses between them.
    pub fn took(&self) -> Duration {
        self.report().map_or(Duration::ZERO, |report| report.took)
    }

    /// How the call went, if it was tried at all.
    fn report(&self) -> Option<Report> {
        match self.response() {
            Some(response) => Some(response.report),
            None => self.result.as_ref().err()?.report(),
        }
    }

    /// What went wrong in the server's own words, documented or not.
    pub fn errors(&self) -> Vec<Reported> {
        let failed = self.response().filter(|_| self.result.is_err());
        failed.map(|response| reported(self.endpoint, response)).unwrap_or_default()
    }

    /// What the server warns of, beside the result.
    pub fn warnings(&self) -> Vec<Reported> {
        self.response().map(|response| warnings(response.body(), self.endpoint.envelope)).unwrap_or_default()
    }
}

impl<O: Operation> fmt::Debug for Answered<O> {
    /// Shows nothing of the result: what it is made of may not be printable.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_ok = self.result.is_ok();
        f.debug_struct("Answered").field("is_ok", &is_ok).field("response", &self.response()).finish_non_exhaustive()
    }
}

/// A call that is being made, of which the answer is kept.
#[must_use = "a call does nothing until it is awaited"]
pub struct Answering<O>(pub(crate) Sending<O>);

impl<O: Operation> Future for Answering<O> {
    type Output = Answered<O>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let result = ready!(Pin::new(&mut self.0.exchange).poll(cx));
        Poll::Ready(Answered::new(self.0.endpoint, result, &self.0.exchange.span))
    }
}

impl<O> fmt::Debug for Answering<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answering")
    }
}
