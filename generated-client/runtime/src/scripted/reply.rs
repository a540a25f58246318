//! What a scripted transport does with one request.

use std::fmt;

use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::{Response, StatusCode};

use crate::sending::{Body, TransportError};

/// What becomes of one request: an answer, a failure, or nothing at all.
pub struct Reply(pub(super) Outcome);

pub(super) enum Outcome {
    Answer(Response<Body>),
    Failure(TransportError),
    Silence,
}

impl Reply {
    /// An answer with this status and nothing in it. A number that is no status is a failure, as one that nobody speaks.
    pub fn status(status: u16) -> Self {
        let mut answer = Response::new(Body::from(Bytes::new()));
        match StatusCode::from_u16(status) {
            Ok(status) => *answer.status_mut() = status,
            Err(error) => return TransportError::unfit(error).into(),
        }
        answer.into()
    }

    /// An answer that is JSON.
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::status(status).header("content-type", "application/json").body(body.into())
    }

    /// Sets a header of an answer. What no header can be is a failure.
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        let Outcome::Answer(mut answer) = self.0 else { return self };
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => answer.headers_mut().insert(name, value),
            (Err(error), _) => return TransportError::unfit(error).into(),
            (_, Err(error)) => return TransportError::unfit(error).into(),
        };
        answer.into()
    }

    /// Sets the body of an answer.
    #[must_use]
    pub fn body(self, body: impl Into<Body>) -> Self {
        match self.0 {
            Outcome::Answer(answer) => answer.map(|_| body.into()).into(),
            Outcome::Failure(_) | Outcome::Silence => self,
        }
    }

    /// There never is an answer: the call lasts as long as it may.
    pub fn silence() -> Self {
        Self(Outcome::Silence)
    }
}

impl From<Response<Body>> for Reply {
    fn from(answer: Response<Body>) -> Self {
        Self(Outcome::Answer(answer))
    }
}

/// [`TransportError::not_sent`] for a connection that did not come about, [`TransportError::broken`] for one that broke.
impl From<TransportError> for Reply {
    fn from(error: TransportError) -> Self {
        Self(Outcome::Failure(error))
    }
}

impl fmt::Debug for Reply {
    /// Shows nothing of an answer but its status.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Outcome::Answer(answer) => f.debug_tuple("Reply").field(&answer.status().as_u16()).finish(),
            Outcome::Failure(error) => f.debug_tuple("Reply").field(error).finish(),
            Outcome::Silence => f.write_str("Reply(silence)"),
        }
    }
}
