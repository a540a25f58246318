//! A call of anything the API has, whether or not the spec describes it.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use super::method::Under;
use super::{Answering, BaseAddress, Call, Client, Prepared, Sending};
use crate::args::{Args, Wire, has_place, template};
use crate::error::{Error, Response};
use crate::tables::{Code, Method, Operation, Table};
use crate::validate::Violation;

/// A call that the spec need not describe, made when it is awaited: signed, sent, repeated and judged like any
/// other. Its answer is given as it came, and any error that the API documents is recognised; but where the call only reads,
/// one that is known by nothing but a status such as 502 is [`Error::Unexpected`]: what such an error says of changes does
/// not hold for it.
///
/// The path is below the base address, and each of its segments is text: nothing in it is encoded yet. What stands in
/// braces is the name of a parameter that [`Undescribed::path`] sets, so that a scheme which signs such parameters
/// signs it: `/users/{id}`. `{credentials.token}` is the credential `token`, put there for each attempt.
#[must_use = "a call does nothing until it is awaited"]
pub struct Undescribed<C>(Call<Anything<C>>);

/// The operation of a call that no operation describes.
pub struct Anything<C>(PhantomData<fn() -> C>);

impl<C: Code> Operation for Anything<C> {
    type Output = Response;
    type Error = C;
    const TABLE: Table = Table::new(Method::GET, "").id("request");
}

impl Client {
    /// A call that the spec need not describe. What stands in braces in its path is a parameter, `{id}`, or a
    /// credential, `{credentials.token}`.
    pub fn request<C: Code>(&self, method: &str, path: &str) -> Undescribed<C> {
        Undescribed::new(self, method, path)
    }
}

impl<C: Code> Undescribed<C> {
    fn new(client: &Client, method: &str, path: &str) -> Self {
        let endpoint = Under::<Anything<C>>::of(method);
        let template = endpoint.as_ref().map_err(Clone::clone).and_then(|_| template(path).map(Cow::Owned));
        let endpoint = endpoint.unwrap_or(Anything::<C>::ENDPOINT);
        let args = Args::new(C::API.encoding.undescribed(), [&[], &[]]);
        let plan = client.plan_at(endpoint, template, args, None);
        Self(Call { plan: Box::new(plan), operation: PhantomData })
    }

    /// Sets a parameter in the path, which has its name in braces: one segment or part of it, whatever the value is.
    pub fn path(mut self, name: impl Into<String>, value: impl Wire) -> Self {
        let (name, plan) = (name.into(), &mut self.0.plan);
        if plan.template.as_deref().is_ok_and(|template| !has_place(template, &name)) {
            plan.template = Err(Violation::new(&name, "path", "must have a place in the path, in braces".to_owned()));
            return self;
        }
        Self(self.0.with_path(name, value))
    }

    /// Sets a parameter in the query; a later value of a name takes the place of an earlier one.
    pub fn query(self, name: impl Into<String>, value: impl Wire) -> Self {
        Self(self.0.with_query(name, value))
    }

    /// Sets a parameter in the body.
    pub fn body(self, name: impl Into<String>, value: impl Wire) -> Self {
        Self(self.0.with_body(name, value))
    }

    /// Makes a value the body. The members of an object are parameters like those of [`Undescribed::body`].
    pub fn json(mut self, value: impl Wire) -> Self {
        self.0.plan.args.set_document(&value);
        self
    }

    /// Sets a header. One that the spec sets on every call is an error.
    pub fn header(self, name: impl Into<String>, value: impl Wire) -> Self {
        Self(self.0.with_header(name, value))
    }

    /// How long the call may take with all its attempts, whatever the client says.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self(self.0.with_timeout(timeout))
    }

    /// How long each attempt may take, whatever the client says.
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        Self(self.0.with_attempt_timeout(timeout))
    }

    /// How long a connection for this call may take to come about, as `with_connect_timeout` says of other calls.
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        Self(self.0.with_connect_timeout(timeout))
    }

    /// How often the call is tried in all, whatever the client says. One switches retries off.
    pub fn max_attempts(self, attempts: u32) -> Self {
        Self(self.0.with_max_attempts(attempts))
    }

    /// Sends the call to another address than the client's own, as [`Call::with_base_address`] does.
    pub fn base_address(self, base: BaseAddress) -> Self {
        Self(self.0.with_base_address(base))
    }

    /// Signs the call without sending it.
    ///
    /// # Errors
    ///
    /// As sending it would before anything is sent.
    pub fn prepare(self) -> Result<Prepared, Error<C>> {
        self.0.prepare()
    }

    /// Sends the call, and gives the answer together with what is known besides: request id, attempts, how long it took.
    pub fn with_response(self) -> Answering<Anything<C>> {
        self.0.with_response()
    }
}

impl<C: Code> IntoFuture for Undescribed<C> {
    type Output = Result<Response, Error<C>>;
    type IntoFuture = Sending<Anything<C>>;

    fn into_future(self) -> Self::IntoFuture {
        self.0.send()
    }
}

impl<C> fmt::Debug for Undescribed<C> {
    /// Names nothing: path and parameters may be anything.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Undescribed")
    }
}
