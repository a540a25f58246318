//! What differs between attempts: the time, and what is drawn once.

use std::cell::{OnceCell, RefCell};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::SystemTime;

use super::{SigningError, epoch_ms};
use crate::seams::{NoNonce, Nonces};

/// The numbers that attempts have counted.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicI64);

/// The numbers of this process: a vendor counts by key, and many clients may share one.
pub(crate) static COUNTED: Counter = Counter(AtomicI64::new(0));

impl Counter {
    /// A number above all before it, and not below this; none above the largest.
    fn next(&self, least: i64) -> Option<i64> {
        let above = |last: i64| Some(last.checked_add(1)?.max(least));
        let last = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, above).ok()?;
        above(last)
    }
}

/// One attempt. What is drawn for it is drawn when it is first asked for, and stays the same.
pub(crate) struct Moment<'a> {
    pub(crate) now: SystemTime,
    nonces: &'a dyn Nonces,
    counted: &'a Counter,
    nonce: OnceCell<i64>,
    uuid: OnceCell<String>,
    counter: OnceCell<i64>,
    hex: RefCell<Vec<(usize, String)>>,
    boundary: OnceCell<String>,
}

impl<'a> Moment<'a> {
    pub(crate) fn new(now: SystemTime, nonces: &'a dyn Nonces, counted: &'a Counter) -> Self {
        Self {
            now,
            nonces,
            counted,
            nonce: OnceCell::new(),
            uuid: OnceCell::new(),
            counter: OnceCell::new(),
            hex: RefCell::default(),
            boundary: OnceCell::new(),
        }
    }

    pub(super) fn nonce(&self) -> Result<i64, SigningError> {
        self.once(&self.nonce, |nonces| nonces.nonce())
    }

    pub(super) fn uuid(&self) -> Result<String, SigningError> {
        self.once(&self.uuid, |nonces| nonces.uuid())
    }

    pub(super) fn counter(&self) -> Result<i64, SigningError> {
        self.once(&self.counter, |nonces| nonces.counter(self.counted.next(epoch_ms(self.now)).ok_or(NoNonce)?))
    }

    pub(super) fn nonce_hex(&self, bytes: usize) -> Result<String, SigningError> {
        if let Some((_, drawn)) = self.hex.borrow().iter().find(|(length, _)| *length == bytes) {
            return Ok(drawn.clone());
        }
        let drawn = self.nonces.nonce_hex(bytes).map_err(|_| SigningError::Nonce)?;
        self.hex.borrow_mut().push((bytes, drawn.clone()));
        Ok(drawn)
    }

    pub(super) fn boundary(&self) -> Result<String, SigningError> {
        self.once(&self.boundary, |nonces| nonces.boundary())
    }

    fn once<T: Clone>(
        &self,
        cell: &OnceCell<T>,
        draw: impl FnOnce(&dyn Nonces) -> Result<T, NoNonce>,
    ) -> Result<T, SigningError> {
        if let Some(drawn) = cell.get() {
            return Ok(drawn.clone());
        }
        let drawn = draw(self.nonces).map_err(|_| SigningError::Nonce)?;
        Ok(cell.get_or_init(|| drawn).clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_grows_whatever_the_clock_does() {
        let counter = Counter::default();
        assert_eq!([5, 9, 3, 9, 20].map(|now| counter.next(now)), [5, 9, 10, 11, 20].map(Some));
        assert_eq!([i64::MAX, 1].map(|now| counter.next(now)), [Some(i64::MAX), None]);
    }

    struct Usual;

    impl Nonces for Usual {
        fn nonce(&self) -> Result<i64, NoNonce> {
            Err(NoNonce)
        }
    }

    #[test]
    fn no_two_attempts_of_a_process_have_one_number() {
        let count = || -> Vec<i64> {
            let now = SystemTime::UNIX_EPOCH;
            (0..2000).map(|_| Moment::new(now, &Usual, &COUNTED).counter().unwrap()).collect()
        };
        let mut all: Vec<i64> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(count)).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        assert!(all.chunks(2000).all(|of_thread| of_thread.is_sorted_by(|one, next| one < next)));
        all.sort_unstable();
        assert!(all.is_sorted_by(|one, next| one < next));
    }
}
