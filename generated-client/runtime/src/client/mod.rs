//! What callers hold: a client, the builder that makes one, and the calls it makes.

mod address;
mod answered;
mod builder;
mod call;
mod given;
mod method;
mod signed;
mod undescribed;
mod variables;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use http::{HeaderValue, Uri};

pub use address::{BaseAddress, InvalidBaseAddress};
pub use answered::{Answered, Answering};
pub use builder::{BuildError, Builder};
pub use call::{Call, Prepared, Sending};
pub use given::Elsewhere;
pub use signed::SignedRequest;
pub use undescribed::Undescribed;
pub use variables::{MissingVariable, env_var, variable};

use crate::args::{Args, Take, Wire};
use crate::credentials::Keyring;
use crate::sending::{Clock, Gates, Hooks, Limits, Nonces, Plan, Timer, Way};
use crate::tables::{ApiSpec, Code, Endpoint, Operation};
use crate::validate::Violation;

/// Everything that calls share. A copy costs nothing and uses the same connections.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Shared>);

/// What a builder put together.
pub(crate) struct Shared {
    pub(crate) api: &'static ApiSpec,
    pub(crate) base: BaseAddress,
    /// Scheme, host and port of it, if they are an address to `http` as well.
    pub(crate) origin: Option<Uri>,
    pub(crate) allows_plaintext: bool,
    pub(crate) keyring: Keyring,
    pub(crate) user_agent: HeaderValue,
    pub(crate) way: Way,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) nonces: Box<dyn Nonces>,
    pub(crate) timer: Box<dyn Timer>,
    pub(crate) limits: Limits,
    pub(crate) gates: Gates,
    pub(crate) hooks: Option<Box<dyn Hooks>>,
    pub(crate) validate: bool,
    /// What drives calls that nobody awaits, from the first of them on.
    #[cfg(feature = "blocking")]
    pub(crate) engine: std::sync::OnceLock<Arc<crate::waiting::Engine>>,
}

impl Shared {
    /// Whether a call may go to an address with what is secret in it: no network must carry that in the open.
    pub(crate) fn may_call(&self, base: &BaseAddress) -> bool {
        // A client of another machine may have a proxy, which one of this machine does without.
        base.is_encrypted() || self.allows_plaintext || (base.is_loopback() && self.base.is_loopback())
    }
}

impl Client {
    /// A call with its positional parameters: the required ones that nothing else fills, in the order of the table.
    pub fn call<O: Operation, C: From<Call<O>>, const N: usize>(&self, positional: [&dyn Wire; N]) -> C {
        C::from(Call { plan: Box::new(self.plan(O::ENDPOINT, &|take| take.some(&positional))), operation: PhantomData })
    }

    /// A call with its needed parameters by name.
    pub fn call_with<O: Operation, C: From<Call<O>>>(&self, request: &O) -> C {
        C::from(Call { plan: Box::new(self.plan(O::ENDPOINT, &|take| request.lend(take))), operation: PhantomData })
    }

    /// The same code for every operation.
    fn plan(&self, endpoint: &'static Endpoint, lend: &dyn Fn(&mut Take<'_>)) -> Plan {
        let mut args = Args::new(endpoint.encoding(), [endpoint.params, endpoint.page_params()]);
        lend(&mut Take::new(&mut |positional| args.set_positional(positional)));
        self.plan_at(endpoint, Ok(endpoint.line.path.into()), args, None)
    }

    /// A call as the client makes it, at this path and, where one is given, at this address.
    fn plan_at(
        &self,
        endpoint: &'static Endpoint,
        template: Result<Cow<'static, str>, Violation>,
        args: Args,
        base: Option<BaseAddress>,
    ) -> Plan {
        let Shared { validate: validates, limits, .. } = *self.0;
        Plan { client: self.clone(), endpoint, template, args, position: None, base, validates, limits }
    }

    /// Where its calls go, unless they say otherwise.
    pub fn base_address(&self) -> &BaseAddress {
        &self.0.base
    }

    /// A call that the spec need not describe. What stands in braces in its path is a parameter, `{id}`, or a
    /// credential, `{credentials.token}`.
    pub fn request<C: Code>(&self, method: &str, path: &str) -> Undescribed<C> {
        Undescribed::new(self, method, path)
    }

    /// A call of an address that an answer gave.
    pub fn request_to<C: Code>(&self, method: &str, url: &str) -> Elsewhere<C> {
        Elsewhere::new(self, method, url)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("api", &self.0.api.name).field("base", &self.0.base).finish_non_exhaustive()
    }
}
