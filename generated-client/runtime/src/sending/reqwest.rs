//! The default transport, over reqwest.

use std::time::Duration;

use bytes::Bytes;

use super::{Body, BoxFuture, Chunks, Transport, TransportError};

/// How long a connection may take to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Sends requests with a [`reqwest::Client`].
#[derive(Clone, Debug)]
pub struct ReqwestTransport(reqwest::Client);

/// A client that sends each request once and as it is; one without a proxy for what stays on this machine.
pub(crate) fn default_transport(is_loopback: bool) -> Result<ReqwestTransport, reqwest::Error> {
    let builder = reqwest::Client::builder();
    // Plain text is allowed there because it crosses no network; by a proxy it would.
    let builder = if is_loopback { builder.no_proxy() } else { builder };
    builder
        // A request that reqwest sends again would have the same nonce.
        .retry(reqwest::retry::never())
        // Following a redirect would carry signed parameters to wherever the server says.
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .build()
        .map(ReqwestTransport)
}

impl From<reqwest::Client> for ReqwestTransport {
    /// Such a client should neither follow redirects nor repeat requests.
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let target = request.uri().path_and_query().map(ToString::to_string);
            let request = reqwest::Request::try_from(request).map_err(failure)?;
            // reqwest parses the address once more, by rules that would rewrite some; a rewritten one is not what was signed.
            if target.as_deref() != Some(&request.url()[url::Position::BeforePath..url::Position::AfterQuery]) {
                return Err(TransportError::unfit("the path or query would not be sent as it was signed"));
            }
            let mut answer = self.0.execute(request).await.map_err(failure)?;
            let mut response = http::Response::new(());
            *response.status_mut() = answer.status();
            *response.headers_mut() = std::mem::take(answer.headers_mut());
            Ok(response.map(|()| Body::chunks(Answer(answer))))
        })
    }
}

struct Answer(reqwest::Response);

impl Chunks for Answer {
    fn next_chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(async { self.0.chunk().await.map_err(failure) })
    }
}

/// Without the address: signatures and personal data are in it.
fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let timeout = error.is_timeout();
    let failure = if error.is_builder() {
        TransportError::unfit(error)
    } else if error.is_connect() {
        TransportError::not_sent(error)
    } else {
        TransportError::broken(error)
    };
    if timeout { failure.timed_out() } else { failure }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_that_would_be_rewritten_is_not_sent() {
        for target in ["/a?x='", "/a/../b", "/a/%2e%2E/b"] {
            let mut request = http::Request::new(Bytes::new());
            *request.uri_mut() = format!("http://127.0.0.1:1{target}").parse().unwrap();
            let error = default_transport(true).unwrap().send(request).await.unwrap_err();
            let cause = std::error::Error::source(&error).unwrap().to_string();
            assert_eq!(cause, "the path or query would not be sent as it was signed", "{target}");
        }
    }
}
