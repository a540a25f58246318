//! The error of any operation, for applications that want a single one.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::{Error, FailedCall, Response};
use crate::tables::{Captures, Code, OperationError, case_of};
use crate::validate::Violations;

/// The error of some operation of an API, with the error's code instead of its type.
///
/// The error itself is kept: [`AnyError::downcast_ref`] with its type gets it back.
pub struct AnyError<C> {
    code: Option<C>,
    error: Box<dyn Erased>,
}

/// What every `FailedCall<E>` can do, whatever `E` is.
trait Erased: StdError + Send + Sync + 'static {
    fn is_retryable(&self) -> bool;
    fn is_timeout(&self) -> bool;
    fn is_outcome_unknown(&self) -> bool;
    fn status(&self) -> Option<StatusCode>;
    fn retry_after(&self) -> Option<Duration>;
    fn response(&self) -> Option<&Response>;
    fn request_id(&self) -> Option<String>;
    fn clock_skew(&self) -> Option<i64>;
    fn attempts(&self) -> Option<u32>;
    fn took(&self) -> Option<Duration>;
    fn violations(&self) -> Option<&Violations>;
    /// The `Error<E>`.
    fn error(&self) -> &(dyn StdError + 'static);
}

impl<E: OperationError> Erased for FailedCall<E> {
    fn is_retryable(&self) -> bool {
        self.error.is_retryable()
    }

    fn is_timeout(&self) -> bool {
        self.error.is_timeout()
    }

    fn is_outcome_unknown(&self) -> bool {
        self.error.is_outcome_unknown()
    }

    fn status(&self) -> Option<StatusCode> {
        self.status()
    }

    fn retry_after(&self) -> Option<Duration> {
        self.retry_after()
    }

    fn response(&self) -> Option<&Response> {
        self.response()
    }

    fn request_id(&self) -> Option<String> {
        self.request_id()
    }

    fn clock_skew(&self) -> Option<i64> {
        self.clock_skew()
    }

    fn attempts(&self) -> Option<u32> {
        self.attempts()
    }

    fn took(&self) -> Option<Duration> {
        self.took()
    }

    fn violations(&self) -> Option<&Violations> {
        if let Error::Invalid(violations) = &self.error { Some(violations) } else { None }
    }

    fn error(&self) -> &(dyn StdError + 'static) {
        &self.error
    }
}

impl<C: Code> AnyError<C> {
    /// Which documented error it is, if it is one.
    pub fn code(&self) -> Option<C> {
        self.code
    }

    /// Whether making the same call again may succeed, and can do no harm.
    pub fn is_retryable(&self) -> bool {
        self.error.is_retryable()
    }

    /// Whether no answer came in time, or not all of it.
    pub fn is_timeout(&self) -> bool {
        self.error.is_timeout()
    }

    /// Whether nobody can say if the call took effect; see [`Error::is_outcome_unknown`].
    pub fn is_outcome_unknown(&self) -> bool {
        self.error.is_outcome_unknown()
    }

    /// The status of the answer, if there was one or the beginning of one; of a documented error whose answer was not
    /// kept, if it comes with one status only.
    pub fn status(&self) -> Option<StatusCode> {
        self.error.status()
    }

    /// How long the server asks to be waited for; see [`Error::retry_after`].
    pub fn retry_after(&self) -> Option<Duration> {
        self.error.retry_after()
    }

    /// What the server calls the exchange, if the spec says where it says so and the answer is kept.
    pub fn request_id(&self) -> Option<String> {
        self.error.request_id()
    }

    /// By how many seconds this machine's clock is ahead of the server's; see [`Error::clock_skew`].
    pub fn clock_skew(&self) -> Option<i64> {
        self.error.clock_skew()
    }

    /// How often the call was tried, where the error knows.
    pub fn attempts(&self) -> Option<u32> {
        self.error.attempts()
    }

    /// How long the call took with all its attempts and the pauses between them, where the error knows.
    pub fn took(&self) -> Option<Duration> {
        self.error.took()
    }

    /// The answer, where it says more than the error does; also that of a documented error, where the call kept it.
    pub fn response(&self) -> Option<&Response> {
        self.error.response()
    }

    /// Which constraints the parameters do not meet, if that is why nothing was sent.
    pub fn violations(&self) -> Option<&Violations> {
        self.error.violations()
    }

    /// The error itself, if it is of this type: `Error<CreateUserError>`, for example.
    pub fn downcast_ref<T: StdError + 'static>(&self) -> Option<&T> {
        self.error.error().downcast_ref()
    }
}

impl<C: Code, E: OperationError<Code = C>> From<Error<E>> for AnyError<C> {
    fn from(error: Error<E>) -> Self {
        FailedCall::from(error).into()
    }
}

impl<C: Code, E: OperationError<Code = C>> From<FailedCall<E>> for AnyError<C> {
    fn from(error: FailedCall<E>) -> Self {
        let case = if let Error::Api(error) = &error.error { case_of(error) } else { None };
        let known = case.and_then(|case| C::VARIANTS.iter().find(|known| known.0.name() == case.name()));
        Self { code: known.map(|known| (known.1)(&mut Captures::default())), error: Box::new(error) }
    }
}

impl<C> fmt::Debug for AnyError<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.error, f)
    }
}

impl<C> fmt::Display for AnyError<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.error, f)
    }
}

impl<C> StdError for AnyError<C> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.source()
    }
}
