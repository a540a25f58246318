//! How many retries a client allows itself while little succeeds.

use std::sync::atomic::{AtomicU32, Ordering};

/// What a new client has.
const FULL: u32 = 500;
/// What a retry takes.
const RETRY: u32 = 5;
/// What an answer gives back that says nothing of trouble.
const ANSWER: u32 = 1;

/// Tokens that retries take and good answers give back, shared by all copies of a client.
///
/// Retries help against what passes. Where everything fails they only make it worse: after a hundred of them that
/// nothing good came between there is one for every five good answers.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(FULL))
    }
}

impl Budget {
    /// Takes what a retry needs, if there is that much.
    pub(super) fn take(&self) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(RETRY)).is_ok()
    }

    /// Gives back what a good answer is worth.
    pub(super) fn give(&self) {
        let more = |left: u32| (left < FULL).then(|| FULL.min(left + ANSWER));
        // It is full already, most often.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_retries_and_then_one_for_five_answers() {
        let budget = Budget::default();
        assert_eq!((0..200).filter(|_| budget.take()).count(), 100);
        let mut retries = 0;
        for _ in 0..50 {
            budget.give();
            retries += u32::from(budget.take());
        }
        assert_eq!(retries, 10);
    }

    #[test]
    fn it_is_never_more_than_full() {
        let budget = Budget::default();
        (0..1000).for_each(|_| budget.give());
        assert_eq!((0..200).filter(|_| budget.take()).count(), 100);
    }
}
