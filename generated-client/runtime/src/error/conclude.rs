//! The end of a call: an answer into a value or an error, by status first and body second.

use http::StatusCode;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderValue};

use super::{Error, Reported, Response, Undecodable, Unexpected};
use crate::json::{DecodeError, Misread, OrOne, Read, errors, is_json, key_of, read_answer, read_empty, read_text};
use crate::sending::{CallSpan, Failure, is_refusal, leaves_outcome_open};
use crate::tables::{Captures, Documented, Endpoint, ErrorCase, Operation, OperationError, Outcome, Payload, Retry};

/// What an exchange means for an operation.
pub(crate) fn conclude<O: Operation>(
    endpoint: &'static Endpoint,
    result: Result<Response, Failure>,
    span: &CallSpan,
) -> Result<O::Output, Error<O::Error>> {
    let fail = |error: Error<O::Error>| {
        span.failed(error.kind());
        Err(error)
    };
    let response = match result {
        Ok(response) => response,
        Err(failure) => return fail(Error::from_failure(failure)),
    };
    let is_told = match O::Output::read(&response, endpoint) {
        Ok(value) => return Ok(value),
        Err(Misread::Undecodable(cause)) => {
            let cause = match &response {
                packed if is_packed(packed) => cause.but_found("a compressed answer"),
                page if is_page(page) && is_html(page) => cause.but_found("a page of HTML"),
                page if is_page(page) => cause.but_found("HTML or XML"),
                _ => cause,
            };
            let says_so = !endpoint.envelope.conditions.is_empty() && endpoint.payload != Payload::Text;
            let is_told = says_so || (cause.is_json() && is_json(&response.body));
            return fail(Error::Decode(Box::new(Undecodable { endpoint, response, cause, is_told })));
        }
        Err(Misread::Failure { is_told, .. }) => is_told,
    };
    let found = recognise(endpoint, &response);
    let case = found.as_ref().map(|(error, _)| error.case);
    let error = match found {
        Some((Documented { position: None, .. }, _)) => match O::Output::nothing(&response) {
            Some(nothing) => return Ok(nothing),
            None => None,
        },
        Some(_) if case.is_some_and(|case| says_too_much::<O::Error>(endpoint, case, response.status)) => None,
        Some((Documented { position: Some(at), .. }, captures)) => Error::documented(at, captures),
        None => None,
    };
    span.refused(response.status, case);
    Err(error.unwrap_or_else(|| Error::Unexpected(Box::new(Unexpected { endpoint, response, is_told }))))
}

/// Whether an error would say that nobody knows if a call took effect which only reads: known by a status alone, of a call
/// that nobody described. Its type is that of changes too, and cannot tell them apart; the answer itself can.
fn says_too_much<E: OperationError>(endpoint: &Endpoint, case: &ErrorCase, status: StatusCode) -> bool {
    let only_reads = endpoint.line.path.is_empty() && endpoint.retry == Retry::Safe;
    only_reads
        && leaves_outcome_open(Retry::Never, status)
        && case.is_outcome_unknown(E::LEAVES_OPEN)
        && !case.is_outcome_unknown(false)
}

/// Whether an answer is markup, whatever was asked for: anybody on the way may have given it.
fn is_page(response: &Response) -> bool {
    let body = response.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&response.body).trim_ascii_start();
    match body.first() {
        Some(b'<') => true,
        None | Some(b'{' | b'[') => false,
        Some(_) => is_html(response) && !is_json(body),
    }
}

/// Of an answer that is not read: a page does not say that the call succeeded. What else is no JSON may be the server's
/// way to say so.
pub(crate) fn refuse_page(response: &Response) -> Result<(), Misread> {
    if is_page(response) { Err(DecodeError::malformed("JSON or nothing", "something else", 0).into()) } else { Ok(()) }
}

/// Whether an answer is called what browsers show.
fn is_html(response: &Response) -> bool {
    let media_type = response.headers.get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    media_type.get(..9).is_some_and(|start| start.eq_ignore_ascii_case(b"text/html"))
}

/// Whether an answer came compressed, which nobody asked for and nothing here undoes.
fn is_packed(response: &Response) -> bool {
    response.headers.get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity")
}

/// Whether an answer is a success, and its payload if there is to be one.
pub(crate) fn judge(
    response: &Response,
    endpoint: &'static Endpoint,
    mut value: Option<&mut dyn Read>,
) -> Result<(), Misread> {
    if let (Payload::Text, Some(value)) = (endpoint.payload, value.as_deref_mut()) {
        passes(response, endpoint)?;
        return Ok(read_text(&response.body, value)?);
    }
    let envelope = endpoint.envelope;
    if !envelope.accepts(response.status) {
        return Err(Misread::Failure { is_sound: true, is_told: is_refusal(response.status) });
    }
    let has_no_body = response.body.is_empty() && (response.status == 204 || endpoint.line.method.is_head());
    if has_no_body && value.as_deref_mut().is_none_or(|value| read_empty(value).is_ok()) {
        return Ok(());
    }
    let others = if value.is_some() { endpoint.also_under } else { &[] };
    let key = endpoint.payload.key().map(|key| key_of(&response.body, envelope.payload, key, others));
    match value {
        Some(value) if endpoint.or_one => read_answer(&response.body, envelope, key, Some(&mut OrOne(value))),
        value => read_answer(&response.body, envelope, key, value),
    }
}

/// Whether an answer is a success that need not be JSON: what is, and says that the call failed, is none.
pub(crate) fn passes(response: &Response, endpoint: &'static Endpoint) -> Result<(), Misread> {
    match judge(response, endpoint, None) {
        Err(failure @ Misread::Failure { is_sound: true, .. }) => Err(failure),
        _ => Ok(()),
    }
}

/// The first error of an operation's list that an answer is, and what it captured.
pub(crate) fn recognise(endpoint: &Endpoint, response: &Response) -> Option<(Documented, Captures)> {
    let found = reported(endpoint, response);
    let status = response.status.as_u16();
    endpoint.errors().find_map(|error| Some((error, error.case.recognise(status, &found)?.of(&response.body))))
}

/// What an answer reports, documented or not.
pub(crate) fn reported(endpoint: &Endpoint, response: &Response) -> Vec<Reported> {
    errors(&response.body, endpoint.envelope)
}

/// The error itself, without what it captured.
pub(crate) fn documented(endpoint: &Endpoint, response: &Response) -> Option<&'static ErrorCase> {
    recognise(endpoint, response).map(|(error, _)| error.case)
}

impl<E: OperationError> Error<E> {
    fn documented(at: usize, mut captures: Captures) -> Option<Self> {
        E::VARIANTS.get(at).map(|variant| Self::Api((variant.1)(&mut captures)))
    }

    pub(crate) fn from_failure(failure: Failure) -> Self {
        match failure {
            Failure::Invalid(violations) => Self::Invalid(violations),
            Failure::Signing(error) => Self::Signing(error),
            Failure::Paging(error) => Self::Paging(error),
            Failure::Timeout(interrupted) => Self::Timeout(interrupted),
            Failure::Transport(interrupted) => Self::Transport(interrupted),
            Failure::Unproven(interrupted) => Self::Unproven(interrupted),
        }
    }
}
