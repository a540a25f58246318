//! How long a call may take, and how often it may be tried.

use std::time::Duration;

/// How long the connection of one call may take to come about: in the extensions of a request, for a transport that makes
/// connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectTimeout(pub Duration);

/// The bounds of one call: those of its client, unless the call says else.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Of the call, with all its attempts and the pauses between them.
    pub(crate) call: Duration,
    /// Of each attempt, where it is to be less than what is left of the call.
    pub(crate) attempt: Option<Duration>,
    /// Of a connection, where it is not what all of the client may take.
    pub(crate) connect: Option<Duration>,
    /// How many attempts there may be, the first included.
    pub(crate) attempts: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { call: Duration::from_secs(60), attempt: None, connect: None, attempts: 3 }
    }
}

impl Limits {
    /// At least one attempt is what a call is.
    pub(crate) fn set_attempts(&mut self, attempts: u32) {
        self.attempts = attempts.max(1);
    }

    /// A request that says what only the transport can keep.
    #[cfg(feature = "http")]
    pub(crate) fn told<B>(&self, mut request: http::Request<B>) -> http::Request<B> {
        if let Some(connect) = self.connect {
            request.extensions_mut().insert(ConnectTimeout(connect));
        }
        request
    }
}
