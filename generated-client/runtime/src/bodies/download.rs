//! An answer that is read while it arrives.

use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_LENGTH, HeaderMap};

use crate::client::Client;
use crate::error::{Response, passes};
use crate::json::Misread;
use crate::sending::{Body, NO_TIMER, Pieces, Place, TransportError, within};
use crate::tables::{Endpoint, Outcome};

/// Unless the caller says else: 1 GiB.
const LIMIT: u64 = 1 << 30;

/// What is left of an answer that was not read to its end. A copy of the answer has the same.
#[derive(Clone)]
pub(crate) struct Rest(Arc<Mutex<Option<(Body, Patience)>>>);

/// How long each piece may take, by whose timer.
struct Patience {
    client: Client,
    each: Duration,
    /// It goes on taking up what its client may do at a time.
    _place: Option<Place>,
}

impl Rest {
    pub(crate) fn new(body: Body, client: Client, each: Duration, place: Option<Place>) -> Self {
        Self(Arc::new(Mutex::new(Some((body, Patience { client, each, _place: place })))))
    }

    fn take(&self) -> Option<(Body, Patience)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// An answer whose body is read piece by piece, as it arrives.
///
/// The call has succeeded; each piece must come within the time that a call may take
/// ([`Builder::timeout`](crate::Builder::timeout), or the call's own). Until it is read to its end or dropped, it is one of
/// the calls that [`Builder::max_concurrency`](crate::Builder::max_concurrency) allows at a time.
pub struct Download {
    status: StatusCode,
    headers: HeaderMap,
    pieces: Pieces,
    /// Nothing after the end, and after an error: with it goes the place among the calls under way.
    patience: Option<Patience>,
    /// Since when the piece that is on its way is waited for.
    since: Option<Instant>,
    received: u64,
    limit: u64,
}

impl Download {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers: what the body is, most often.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How many bytes there will be, if the server says so.
    pub fn length(&self) -> Option<u64> {
        self.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }

    /// How many bytes there may be at most; 1 GiB unless given.
    #[must_use]
    pub fn limit(mut self, bytes: u64) -> Self {
        self.limit = bytes;
        self
    }

    /// Whose answer it is, while there is more to come.
    #[cfg(feature = "blocking")]
    pub(crate) fn client(&self) -> Option<&Client> {
        self.patience.as_ref().map(|patience| &patience.client)
    }

    /// The next piece, or nothing after the last.
    ///
    /// It is cancel safe: where its future is dropped before it is ready, as `select!` and `timeout` do, no byte is
    /// lost. The next call goes on waiting for the same piece, and for no longer.
    ///
    /// # Errors
    ///
    /// When there is more than the limit, the connection breaks or a piece does not come in time, also because there is
    /// no Tokio runtime to wait in. Every call after that is an error too: what has broken off never ends as if it were
    /// whole.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>, TransportError> {
        let next = self.next().await;
        self.since = None;
        if !matches!(next, Ok(Some(_))) {
            self.patience = None;
        }
        if next.is_err() {
            self.pieces.break_off();
        }
        next
    }

    async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        let piece = poll_fn(|cx| self.pieces.poll_next(cx));
        let next = match &self.patience {
            Some(Patience { client, each, .. }) => {
                let timer = &client.0.means.timer;
                if !timer.works() {
                    return Err(TransportError::broken(NO_TIMER));
                }
                let now = timer.now();
                let waited = now.saturating_duration_since(*self.since.get_or_insert(now));
                let mut deadline = timer.sleep(each.saturating_sub(waited));
                let late = || TransportError::broken("the next piece did not come in time").timed_out();
                within(&mut deadline, piece).await.ok_or_else(late)?
            }
            None => piece.await,
        };
        let Some(piece) = next? else { return Ok(None) };
        self.received = self.received.saturating_add(piece.len() as u64);
        if self.received > self.limit {
            return Err(TransportError::too_large(self.limit));
        }
        Ok(Some(piece))
    }
}

impl Outcome for Download {
    fn nothing(_: &Response) -> Option<Self> {
        None
    }

    fn read(response: &Response, endpoint: &'static Endpoint) -> Result<Self, Misread> {
        let (body, patience) = match response.rest.as_ref().and_then(Rest::take) {
            Some((body, patience)) => (body, Some(patience)),
            None => {
                passes(response, endpoint)?;
                (response.body.clone().into(), None)
            }
        };
        let (status, headers) = (response.status, response.headers.clone());
        Ok(Self { status, headers, pieces: body.into(), patience, since: None, received: 0, limit: LIMIT })
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").field("status", &self.status.as_u16()).finish_non_exhaustive()
    }
}
