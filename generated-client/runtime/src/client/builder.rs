//! Options into a client.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::means::Wanted;
use super::{BaseAddress, Client, Limits, Shared};
use crate::tables::Api;

/// A client in the making.
///
/// The default transport and the default timer need a Tokio runtime with both its drivers, as
/// `#[tokio::main]` and `enable_all` make it. Without any runtime a call is an error; in one that lacks
/// `enable_io` or `enable_time` Tokio itself panics, and there is no way to ask it beforehand.
#[must_use = "a builder does nothing until `build` is called"]
pub struct Builder<A> {
    base: BaseAddress,
    pub(super) limits: Limits,
    validate: bool,
    /// What calls are to be sent with.
    pub(super) wanted: Wanted,
    api: PhantomData<fn() -> A>,
}

/// Options that make no client.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// Nothing to sign calls with, of an API that has credentials.
    #[error("no credentials were given")]
    NoCredentials,
    /// A credential was not copied as it is, or is none: no signature made with it would be right.
    #[error("the credential `{name}` {problem}")]
    Credential {
        /// What it is called.
        name: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Secrets would cross a network in the open.
    #[error("`{base}` is not encrypted; only a loopback address may be, unless plain text is allowed explicitly")]
    Plaintext {
        /// The address.
        base: BaseAddress,
    },
    /// The crate was built without TLS.
    #[error("`{base}` needs TLS: turn on the feature `rustls`, or give a transport")]
    NoTls {
        /// The address.
        base: BaseAddress,
    },
    /// The crate was built with TLS and without the cryptography that it needs. That holds for plain text too, and where
    /// another crate of the program has switched on TLS in reqwest; a program that aborts where others panic ends there.
    #[error(
        "nothing is installed that TLS encrypts with: call `rustls::crypto::CryptoProvider::install_default` before, turn \
         on the feature `rustls`, or give a transport"
    )]
    NoTlsProvider,
    /// The crate was built without the default transport, and nothing was said of what is to send calls.
    #[error("there is no transport: turn on the feature `reqwest`, give one, or do without by `without_transport`")]
    NoTransport,
    /// The crate was built without a timer.
    #[error("there is no timer: turn on the feature `reqwest`, or give one")]
    NoTimer,
    /// A header cannot hold the name of the application.
    #[error("the user agent cannot stand in a header")]
    UserAgent,
    /// No call could ever keep to a limit, or all would.
    #[error("`{limit}` must be given {demand}")]
    Limit {
        /// The method that sets it.
        limit: &'static str,
        /// What it must be given.
        demand: &'static str,
    },
    /// The default transport could not be set up.
    #[error("the HTTP client could not be set up")]
    Transport(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl<A> Builder<A> {
    /// A builder with everything but the credentials.
    pub fn new(base: BaseAddress) -> Self {
        Self { base, limits: Limits::default(), validate: true, wanted: Wanted::default(), api: PhantomData }
    }

    /// Sends calls without validating them first: the server stays the authority.
    pub fn skip_validation(mut self) -> Self {
        self.validate = false;
        self
    }

    /// Makes a client that sends nothing. Its calls can be validated (`call.validate()`), for which no feature, no timer and
    /// no TLS is needed; and with the feature `http`, where it is given credentials, signed (`call.prepare()`). A provider is
    /// asked by calls that are sent, and by none of these: give it credentials themselves. The address may be any, a plain
    /// one as well, because whoever sends what was signed decides how. To send one is `Error::Transport`, which says so:
    /// certainly nothing was sent.
    pub fn without_transport(mut self) -> Self {
        self.wanted.send_nothing();
        self
    }
}

impl<A: Api> Builder<A> {
    /// Makes the client.
    ///
    /// # Errors
    ///
    /// When something is missing, a credential cannot be one, a limit lets nothing through, or a secret would be sent in
    /// the open.
    pub fn build(self) -> Result<A, BuildError> {
        let means = self.wanted.means(A::API, &self.base)?;
        let Self { base, limits, validate, .. } = self;
        Ok(A::wrap(Client(Arc::new(Shared { api: A::API, base, limits, validate, means }))))
    }
}

impl<A> fmt::Debug for Builder<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("base", &self.base)
            .field("has_credentials", &self.wanted.has_credentials())
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
