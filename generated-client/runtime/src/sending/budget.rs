//! How many retries a client allows itself while little succeeds.

use std::sync::atomic::{AtomicU32, Ordering};

/// What a new client has.
const FULL: u32 = 500;
/// What a retry takes.
const RETRY: u32 = 5;
/// What an answer gives back that says nothing of trouble.
const ANSWER: u32 = 1;

/// Tokens that retries take and good answers give back, shared by all copies of a client, for one server.
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
    pub(super) fn take(&self) -> Option<Taken<'_>> {
        let less = |left: u32| left.checked_sub(RETRY);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok().then(|| Taken(Some(self)))
    }

    /// Gives back what a good answer is worth.
    pub(super) fn give(&self) {
        self.add(ANSWER);
    }

    fn add(&self, tokens: u32) {
        let more = |left: u32| (left < FULL).then(|| FULL.min(left + tokens));
        // It is full already, most often.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}

/// What a retry needs, and gives back when it is not made after all.
pub(super) struct Taken<'a>(Option<&'a Budget>);

impl Taken<'_> {
    /// For a retry that says nothing of the server's health.
    pub(super) fn nothing() -> Self {
        Self(None)
    }

    /// For a retry that is made.
    pub(super) fn spend(mut self) {
        self.0 = None;
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        if let Some(budget) = self.0 {
            budget.add(RETRY);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retry(budget: &Budget) -> bool {
        budget.take().map(Taken::spend).is_some()
    }

    #[test]
    fn a_hundred_retries_and_then_one_for_five_answers() {
        let budget = Budget::default();
        assert_eq!((0..200).filter(|_| retry(&budget)).count(), 100);
        let mut retries = 0;
        for _ in 0..50 {
            budget.give();
            retries += u32::from(retry(&budget));
        }
        assert_eq!(retries, 10);
    }

    #[test]
    fn it_is_never_more_than_full() {
        let budget = Budget::default();
        (0..1000).for_each(|_| budget.give());
        assert_eq!((0..200).filter(|_| retry(&budget)).count(), 100);
    }

    #[test]
    fn a_retry_that_is_not_made_costs_nothing() {
        let budget = Budget::default();
        (0..200).for_each(|_| drop(budget.take().unwrap()));
        let held: Vec<_> = (0..200).map_while(|_| budget.take()).collect();
        assert_eq!(held.len(), 100);
        drop(held);
        assert_eq!((0..200).filter(|_| retry(&budget)).count(), 100);
    }
}
