//! So many attempts in so much time.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How many times are kept at most, but for one.
const KEPT: u64 = 1000;

/// A bound that holds for every stretch of time of that length, wherever it begins.
///
/// Of more attempts than there are times to keep, some are kept together, as if all had begun with the last of them. That
/// makes the bound a thousandth narrower, never wider.
pub(super) struct Rate {
    calls: u64,
    per: Duration,
    /// How many attempts are kept together.
    together: u64,
    /// How many have begun so far.
    begun: u64,
    /// When the last of those that are kept together began; the others have been long enough ago.
    log: VecDeque<Instant>,
}

impl Rate {
    pub(super) fn new(calls: u32, per: Duration) -> Self {
        let calls = u64::from(calls).max(1);
        Self { calls, per, together: calls.div_ceil(KEPT), begun: 0, log: VecDeque::new() }
    }

    #[cfg(test)]
    pub(super) fn bound(&self) -> (u64, Duration) {
        (self.calls, self.per)
    }

    /// When one may begin that has so many others before it, none of them before `earliest`. Nothing, if no clock can tell.
    pub(super) fn turn(&self, ahead: usize, earliest: Instant) -> Option<Instant> {
        let ahead = u64::try_from(ahead).ok()?;
        let (rounds, ahead) = (ahead / self.calls, ahead % self.calls);
        // The one that must be long enough ago.
        let before = (self.begun + ahead).checked_sub(self.calls).and_then(|number| self.time(number));
        let first = match before {
            Some(before) => before.checked_add(self.per)?.max(earliest),
            None => earliest,
        };
        match rounds {
            0 => Some(first),
            rounds => first.checked_add(self.per.checked_mul(u32::try_from(rounds).ok()?)?),
        }
    }

    /// Counts one that begins now.
    pub(super) fn begin(&mut self, now: Instant) {
        match self.log.back_mut() {
            Some(last) if !self.begun.is_multiple_of(self.together) => *last = now.max(*last),
            _ => self.log.push_back(now),
        }
        self.begun += 1;
        let oldest = self.begun.saturating_sub(self.calls) / self.together;
        let kept = (self.begun - 1) / self.together - oldest + 1;
        while self.log.len() as u64 > kept {
            self.log.pop_front();
        }
    }

    /// When that attempt began, the first being 0, or the last that is kept with it.
    fn time(&self, number: u64) -> Option<Instant> {
        let later = self.begun.checked_sub(1)? / self.together - number / self.together;
        let at = self.log.len().checked_sub(1)?.checked_sub(usize::try_from(later).ok()?)?;
        self.log.get(at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lets one after the other begin as soon as it may.
    fn turns(rate: &mut Rate, start: Instant, came: impl IntoIterator<Item = u64>) -> Vec<u64> {
        let turns = came.into_iter().map(|came| {
            let turn = rate.turn(0, start + Duration::from_secs(came)).unwrap();
            rate.begin(turn);
            (turn - start).as_secs()
        });
        turns.collect()
    }

    #[expect(clippy::disallowed_methods, reason = "some moment to begin with")]
    fn start() -> Instant {
        Instant::now()
    }

    #[test]
    fn no_stretch_of_time_has_more() {
        let mut rate = Rate::new(3, Duration::from_secs(10));
        let turns = turns(&mut rate, start(), [0, 0, 4, 5, 10, 10, 14, 31, 31, 31, 31]);
        assert_eq!(turns, [0, 0, 4, 10, 10, 14, 20, 31, 31, 31, 41]);
    }

    #[test]
    fn it_is_told_beforehand_when_it_will_be_the_turn_of_whom() {
        let start = start();
        let mut rate = Rate::new(3, Duration::from_secs(10));
        turns(&mut rate, start, [0, 4]);
        let expected: Vec<_> =
            (0..8).map(|ahead| (rate.turn(ahead, start + Duration::from_secs(5)).unwrap() - start).as_secs()).collect();
        assert_eq!(expected, [5, 10, 14, 15, 20, 24, 25, 30]);
        assert_eq!(turns(&mut rate, start, [5; 8]), expected);
    }

    #[test]
    fn what_is_kept_has_a_bound_and_the_rate_holds() {
        let mut rate = Rate::new(100_050, Duration::from_secs(10));
        let turns = turns(&mut rate, start(), (0..300_150).map(|number| number / 50_000));
        assert!(rate.log.len() <= 1001, "{}", rate.log.len());
        let calls = usize::try_from(rate.calls).unwrap();
        assert!(turns.windows(calls + 1).all(|some| some[calls] - some[0] >= 10));
        // A thousandth is what it costs.
        let first = turns.iter().filter(|turn| **turn < 10).count();
        assert!(first > calls - 101 && turns[2 * calls - 300] < 20, "{first}");
    }

    #[test]
    fn what_no_clock_can_tell_never_comes() {
        let start = start();
        let mut rate = Rate::new(2, Duration::MAX);
        assert_eq!((rate.turn(1, start), rate.turn(2, start), rate.turn(usize::MAX, start)), (Some(start), None, None));
        turns(&mut rate, start, [0, 0]);
        assert_eq!(rate.turn(0, start), None);
    }
}
