//! A signed request as it would be sent: reachable part by part, and never printed.

use std::fmt;

use bytes::Bytes;
use http::header::HeaderMap;
use http::{Method, Uri};

use crate::sending::Body;

/// A signed request, ready to be sent: with secrets in it, which its `Debug` does not show.
pub struct SignedRequest(http::Request<Body>);

impl SignedRequest {
    pub(crate) fn new(request: http::Request<Body>) -> Self {
        Self(request)
    }

    /// The method.
    pub fn method(&self) -> &Method {
        self.0.method()
    }

    /// The address with its query, which may hold the signature and data about persons.
    pub fn uri(&self) -> &Uri {
        self.0.uri()
    }

    /// The headers, credentials among them.
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    /// The body, byte for byte as it would be sent; empty where it has files in it, which are read when it is sent.
    pub fn body(&self) -> &Bytes {
        static UNREAD: Bytes = Bytes::new();
        self.0.body().bytes().unwrap_or(&UNREAD)
    }

    /// The request as the `http` crate has it, whose `Debug` prints everything.
    pub fn into_http(self) -> http::Request<Body> {
        self.0
    }
}

impl fmt::Debug for SignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedRequest")
            .field("method", self.method())
            .field("uri", &format_args!("[redacted]"))
            .field("headers", &format_args!("[{} redacted]", self.headers().len()))
            .field("body", &format_args!("[{} bytes redacted]", self.body().len()))
            .finish()
    }
}
