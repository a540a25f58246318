//! One call from its parameters to an answer: the same code for every operation.
//!
//! Validate; then for each attempt take time and nonce, sign, encode, send; then decide whether there
//! is another attempt. What the answer means is not decided here.

use std::borrow::Cow;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap};

use super::retry::{self, Next};
use super::{Body, BoxFuture, Limits, TransportError};
use crate::args::{Args, Field, headers, path_of};
use crate::bodies::{Rest, Spoilt};
use crate::client::{Client, Prepared, Shared, SignedRequest};
use crate::error::{Interrupted, Response};
use crate::paging::{PagingError, Position};
use crate::signing::{COUNTED, Materials, Moment, SigningError, mask};
use crate::tables::{Endpoint, Payload, Retry};
use crate::validate::{Violation, Violations, validate};

/// No answer may be larger: 16 MiB.
const LARGEST_ANSWER: usize = 16 << 20;

/// A call to be made.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) client: Client,
    pub(crate) endpoint: &'static Endpoint,
    /// The endpoint's path, or that of a call which no endpoint describes, if there is one to send it to.
    pub(crate) template: Result<Cow<'static, str>, Violation>,
    pub(crate) args: Args,
    /// The page that is asked for, where that is not what the parameters say.
    pub(crate) position: Option<Position>,
    /// Whether the parameters are checked before anything is sent.
    pub(crate) validates: bool,
    pub(crate) limits: Limits,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    Invalid(Violations),
    Signing(SigningError),
    Paging(PagingError),
    Timeout(Box<Interrupted>),
    Transport(Box<Interrupted>),
}

impl From<SigningError> for Failure {
    fn from(error: SigningError) -> Self {
        Self::Signing(error)
    }
}

impl Failure {
    /// The same of a call with a file that cannot be read again.
    fn spent(mut self, is_spent: bool) -> Self {
        if let (true, Self::Timeout(interrupted) | Self::Transport(interrupted)) = (is_spent, &mut self) {
            interrupted.spent = true;
            interrupted.retryable = false;
        }
        self
    }
}

impl Plan {
    /// Checks the parameters without sending anything.
    pub(crate) fn validate(&self) -> Result<(), Violations> {
        let mut args = self.args.clone();
        args.fill_defaults();
        validate(&args)
    }

    fn make_ready(&mut self) -> Result<(), Failure> {
        self.args.fill_defaults();
        if self.validates {
            validate(&self.args).map_err(Failure::Invalid)?;
        } else {
            self.args.without_limits();
        }
        if let Some(position) = self.position.take() {
            self.turn_to(&position)?;
        }
        self.args.check_files().map_err(invalid)
    }

    /// Whether a file that can be read only once has been.
    fn is_spent(&self) -> bool {
        self.args.files().iter().any(|file| file.upload.is_spent())
    }

    pub(crate) fn path(&self, fields: &[Field<'_>]) -> Result<String, Failure> {
        let template = self.template.as_deref().map_err(Clone::clone);
        let own = template.and_then(|template| path_of(template, fields)).map_err(invalid)?;
        let base = if self.endpoint.below_host { "" } else { self.client.0.base.path() };
        Ok([base, &own].concat())
    }

    fn materials<'a>(&'a self, path: &'a str, fields: &'a [Field<'a>], headers: &'a HeaderMap) -> Materials<'a> {
        let shared = &*self.client.0;
        Materials {
            endpoint: self.endpoint,
            base: shared.base.origin(),
            path,
            fields,
            body_kind: self.args.body_kind(),
            files: self.args.files(),
            headers,
            credentials: shared.credentials.as_deref(),
            user_agent: &shared.user_agent,
        }
    }
}

fn invalid(violation: Violation) -> Failure {
    Failure::Invalid(violation.into())
}

impl Shared {
    /// One attempt.
    fn moment(&self) -> Moment<'_> {
        Moment::new(self.clock.now(), &*self.nonces, &COUNTED)
    }
}

/// Signs a call without sending it, and explains how.
pub(crate) fn prepare(mut plan: Plan) -> Result<Prepared, Failure> {
    plan.make_ready()?;
    let fields: Vec<_> = plan.args.iter().collect();
    let masked: Vec<_> = fields.iter().map(mask).collect();
    let (path, masked_path) = (plan.path(&fields)?, plan.path(&masked)?);
    let (own, masked_own) = (headers(&fields).map_err(invalid)?, headers(&masked).map_err(invalid)?);
    let moment = plan.client.0.moment();
    let (request, explanation) = plan.materials(&path, &fields, &own).explain(&masked_path, &masked_own, &moment)?;
    Ok(Prepared { request: SignedRequest::new(request), explanation })
}

/// Makes a call, with retries where they do no harm.
pub(crate) async fn execute(mut plan: Plan) -> Result<Response, Failure> {
    plan.make_ready()?;
    let fields: Vec<_> = plan.args.iter().collect();
    let (path, own) = (plan.path(&fields)?, headers(&fields).map_err(invalid)?);
    let start = plan.start();
    let materials = plan.materials(&path, &fields, &own);
    let shared = &*plan.client.0;
    let endpoint = plan.endpoint;
    if !shared.timer.works() {
        let cause = TransportError::unfit("the timer needs a Tokio runtime, or another timer must be given");
        return Err(broken(endpoint, 0, None, Some(cause)));
    }
    if plan.is_spent() {
        let cause = TransportError::unfit("a file can be read only once, and was sent already");
        return Err(broken(endpoint, 0, None, Some(cause)));
    }
    let spoilt = Spoilt::default();
    let started = shared.clock.now();
    let mut deadline = shared.timer.sleep(plan.limits.call);
    let (mut attempts, mut was_fresh) = (0, false);
    loop {
        attempts += 1;
        let request = materials.request(&shared.moment(), &spoilt)?;
        let mut status = None;
        let Some(result) = within(&mut deadline, attempt(&plan, request, start, &mut status)).await else {
            return Err(broken(endpoint, attempts, status, None).spent(plan.is_spent()));
        };
        // What the transport was told of it need not be what it tells.
        let result = result.map_err(|error| spoilt.take().unwrap_or(error));
        let is_spent = plan.is_spent();
        let next = match &result {
            // What is left of a file would be sent as the whole of it.
            _ if is_spent => Next::Nothing,
            Ok(response) => retry::after_answer(endpoint, response),
            Err(error) if retry::after_failure(endpoint.retry, error) => Next::Later,
            Err(_) => Next::Nothing,
        };
        let next = if next == Next::Fresh && std::mem::replace(&mut was_fresh, true) { Next::Nothing } else { next };
        let pause = pause(&plan, attempts, &result, next, started);
        let finish = move || result.map_err(|error| broken(endpoint, attempts, status, Some(error)).spent(is_spent));
        let Some(pause) = pause else { return finish() };
        if within(&mut deadline, shared.timer.sleep(pause)).await.is_none() {
            return finish();
        }
    }
}

/// One attempt, within its time.
async fn attempt(
    plan: &Plan,
    request: http::Request<Body>,
    start: i64,
    status: &mut Option<StatusCode>,
) -> Result<Response, TransportError> {
    let exchange = exchange(plan, request, start, status);
    let Some(limit) = plan.limits.attempt else { return exchange.await };
    let ended = within(&mut plan.client.0.timer.sleep(limit), exchange).await;
    ended.unwrap_or_else(|| Err(TransportError::broken("the time of one attempt is over").timed_out()))
}

/// One exchange, to the end of the answer unless the caller is to read that; `status` is set as soon as it begins.
async fn exchange(
    plan: &Plan,
    request: http::Request<Body>,
    start: i64,
    status: &mut Option<StatusCode>,
) -> Result<Response, TransportError> {
    let (parts, body) = plan.client.0.transport.send(request).await?.into_parts();
    let http::response::Parts { status: answered, headers, .. } = parts;
    *status = Some(answered);
    if plan.endpoint.payload == Payload::Stream && is_taken_for_success(plan.endpoint, answered, &headers) {
        let rest = Some(Rest::new(body, plan.client.clone(), plan.limits.call));
        return Ok(Response { status: answered, headers, body: Bytes::new(), start, rest });
    }
    let body = body.read(LARGEST_ANSWER).await?;
    Ok(Response { status: answered, headers, body, start, rest: None })
}

/// Whether an answer is a success that nobody needs to read to know that: what is JSON may say something else.
fn is_taken_for_success(endpoint: &Endpoint, status: StatusCode, headers: &HeaderMap) -> bool {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_json = || media_type.split(';').next().is_some_and(|it| it.trim().to_ascii_lowercase().ends_with("json"));
    endpoint.envelope.accepts(status) && (endpoint.envelope.conditions.is_empty() || !is_json())
}

/// How long to wait for the next attempt, if there is to be one.
fn pause(
    plan: &Plan,
    attempts: u32,
    result: &Result<Response, TransportError>,
    next: Next,
    started: std::time::SystemTime,
) -> Option<Duration> {
    let shared = &*plan.client.0;
    let now = shared.clock.now();
    let own = match next {
        Next::Nothing => return None,
        Next::Fresh => Duration::ZERO,
        Next::Later => {
            let longest = retry::longest_pause(attempts);
            shared.timer.pause(longest).min(longest)
        }
    };
    let asked = result.as_ref().ok().and_then(|response| retry::asked(plan.endpoint.envelope, response, now));
    let pause = own.max(retry::patience(asked)?);
    let left = plan.limits.call.saturating_sub(now.duration_since(started).unwrap_or_default());
    (attempts < plan.limits.attempts && pause < left).then_some(pause)
}

/// The failure of a call without a whole answer; without a cause, it is the deadline that passed.
fn broken(
    endpoint: &'static Endpoint,
    attempts: u32,
    status: Option<StatusCode>,
    cause: Option<TransportError>,
) -> Failure {
    let retry = endpoint.retry;
    let unsent = cause.as_ref().is_some_and(TransportError::is_unsent);
    let is_timeout = cause.as_ref().is_none_or(TransportError::is_timeout);
    let interrupted = Box::new(Interrupted {
        endpoint,
        attempts,
        status,
        outcome_unknown: retry == Retry::Never && !unsent,
        retryable: cause.as_ref().map_or(retry == Retry::Safe, |cause| retry::after_failure(retry, cause)),
        spent: false,
        cause,
    });
    if is_timeout { Failure::Timeout(interrupted) } else { Failure::Transport(interrupted) }
}

/// What the work comes to, unless the deadline passes first.
pub(crate) async fn within<T>(deadline: &mut BoxFuture<'static, ()>, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    poll_fn(|cx| match work.as_mut().poll(cx) {
        Poll::Ready(result) => Poll::Ready(Some(result)),
        Poll::Pending => deadline.as_mut().poll(cx).map(|()| None),
    })
    .await
}
