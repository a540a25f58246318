//! Calls and attempts as spans of `tracing`, named as OpenTelemetry names them for HTTP clients.
//!
//! Nothing goes into them that somebody sent or was answered: no values, no headers, no query. Of a path there is the
//! template.

use http::StatusCode;
use tracing::field::{Empty, display};
use tracing::instrument::{Instrument, Instrumented};
use tracing::{Span, debug, info_span};

use super::{Attempt, Failure, Plan, TransportError};
use crate::error::Response;
use crate::signing::Origin;

/// What went wrong where nobody waited for the end.
const GIVEN_UP: &str = "cancelled";

/// The span of a call with all its attempts.
pub(super) struct Call(Span);

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
        Self(info_span!("call", "otel.name" = plan.endpoint.id, "otel.kind" = "internal", "error.type" = Empty))
    }

    /// The call within its span.
    pub(super) fn around(
        self,
        work: impl Future<Output = Result<Response, Failure>>,
    ) -> impl Future<Output = Result<Response, Failure>> {
        let Self(span) = self;
        let inner = span.clone();
        let recorded = async move {
            let mut unended = Unended(Some(inner.clone()));
            let result = work.await;
            unended.0 = None;
            let kind = match &result {
                Ok(response) => {
                    failed_with(&inner, response);
                    return result;
                }
                Err(Failure::Invalid(_)) => "invalid",
                Err(Failure::Signing(_)) => "signing",
                Err(Failure::Paging(_)) => "paging",
                Err(Failure::Timeout(_)) => "timeout",
                Err(Failure::Transport(_)) => "transport",
            };
            inner.record("error.type", kind);
            result
        };
        recorded.instrument(span)
    }
}

/// The span of one attempt, within that of its call.
pub(super) struct Exchange(Span);

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
        Self(span)
    }

    /// The attempt within its span.
    pub(super) fn around<F: Future>(&self, work: F) -> Instrumented<F> {
        work.instrument(self.0.clone())
    }

    /// An answer has begun, whether or not it comes to its end.
    pub(super) fn answered(&self, status: StatusCode) {
        self.0.record("http.response.status_code", status.as_u16());
    }

    /// Nobody waits for the end any more.
    pub(super) fn given_up(&self) {
        self.0.record("error.type", GIVEN_UP);
    }

    pub(super) fn ended(&self, result: Result<&Response, &TransportError>) {
        match result {
            Ok(response) => failed_with(&self.0, response),
            Err(error) => {
                let kind = match (error.is_timeout(), error.is_unsent()) {
                    (true, _) => "timeout",
                    (false, true) => "unsent",
                    (false, false) => "broken",
                };
                self.0.record("error.type", kind);
            }
        }
    }
}

/// Says that there will be another attempt.
pub(super) fn retry(pause: std::time::Duration) {
    debug!(pause_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX), "another attempt follows");
}

/// The status as the kind of error that it is, if it is one.
fn failed_with(span: &Span, response: &Response) {
    if response.status.is_client_error() || response.status.is_server_error() {
        span.record("error.type", response.status.as_str());
    }
}
