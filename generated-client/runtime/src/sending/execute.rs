//! One call from its parameters to an answer: the same code for every operation.
//!
//! Validate; then for each attempt take time and nonce, sign, encode, send; then decide whether there
//! is another attempt. What the answer means is not decided here.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap};

use super::gate::TooLate;
use super::plan::invalid;
use super::retry::{self, Next};
use super::{Attempt, Body, BoxFuture, Failure, Place, Plan, Report, TransportError, trace};
use crate::args::headers;
use crate::bodies::{Rest, Spoilt};
use crate::error::{Interrupted, Response};
use crate::signing::Materials;
use crate::tables::{Endpoint, Payload};

/// No answer may be larger: 16 MiB.
const LARGEST_ANSWER: usize = 16 << 20;

/// What no call lasts longer than, so that a clock can tell its end: a hundred years.
const FOREVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// Makes a call, with retries where they do no harm.
pub(crate) fn execute(plan: Plan) -> impl Future<Output = Result<Response, Failure>> + Send {
    trace::Call::of(&plan).around(run(plan))
}

async fn run(mut plan: Plan) -> Result<Response, Failure> {
    plan.make_ready()?;
    let fields: Vec<_> = plan.args.iter().collect();
    let (path, own) = (plan.path(&fields)?, headers(&fields).map_err(invalid)?);
    let start = plan.start();
    let materials = plan.materials(&path, &fields, &own);
    let shared = &*plan.client.0;
    let endpoint = plan.endpoint;
    let started = shared.clock.now();
    let mut report = Report::new(started);
    if !shared.timer.works() {
        let cause = TransportError::unfit("the timer needs a Tokio runtime, or another timer must be given");
        return Err(broken(endpoint, report, None, Some(cause)));
    }
    if plan.is_spent() {
        let cause = TransportError::unfit("a file can be read only once, and was sent already");
        return Err(broken(endpoint, report, None, Some(cause)));
    }
    let spoilt = Spoilt::default();
    let mut deadline = shared.timer.sleep(plan.limits.call);
    let latest = started.checked_add(plan.limits.call.min(FOREVER)).unwrap_or(started);
    let mut was_fresh = false;
    // What the attempt before came to.
    let mut before = None;
    loop {
        let mut place = None;
        if !shared.gate.is_open() {
            place = match within(&mut deadline, shared.gate.pass(shared, latest)).await {
                Some(Ok(place)) => place,
                Some(Err(TooLate)) | None => {
                    let late = || Err(broken(endpoint, report, None, Some(TransportError::late())));
                    return before.unwrap_or_else(late);
                }
            };
        }
        report.attempts += 1;
        let told = Attempt { plan: &plan, number: report.attempts };
        let request = match &shared.hooks {
            None => materials.request(&shared.moment(), &spoilt)?,
            Some(hooks) => {
                let mut headers = own.clone();
                hooks.before_signing(&told, &mut headers);
                Materials { headers: &headers, ..materials }.request(&shared.moment(), &spoilt)?
            }
        };
        let mut status = None;
        let span = trace::Exchange::of(&told);
        let work = span.around(attempt(&plan, exchange(&plan, request, start, &mut status, place)));
        let ended = within(&mut deadline, work).await;
        report.ended = shared.clock.now();
        report.took = report.ended.duration_since(started).unwrap_or_default();
        let observe = |result: Result<&Response, &TransportError>| {
            span.ended(result);
            if let Some(hooks) = &shared.hooks {
                hooks.after_response(&told, result);
            }
        };
        let Some(result) = ended else {
            observe(Err(&TransportError::broken("the time of the call is over").timed_out()));
            return Err(broken(endpoint, report, status, None).spent(plan.is_spent()));
        };
        // What the transport was told of it need not be what it tells.
        let result = result.map_err(|error| spoilt.take().unwrap_or(error));
        observe(result.as_ref());
        let is_spent = plan.is_spent();
        let next = match &result {
            // What is left of a file would be sent as the whole of it.
            _ if is_spent => Next::Nothing,
            Ok(response) => retry::after_answer(endpoint, response),
            Err(error) if retry::after_failure(endpoint.retry, error) => Next::Later,
            Err(_) => Next::Nothing,
        };
        if let (Next::Nothing, Ok(response)) = (next, &result)
            && !retry::is_trouble(response.status)
        {
            shared.budget.give();
        }
        let next = if next == Next::Fresh && std::mem::replace(&mut was_fresh, true) { Next::Nothing } else { next };
        let mut pause = pause(&plan, &report, &result, next);
        if pause.is_some() && !shared.budget.take() {
            (pause, report.held_back) = (None, true);
        }
        if let Ok(response) = &result
            && response.status == StatusCode::TOO_MANY_REQUESTS
        {
            let own = pause.unwrap_or(retry::longest_pause(report.attempts));
            shared.gate.be_quiet(report.ended, asked(endpoint, response, report).unwrap_or_default().max(own));
        }
        let ended = match result {
            Ok(response) => Ok(Response { report, ..response }),
            Err(error) => Err(broken(endpoint, report, status, Some(error)).spent(is_spent)),
        };
        let Some(pause) = pause else { return ended };
        trace::retry(pause);
        if let Some(hooks) = &shared.hooks {
            hooks.on_retry(&told, pause);
        }
        if within(&mut deadline, shared.timer.sleep(pause)).await.is_none() {
            return ended;
        }
        before = Some(ended);
    }
}

/// One attempt, within its time.
async fn attempt(
    plan: &Plan,
    exchange: impl Future<Output = Result<Response, TransportError>>,
) -> Result<Response, TransportError> {
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
    place: Option<Place>,
) -> Result<Response, TransportError> {
    let (parts, body) = plan.client.0.transport.send(request).await?.into_parts();
    let http::response::Parts { status: answered, headers, .. } = parts;
    *status = Some(answered);
    // What is not known before the call has ended is filled in then.
    let report = Report::new(std::time::UNIX_EPOCH);
    if plan.endpoint.payload == Payload::Stream && is_taken_for_success(plan.endpoint, answered, &headers) {
        let rest = Some(Rest::new(body, plan.client.clone(), plan.limits.call, place));
        return Ok(Response { status: answered, headers, body: Bytes::new(), start, rest, report });
    }
    let body = body.read(LARGEST_ANSWER).await?;
    Ok(Response { status: answered, headers, body, start, rest: None, report })
}

/// Whether an answer is a success that nobody needs to read to know that: what is JSON may say something else.
fn is_taken_for_success(endpoint: &Endpoint, status: StatusCode, headers: &HeaderMap) -> bool {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_json = || media_type.split(';').next().is_some_and(|it| it.trim().to_ascii_lowercase().ends_with("json"));
    endpoint.envelope.accepts(status) && (endpoint.envelope.conditions.is_empty() || !is_json())
}

/// How long to wait for the next attempt, if there is to be one.
fn pause(plan: &Plan, report: &Report, result: &Result<Response, TransportError>, next: Next) -> Option<Duration> {
    let own = match next {
        Next::Nothing => return None,
        Next::Fresh => Duration::ZERO,
        Next::Later => {
            let longest = retry::longest_pause(report.attempts);
            plan.client.0.timer.pause(longest).min(longest)
        }
    };
    let asked = result.as_ref().ok().and_then(|response| asked(plan.endpoint, response, *report));
    let pause = own.max(retry::patience(asked)?);
    let left = plan.limits.call.saturating_sub(report.took);
    (report.attempts < plan.limits.attempts && pause < left).then_some(pause)
}

/// How long an answer asks to be waited for.
fn asked(endpoint: &Endpoint, response: &Response, report: Report) -> Option<Duration> {
    retry::asked(endpoint.envelope, response, report.ended)
}

/// The failure of a call without a whole answer; without a cause, it is the deadline that passed.
fn broken(
    endpoint: &'static Endpoint,
    report: Report,
    status: Option<StatusCode>,
    cause: Option<TransportError>,
) -> Failure {
    let retry = endpoint.retry;
    let is_timeout = cause.as_ref().is_none_or(TransportError::is_timeout);
    let interrupted = Box::new(Interrupted {
        endpoint,
        report,
        status,
        outcome_unknown: retry::failure_leaves_outcome_open(endpoint, status, cause.as_ref()),
        retryable: match &cause {
            Some(cause) => retry::after_failure(retry, cause),
            None => retry == crate::tables::Retry::Safe,
        },
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
