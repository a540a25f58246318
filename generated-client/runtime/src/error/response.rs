//! An answer as it came.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use http::header::HeaderMap;

use crate::json::{DecodeError, Json, read_under};

/// An answer of the server. Headers and body are there for those who ask, and are not printed.
#[derive(Clone)]
pub struct Response {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Response {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, as it came.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as JSON, whatever is in it.
    ///
    /// # Errors
    ///
    /// When it is no JSON.
    pub fn json(&self) -> Result<Json, Box<DecodeError>> {
        read_under(&self.body, None)
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status.as_u16())
            .field("headers", &format_args!("[{} redacted]", self.headers.len()))
            .field("body", &format_args!("[{} bytes redacted]", self.body.len()))
            .finish()
    }
}

impl fmt::Display for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "status {}, {} bytes", self.status.as_u16(), self.body.len())
    }
}
