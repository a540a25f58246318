//! What a client is given to send its calls with.

use std::time::Duration;

use super::Builder;
use crate::credentials::{CredentialsProvider, Keyring, parts};
use crate::sending::{Clock, Hooks, Nonces, Timer, Transport, Way};
use crate::tables::Api;

impl<A> Builder<A> {
    /// Allows an address that starts with `http://` and is not this machine.
    ///
    /// Whoever sits on the way can then read the credentials.
    pub fn allow_plaintext(mut self) -> Self {
        self.wanted.allow_plaintext = true;
        self
    }

    /// Puts the application's name in front of the `User-Agent`, such as `my-app/1.0`; the crate of the client, the API and
    /// the runtime follow.
    pub fn user_agent(mut self, application: impl Into<String>) -> Self {
        self.wanted.user_agent = Some(application.into());
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
        self.wanted.connect = Some(timeout);
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
        self.wanted.bounds.concurrency = Some(attempts);
        self
    }

    /// How many attempts at calls the client and its clones begin within any stretch of time of this length; as many as
    /// are made, unless given here or in the spec. The others wait for their turn; one that would not come within the time
    /// of its call ends it at once. A limit of more than a thousand attempts may be taken for one that is narrower by a
    /// thousandth, and under one whose time no clock can tell the end of there are no more attempts than that ever.
    pub fn rate_limit(mut self, attempts: u32, per: Duration) -> Self {
        self.wanted.bounds.rate = Some((attempts, per));
        self
    }

    /// Tells these of every attempt at a call.
    pub fn hooks(mut self, hooks: impl Hooks) -> Self {
        self.wanted.hooks = Some(Box::new(hooks));
        self
    }

    /// Makes HTTP exchanges in another way than the default.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.wanted.way = Some(Way::Out(Box::new(transport)));
        self
    }

    /// Answers calls as a script says, above signing, limits and retries: where `transport` has it stand below. The script
    /// is given each call once, when it has been validated, with neither credentials nor what signing adds, nor the headers
    /// of every call; what it replies is the answer of the call, whatever it is. Nothing is sent, and no credentials are
    /// needed, unless a call is to be prepared. Hooks are told of answers alone, and a reply that is silence lasts as long as an
    /// attempt may.
    #[cfg(feature = "test-util")]
    pub fn answered_by(mut self, script: crate::scripted::Script) -> Self {
        self.wanted.way = Some(Way::Above(Box::new(script)));
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
        self.wanted.clock = Box::new(clock);
        self
    }

    /// Takes nonces from here.
    pub fn nonces(mut self, nonces: impl Nonces) -> Self {
        self.wanted.nonces = Box::new(nonces);
        self
    }

    /// Waits with this timer.
    pub fn timer(mut self, timer: impl Timer) -> Self {
        self.wanted.timer = Some(Box::new(timer));
        self
    }
}

impl<A: Api> Builder<A> {
    /// What calls are signed with.
    pub fn credentials(mut self, credentials: A::Credentials) -> Self {
        self.wanted.credentials = Some(parts(credentials).map(|parts| Keyring::Given(parts.into())));
        self
    }

    /// Takes what calls are signed with from here: when the first call needs it, when it has expired, and when a server
    /// answers with 401. A call that is answered so is made once more with what the provider gives then, whatever it does,
    /// because nothing happened; unless it is not to be tried again, or the spec says that such an answer is final.
    pub fn credentials_from(mut self, provider: impl CredentialsProvider<A::Credentials>) -> Self
    where
        A::Credentials: 'static,
    {
        self.wanted.credentials = Some(Ok(Keyring::provided(provider, parts)));
        self
    }

    /// Makes a client that has no credentials, for the calls that are made without: one that signs in, for example.
    /// Any other call is an error.
    pub fn without_credentials(mut self) -> Self {
        self.wanted.credentials = Some(Ok(Keyring::Empty));
        self
    }
}
