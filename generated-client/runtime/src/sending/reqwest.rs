//! The default transport, over reqwest.

use std::error::Error;
use std::io;
use std::iter::successors;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use http::uri::{Authority, PathAndQuery};
use http_body::{Frame, SizeHint};
use url::{Position, Url};

use super::{Body, BoxFuture, Chunks, Pieces, Transport, TransportError};
use crate::client::ConnectTimeout;

/// How long a connection may take to come about, unless it is said.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// For so many other times to connect there are clients at once.
const MOST_OTHERS: usize = 4;

/// Sends requests with a [`reqwest::Client`].
///
/// # Panics
///
/// Sending panics in a Tokio runtime without its drivers (`enable_io`, `enable_time`): inside reqwest,
/// whatever timer the client has.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// Where the first request went. Most others go there as well, and the host of their addresses need not be parsed.
    origin: OnceLock<Url>,
    /// How the client was made, where it was made here.
    made: Option<Made>,
    /// Those of the calls that give a connection another time, which reqwest asks of a client; the latest last.
    others: Arc<Mutex<Vec<(Duration, reqwest::Client)>>>,
}

#[derive(Clone, Copy, Debug)]
struct Made {
    is_loopback: bool,
    connect: Duration,
}

/// What sends each request once and as it is, without a proxy for what stays on this machine.
pub(crate) fn default_transport(is_loopback: bool, connect: Duration) -> Result<ReqwestTransport, reqwest::Error> {
    let made = Made { is_loopback, connect };
    Ok(ReqwestTransport { made: Some(made), ..made.client()?.into() })
}

impl Made {
    fn client(self) -> Result<reqwest::Client, reqwest::Error> {
        let builder = reqwest::Client::builder();
        // Plain text is allowed there because it crosses no network; by a proxy it would.
        let builder = if self.is_loopback { builder.no_proxy() } else { builder };
        #[cfg(feature = "rustls-no-provider")]
        let builder = builder.tls_backend_rustls();
        builder
            // Other crates of a program may switch these features of reqwest on; they are not to change what is sent here.
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate()
            .no_hickory_dns()
            // A request that reqwest sends again would have the same nonce.
            .retry(reqwest::retry::never())
            // Following a redirect would carry signed parameters to wherever the server says.
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(self.connect)
            .build()
    }
}

impl From<reqwest::Client> for ReqwestTransport {
    /// Such a client should neither follow redirects nor repeat requests, nor take a proxy to this machine.
    fn from(client: reqwest::Client) -> Self {
        Self { client, origin: OnceLock::new(), made: None, others: Arc::default() }
    }
}

impl ReqwestTransport {
    /// An address as reqwest wants it, by rules that would rewrite some; a rewritten one is not what was signed.
    fn address(&self, uri: &Uri) -> Result<Url, TransportError> {
        let target = uri.path_and_query().map_or("", PathAndQuery::as_str);
        let scheme = uri.scheme_str().unwrap_or_default();
        let authority = uri.authority().map_or("", Authority::as_str);
        let is_there = |origin: &&Url| {
            origin.scheme() == scheme && &origin[Position::BeforeUsername..Position::BeforePath] == authority
        };
        let url = match self.origin.get().filter(is_there) {
            Some(origin) => {
                let mut url = origin.clone();
                url.set_path(uri.path());
                if uri.query().is_some() {
                    url.set_query(uri.query());
                }
                url
            }
            None => [scheme, "://", authority, target].concat().parse().map_err(TransportError::unfit)?,
        };
        if target != &url[Position::BeforePath..Position::AfterQuery] {
            return Err(TransportError::unfit("the path or query would not be sent as it was signed"));
        }
        if self.origin.get().is_none()
            && let Ok(origin) = url.join("/")
        {
            // Another request may have been the first meanwhile.
            let _ = self.origin.set(origin);
        }
        Ok(url)
    }

    /// The client of a call that gives a connection so much time.
    fn within(&self, connect: Duration) -> Result<reqwest::Client, TransportError> {
        let Some(made) = self.made.filter(|made| made.connect != connect) else { return Ok(self.client.clone()) };
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        let client = match others.iter().position(|(time, _)| *time == connect) {
            Some(at) => others.remove(at).1,
            None => Made { connect, ..made }.client().map_err(TransportError::unfit)?,
        };
        let surplus = (others.len() + 1).saturating_sub(MOST_OTHERS);
        others.drain(..surplus);
        others.push((connect, client.clone()));
        Ok(client)
    }

    fn request(
        &self,
        request: http::Request<Body>,
    ) -> Result<(reqwest::Request, Option<reqwest::Client>), TransportError> {
        let (parts, body) = request.into_parts();
        let other = parts.extensions.get().map(|&ConnectTimeout(connect)| self.within(connect)).transpose()?;
        let mut request = reqwest::Request::new(parts.method, self.address(&parts.uri)?);
        *request.headers_mut() = parts.headers;
        *request.body_mut() = Some(Outgoing::body(body));
        Ok((request, other))
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let exchange = match self.request(request) {
            Ok((request, other)) => other.as_ref().unwrap_or(&self.client).execute(request),
            Err(error) => return Box::pin(std::future::ready(Err(error))),
        };
        Box::pin(async move {
            let mut answer = exchange.await.map_err(failure)?;
            let mut response = http::Response::new(());
            *response.status_mut() = answer.status();
            *response.headers_mut() = std::mem::take(answer.headers_mut());
            Ok(response.map(|()| Body::chunks(Answer(answer))))
        })
    }
}

/// A body that comes in pieces on its way out, each asked for when the one before has left.
struct Outgoing {
    // Whoever shares it shares nothing: there is always one that reads.
    pieces: Mutex<Pieces>,
    length: Option<u64>,
}

impl Outgoing {
    fn body(body: Body) -> reqwest::Body {
        match body.bytes() {
            Some(bytes) => bytes.clone().into(),
            None => {
                let length = body.length();
                reqwest::Body::wrap(Self { pieces: Mutex::new(body.into()), length })
            }
        }
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let pieces = self.pieces.get_mut().unwrap_or_else(PoisonError::into_inner);
        pieces.poll_next(cx).map(|next| next.map(|piece| piece.map(Frame::data)).transpose())
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
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
        if is_lasting(&error) { TransportError::unfit(error) } else { TransportError::not_sent(error) }
    } else {
        TransportError::broken(error)
    };
    if timeout { failure.timed_out() } else { failure }
}

/// Whether a connection that did not come about would not come about later either: the other side has a
/// certificate that is not trusted, or does not speak TLS. A refusal or a name that is not found may pass.
fn is_lasting(error: &(dyn Error + 'static)) -> bool {
    let mut chain = successors(Some(error), |&error| match error.downcast_ref::<io::Error>().map(io::Error::get_ref) {
        // The source of an I/O error is the source of what it wraps, which would itself be passed over.
        Some(Some(wrapped)) => Some(wrapped as _),
        Some(None) | None => error.source(),
    });
    // Everything that TLS refuses is this kind.
    chain.any(|error| error.downcast_ref().is_some_and(|error: &io::Error| error.kind() == io::ErrorKind::InvalidData))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_calls_with_other_times_to_connect_few_clients_are_kept() {
        let transport = default_transport(true, CONNECT_TIMEOUT).unwrap();
        for seconds in [1, 2, 3, 10, 2, 4, 5, 6] {
            transport.within(Duration::from_secs(seconds)).unwrap();
        }
        let kept: Vec<_> = transport.others.lock().unwrap().iter().map(|(connect, _)| connect.as_secs()).collect();
        assert_eq!(kept, [2, 4, 5, 6]);
        let given = ReqwestTransport::from(transport.client);
        given.within(Duration::from_secs(1)).unwrap();
        assert!(given.others.lock().unwrap().is_empty(), "nobody knows how that one was made");
    }

    #[test]
    fn an_address_is_sent_as_it_is_or_not_at_all() {
        let transport = default_transport(true, CONNECT_TIMEOUT).unwrap();
        // The first time, and the times after it.
        for _ in 0..3 {
            for host in ["http://127.0.0.1:1", "http://127.0.0.1:12", "https://127.0.0.1:1", "http://[::1]"] {
                for target in ["/a?x='", "/a/../b", "/a/%2e%2E/b", "/\\b/c"] {
                    let Ok(uri) = format!("{host}{target}").parse() else { continue };
                    let error = transport.address(&uri).unwrap_err();
                    let cause = std::error::Error::source(&error).unwrap().to_string();
                    assert_eq!(cause, "the path or query would not be sent as it was signed", "{target}");
                }
                for target in ["/", "/?", "/a/b?x=%27&y", "//b/c", "///", "/:80/@x", "/a//b?/../", "/%C3%A9;~"] {
                    let text = format!("{host}{target}");
                    assert_eq!(transport.address(&text.parse().unwrap()).unwrap().as_str(), text);
                }
            }
        }
    }

    #[test]
    fn what_tls_refuses_is_lasting_and_the_rest_may_pass() {
        use io::ErrorKind::*;
        for (kind, lasting) in [
            (InvalidData, true),
            (ConnectionRefused, false),
            (ConnectionReset, false),
            (TimedOut, false),
            (HostUnreachable, false),
            (UnexpectedEof, false),
            (Other, false),
        ] {
            let bare = io::Error::new(kind, "what went wrong");
            assert_eq!(is_lasting(&bare), lasting, "{kind}");
            let wrapped = TransportError::broken(io::Error::other(io::Error::other(bare)));
            assert_eq!(is_lasting(&wrapped), lasting, "{kind}");
        }
        assert!(!is_lasting(&io::Error::from_raw_os_error(111)));
    }

    #[tokio::test]
    async fn a_refused_connection_may_pass() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let mut request = http::Request::new(Body::from(Bytes::new()));
        *request.uri_mut() = format!("http://{address}/").parse().unwrap();
        let error = default_transport(true, CONNECT_TIMEOUT).unwrap().send(request).await.unwrap_err();
        assert!(error.is_unsent() && error.is_transient());
    }

    #[cfg(feature = "rustls")]
    #[tokio::test]
    async fn a_server_that_speaks_no_tls_is_not_tried_again() {
        use tokio::io::AsyncWriteExt;

        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut request = http::Request::new(Body::from(Bytes::new()));
        *request.uri_mut() = format!("https://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let server = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
            stream
        };
        let transport = default_transport(true, CONNECT_TIMEOUT).unwrap();
        let (_stream, answer) = tokio::join!(server, transport.send(request));
        let error = answer.unwrap_err();
        assert!(error.is_unsent() && !error.is_transient(), "{error:?}");
    }
}
