//! What calls are sent with: as it is given to a builder, and as a client has it.

use std::time::Duration;

use http::{HeaderValue, Uri};

use super::{BaseAddress, BuildError, Shared};
use crate::credentials::Keyring;
use crate::sending::{Clock, Gates, Hooks, NoTimer, Nonces, OsNonces, SystemClock, Timer, Transport, Way};
use crate::tables::{ApiSpec, Ceiling};

/// What this crate is called in a `User-Agent`.
const RUNTIME: &str = concat!("client-runtime/", env!("CARGO_PKG_VERSION"));

/// What a builder was given.
pub(super) struct Wanted {
    pub(super) credentials: Option<Result<Keyring, BuildError>>,
    pub(super) allow_plaintext: bool,
    pub(super) user_agent: Option<String>,
    /// Where calls go, unless the default transport sends them.
    pub(super) way: Option<Way>,
    pub(super) clock: Box<dyn Clock>,
    pub(super) nonces: Box<dyn Nonces>,
    pub(super) timer: Option<Box<dyn Timer>>,
    /// How long a connection may take, where it is said.
    pub(super) connect: Option<Duration>,
    /// Where it is not what the spec says.
    pub(super) bounds: Ceiling,
    pub(super) hooks: Option<Box<dyn Hooks>>,
}

/// What a client has.
pub(crate) struct Means {
    /// Scheme, host and port of its base address, if they are an address to `http` as well.
    pub(crate) origin: Option<Uri>,
    pub(crate) allows_plaintext: bool,
    pub(crate) keyring: Keyring,
    pub(crate) user_agent: HeaderValue,
    pub(crate) way: Way,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) nonces: Box<dyn Nonces>,
    pub(crate) timer: Box<dyn Timer>,
    pub(crate) gates: Gates,
    pub(crate) hooks: Option<Box<dyn Hooks>>,
    /// What drives calls that nobody awaits, from the first of them on.
    #[cfg(feature = "blocking")]
    pub(crate) engine: std::sync::OnceLock<std::sync::Arc<crate::waiting::Engine>>,
}

impl Shared {
    /// Whether a call may go to an address with what is secret in it: no network must carry that in the open.
    pub(crate) fn may_call(&self, base: &BaseAddress) -> bool {
        // A client of another machine may have a proxy, which one of this machine does without.
        base.is_encrypted() || self.means.allows_plaintext || (base.is_loopback() && self.base.is_loopback())
    }
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            credentials: None,
            allow_plaintext: false,
            user_agent: None,
            way: None,
            clock: Box::new(SystemClock),
            nonces: Box::new(OsNonces),
            timer: None,
            connect: None,
            bounds: Ceiling::NONE,
            hooks: None,
        }
    }
}

impl Wanted {
    pub(super) fn send_nothing(&mut self) {
        self.way = Some(Way::Nowhere);
    }

    pub(super) fn has_credentials(&self) -> bool {
        self.credentials.is_some()
    }

    pub(super) fn means(self, api: &ApiSpec, base: &BaseAddress) -> Result<Means, BuildError> {
        let agent = format!("{} ({}) {RUNTIME}", api.package, api.name);
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
            true if api.credentials.is_empty() => Ok(Keyring::Given([].into())),
            true => Err(BuildError::NoCredentials),
            false => Ok(Keyring::Empty),
        };
        let keyring = self.credentials.unwrap_or_else(none)?;
        let user_agent = HeaderValue::try_from(agent).map_err(|_| BuildError::UserAgent)?;
        let sends_nothing = matches!(self.way, Some(Way::Nowhere));
        let allows_plaintext = self.allow_plaintext || sends_nothing;
        if !base.is_encrypted() && !base.is_loopback() && !allows_plaintext {
            return Err(BuildError::Plaintext { base: base.clone() });
        }
        let way = match self.way {
            Some(way) => way,
            None => Way::Out(default_transport(base, self.connect)?),
        };
        let timer = if sends_nothing { Some(Box::new(NoTimer) as _) } else { self.timer.or_else(default_timer) };
        Ok(Means {
            origin: base.origin().parse().ok(),
            allows_plaintext,
            keyring,
            user_agent,
            way,
            clock: self.clock,
            nonces: self.nonces,
            timer: timer.ok_or(BuildError::NoTimer)?,
            gates: Gates::new(self.bounds.or(api.ceiling)),
            hooks: self.hooks,
            #[cfg(feature = "blocking")]
            engine: std::sync::OnceLock::new(),
        })
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
