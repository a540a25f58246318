//! When an attempt may begin: within the limits of its client, and not while the server asks for quiet.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::places::{Place, Places};
use super::rate::Rate;
use super::retry::LONGEST_RETRY_AFTER;
use crate::client::Shared;
use crate::tables::Ceiling;

/// What attempts pass through before they are signed; clones of a client share it.
pub(crate) struct Gate {
    places: Option<Places>,
    rate: Option<Rate>,
    /// Until when the server asked not to be called, in milliseconds since 1970.
    quiet: AtomicU64,
}

/// It would not be its turn within the time of the call.
pub(super) struct TooLate;

impl Gate {
    /// The limits of an API, where a caller does not say else.
    pub(crate) fn new(ceiling: Ceiling, concurrency: Option<usize>, rate: Option<(u32, Duration)>) -> Self {
        Self {
            places: concurrency.or(ceiling.concurrency).map(Places::new),
            rate: rate.or(ceiling.rate).map(|(calls, per)| Rate::new(calls, per)),
            quiet: AtomicU64::new(0),
        }
    }

    /// Whether nothing is to be waited for or counted.
    pub(super) fn is_open(&self) -> bool {
        self.places.is_none() && self.rate.is_none() && self.quiet.load(Ordering::Relaxed) == 0
    }

    /// Makes everybody wait that long, but never longer than a single call would.
    pub(super) fn be_quiet(&self, now: SystemTime, wait: Duration) {
        self.quiet.fetch_max(millis(now.checked_add(wait.min(LONGEST_RETRY_AFTER))), Ordering::Relaxed);
    }

    /// Waits for the turn of an attempt at a call that must have ended by `latest`.
    pub(super) async fn pass(&self, shared: &Shared, latest: SystemTime) -> Result<Option<Place>, TooLate> {
        let place = match &self.places {
            Some(places) => Some(places.take().await),
            None => None,
        };
        let now = shared.clock.now();
        let earliest = now.checked_add(self.silence(now)).unwrap_or(now);
        let turn = match &self.rate {
            Some(rate) => rate.turn(now, earliest, latest).ok_or(TooLate)?,
            None if earliest > latest => return Err(TooLate),
            None => earliest,
        };
        let wait = turn.duration_since(now).unwrap_or_default();
        if !wait.is_zero() {
            shared.timer.sleep(wait).await;
        }
        Ok(place)
    }

    /// What is left of the time in which the server is not to be called.
    fn silence(&self, now: SystemTime) -> Duration {
        let until = self.quiet.load(Ordering::Relaxed);
        match until.saturating_sub(millis(Some(now))) {
            0 => {
                // If it was not set anew meanwhile.
                let _ = self.quiet.compare_exchange(until, 0, Ordering::Relaxed, Ordering::Relaxed);
                Duration::ZERO
            }
            // A clock that was set back makes nobody wait for it.
            left => Duration::from_millis(left).min(LONGEST_RETRY_AFTER),
        }
    }
}

fn millis(time: Option<SystemTime>) -> u64 {
    let since = time.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_has_the_last_word() {
        let limits = |gate: Gate| (gate.places.map(|it| it.count()), gate.rate.map(|it| it.bound()));
        let nothing = Ceiling { concurrency: None, rate: None };
        let gate = Gate::new(nothing, None, None);
        assert!(gate.is_open());
        assert_eq!(limits(gate), (None, None));
        let per = Duration::from_secs;
        let spec = Ceiling { concurrency: Some(4), rate: Some((100, per(60))) };
        assert_eq!(limits(Gate::new(spec, None, None)), (Some(4), Some((100, per(60)))));
        assert_eq!(limits(Gate::new(spec, Some(2), Some((1, per(3))))), (Some(2), Some((1, per(3)))));
    }
}
