//! A call that is sent.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

#[cfg(feature = "blocking")]
use super::Client;
use super::{Answering, BaseAddress, Call, SignedRequest};
use crate::args::{Location, Wire};
use crate::error::{Error, conclude};
use crate::paging::{Items, Pages, Position};
use crate::sending::{Exchange, prepare};
use crate::signing::Explanation;
use crate::tables::{Endpoint, Operation, Paged};

impl<O: Operation> Call<O> {
    /// How long the call may take with all its attempts, whatever the client says.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.plan.limits.call = timeout;
        self
    }

    /// How long each attempt may take, whatever the client says.
    #[must_use]
    pub fn with_attempt_timeout(mut self, timeout: Duration) -> Self {
        self.plan.limits.attempt = Some(timeout);
        self
    }

    /// How long a connection for this call may take to come about, TLS included, whatever the client says. It holds for the
    /// default transport, which has connections of their own for the calls with each such time, because those of the client
    /// are made for all calls. A transport of your own finds it in the extensions of the request
    /// ([`ConnectTimeout`](crate::seams::ConnectTimeout)) and may keep to it; a client of reqwest's that was given has its
    /// own time, and this one does nothing.
    #[must_use]
    pub fn with_connect_timeout(mut self, timeout: Duration) -> Self {
        self.plan.limits.connect = Some(timeout);
        self
    }

    /// How often the call is tried in all, whatever the client says. One switches retries off.
    #[must_use]
    pub fn with_max_attempts(mut self, attempts: u32) -> Self {
        self.plan.limits.set_attempts(attempts);
        self
    }

    /// Sends the call to another address than the client's own, credentials included: whoever is there gets what it is
    /// signed with. Like the client's it must be encrypted, unless both are this machine or plain text is allowed.
    ///
    /// Limits, the pause after a 429 and the budget of retries are kept for each server: what another asks for is nothing
    /// to this one. The connection is made as all others of the client are; one whose own address is this machine uses no
    /// proxy, wherever a call goes.
    #[must_use]
    pub fn with_base_address(mut self, base: BaseAddress) -> Self {
        self.plan.base = Some(base);
        self
    }

    pub(super) fn with_path(self, name: String, value: impl Wire) -> Self {
        self.with(name, Location::Path, &value)
    }

    /// Signs the call without sending it.
    ///
    /// # Errors
    ///
    /// As sending it would before anything is sent.
    pub fn prepare(self) -> Result<Prepared, Error<O::Error>> {
        prepare(*self.plan).map_err(Error::from_failure)
    }

    /// Sends the call.
    pub fn send(self) -> Sending<O> {
        Sending {
            #[cfg(feature = "blocking")]
            client: self.plan.client.clone(),
            endpoint: self.plan.endpoint,
            exchange: Exchange::new(self.plan),
            operation: PhantomData,
        }
    }

    /// Sends the call and keeps the answer.
    pub fn with_response(self) -> Answering<O> {
        Answering(self.send())
    }
}

impl<O: Paged> Call<O> {
    /// Every item of every page, from the page of this call on.
    pub fn items(self) -> Items<O> {
        self.pages().items()
    }

    /// Every page, from that of this call on.
    pub fn pages(self) -> Pages<O> {
        Pages::new(*self.plan)
    }

    /// Asks for the page at a position in the list of the same call.
    #[must_use]
    pub fn resume(mut self, position: Position) -> Self {
        self.plan.position = Some(position);
        self
    }
}

/// A call that is being made.
#[must_use = "a call does nothing until it is awaited"]
pub struct Sending<O> {
    /// For those who wait without a runtime of their own.
    #[cfg(feature = "blocking")]
    pub(crate) client: Client,
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) exchange: Exchange,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> Future for Sending<O> {
    type Output = Result<O::Output, Error<O::Error>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let result = ready!(Pin::new(&mut self.exchange).poll(cx));
        Poll::Ready(conclude::<O>(self.endpoint, result, &self.exchange.span))
    }
}

impl<O> fmt::Debug for Sending<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sending")
    }
}

/// A signed request that was not sent, and the account of how it came about.
pub struct Prepared {
    pub(crate) request: SignedRequest,
    pub(crate) explanation: Explanation,
}

impl Prepared {
    /// The request as it would be sent: with secrets in it.
    pub fn request(&self) -> &SignedRequest {
        &self.request
    }

    /// The request alone; [`SignedRequest::into_http`] makes it one that can be sent.
    pub fn into_request(self) -> SignedRequest {
        self.request
    }

    /// How the request came about, masked.
    pub fn explanation(&self) -> &Explanation {
        &self.explanation
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared").field("explanation", &self.explanation).finish_non_exhaustive()
    }
}
