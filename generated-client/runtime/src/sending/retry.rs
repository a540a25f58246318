//! When a call is made again, and after how long.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::StatusCode;
use http::header::RETRY_AFTER;

use super::TransportError;
use crate::error::{Response, documented};
use crate::json::is_failure;
use crate::tables::{Again, Endpoint, Envelope, Retry, Unit};

/// The first pause is at most this long; every further one at most twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// A server that asks for more patience than this is not waited for.
pub(super) const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(30);

/// Whether a status says that the same call may succeed soon.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 502 | 503 | 504)
}

/// Whether there is to be another attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Nothing,
    /// After a pause.
    Later,
    /// At once, but only once.
    Fresh,
}

/// What an answer says about another attempt: first the documented error that it is, then its status.
pub(crate) fn after_answer(endpoint: &Endpoint, response: &Response) -> Next {
    if response.rest.is_some() {
        return Next::Nothing;
    }
    let envelope = endpoint.envelope;
    let is_special = |again| again != Again::AsStatus;
    if envelope.accepts(response.status) {
        // Nothing but a special error is worth looking at an answer before it is read.
        let may_be = !envelope.conditions.is_empty() && endpoint.errors().any(|error| is_special(error.case.again));
        if !may_be || !is_failure(&response.body, envelope) {
            return Next::Nothing;
        }
    }
    match documented(endpoint, response).map_or(Again::AsStatus, |error| error.again) {
        Again::Never => Next::Nothing,
        Again::Safe => Next::Later,
        Again::Fresh if endpoint.retry != Retry::Never => Next::Fresh,
        Again::Fresh => Next::Nothing,
        Again::AsStatus if endpoint.retry != Retry::Never && is_transient(response.status) => Next::Later,
        Again::AsStatus => Next::Nothing,
    }
}

/// What an answer says about another attempt with other credentials, where those of this one were not taken: nothing
/// happened, so that any call may be made again.
pub(crate) fn after_refusal(endpoint: &Endpoint, response: &Response) -> Next {
    let is_final = documented(endpoint, response).is_some_and(|error| error.again == Again::Never);
    if is_final { Next::Nothing } else { Next::Fresh }
}

/// Whether an answer leaves open if the call took effect: the server gave up on the way. With 429 and
/// 503 it says that it did not begin.
pub(crate) fn leaves_outcome_open(retry: Retry, status: StatusCode) -> bool {
    match retry {
        Retry::Safe => false,
        Retry::Keyed | Retry::Never => status.as_u16() == 408 || (status.is_server_error() && status.as_u16() != 503),
    }
}

/// Whether a status says that what was asked for was not done: a success that nobody described does not, nor a redirect,
/// but for those that want the same call made elsewhere.
pub(crate) fn is_refusal(status: StatusCode) -> bool {
    status.is_client_error() || status.is_server_error() || matches!(status.as_u16(), 307 | 308)
}

/// Whether an answer says that the server is in trouble, so that more calls would not help it.
pub(crate) fn is_trouble(status: StatusCode) -> bool {
    status.is_server_error() || is_transient(status)
}

/// Whether an exchange without a whole answer leaves open if the call took effect.
pub(crate) fn failure_leaves_outcome_open(
    endpoint: &Endpoint,
    status: Option<StatusCode>,
    cause: Option<&TransportError>,
) -> bool {
    if endpoint.retry == Retry::Safe || cause.is_some_and(TransportError::is_unsent) {
        return false;
    }
    // What may be anybody's says nothing.
    match status.filter(|_| !cause.is_some_and(TransportError::is_unproven)) {
        None => true,
        // What broke off may have failed half-way; what is only too long for anybody to read did not.
        Some(status) if endpoint.envelope.accepts(status) => {
            !(cause.is_some_and(TransportError::is_too_large) && endpoint.envelope.conditions.is_empty())
        }
        Some(status) => {
            !is_refusal(status)
                || leaves_outcome_open(endpoint.retry, status)
                || endpoint.errors().any(|error| error.case.outcome_unknown)
        }
    }
}

/// Whether an attempt that another follows leaves open if the call took effect: the other need not be the one that did.
pub(crate) fn leaves_it_to_the_key(
    endpoint: &Endpoint,
    status: Option<StatusCode>,
    result: Result<&Response, &TransportError>,
) -> bool {
    // What has no key is made again only where nothing happened, or where it is the same to make it twice.
    endpoint.retry == Retry::Keyed
        && match result {
            Ok(response) => {
                let is_nothing = || documented(endpoint, response).is_some_and(|error| error.again == Again::Safe);
                leaves_outcome_open(endpoint.retry, response.status) && !is_nothing()
            }
            Err(error) => failure_leaves_outcome_open(endpoint, status, Some(error)),
        }
}

/// Whether making a call again after a failed exchange does no harm and may help; `may_repeat` says if it never does harm.
pub(crate) fn after_failure(may_repeat: bool, error: &TransportError) -> bool {
    (may_repeat || error.is_unsent()) && error.is_transient()
}

/// How long to wait at most after a number of attempts: a bound that doubles.
pub(crate) fn longest_pause(attempts: u32) -> Duration {
    let doublings = attempts.saturating_sub(1).min(16);
    FIRST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE)
}

/// How long an answer asks to be waited for, if that is not too long.
pub(crate) fn patience(asked: Option<Duration>) -> Option<Duration> {
    let wait = asked.unwrap_or_default();
    (wait <= LONGEST_RETRY_AFTER).then_some(wait)
}

/// How long to wait as an answer says: where the API says it, or else in `Retry-After`. A moment is one of the server's
/// clock, which may differ from the one here.
pub(crate) fn asked(envelope: &Envelope, response: &Response, now: SystemTime) -> Option<Duration> {
    let now = response.date().unwrap_or(now);
    let own = response.text(envelope.retry_after).and_then(|text| duration(&text, envelope.unit, now));
    let standard = || duration(response.headers.get(RETRY_AFTER)?.to_str().ok()?.trim(), Unit::Seconds, now);
    own.or_else(standard)
}

/// A number of some unit, of which a part counts as one more, or a date; a moment that has passed is no wait.
fn duration(text: &str, unit: Unit, now: SystemTime) -> Option<Duration> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(imf_date(text)?.duration_since(now).unwrap_or_default());
    }
    // More digits than fit are more patience than there is.
    let is_more = part.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    let number = whole.parse().unwrap_or(u64::MAX).saturating_add(u64::from(is_more));
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    Some(match unit {
        Unit::Seconds => Duration::from_secs(number),
        Unit::Milliseconds => Duration::from_millis(number),
        Unit::EpochSeconds => Duration::from_secs(number).saturating_sub(since),
        Unit::EpochMilliseconds => Duration::from_millis(number).saturating_sub(since),
    })
}

/// A moment as headers write it: `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(crate) fn imf_date(text: &str) -> Option<SystemTime> {
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).map(SystemTime::from).ok()
}

#[cfg(test)]
mod tests {
    use http::header::HeaderMap;

    use super::*;
    use crate::sending::Report;
    use crate::tables::envelope;

    fn answer(headers: &[(&'static str, &str)], body: &'static str) -> Response {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        let headers = headers.collect::<HeaderMap>();
        Response {
            after: None,
            status: StatusCode::OK,
            headers,
            body: body.into(),
            start: 0,
            here: None,
            rest: None,
            report: Report::new(UNIX_EPOCH),
        }
    }

    #[test]
    fn the_bound_of_pauses_doubles() {
        for (attempts, bound) in [(1, 200), (2, 400), (3, 800), (7, 10_000), (u32::MAX, 10_000)] {
            assert_eq!(longest_pause(attempts), Duration::from_millis(bound), "{attempts}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = UNIX_EPOCH + Duration::from_secs(784_111_777);
        let wait = |text: &str| patience(asked(&envelope(), &answer(&[("retry-after", text)], ""), now));
        assert_eq!(wait("7"), Some(Duration::from_secs(7)));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:40 GMT"), Some(Duration::from_secs(3)));
        assert_eq!(wait("Sat, 06 Nov 1993 08:49:40 GMT"), Some(Duration::ZERO));
        assert_eq!(wait("soon"), Some(Duration::ZERO));
        assert_eq!(wait("31"), None);
        assert_eq!(wait("99999999999999999999999"), None);
        assert_eq!(patience(asked(&envelope(), &answer(&[], ""), now)), Some(Duration::ZERO));
    }

    /// A clock here that is wrong by an hour makes nobody wait for one, nor for none.
    #[test]
    fn a_moment_is_one_of_the_servers_clock() {
        let there = UNIX_EPOCH + Duration::from_secs(784_111_777);
        let hour = Duration::from_secs(3600);
        let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        let response = answer(&[date, ("retry-after", "Sun, 06 Nov 1994 08:49:40 GMT")], "");
        let in_epoch = envelope().retry_after("X-Wait", &[], Unit::EpochSeconds);
        for here in [there - hour, there, there + hour] {
            assert_eq!(asked(&envelope(), &response, here), Some(Duration::from_secs(3)));
            let response = answer(&[date, ("x-wait", "784111780")], "");
            assert_eq!(asked(&in_epoch, &response, here), Some(Duration::from_secs(3)));
        }
    }

    #[test]
    fn an_api_says_it_in_its_own_way() {
        let now = UNIX_EPOCH + Duration::from_millis(1_700_000_000_000);
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        for (unit, text, wait) in [
            (Unit::Seconds, "5", seconds(5)),
            (Unit::Seconds, "4.1", seconds(5)),
            (Unit::Seconds, "5.0", seconds(5)),
            (Unit::Seconds, "0.65", seconds(1)),
            (Unit::Milliseconds, "5000", seconds(5)),
            (Unit::EpochSeconds, "1700000005", seconds(5)),
            (Unit::EpochMilliseconds, "1700000005000", seconds(5)),
            (Unit::EpochSeconds, "1600000000", seconds(0)),
            (Unit::Seconds, "", None),
            (Unit::Seconds, "-5", None),
        ] {
            let in_header = envelope().retry_after("X-Wait", &[], unit);
            assert_eq!(asked(&in_header, &answer(&[("x-wait", text)], ""), now), wait, "{text}");
        }
        let in_body = envelope().retry_after("", &["error", "wait"], Unit::Milliseconds);
        assert_eq!(asked(&in_body, &answer(&[], r#"{"error":{"wait":5000}}"#), now), seconds(5));
        assert_eq!(asked(&in_body, &answer(&[("retry-after", "5")], "{}"), now), seconds(5), "or as everybody says it");
    }
}
