//! When a call is made again, and after how long.

use std::time::{Duration, SystemTime};

use http::StatusCode;
use http::header::{HeaderMap, RETRY_AFTER};

use super::TransportError;
use crate::tables::Retry;

/// The first pause is at most this long; every further one at most twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// A server that asks for more patience than this is not waited for.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(30);

/// Whether a status says that the same call may succeed soon.
fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 502 | 503 | 504)
}

/// Whether making a call again after an answer does no harm and may help.
pub(crate) fn after_status(retry: Retry, status: StatusCode) -> bool {
    match retry {
        Retry::Safe => is_transient(status),
        Retry::Never => false,
    }
}

/// Whether an answer leaves open if the call took effect: the server gave up on the way. With 429 and
/// 503 it says that it did not begin.
pub(crate) fn leaves_outcome_open(retry: Retry, status: StatusCode) -> bool {
    match retry {
        Retry::Safe => false,
        Retry::Never => status.as_u16() == 408 || (status.is_server_error() && status.as_u16() != 503),
    }
}

/// Whether making a call again after a failed exchange does no harm and may help.
pub(crate) fn after_failure(retry: Retry, error: &TransportError) -> bool {
    let harmless = match retry {
        Retry::Safe => true,
        Retry::Never => error.is_unsent(),
    };
    harmless && error.is_transient()
}

/// How long to wait at most after a number of attempts: a bound that doubles.
pub(crate) fn longest_pause(attempts: u32) -> Duration {
    let doublings = attempts.saturating_sub(1).min(16);
    FIRST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE)
}

/// What `Retry-After` asks for: a number of seconds, or a date. `None` if it is not to be waited for.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let Some(text) = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()).map(str::trim) else {
        return Some(Duration::ZERO);
    };
    let wait = if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
        // More digits than fit are more patience than there is.
        Duration::from_secs(text.parse().unwrap_or(u64::MAX))
    } else {
        let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).map(SystemTime::from);
        date.map_or(Duration::ZERO, |date| date.duration_since(now).unwrap_or_default())
    };
    (wait <= LONGEST_RETRY_AFTER).then_some(wait)
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    #[test]
    fn the_bound_of_pauses_doubles() {
        for (attempts, bound) in [(1, 200), (2, 400), (3, 800), (7, 10_000), (u32::MAX, 10_000)] {
            assert_eq!(longest_pause(attempts), Duration::from_millis(bound), "{attempts}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = UNIX_EPOCH + Duration::from_secs(784_111_777);
        let asked = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().unwrap());
            retry_after(&headers, now)
        };
        assert_eq!(asked("7"), Some(Duration::from_secs(7)));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:40 GMT"), Some(Duration::from_secs(3)));
        assert_eq!(asked("Sat, 06 Nov 1993 08:49:40 GMT"), Some(Duration::ZERO));
        assert_eq!(asked("soon"), Some(Duration::ZERO));
        assert_eq!(asked("31"), None);
        assert_eq!(asked("99999999999999999999999"), None);
        assert_eq!(retry_after(&HeaderMap::new(), now), Some(Duration::ZERO));
    }
}
