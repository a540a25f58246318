//! Calls and attempts as spans of `tracing`, named as OpenTelemetry names them for HTTP clients.
//!
//! Nothing goes into them that somebody sent or was answered: no values, no headers, no query. Of a path there is the
//! template.

use http::StatusCode;
use tracing::field::{Empty, display};
use tracing::instrument::{Instrument, Instrumented};
use tracing::{Level, Span, debug, info_span, warn};

use super::{Attempt, Failure, TransportError};
use crate::client::Plan;
use crate::error::{Kept, Response, passes, recognise};
use crate::signing::Origin;
use crate::tables::{Documented, Endpoint, ErrorCase};

/// What went wrong where nobody waited for the end.
const GIVEN_UP: &str = "cancelled";

/// What kind of error an answer is that nobody documented, where its status is none.
const OTHER: &str = "_OTHER";

/// The span of a call with all its attempts.
#[derive(Clone)]
pub(crate) struct Call {
    span: Span,
    endpoint: &'static Endpoint,
}

/// A call that has not ended yet.
struct Unended(Option<Span>);

impl Drop for Unended {
    fn drop(&mut self) {
        if let Some(span) = &self.0 {
            span.record("error.type", GIVEN_UP);
        }
    }
}

impl Call {
    pub(super) fn of(plan: &Plan) -> Self {
        let span = info_span!(
            "call",
            "otel.name" = plan.endpoint.id,
            "otel.kind" = "internal",
            "otel.status_code" = Empty,
            "error.type" = Empty,
        );
        Self { span, endpoint: plan.endpoint }
    }

    /// The call within its span. It begins where it stays: one that came from elsewhere would take its room twice.
    pub(super) fn around<F: Future<Output = Result<Response, Failure>>>(
        self,
        work: impl FnOnce() -> F,
    ) -> impl Future<Output = Result<Response, Failure>> {
        let Self { span, endpoint } = self;
        let inner = span.clone();
        let recorded = async move {
            let mut unended = Unended(Some(inner.clone()));
            let result = work().await;
            unended.0 = None;
            // Who hears of this need not hear of spans.
            if tracing::event_enabled!(Level::WARN)
                && let Ok(response) = &result
                && let Some(skew) = (Kept { endpoint, response }).notable_skew()
                && !is_nothing(endpoint, response)
            {
                warn!(clock_skew_s = skew, "this machine's clock differs from that of the server");
            }
            result
        };
        recorded.instrument(span)
    }

    /// The call has no result, for such a reason.
    pub(crate) fn failed(&self, kind: &str) {
        failed(&self.span, kind);
    }

    /// The call has no result because of an answer with this status, which is this error, if it is documented.
    pub(crate) fn refused(&self, status: StatusCode, case: Option<&ErrorCase>) {
        failed(&self.span, kind_of(&status, case));
    }
}

/// The span of one attempt, within that of its call.
pub(super) struct Exchange {
    span: Span,
    endpoint: &'static Endpoint,
}

impl Exchange {
    pub(super) fn of(attempt: &Attempt<'_>) -> Self {
        let origin = Origin::of(attempt.base_address().origin());
        let span = info_span!(
            "attempt",
            "otel.name" = Empty,
            "otel.kind" = "client",
            "http.request.method" = attempt.method(),
            "server.address" = origin.host.trim_matches(['[', ']']),
            "server.port" = origin.port,
            "url.scheme" = origin.scheme,
            "url.template" = Empty,
            "http.request.resend_count" = Empty,
            "http.response.status_code" = Empty,
            "otel.status_code" = Empty,
            "error.type" = Empty,
        );
        match attempt.template() {
            "" => span.record("otel.name", attempt.method()),
            template => {
                span.record("otel.name", display(format_args!("{} {template}", attempt.method())));
                span.record("url.template", template)
            }
        };
        if attempt.number() > 1 {
            span.record("http.request.resend_count", attempt.number() - 1);
        }
        Self { span, endpoint: attempt.plan.endpoint }
    }

    /// What is done at once, within its span.
    pub(super) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
        self.span.in_scope(work)
    }

    /// The attempt within its span.
    pub(super) fn around<F: Future>(&self, work: F) -> Instrumented<F> {
        work.instrument(self.span.clone())
    }

    /// An answer has begun, whether or not it comes to its end.
    pub(super) fn answered(&self, status: StatusCode) {
        self.span.record("http.response.status_code", status.as_u16());
    }

    /// Nobody waits for the end any more.
    pub(super) fn given_up(&self) {
        self.span.record("error.type", GIVEN_UP);
    }

    pub(super) fn ended(&self, result: Result<&Response, &TransportError>) {
        match result {
            Ok(response) => failed_with(&self.span, self.endpoint, response),
            Err(error) => {
                let kind = match (error.is_timeout(), error.is_unsent(), error.is_unproven()) {
                    (true, ..) => "timeout",
                    (false, true, _) => "unsent",
                    (false, false, true) => "unproven",
                    (false, false, false) => "broken",
                };
                failed(&self.span, kind);
            }
        }
    }
}

/// Says that there will be another attempt.
pub(super) fn retry(pause: std::time::Duration) {
    debug!(pause_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX), "another attempt follows");
}

fn failed(span: &Span, kind: &str) {
    span.record("error.type", kind);
    span.record("otel.status_code", "ERROR");
}

/// What an error is called: its status, or its name where that is no status of an error.
fn kind_of<'a>(status: &'a StatusCode, case: Option<&'a ErrorCase>) -> &'a str {
    if status.is_client_error() || status.is_server_error() {
        return status.as_str();
    }
    case.map_or(OTHER, ErrorCase::name)
}

/// The kind of error that an answer is, if it is one.
fn failed_with(span: &Span, endpoint: &'static Endpoint, response: &Response) {
    let (status, envelope) = (response.status, endpoint.envelope);
    if status.is_client_error() || status.is_server_error() {
        return failed(span, kind_of(&status, None));
    }
    if span.is_disabled() || response.rest.is_some() {
        return;
    }
    let is_read = !envelope.accepts(status) || !envelope.conditions.is_empty();
    if !is_read || passes(response, endpoint).is_ok() {
        return;
    }
    match recognise(endpoint, response) {
        Some((Documented { position: None, .. }, _)) => {}
        found => failed(span, kind_of(&status, found.map(|(error, _)| error.case))),
    }
}

/// Whether an answer is an error that says only that there is nothing to return.
fn is_nothing(endpoint: &Endpoint, response: &Response) -> bool {
    !endpoint.empty_on.is_empty() && recognise(endpoint, response).is_some_and(|(error, _)| error.position.is_none())
}
