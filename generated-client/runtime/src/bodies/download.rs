//! An answer that is read while it arrives.

use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_LENGTH, HeaderMap};

use crate::client::Client;
use crate::error::{Response, passes};
use crate::json::Misread;
use crate::sending::{Body, NO_TIMER, Place, TransportError, within};
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
/// ([`Builder::timeout`](crate::Builder::timeout), or the call's own).
pub struct Download {
    status: StatusCode,
    headers: HeaderMap,
    /// Nothing after its end, and after an error.
    body: Option<Body>,
    patience: Option<Patience>,
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
    /// # Errors
    ///
    /// When there is more than the limit, the connection breaks or a piece does not come in time, also because there is
    /// no Tokio runtime to wait in. There is nothing after that.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>, TransportError> {
        // Whoever gives up waiting has nothing more to come: the piece may be lost. With the body goes its place among
        // the calls under way.
        let (body, patience) = (self.body.take(), self.patience.take());
        let Some(mut body) = body else { return Ok(None) };
        let next = match &patience {
            Some(Patience { client, each, .. }) => {
                if !client.0.timer.works() {
                    return Err(TransportError::broken(NO_TIMER));
                }
                let mut deadline = client.0.timer.sleep(*each);
                within(&mut deadline, pin!(body.next_chunk())).await
            }
            None => Some(body.next_chunk().await),
        };
        let late = || TransportError::broken("the next piece did not come in time").timed_out();
        let Some(piece) = next.ok_or_else(late)?? else { return Ok(None) };
        self.received = self.received.saturating_add(piece.len() as u64);
        if self.received > self.limit {
            return Err(TransportError::too_large(self.limit));
        }
        self.body = Some(body);
        self.patience = patience;
        Ok(Some(piece))
    }
}

impl Outcome for Download {
    fn nothing() -> Option<Self> {
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
        Ok(Self { status, headers, body: Some(body), patience, received: 0, limit: LIMIT })
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").field("status", &self.status.as_u16()).finish_non_exhaustive()
    }
}
