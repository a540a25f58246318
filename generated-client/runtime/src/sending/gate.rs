//! When an attempt may begin: within the limits of its client, and not while the server asks for quiet.

use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::{Duration, Instant};

use super::budget::Budget;
use super::rate::Rate;
use super::retry::LONGEST_RETRY_AFTER;
use super::turns::{Look, Turn, Turns};
use super::{BoxFuture, Timer};
use crate::tables::Ceiling;

/// What attempts at calls of one server pass through before they are signed; clones of a client share it.
pub(crate) struct Gate {
    pub(super) budget: Budget,
    is_limited: bool,
    /// Whether the server may still want to be left alone.
    is_quiet: AtomicBool,
    turns: Mutex<Turns>,
}

/// It would not be its turn within the time of the call.
pub(super) struct TooLate;

/// What an attempt takes up while it is under way, until it is dropped.
pub(crate) struct Place(Arc<Gate>);

/// One that waits; it leaves the queue when it is dropped.
struct Queued<'a> {
    gate: &'a Gate,
    turn: Turn,
}

impl Gate {
    pub(crate) fn new(bounds: Ceiling) -> Self {
        let rate = bounds.rate.map(|(calls, per)| Rate::new(calls, per));
        let is_limited = bounds.concurrency.is_some() || rate.is_some();
        let turns = Mutex::new(Turns::new(bounds.concurrency, rate));
        Self { budget: Budget::default(), is_limited, is_quiet: AtomicBool::new(false), turns }
    }

    /// Whether nothing is to be waited for or counted.
    pub(super) fn is_open(&self) -> bool {
        !self.is_limited && !self.is_quiet.load(Ordering::Relaxed)
    }

    /// Makes everybody wait that long, those who wait already as well, but never longer than a single call would.
    pub(super) fn be_quiet(&self, now: Instant, wait: Duration) {
        let mut turns = self.lock();
        if let Some(until) = now.checked_add(wait.min(LONGEST_RETRY_AFTER)) {
            turns.be_quiet(until);
            self.is_quiet.store(true, Ordering::Relaxed);
        }
    }

    /// Whether an attempt that comes at that time has its turn by `latest`, as far as can be told.
    pub(super) fn opens_in_time(&self, now: Instant, latest: Option<Instant>) -> bool {
        self.is_open() || self.lock().comes_in_time(now, latest)
    }

    /// Waits for the turn of an attempt at a call that must have ended by `latest`.
    pub(super) async fn pass(self: &Arc<Self>, timer: &dyn Timer, latest: Option<Instant>) -> Result<Place, TooLate> {
        let mut queued = Queued { gate: self, turn: Turn::default() };
        let mut now = timer.now();
        let mut nap: Option<(Instant, BoxFuture<'static, ()>)> = None;
        poll_fn(|cx| {
            // Once more after a nap, which need not have been worth it.
            for _ in 0..2 {
                now = now.max(timer.now());
                let (until, is_next) = match queued.look(now, latest, cx.waker()) {
                    Look::Begin => return Poll::Ready(Ok(Place(self.clone()))),
                    Look::TooLate => return Poll::Ready(Err(TooLate)),
                    Look::Wait(until) => (until, true),
                    Look::Queue(until) => (Some(until), false),
                };
                nap = match (until, nap.take()) {
                    (None, _) => None,
                    (Some(until), Some(nap)) if nap.0 == until => Some(nap),
                    (Some(until), _) => Some((until, timer.sleep(until.saturating_duration_since(now)))),
                };
                let Some((until, sleep)) = &mut nap else { return Poll::Pending };
                if sleep.as_mut().poll(cx).is_pending() {
                    return Poll::Pending;
                }
                // Whoever has slept until its turn need not ask what time it is.
                now = if is_next { now.max(*until) } else { now };
                nap = None;
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }

    fn lock(&self) -> MutexGuard<'_, Turns> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queued<'_> {
    fn look(&mut self, now: Instant, latest: Option<Instant>, waker: &Waker) -> Look {
        let mut call = None;
        let mut turns = self.gate.lock();
        let look = turns.look(&mut self.turn, now, latest, waker, &mut call);
        if look == Look::Begin && turns.are_open() {
            self.gate.is_quiet.store(false, Ordering::Relaxed);
        }
        drop(turns);
        wake(call);
        look
    }
}

impl Drop for Queued<'_> {
    fn drop(&mut self) {
        let next = self.gate.lock().leave(&self.turn);
        wake(next);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let next = self.0.lock().end();
        wake(next);
    }
}

/// Not under the lock: it may poll at once.
fn wake(waker: Option<Waker>) {
    waker.into_iter().for_each(Waker::wake);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_has_the_last_word() {
        let limits = |bounds: Ceiling, ceiling: Ceiling| {
            let gate = Gate::new(bounds.or(ceiling));
            let turns = gate.lock();
            (gate.is_open(), turns.places, turns.rate.as_ref().map(Rate::bound))
        };
        let per = Duration::from_secs;
        let (none, nothing) = (Ceiling::NONE, Ceiling::NONE);
        assert_eq!(limits(none, nothing), (true, None, None));
        let spec = Ceiling { concurrency: Some(4), rate: Some((100, per(60))) };
        assert_eq!(limits(none, spec), (false, Some(4), Some((100, per(60)))));
        let own = Ceiling { concurrency: Some(2), rate: Some((1, per(3))) };
        assert_eq!(limits(own, spec), (false, Some(2), Some((1, per(3)))));
    }
}
