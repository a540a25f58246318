//! What errors carry.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::kept::{HELD_BACK, Kept, describe_skew, notable};
use super::response::skew;
use super::{Reported, Response, reported};
use crate::json::DecodeError;
use crate::sending::{Report, TransportError, leaves_outcome_open};
use crate::tables::{Endpoint, Retry};

/// What a call did that nobody can say.
pub(super) const UNKNOWN: &str = "; whether the call took effect is unknown";

/// An answer that is an error which the documentation does not list.
#[derive(Debug)]
pub struct Unexpected {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) response: Response,
    /// Whether it says that the call failed, and not only nothing of a success.
    pub(crate) is_told: bool,
}

impl Unexpected {
    /// The answer.
    pub fn response(&self) -> &Response {
        &self.response
    }

    /// What it reports, with the codes and messages that nobody documented.
    pub fn errors(&self) -> Vec<Reported> {
        reported(self.endpoint, &self.response)
    }

    /// What the server calls the exchange, if the spec says where it says so.
    pub fn request_id(&self) -> Option<String> {
        self.kept().request_id()
    }

    /// How long the server asks to be waited for before the next call.
    pub fn retry_after(&self) -> Option<Duration> {
        self.kept().retry_after()
    }

    pub(super) fn kept(&self) -> Kept<'_> {
        Kept { endpoint: self.endpoint, response: &self.response }
    }

    pub(super) fn is_outcome_unknown(&self) -> bool {
        let Self { endpoint, response, is_told } = self;
        response.report.left_open
            || leaves_outcome_open(endpoint.retry, response.status)
            || (endpoint.retry != Retry::Safe && !is_told)
    }
}

impl fmt::Display for Unexpected {
    /// `users.list: an answer that is not documented, status 503; the server asks for 3600 s before the next call`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: an answer that is not documented, status {}", self.endpoint.id, self.response.status.as_u16())?;
        self.kept().remarks(f)?;
        if self.is_outcome_unknown() { f.write_str(UNKNOWN) } else { Ok(()) }
    }
}

/// An answer with the status of a success that could not be read. Unless [`Error::is_outcome_unknown`] says else, a call
/// that changes things took effect: do not repeat it.
///
/// [`Error::is_outcome_unknown`]: super::Error::is_outcome_unknown
#[derive(Debug)]
pub struct Undecodable {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) response: Response,
    pub(crate) cause: Box<DecodeError>,
    /// Whether it says that the call succeeded, as JSON does, and is not what anybody may have given.
    pub(crate) is_told: bool,
}

impl Undecodable {
    /// The answer.
    pub fn response(&self) -> &Response {
        &self.response
    }

    /// What the server calls the exchange, if the spec says where it says so.
    pub fn request_id(&self) -> Option<String> {
        self.kept().request_id()
    }

    pub(super) fn kept(&self) -> Kept<'_> {
        Kept { endpoint: self.endpoint, response: &self.response }
    }

    pub(super) fn is_outcome_unknown(&self) -> bool {
        !self.is_told && self.endpoint.retry != Retry::Safe
    }

    /// Where in the answer, and what was expected there.
    pub fn cause(&self) -> &DecodeError {
        &self.cause
    }
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (id, status) = (self.endpoint.id, self.response.status.as_u16());
        match self.is_told {
            true => write!(f, "{id}: the call succeeded ({status}), but its answer could not be read")?,
            false => write!(f, "{id}: an answer that cannot be read, status {status}")?,
        }
        if self.is_outcome_unknown() { f.write_str(UNKNOWN) } else { Ok(()) }
    }
}

/// An exchange that did not come to its end, or to one that is believed: an answer that is not signed as it must be.
#[derive(Debug)]
pub struct Interrupted {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) report: Report,
    pub(crate) status: Option<StatusCode>,
    pub(crate) outcome_unknown: bool,
    pub(crate) retryable: bool,
    /// A file that can be read only once has been.
    pub(crate) spent: bool,
    pub(crate) cause: Option<TransportError>,
}

impl Interrupted {
    /// How often the call was tried.
    pub fn attempts(&self) -> u32 {
        self.report.attempts
    }

    /// The status, if the answer had begun.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// By how many seconds this machine's clock is ahead of the server's, where there is an answer that is not believed and
    /// it has a `Date`; less than none where it is behind. What is signed at a wrong time is no good.
    pub fn clock_skew(&self) -> Option<i64> {
        Some(skew(self.report.ended, self.cause.as_ref()?.date()?))
    }

    /// Whether the call may have taken effect.
    pub fn is_outcome_unknown(&self) -> bool {
        self.outcome_unknown
    }

    /// How long the call took with all its attempts and the pauses between them.
    pub fn took(&self) -> Duration {
        self.report.took
    }

    /// What the transport said, or why the answer is not believed; nothing where the time of the call was over.
    pub fn cause(&self) -> Option<&TransportError> {
        self.cause.as_ref()
    }

    /// `users.create: the answer broke off, status 200; whether the call took effect is unknown`.
    pub(super) fn describe(&self, in_time: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unproven = self.cause.as_ref().is_some_and(TransportError::is_unproven);
        let too_large = self.cause.as_ref().is_some_and(TransportError::is_too_large);
        let is_unsent = self.report.attempts == 0 && self.cause.as_ref().is_some_and(TransportError::is_unsent);
        let what = match (self.status, in_time) {
            (None, true) if is_unsent => "nothing was sent",
            (None, true) => "no answer",
            (None, false) if is_unsent => "nothing was sent in time",
            (None, false) => "no answer in time",
            (_, true) if unproven => "nothing shows that the answer is the server's",
            (Some(_), true) if too_large => "the answer is too large",
            (Some(_), true) => "the answer broke off",
            (Some(_), false) => "the answer did not end in time",
        };
        write!(f, "{}: {what}", self.endpoint.id)?;
        if let Some(status) = self.status {
            write!(f, ", status {}", status.as_u16())?;
        }
        if self.report.attempts > 1 {
            write!(f, " after {} attempts", self.report.attempts)?;
        }
        if let Some(skew) = notable(self.clock_skew()) {
            f.write_str("; by its date ")?;
            describe_skew(skew, f)?;
        }
        if self.report.held_back {
            f.write_str(HELD_BACK)?;
        }
        if self.spent {
            f.write_str("; a file was read that can be read only once, so that the call was not made again")?;
        }
        let is_change = self.endpoint.retry != Retry::Safe;
        if self.outcome_unknown {
            f.write_str(UNKNOWN)?;
        } else if is_change && self.status.is_some_and(|status| self.endpoint.envelope.accepts(status)) {
            f.write_str("; the call took effect")?;
        }
        Ok(())
    }
}
