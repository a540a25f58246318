//! What can go wrong with a call, and how an answer becomes a result.

mod any;
mod conclude;
mod details;
mod failed;
mod kept;
mod response;

use std::fmt;
use std::time::Duration;

use http::StatusCode;

pub use crate::tables::Reported;
pub use any::AnyError;
#[cfg(feature = "tracing")]
pub(crate) use conclude::recognise;
pub(crate) use conclude::{conclude, documented, judge, passes, refuse_page, reported};
use details::UNKNOWN;
pub use details::{Interrupted, Undecodable, Unexpected};
pub use failed::FailedCall;
pub(crate) use kept::Kept;
pub use response::Response;

use crate::paging::PagingError;
use crate::sending::{Report, is_transient};
use crate::signing::SigningError;
use crate::tables::{Again, ErrorCase, OperationError, case_of};
use crate::validate::Violations;

/// Why a call has no result.
///
/// Neither `Debug` nor `Display` nor any source shows a value from an answer or a secret of a call.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// The parameters do not meet the documented constraints. Nothing was sent.
    Invalid(Violations),
    /// The server answered with an error that the operation's documentation lists.
    ///
    /// Which one is all that there is here, so that it can be matched: a call that is awaited as it is keeps no answer of
    /// it, and neither do [`Error::response`], `request_id` and the like. Whoever wants to know more makes the call by
    /// `with_response()`, whose [`into_result`](crate::Answered::into_result) gives an error that keeps the answer.
    Api(E),
    /// The server answered with an error that the documentation does not list.
    Unexpected(Box<Unexpected>),
    /// The status is that of a success, and the answer could not be read. Where it is JSON, or says that the call
    /// succeeded, the call took effect, so do not repeat it. What is neither, such as the page of a proxy or nothing at
    /// all, may be anybody's: [`Error::is_outcome_unknown`] tells the two apart.
    Decode(Box<Undecodable>),
    /// No answer came in time, or not all of it.
    Timeout(Box<Interrupted>),
    /// The exchange did not come to its end.
    Transport(Box<Interrupted>),
    /// Nothing shows that the answer is the server's: it is not signed as the spec says. What it says was not read, and the
    /// call was not made again; why stands in its cause.
    Unproven(Box<Interrupted>),
    /// The request could not be signed or put together. Nothing was sent, or what was sent was refused and the provider
    /// had no other credentials.
    Signing(SigningError),
    /// The next page cannot be had from where the answer says that it is. It was not asked for.
    Paging(PagingError),
}

impl<E: OperationError> Error<E> {
    /// Whether making the same call again may succeed, and can do no harm.
    ///
    /// Where the client may repeat a call by itself it has done so already. A documented error is worth
    /// another attempt if the documentation says so, or else if its status is 429 or 503 and nothing else:
    /// the server did nothing, and may soon. So is an undocumented one of these two, and one of status 408, 502 or 504 where
    /// the call may be made twice. The same call has the same idempotency key: where the caller gave none, another
    /// call has another, and is not the same.
    pub fn is_retryable(&self) -> bool {
        match self {
            // The provider may have some the next time.
            Self::Signing(error) => matches!(error, SigningError::Provider(_)),
            Self::Invalid(_) | Self::Decode(_) | Self::Paging(_) => false,
            Self::Api(error) => case_of(error).is_some_and(|case| match case.again {
                Again::AsStatus => {
                    !case.statuses().is_empty() && case.statuses().iter().all(|status| matches!(status, 429 | 503))
                }
                // Once more at once was all that could help, where it does no harm.
                Again::Never | Again::Fresh => false,
                Again::Safe => true,
            }),
            Self::Unexpected(answer) => {
                let may_repeat = answer.response.report.may_repeat(answer.endpoint.retry);
                is_transient(answer.response.status()) && (may_repeat || !answer.is_outcome_unknown())
            }
            Self::Timeout(broken) | Self::Transport(broken) | Self::Unproven(broken) => broken.retryable,
        }
    }

    /// Whether no answer came in time, or not all of it.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Timeout(_) => true,
            Self::Invalid(_)
            | Self::Api(_)
            | Self::Unexpected(_)
            | Self::Decode(_)
            | Self::Transport(_)
            | Self::Unproven(_)
            | Self::Signing(_)
            | Self::Paging(_) => false,
        }
    }

    /// Whether nobody can say if the call took effect. Look before you repeat it.
    ///
    /// Only calls that change things leave that open, and those of which no operation says that they do not: without an
    /// answer, with one that may be anybody's ([`Error::Unproven`]), with an undocumented one whose status is 408 or a
    /// server error, and with one that says neither that the call succeeded nor that it failed, whatever its status: a page
    /// of HTML is one; after 429 and 503 nothing happened. A documented error leaves it open where the documentation says
    /// so, or says of it no more than such a status. `false` does not mean that nothing happened: a call that ends in
    /// [`Error::Decode`] then succeeded and **took effect**, so that repeating it would do the same a second time.
    pub fn is_outcome_unknown(&self) -> bool {
        match self {
            Self::Timeout(broken) | Self::Transport(broken) | Self::Unproven(broken) => broken.outcome_unknown,
            Self::Api(error) => case_of(error).is_some_and(|case| case.is_outcome_unknown(E::LEAVES_OPEN)),
            Self::Unexpected(answer) => answer.is_outcome_unknown(),
            Self::Decode(answer) => answer.is_outcome_unknown(),
            Self::Invalid(_) | Self::Signing(_) | Self::Paging(_) => false,
        }
    }

    /// The status of the answer, if there was one or the beginning of one; of a documented error, if it
    /// comes with one status only.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => case_of(error).and_then(ErrorCase::status),
            Self::Timeout(broken) | Self::Transport(broken) | Self::Unproven(broken) => broken.status,
            Self::Invalid(_) | Self::Unexpected(_) | Self::Decode(_) | Self::Signing(_) | Self::Paging(_) => {
                self.response().map(Response::status)
            }
        }
    }

    /// How long the server asks to be waited for before the next call, where an answer that is kept says so. It has not
    /// been waited for.
    pub fn retry_after(&self) -> Option<Duration> {
        self.kept()?.retry_after()
    }

    /// What the server calls the exchange, if the spec says where it says so and the answer is kept.
    pub fn request_id(&self) -> Option<String> {
        self.kept()?.request_id()
    }

    /// By how many seconds this machine's clock is ahead of the server's, where an answer that is kept has a `Date`, or one
    /// that is not believed ([`Error::Unproven`]); less than none where it is behind.
    pub fn clock_skew(&self) -> Option<i64> {
        match self {
            Self::Timeout(broken) | Self::Transport(broken) | Self::Unproven(broken) => broken.clock_skew(),
            Self::Invalid(_)
            | Self::Api(_)
            | Self::Unexpected(_)
            | Self::Decode(_)
            | Self::Signing(_)
            | Self::Paging(_) => self.response()?.clock_skew(),
        }
    }

    /// How often the call was tried, where the error knows: a documented one does not.
    pub fn attempts(&self) -> Option<u32> {
        self.report().map(|report| report.attempts)
    }

    /// How long the call took with all its attempts and the pauses between them, where the error knows.
    pub fn took(&self) -> Option<Duration> {
        self.report().map(|report| report.took)
    }

    /// The answer, where it says more than the error does.
    pub fn response(&self) -> Option<&Response> {
        self.kept().map(|kept| kept.response)
    }

    /// How the call went, where the error knows.
    pub(crate) fn report(&self) -> Option<Report> {
        match self {
            Self::Timeout(broken) | Self::Transport(broken) | Self::Unproven(broken) => Some(broken.report),
            Self::Invalid(_)
            | Self::Api(_)
            | Self::Unexpected(_)
            | Self::Decode(_)
            | Self::Signing(_)
            | Self::Paging(_) => self.response().map(|response| response.report),
        }
    }

    /// What spans call it, where there is no answer that has a name of its own.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::Decode(_) => "decode",
            Self::Timeout(_) => "timeout",
            Self::Transport(_) => "transport",
            Self::Unproven(_) => "unproven",
            Self::Signing(_) => "signing",
            Self::Paging(_) => "paging",
            Self::Api(_) | Self::Unexpected(_) => "_OTHER",
        }
    }

    fn kept(&self) -> Option<Kept<'_>> {
        match self {
            Self::Unexpected(answer) => Some(answer.kept()),
            Self::Decode(answer) => Some(answer.kept()),
            Self::Invalid(_)
            | Self::Api(_)
            | Self::Timeout(_)
            | Self::Transport(_)
            | Self::Unproven(_)
            | Self::Signing(_)
            | Self::Paging(_) => None,
        }
    }
}

impl<E: OperationError> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(violations) => fmt::Display::fmt(violations, f),
            Self::Api(error) => {
                fmt::Display::fmt(error, f)?;
                if self.is_outcome_unknown() { f.write_str(UNKNOWN) } else { Ok(()) }
            }
            Self::Unexpected(answer) => fmt::Display::fmt(answer, f),
            Self::Decode(answer) => fmt::Display::fmt(answer, f),
            Self::Timeout(broken) => broken.describe(false, f),
            Self::Transport(broken) | Self::Unproven(broken) => broken.describe(true, f),
            Self::Signing(_) => f.write_str("the request could not be made"),
            Self::Paging(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl<E: OperationError> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // Their own line says everything.
            Self::Invalid(_) | Self::Api(_) | Self::Unexpected(_) | Self::Paging(_) => None,
            Self::Decode(answer) => Some(&*answer.cause),
            Self::Timeout(broken) | Self::Transport(broken) | Self::Unproven(broken) => {
                broken.cause.as_ref().map(|cause| cause as _)
            }
            Self::Signing(error) => Some(error),
        }
    }
}
