//! What callers hold: a client, the builder that makes one, and the calls it makes.

mod address;
#[cfg(feature = "http")]
mod answered;
mod builder;
mod call;
#[cfg(feature = "http")]
mod given;
mod limits;
#[cfg(feature = "http")]
mod means;
#[cfg(not(feature = "http"))]
#[path = "no_means.rs"]
mod means;
mod method;
#[cfg(feature = "http")]
mod options;
mod plan;
#[cfg(feature = "http")]
mod sent;
#[cfg(feature = "http")]
mod signed;
#[cfg(feature = "http")]
mod undescribed;
mod variables;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

pub use address::{BaseAddress, InvalidBaseAddress};
#[cfg(feature = "http")]
pub use answered::{Answered, Answering};
pub use builder::{BuildError, Builder};
pub use call::Call;
#[cfg(feature = "http")]
pub use given::Elsewhere;
#[cfg(feature = "http")]
pub use limits::ConnectTimeout;
pub(crate) use limits::Limits;
use means::Means;
pub(crate) use plan::Plan;
#[cfg(feature = "http")]
pub use sent::{Prepared, Sending};
#[cfg(feature = "http")]
pub use signed::SignedRequest;
#[cfg(feature = "http")]
pub use undescribed::Undescribed;
pub use variables::{MissingVariable, env_var, variable};

use crate::args::{Args, Take, Wire};
use crate::tables::{ApiSpec, Endpoint, Operation};
use crate::validate::Violation;

/// Everything that calls share. A copy costs nothing and uses the same connections.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Shared>);

/// What a builder put together.
pub(crate) struct Shared {
    pub(crate) api: &'static ApiSpec,
    pub(crate) base: BaseAddress,
    pub(crate) limits: Limits,
    pub(crate) validate: bool,
    /// What its calls are sent with.
    #[cfg_attr(not(feature = "http"), expect(dead_code, reason = "there is nothing to send them with"))]
    pub(crate) means: Means,
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
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("api", &self.0.api.name).field("base", &self.0.base).finish_non_exhaustive()
    }
}
