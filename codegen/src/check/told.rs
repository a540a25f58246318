//! Whether a documented answer is an error: as far as the answer as a whole says, not each report in it.

use crate::ir::{Api, Envelope, ErrorCase, Json, Operation, takes_code};

/// Whether an answer may be one of the errors of an operation.
pub(super) fn is_error(api: &Api, operation: &Operation, status: u16, body: &Json) -> bool {
    let envelope = api.envelope_of(operation);
    let mut errors = super::errors::tried(operation).filter_map(|id| api.errors.get(id.0));
    errors.any(|error| (error.statuses.is_empty() || error.statuses.contains(&status)) && may_be(envelope, error, body))
}

/// Why what is documented of an error is not that error.
pub(super) fn problem(envelope: &Envelope, error: &ErrorCase, body: &Json) -> Option<&'static str> {
    let says_success = match error.statuses.as_slice() {
        [] => !envelope.success.conditions.is_empty() && envelope.success.conditions.iter().all(|it| it.is_met(body)),
        statuses => statuses.iter().all(|status| envelope.success.accepts(*status, Some(body))),
    };
    match says_success {
        true => Some("says that the call succeeded"),
        false if !may_be(envelope, error, body) => Some("does not say that it is this error"),
        false => None,
    }
}

/// Whether a body may be an error: reports in it may say what it does not say as a whole.
fn may_be(envelope: &Envelope, error: &ErrorCase, body: &Json) -> bool {
    if error.field.is_some() {
        return true;
    }
    let code = envelope.code.find(body).and_then(Json::code).unwrap_or_default();
    let has_code = error.codes.is_empty()
        || !envelope.errors.code.is_empty()
        || error.codes.iter().any(|declared| takes_code(declared, code.trim()));
    let is_elsewhere = envelope.message.is_empty() || envelope.suffix.is_some() || !envelope.errors.message.is_empty();
    let message = envelope.message.find(body).and_then(Json::spelling).unwrap_or_default().trim();
    let has_message = error.messages.is_empty()
        || is_elsewhere
        || error.messages.iter().any(|declared| declared.find(message, error.matching).is_some());
    has_code && has_message
}
