//! One call from its parameters to an answer: the same code for every operation.
//!
//! Validate; then for each attempt take time and nonce, sign, encode, send; then decide whether there
//! is another attempt. What the answer means is not decided here.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap};

use super::budget::Taken;
use super::prepare::invalid;
use super::ready::{Unready, ready};
use super::retry::{self, Next};
use super::told::Told;
use super::{Attempt, Body, BoxFuture, Failure, Place, Report, TransportError, trace};
use crate::args::{added, headers};
use crate::bodies::{Rest, Spoilt};
use crate::client::Plan;
use crate::error::{Interrupted, Response};
use crate::signing::{Materials, Sent};
use crate::tables::{Endpoint, Payload, Retry};

/// No answer may be larger: 16 MiB.
const LARGEST_ANSWER: usize = 16 << 20;

/// Why nothing can be waited for.
pub(crate) const NO_TIMER: &str = "the timer needs a Tokio runtime, or another timer must be given";

/// Of a call that has not ended: filled in then.
const UNKNOWN: Report = Report::new(std::time::UNIX_EPOCH);

/// Makes a call, with retries where they do no harm.
pub(super) fn execute(
    mut plan: Box<Plan>,
    span: trace::Call,
) -> impl Future<Output = Result<Response, Failure>> + Send {
    span.around(move || async move { run(&mut plan).await })
}

async fn run(plan: &mut Plan) -> Result<Response, Failure> {
    let own_key = plan.args.key().is_some_and(|(_, given)| given);
    let after = plan.make_ready()?;
    let plan = &*plan;
    let fields: Vec<_> = plan.args.iter().collect();
    let (path, own) = (plan.path(&fields)?, headers(&fields).map_err(invalid)?);
    let (start, here) = (plan.start(), plan.here(&path).map(Arc::new));
    let shared = &*plan.client.0;
    let (timer, endpoint) = (&shared.means.timer, plan.endpoint);
    let mut report = Report { own_key, ..Report::new(shared.means.clock.now()) };
    let Some(transport) = shared.means.way.transport() else {
        return Err(broken(endpoint, report, None, Some(TransportError::nowhere())));
    };
    if !timer.works() {
        let cause = TransportError::unfit(NO_TIMER);
        return Err(broken(endpoint, report, None, Some(cause)));
    }
    if plan.is_spent() {
        let cause = TransportError::unfit("a file can be read only once, and was sent already");
        return Err(broken(endpoint, report, None, Some(cause)));
    }
    let spoilt = Spoilt::default();
    let gate = shared.means.gates.of(plan.elsewhere());
    let started = timer.now();
    let mut deadline = timer.sleep(plan.limits.call);
    // Unless it is so far away that no clock can tell.
    let latest = started.checked_add(plan.limits.call);
    let until = |report, now: Instant| {
        let took = now.saturating_duration_since(started);
        Report { took, ended: shared.means.clock.now(), ..report }
    };
    let mut was_fresh = false;
    // Whether the credentials of the attempt before were not taken, and there may be others; and of any before.
    let (mut refused, mut was_refused) = (false, false);
    // What the attempt before came to, which counts for more than why there is no other; and what another takes.
    let mut before: Option<(Box<Result<Response, Failure>>, Taken<'_>)> = None;
    // The same, where it may have taken effect.
    let mut open = None;
    loop {
        let mut wants_keys = true;
        let ready = within(&mut deadline, pin!(ready(shared, endpoint, &gate, latest, &mut wants_keys))).await;
        let (place, keys) = match ready {
            Some(Ok(ready)) => ready,
            // That others could not be had says more than that those before were not taken.
            Some(Err(Unready::WithoutKeys(error))) => {
                let report = until(report, timer.now());
                return match before.filter(|_| !refused || report.left_open) {
                    Some((ended, _)) => reported(*ended, report),
                    None => Err(error.into()),
                };
            }
            Some(Err(Unready::TooLate)) | None => {
                let cause = if wants_keys { TransportError::without_credentials() } else { TransportError::late() };
                let report = until(report, timer.now());
                return match before {
                    Some((ended, _)) => reported(*ended, report),
                    None => Err(broken(endpoint, report, None, Some(cause))),
                };
            }
        };
        // Made anew for each attempt: what is kept while the answer is awaited makes a call larger.
        let materials = Materials { credentials: keys.as_deref(), ..plan.materials(&path, &fields, &own) };
        let told = Attempt { plan, number: report.attempts + 1 };
        let (request, proof) = match sign(&told, materials, &spoilt) {
            Ok(signed) => signed,
            Err(error) => {
                let report = until(report, timer.now());
                return before.map_or(Err(error), |(ended, _)| reported(*ended, report));
            }
        };
        report.attempts += 1;
        if let Some((ended, taken)) = before.take() {
            taken.spend();
            open = report.left_open.then_some(ended);
        }
        let telling = Told::new(told);
        let mut status = None;
        let mut limit = plan.limits.attempt.map(|limit| timer.sleep(limit));
        let Some(result) = ({
            let sent = telling.span.within(|| transport.send(plan.limits.told(request)));
            let work = exchange(plan, sent, &telling.span, &mut status, place);
            let work = pin!(telling.span.around(work));
            within(&mut deadline, attempt(&mut limit, work)).await
        }) else {
            let report = until(report, timer.now());
            telling.end(Err(&TransportError::broken("the time of the call is over").timed_out()));
            return Err(broken(endpoint, report, status, None).spent(plan.is_spent()));
        };
        let now = timer.now();
        report = until(report, now);
        // What the transport was told of it need not be what it tells.
        let result = result.map_err(|error| spoilt.take().unwrap_or(error));
        let result = match &proof {
            Some(proof) => result.and_then(|answer| proof.check(keys.as_deref(), answer)),
            None => result,
        };
        telling.end(result.as_ref());
        let is_spent = plan.is_spent();
        // What another server says of them is no reason for others, and those that have just come are not at fault.
        let is_refusal = status == Some(StatusCode::UNAUTHORIZED)
            && result.as_ref().err().is_none_or(TransportError::is_unproven)
            && plan.elsewhere().is_none();
        let may_be_others = is_refusal && !was_refused && shared.means.keyring.refused(keys.as_ref());
        // A server cannot sign for credentials that it does not know: the next call has others, and this one is not
        // made again for what may be anybody's.
        refused = may_be_others && result.is_ok();
        was_refused |= refused;
        let next = match &result {
            // What is left of a file would be sent as the whole of it; and whoever answers above answers the call.
            _ if is_spent || shared.means.way.is_above() => Next::Nothing,
            Ok(response) if refused => retry::after_refusal(endpoint, response),
            Ok(response) => retry::after_answer(endpoint, response),
            Err(error) if retry::after_failure(endpoint.retry != Retry::Never, error) => Next::Later,
            Err(_) => Next::Nothing,
        };
        if let (Next::Nothing, Ok(response)) = (next, &result)
            && !retry::is_trouble(response.status)
        {
            gate.budget.give();
        }
        let is_second = next == Next::Fresh && !refused && std::mem::replace(&mut was_fresh, true);
        let next = if is_second { Next::Nothing } else { next };
        let pause = pause(plan, &report, &result, next);
        // That it is too much holds even if the rest of the answer is lost, or nobody's.
        if status == Some(StatusCode::TOO_MANY_REQUESTS) {
            let own = pause.unwrap_or(retry::longest_pause(report.attempts));
            let asked = result.as_ref().ok().and_then(|response| asked(endpoint, response, report));
            gate.be_quiet(now, asked.unwrap_or_default().max(own));
        }
        let in_time = |pause: &Duration| now.checked_add(*pause).is_some_and(|then| gate.opens_in_time(then, latest));
        // A refusal is no sign of trouble: whoever changes the credentials of many calls at once meets many.
        let take = || if refused { Some(Taken::nothing()) } else { gate.budget.take() };
        let again = pause.filter(in_time).map(|pause| (pause, take()));
        report.held_back = matches!(again, Some((_, None)));
        let is_open = retry::leaves_it_to_the_key(endpoint, status, result.as_ref());
        // Calls that need no pause need no place for it meanwhile.
        let (ended, pause, taken) = {
            let ended = match result {
                Ok(response) => Ok(Response { start, here: here.clone(), after: after.clone(), report, ..response }),
                Err(error) => Err(broken(endpoint, report, status, Some(error)).spent(is_spent)),
            };
            // That nothing happened this time says nothing of the times before.
            let ended = match open.take() {
                Some(open) if next != Next::Nothing && ended.is_ok() => reported(*open, report),
                _ => ended,
            };
            let Some((pause, Some(taken))) = again else { return ended };
            (Box::new(ended), pause, taken)
        };
        trace::retry(pause);
        if let Some(hooks) = &shared.means.hooks {
            hooks.on_retry(&told, pause);
        }
        if within(&mut deadline, timer.sleep(pause)).await.is_none() {
            return reported(*ended, until(report, timer.now()));
        }
        report.left_open |= is_open;
        before = Some((ended, taken));
    }
}

/// The signed request of an attempt, with what hooks add to its headers, and what its answer is signed with.
fn sign(
    attempt: &Attempt<'_>,
    materials: Materials<'_>,
    spoilt: &Spoilt,
) -> Result<(http::Request<Body>, Option<Box<Sent>>), Failure> {
    let shared = &*attempt.plan.client.0;
    if shared.means.way.is_above() {
        return Ok((materials.unsigned(&shared.moment(), spoilt)?, None));
    }
    // What an application says to the API is not for whoever stores a file.
    let hooks = shared.means.hooks.as_ref().filter(|_| std::ptr::eq(attempt.plan.endpoint.api, shared.api));
    let Some(hooks) = hooks else { return Ok(materials.request(&shared.moment(), spoilt)?) };
    let mut headers = materials.headers.clone();
    hooks.before_signing(attempt, &mut headers);
    let headers = added(materials.headers, headers).map_err(invalid)?;
    Ok(Materials { headers: &headers, ..materials }.request(&shared.moment(), spoilt)?)
}

/// One attempt, within its time.
fn attempt(
    limit: &mut Option<BoxFuture<'static, ()>>,
    mut exchange: Pin<&mut impl Future<Output = Result<Response, TransportError>>>,
) -> impl Future<Output = Result<Response, TransportError>> + Unpin {
    poll_fn(move |cx| match (exchange.as_mut().poll(cx), limit.as_mut()) {
        (Poll::Pending, Some(limit)) => {
            limit.as_mut().poll(cx).map(|()| Err(TransportError::broken("the time of one attempt is over").timed_out()))
        }
        (polled, _) => polled,
    })
}

/// One exchange, to the end of the answer unless the caller is to read that; `status` is set as soon as it begins. What
/// the answer does not say is filled in when it has ended.
async fn exchange(
    plan: &Plan,
    sent: BoxFuture<'_, Result<http::Response<Body>, TransportError>>,
    span: &trace::Exchange,
    status: &mut Option<StatusCode>,
    place: Option<Place>,
) -> Result<Response, TransportError> {
    let (answered, headers, mut body) = apart(sent.await?);
    *status = Some(answered);
    span.answered(answered);
    if plan.endpoint.payload == Payload::Stream && is_taken_for_success(plan.endpoint, answered, &headers) {
        let rest = Some(Rest::new(body, plan.client.clone(), plan.limits.call, place));
        return Ok(Response {
            status: answered,
            headers,
            body: Bytes::new(),
            start: 0,
            here: None,
            after: None,
            rest,
            report: UNKNOWN,
        });
    }
    let body = body.read(LARGEST_ANSWER).await?;
    Ok(Response { status: answered, headers, body, start: 0, here: None, after: None, rest: None, report: UNKNOWN })
}

/// What is kept of an answer while its body is read.
fn apart(answer: http::Response<Body>) -> (StatusCode, HeaderMap, Body) {
    let (parts, body) = answer.into_parts();
    (parts.status, parts.headers, body)
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
            plan.client.0.means.timer.pause(longest).min(longest)
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

/// The end of a call as one of its attempts left it, before others.
fn reported(mut ended: Result<Response, Failure>, report: Report) -> Result<Response, Failure> {
    let own = match &mut ended {
        Ok(response) => Some(&mut response.report),
        Err(failure) => failure.interrupted().map(|interrupted| &mut interrupted.report),
    };
    if let Some(own) = own {
        // What it says of the time it says of its own.
        *own = Report { ended: own.ended, ..report };
    }
    ended
}

/// The failure of a call without a whole answer; without a cause, it is the deadline that passed.
pub(crate) fn broken(
    endpoint: &'static Endpoint,
    report: Report,
    status: Option<StatusCode>,
    cause: Option<TransportError>,
) -> Failure {
    let may_repeat = report.may_repeat(endpoint.retry);
    let is_timeout = cause.as_ref().is_none_or(TransportError::is_timeout);
    let is_unproven = cause.as_ref().is_some_and(TransportError::is_unproven);
    let interrupted = Box::new(Interrupted {
        endpoint,
        report,
        status,
        outcome_unknown: report.left_open || retry::failure_leaves_outcome_open(endpoint, status, cause.as_ref()),
        retryable: match &cause {
            _ if report.left_open && !may_repeat => false,
            Some(cause) => retry::after_failure(may_repeat, cause),
            None => may_repeat,
        },
        spent: false,
        cause,
    });
    match (is_unproven, is_timeout) {
        (true, _) => Failure::Unproven(interrupted),
        (false, true) => Failure::Timeout(interrupted),
        (false, false) => Failure::Transport(interrupted),
    }
}

/// What the work comes to, unless the deadline passes first. The work stays where it is: a copy of it would cost more.
pub(crate) fn within<T>(
    deadline: &mut BoxFuture<'static, ()>,
    mut work: impl Future<Output = T> + Unpin,
) -> impl Future<Output = Option<T>> {
    poll_fn(move |cx| match Pin::new(&mut work).poll(cx) {
        Poll::Ready(result) => Poll::Ready(Some(result)),
        Poll::Pending => deadline.as_mut().poll(cx).map(|()| None),
    })
}
