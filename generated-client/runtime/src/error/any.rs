//! The error of any operation, for applications that want a single one.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::{Error, Response, case};
use crate::tables::{Captures, Code, OperationError};
use crate::validate::Violations;

/// The error of some operation of an API, with the error's code instead of its type.
///
/// The error itself is kept: [`AnyError::downcast_ref`] with its type gets it back.
pub struct AnyError<C> {
    code: Option<C>,
    error: Box<dyn Erased>,
}

/// What every `Error<E>` can do, whatever `E` is.
trait Erased: StdError + Send + Sync + 'static {
    fn is_retryable(&self) -> bool;
    fn is_timeout(&self) -> bool;
    fn is_outcome_unknown(&self) -> bool;
    fn status(&self) -> Option<StatusCode>;
    fn retry_after(&self) -> Option<Duration>;
    fn response(&self) -> Option<&Response>;
    fn violations(&self) -> Option<&Violations>;
}

impl<E: OperationError> Erased for Error<E> {
    fn is_retryable(&self) -> bool {
        self.is_retryable()
    }

    fn is_timeout(&self) -> bool {
        self.is_timeout()
    }

    fn is_outcome_unknown(&self) -> bool {
        self.is_outcome_unknown()
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

    fn violations(&self) -> Option<&Violations> {
        if let Self::Invalid(violations) = self { Some(violations) } else { None }
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

    /// The status of the answer, if there was one or the beginning of one; of a documented error, if it
    /// comes with one status only.
    pub fn status(&self) -> Option<StatusCode> {
        self.error.status()
    }

    /// How long the server asks to be waited for; see [`Error::retry_after`].
    pub fn retry_after(&self) -> Option<Duration> {
        self.error.retry_after()
    }

    /// The answer, where it says more than the error does.
    pub fn response(&self) -> Option<&Response> {
        self.error.response()
    }

    /// Which constraints the parameters do not meet, if that is why nothing was sent.
    pub fn violations(&self) -> Option<&Violations> {
        self.error.violations()
    }

    /// The error itself, if it is of this type: `Error<CreateUserError>`, for example.
    pub fn downcast_ref<T: StdError + 'static>(&self) -> Option<&T> {
        let error: &(dyn StdError + 'static) = &*self.error;
        error.downcast_ref()
    }
}

impl<C: Code, E: OperationError<Code = C>> From<Error<E>> for AnyError<C> {
    fn from(error: Error<E>) -> Self {
        let case = if let Error::Api(error) = &error { case(error) } else { None };
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
