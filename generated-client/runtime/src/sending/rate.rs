//! So many attempts in so much time.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// A bound that holds for every stretch of time of that length, wherever it begins.
pub(super) struct Rate {
    calls: usize,
    per: Duration,
    log: Mutex<Log>,
}

#[derive(Default)]
struct Log {
    /// When the last attempts began or will begin, in order: as many as the bound has.
    begun: VecDeque<SystemTime>,
    /// The latest time that anybody came with.
    seen: Option<SystemTime>,
}

impl Rate {
    pub(super) fn new(calls: u32, per: Duration) -> Self {
        let calls = usize::try_from(calls).unwrap_or(usize::MAX).max(1);
        Self { calls, per, log: Mutex::default() }
    }

    #[cfg(test)]
    pub(super) fn bound(&self) -> (usize, Duration) {
        (self.calls, self.per)
    }

    /// When whoever comes now may begin, in the order in which they come, but not before `earliest`. Nothing, if that is
    /// after `latest`: it takes no turn then.
    pub(super) fn turn(&self, now: SystemTime, earliest: SystemTime, latest: SystemTime) -> Option<SystemTime> {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(back) = log.seen.and_then(|seen| seen.duration_since(now).ok()) {
            // The clock was set back, and what it said before with it.
            log.begun.iter_mut().for_each(|begun| *begun = begun.checked_sub(back).unwrap_or(*begun));
        }
        log.seen = Some(now);
        let full = (log.begun.len() >= self.calls).then(|| log.begun.front().copied()).flatten();
        let free = full.and_then(|first| first.checked_add(self.per));
        let turn = [free, log.begun.back().copied()].into_iter().flatten().fold(earliest, SystemTime::max);
        if turn > latest {
            return None;
        }
        if full.is_some() {
            log.begun.pop_front();
        }
        log.begun.push_back(turn);
        Some(turn)
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn no_stretch_of_time_has_more() {
        let rate = Rate::new(3, Duration::from_secs(10));
        let came = [0, 0, 4, 5, 5, 5, 5, 31, 31, 31, 31];
        let turns: Vec<_> = came.into_iter().map(|came| rate.turn(at(came), at(came), at(1000)).unwrap()).collect();
        assert_eq!(turns, [0, 0, 4, 10, 10, 14, 20, 31, 31, 31, 41].map(at));
        assert!(turns.windows(4).all(|four| four[3].duration_since(four[0]).unwrap().as_secs() >= 10));
    }

    #[test]
    fn whoever_would_wait_too_long_takes_no_turn() {
        let rate = Rate::new(1, Duration::from_secs(10));
        let turn = |came, latest| rate.turn(at(came), at(came), at(latest));
        assert_eq!(turn(0, 5), Some(at(0)));
        assert_eq!(turn(0, 5), None);
        assert_eq!(turn(0, 10), Some(at(10)));
        assert_eq!(rate.turn(at(0), at(25), at(30)), Some(at(25)), "not before it may");
    }

    #[test]
    fn a_clock_that_is_set_back_makes_nobody_wait_for_it() {
        let rate = Rate::new(1, Duration::from_secs(10));
        rate.turn(at(5000), at(5000), at(6000)).unwrap();
        assert_eq!(rate.turn(at(1000), at(1000), at(2000)), Some(at(1010)));
    }
}
