//! The error of a call together with the answer that it comes from.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::{Error, Kept, Response};
use crate::sending::Report;
use crate::tables::{Endpoint, OperationError};

/// Why a call has no result, and what the answer says besides, whichever error it is.
#[derive(Debug)]
pub struct FailedCall<E> {
    /// What awaiting the call alone gives.
    pub error: Error<E>,
    /// The answer that is a documented error: every other error has its own.
    answer: Option<Box<Answer>>,
}

#[derive(Debug)]
struct Answer {
    endpoint: &'static Endpoint,
    response: Response,
}

impl<E: OperationError> FailedCall<E> {
    pub(crate) fn new(error: Error<E>, endpoint: &'static Endpoint, answer: Option<Response>) -> Self {
        let answer = answer.filter(|_| matches!(error, Error::Api(_)));
        Self { error, answer: answer.map(|response| Box::new(Answer { endpoint, response })) }
    }

    /// The status of the answer, if there was one or the beginning of one.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(Response::status).or_else(|| self.error.status())
    }

    /// What the server calls the exchange, if the spec says where it says so.
    pub fn request_id(&self) -> Option<String> {
        self.kept()?.request_id()
    }

    /// How long the server asks to be waited for before the next call. It has not been waited for.
    pub fn retry_after(&self) -> Option<Duration> {
        self.kept()?.retry_after()
    }

    /// By how many seconds this machine's clock is ahead of the server's, where the answer has a `Date`; less than none
    /// where it is behind.
    pub fn clock_skew(&self) -> Option<i64> {
        match &self.answer {
            Some(answer) => answer.response.clock_skew(),
            None => self.error.clock_skew(),
        }
    }

    /// How often the call was tried, if it was.
    pub fn attempts(&self) -> Option<u32> {
        self.report().map(|report| report.attempts)
    }

    /// How long the call took with all its attempts and the pauses between them, if it was tried.
    pub fn took(&self) -> Option<Duration> {
        self.report().map(|report| report.took)
    }

    /// The answer, if there was one.
    pub fn response(&self) -> Option<&Response> {
        self.kept().map(|kept| kept.response)
    }

    fn kept(&self) -> Option<Kept<'_>> {
        let own = self.answer.as_deref().map(|Answer { endpoint, response }| Kept { endpoint, response });
        own.or_else(|| self.error.kept())
    }

    fn report(&self) -> Option<Report> {
        self.response().map(|response| response.report).or_else(|| self.error.report())
    }
}

impl<E: OperationError> From<Error<E>> for FailedCall<E> {
    fn from(error: Error<E>) -> Self {
        Self { error, answer: None }
    }
}

impl<E: OperationError> fmt::Display for FailedCall<E> {
    /// `not_authorized (401 or 403): you may not do this; its status is 401; this machine's clock is 3600 s behind …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.error, f)?;
        let Some(Answer { endpoint, response }) = self.answer.as_deref() else { return Ok(()) };
        if self.error.status().is_none() {
            write!(f, "; its status is {}", response.status.as_u16())?;
        }
        Kept { endpoint, response }.remarks(f)
    }
}

impl<E: OperationError> std::error::Error for FailedCall<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.source()
    }
}
