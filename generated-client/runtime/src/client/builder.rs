//! Options into a client.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::{BaseAddress, Client, Shared};
use crate::credentials::{CredentialsProvider, Keyring, parts};
use crate::sending::{Clock, Gates, Hooks, Limits, NoTimer, Nonces, OsNonces, SystemClock, Timer, Transport, Way};
use crate::tables::{Api, Ceiling};

/// What this crate is called in a `User-Agent`.
const RUNTIME: &str = concat!("client-runtime/", env!("CARGO_PKG_VERSION"));

/// A client in the making.
///
/// The default transport and the default timer need a Tokio runtime with both its drivers, as
/// `#[tokio::main]` and `enable_all` make it. Without any runtime a call is an error; in one that lacks
/// `enable_io` or `enable_time` Tokio itself panics, and there is no way to ask it beforehand.
#[must_use = "a builder does nothing until `build` is called"]
pub struct Builder<A> {
    base: BaseAddress,
    credentials: Option<Result<Keyring, BuildError>>,
    allow_plaintext: bool,
    user_agent: Option<String>,
    /// Where calls go, unless the default transport sends them.
    way: Option<Way>,
    clock: Box<dyn Clock>,
    nonces: Box<dyn Nonces>,
    timer: Option<Box<dyn Timer>>,
    /// How long a connection may take, where it is said.
    connect: Option<Duration>,
    limits: Limits,
    /// Where it is not what the spec says.
    bounds: Ceiling,
    hooks: Option<Box<dyn Hooks>>,
    validate: bool,
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
    /// The crate was built without HTTP, and nothing was said of what is to send calls.
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
        Self {
            base,
            credentials: None,
            allow_plaintext: false,
            user_agent: None,
            way: None,
            clock: Box::new(SystemClock),
            nonces: Box::new(OsNonces),
            timer: None,
            connect: None,
            limits: Limits::default(),
            bounds: Ceiling::NONE,
            hooks: None,
            validate: true,
            api: PhantomData,
        }
    }

    /// Allows an address that starts with `http://` and is not this machine.
    ///
    /// Whoever sits on the way can then read the credentials.
    pub fn allow_plaintext(mut self) -> Self {
        self.allow_plaintext = true;
        self
    }

    /// Puts the application's name in front of the `User-Agent`, such as `my-app/1.0`; the crate of the client, the API and
    /// the runtime follow.
    pub fn user_agent(mut self, application: impl Into<String>) -> Self {
        self.user_agent = Some(application.into());
        self
    }

    /// How long a call may take with all its attempts; 60 seconds unless given.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.call = timeout;
        self
    }

    /// How long one attempt of a call may take. Unless given, as long as the call has left: an attempt that hangs is then
    /// not followed by another.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt = Some(timeout);
        self
    }

    /// How long a connection may take to come about, TLS included; 10 seconds unless given. It holds for the default
    /// transport, which makes its connections so. Nothing is done with it where there is another, of `transport` or
    /// `reqwest`: that one is set up by whoever gives it. A transport is told of the time that a single call says by
    /// `with_connect_timeout`, in the extensions of its request ([`ConnectTimeout`](crate::seams::ConnectTimeout)), and may
    /// keep to it or not; a client that is given to `reqwest` does not.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect = Some(timeout);
        self
    }

    /// How often a call is tried in all; three times unless given. One switches retries off.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.limits.set_attempts(attempts);
        self
    }

    /// How many attempts at calls the client and its clones have under way at a time; as many as are made, unless given
    /// here or in the spec. The others wait for their turn, each within the time of its call: first come, first served,
    /// unless nobody polls the one whose turn it is.
    pub fn max_concurrency(mut self, attempts: usize) -> Self {
        self.bounds.concurrency = Some(attempts);
        self
    }

    /// How many attempts at calls the client and its clones begin within any stretch of time of this length; as many as
    /// are made, unless given here or in the spec. The others wait for their turn; one that would not come within the time
    /// of its call ends it at once. A limit of more than a thousand attempts may be taken for one that is narrower by a
    /// thousandth, and under one whose time no clock can tell the end of there are no more attempts than that ever.
    pub fn rate_limit(mut self, attempts: u32, per: Duration) -> Self {
        self.bounds.rate = Some((attempts, per));
        self
    }

    /// Tells these of every attempt at a call.
    pub fn hooks(mut self, hooks: impl Hooks) -> Self {
        self.hooks = Some(Box::new(hooks));
        self
    }

    /// Sends calls without validating them first: the server stays the authority.
    pub fn skip_validation(mut self) -> Self {
        self.validate = false;
        self
    }

    /// Makes HTTP exchanges in another way than the default.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.way = Some(Way::Out(Box::new(transport)));
        self
    }

    /// Makes a client that sends nothing. Its calls can be validated (`call.validate()`) and, where it is given credentials,
    /// signed (`call.prepare()`); no feature, no timer and no TLS is needed for that. A provider is asked by calls that are
    /// sent, and by none of these: give it credentials themselves. The address may be any, a plain one as well, because
    /// whoever sends what was signed decides how. To send one is [`Error::Transport`](crate::Error::Transport), which says
    /// so: certainly nothing was sent.
    pub fn without_transport(mut self) -> Self {
        self.way = Some(Way::Nowhere);
        self
    }

    /// Answers calls as a script says, above signing, limits and retries: where `transport` has it stand below. The script
    /// is given each call once, when it has been validated, with neither credentials nor what signing adds, nor the headers
    /// of every call; what it replies is the answer of the call, whatever it is. Nothing is sent, and no credentials are
    /// needed, unless a call is to be prepared. Hooks are told of answers alone, and a reply that is silence lasts as long as an
    /// attempt may.
    #[cfg(feature = "test-util")]
    pub fn answered_by(mut self, script: crate::scripted::Script) -> Self {
        self.way = Some(Way::Above(Box::new(script)));
        self
    }

    /// Makes HTTP exchanges with this client of reqwest's.
    ///
    /// Build it as the default one is: with `.retry(reqwest::retry::never())`, because a repeated request
    /// has a used nonce; with `.redirect(Policy::none())`, because a redirect takes signed parameters
    /// elsewhere; and for a loopback address with `.no_proxy()`, because plain text is allowed there only
    /// as long as it stays on this machine. Nothing of this can be checked afterwards.
    #[cfg(feature = "reqwest")]
    pub fn reqwest(self, client: reqwest::Client) -> Self {
        self.transport(crate::sending::ReqwestTransport::from(client))
    }

    /// Takes the time from here.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Takes nonces from here.
    pub fn nonces(mut self, nonces: impl Nonces) -> Self {
        self.nonces = Box::new(nonces);
        self
    }

    /// Waits with this timer.
    pub fn timer(mut self, timer: impl Timer) -> Self {
        self.timer = Some(Box::new(timer));
        self
    }
}

impl<A: Api> Builder<A> {
    /// What calls are signed with.
    pub fn credentials(mut self, credentials: A::Credentials) -> Self {
        self.credentials = Some(parts(credentials).map(|parts| Keyring::Given(parts.into())));
        self
    }

    /// Takes what calls are signed with from here: when the first call needs it, when it has expired, and when a server
    /// answers with 401. A call that is answered so is made once more with what the provider gives then, whatever it does,
    /// because nothing happened; unless it is not to be tried again, or the spec says that such an answer is final.
    pub fn credentials_from(mut self, provider: impl CredentialsProvider<A::Credentials>) -> Self
    where
        A::Credentials: 'static,
    {
        self.credentials = Some(Ok(Keyring::provided(provider, parts)));
        self
    }

    /// Makes a client that has no credentials, for the calls that are made without: one that signs in, for example.
    /// Any other call is an error.
    pub fn without_credentials(mut self) -> Self {
        self.credentials = Some(Ok(Keyring::Empty));
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// When something is missing, a credential cannot be one, a limit lets nothing through, or a secret would be sent in
    /// the open.
    pub fn build(self) -> Result<A, BuildError> {
        let (package, api) = (A::API.package, A::API.name);
        let agent = format!("{package} ({api}) {RUNTIME}");
        let agent = match &self.user_agent {
            Some(application) => format!("{application} {agent}"),
            None => agent,
        };
        if self.bounds.concurrency == Some(0) {
            return Err(BuildError::Limit { limit: "max_concurrency", demand: "at least one attempt" });
        }
        if self.bounds.rate.is_some_and(|(attempts, per)| attempts == 0 || per.is_zero()) {
            return Err(BuildError::Limit { limit: "rate_limit", demand: "at least one attempt, and some time" });
        }
        let is_signed = matches!(self.way, None | Some(Way::Out(_)));
        let none = || match is_signed {
            true if A::API.credentials.is_empty() => Ok(Keyring::Given([].into())),
            true => Err(BuildError::NoCredentials),
            false => Ok(Keyring::Empty),
        };
        let keyring = self.credentials.unwrap_or_else(none)?;
        let user_agent = HeaderValue::try_from(agent).map_err(|_| BuildError::UserAgent)?;
        let sends_nothing = matches!(self.way, Some(Way::Nowhere));
        let allows_plaintext = self.allow_plaintext || sends_nothing;
        if !self.base.is_encrypted() && !self.base.is_loopback() && !allows_plaintext {
            return Err(BuildError::Plaintext { base: self.base });
        }
        let way = match self.way {
            Some(way) => way,
            None => Way::Out(default_transport(&self.base, self.connect)?),
        };
        let timer = if sends_nothing { Some(Box::new(NoTimer) as _) } else { self.timer.or_else(default_timer) };
        Ok(A::wrap(Client(Arc::new(Shared {
            api: A::API,
            origin: self.base.origin().parse().ok(),
            base: self.base,
            allows_plaintext,
            keyring,
            user_agent,
            way,
            clock: self.clock,
            nonces: self.nonces,
            timer: timer.ok_or(BuildError::NoTimer)?,
            limits: self.limits,
            gates: Gates::new(self.bounds.or(A::API.ceiling)),
            hooks: self.hooks,
            validate: self.validate,
            #[cfg(feature = "blocking")]
            engine: std::sync::OnceLock::new(),
        }))))
    }
}

#[cfg(feature = "reqwest")]
fn default_transport(base: &BaseAddress, connect: Option<Duration>) -> Result<Box<dyn Transport>, BuildError> {
    if base.is_encrypted() && !cfg!(feature = "rustls-no-provider") {
        return Err(BuildError::NoTls { base: base.clone() });
    }
    #[cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        return Err(BuildError::NoTlsProvider);
    }
    let (is_loopback, connect) = (base.is_loopback(), connect.unwrap_or(crate::sending::CONNECT_TIMEOUT));
    let make = || crate::sending::default_transport(is_loopback, connect);
    #[cfg(feature = "rustls-no-provider")]
    let made = make();
    // Where others have switched on TLS in reqwest, it panics for want of a provider, and there is no other way to ask it.
    #[cfg(not(feature = "rustls-no-provider"))]
    let made = std::panic::catch_unwind(make).map_err(|_| BuildError::NoTlsProvider)?;
    match made {
        Ok(transport) => Ok(Box::new(transport)),
        Err(error) => Err(BuildError::Transport(error.into())),
    }
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_: &BaseAddress, _: Option<Duration>) -> Result<Box<dyn Transport>, BuildError> {
    Err(BuildError::NoTransport)
}

#[cfg(feature = "reqwest")]
fn default_timer() -> Option<Box<dyn Timer>> {
    Some(Box::new(crate::sending::TokioTimer))
}

#[cfg(not(feature = "reqwest"))]
fn default_timer() -> Option<Box<dyn Timer>> {
    None
}

impl<A> fmt::Debug for Builder<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("base", &self.base)
            .field("has_credentials", &self.credentials.is_some())
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
