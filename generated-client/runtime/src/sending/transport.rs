//! The seam to HTTP: a signed request goes in, an answer comes out, and nothing in between changes either.

use super::{Body, BoxFuture, TransportError};

/// What makes an HTTP exchange.
///
/// It sends the request as it is: a transport that follows redirects, repeats requests or encodes an
/// address anew breaks signatures, or sends one twice. A body of known [length](Body::length) is announced with it.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and gives back the answer, whatever its status.
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}
