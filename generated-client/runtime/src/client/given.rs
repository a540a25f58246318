//! A call of an address that an answer gave, with nothing of the API in it.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use super::method::Under;
use super::{Answering, BaseAddress, Call, Client, Sending};
use crate::args::{Args, Wire};
use crate::bodies::Upload;
use crate::error::Response;
use crate::signing::{Draft, SigningError};
use crate::tables::{ApiSpec, Code, Endpoint, Method, Operation, Payload, Retry, Table};
use crate::validate::Violation;

/// A call of an address that somebody gave, such as one to upload a file to, made when it is awaited.
///
/// It goes there as it is: not signed, without credentials, and without the headers of every call or of
/// [`Hooks`](crate::sending::Hooks), which are told of it all the same. Time, attempts and redirects are as with other
/// calls; the address must be encrypted as theirs must. To know it may be all that it takes, so that nothing prints more of
/// it than the host.
#[must_use = "a call does nothing until it is awaited"]
pub struct Elsewhere<C>(Call<Anywhere<C>>);

/// The operation of such a call.
pub struct Anywhere<C>(PhantomData<fn() -> C>);

/// Of which nothing is known.
static NOTHING: ApiSpec = ApiSpec::new("elsewhere", "", nothing);

fn nothing(_: &mut Draft<'_>) -> Result<(), SigningError> {
    Ok(())
}

impl<C: Code> Operation for Anywhere<C> {
    type Output = Response;
    type Error = C;
    const TABLE: Table = Table::new(Method::GET, "").id("elsewhere");
    const ENDPOINT: &'static Endpoint = &Endpoint {
        api: &NOTHING,
        id: Self::ID,
        line: Self::TABLE.line,
        params: &[],
        payload: Payload::Nothing,
        also_under: &[],
        or_one: false,
        retry: Retry::Never,
        paging: None,
        last: &[],
        encoding: None,
        envelope: &NOTHING.envelope,
        empty_on: &[],
        empty_after: &[],
        error: |_| None,
        signed: false,
        anonymous: true,
        below_host: true,
    };
}

impl Client {
    /// A call of an address that an answer gave.
    pub fn request_to<C: Code>(&self, method: &str, url: &str) -> Elsewhere<C> {
        Elsewhere::new(self, method, url)
    }
}

impl<C: Code> Elsewhere<C> {
    fn new(client: &Client, method: &str, url: &str) -> Self {
        let endpoint = Under::<Anywhere<C>>::of(method);
        let given = BaseAddress::given(url).map_err(|error| Violation::new("url", "url", error.to_string()));
        let (base, target) = given.map_or_else(|error| (None, Err(error)), |(base, target)| (Some(base), Ok(target)));
        let template = endpoint.as_ref().map_err(Clone::clone).and_then(|_| target.map(Into::into));
        let endpoint = endpoint.unwrap_or(Anywhere::<C>::ENDPOINT);
        let args = Args::new(endpoint.encoding(), [&[], &[]]);
        let plan = client.plan_at(endpoint, template, args, base);
        Self(Call { plan: Box::new(plan), operation: PhantomData })
    }

    /// Makes the bytes of a file the whole body, in place of any part, read while they are sent. Its media type goes along,
    /// its name does not.
    pub fn body(mut self, file: Upload) -> Self {
        self.0.plan.args.set_file(&file);
        self
    }

    /// Adds a part to a body in parts (`multipart/form-data`), in place of a body that is a file alone: a field of a form,
    /// or a file.
    pub fn part(mut self, name: impl Into<String>, value: impl Wire) -> Self {
        self.0.plan.args.set_part(name.into(), &value);
        self
    }

    /// Sets a header.
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

    /// Sends the call, and gives the answer together with what is known besides: request id, attempts, how long it took.
    pub fn with_response(self) -> Answering<Anywhere<C>> {
        self.0.with_response()
    }
}

impl<C: Code> IntoFuture for Elsewhere<C> {
    type Output = Result<Response, crate::error::Error<C>>;
    type IntoFuture = Sending<Anywhere<C>>;

    fn into_future(self) -> Self::IntoFuture {
        self.0.send()
    }
}

impl<C> fmt::Debug for Elsewhere<C> {
    /// Names nothing: the address may be all that it takes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Elsewhere")
    }
}
