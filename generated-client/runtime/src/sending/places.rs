//! So many attempts at a time, and the others in a queue.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

/// The places that clones of a client share. Whoever came first is served first.
pub(super) struct Places(Arc<Mutex<State>>);

struct State {
    free: usize,
    waiting: VecDeque<(u64, Waker)>,
    /// Those whose place is kept for them until they take it.
    called: Vec<u64>,
    next: u64,
}

/// A place that is given back when it is dropped.
pub(crate) struct Place(Arc<Mutex<State>>);

/// One in the queue, or with a place that it has not taken yet.
struct Waiting<'a> {
    places: &'a Places,
    number: Option<u64>,
}

impl Places {
    pub(super) fn new(count: usize) -> Self {
        // Nobody could ever do anything without a place.
        let free = count.max(1);
        Self(Arc::new(Mutex::new(State { free, waiting: VecDeque::new(), called: Vec::new(), next: 0 })))
    }

    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        lock(&self.0).free
    }

    /// A place, as soon as there is one for whoever asks. To drop the future is to leave the queue.
    pub(super) async fn take(&self) -> Place {
        let mut waiting = Waiting { places: self, number: None };
        poll_fn(|cx| {
            let mut state = lock(&self.0);
            match waiting.number {
                None if state.free > 0 => {
                    state.free -= 1;
                    return Poll::Ready(Place(self.0.clone()));
                }
                None => {
                    waiting.number = Some(state.next);
                    let entry = (state.next, cx.waker().clone());
                    state.next += 1;
                    state.waiting.push_back(entry);
                }
                Some(number) => {
                    if state.claim(number) {
                        waiting.number = None;
                        return Poll::Ready(Place(self.0.clone()));
                    }
                    if let Some((_, waker)) = state.waiting.iter_mut().find(|(waiting, _)| *waiting == number) {
                        waker.clone_from(cx.waker());
                    }
                }
            }
            Poll::Pending
        })
        .await
    }
}

impl State {
    /// Takes the place that is kept for somebody, if there is one.
    fn claim(&mut self, number: u64) -> bool {
        let at = self.called.iter().position(|called| *called == number);
        at.map(|at| self.called.swap_remove(at)).is_some()
    }

    /// Gives a place to the one who waited longest.
    fn release(&mut self) -> Option<Waker> {
        match self.waiting.pop_front() {
            Some((number, waker)) => {
                self.called.push(number);
                Some(waker)
            }
            None => {
                self.free += 1;
                None
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let waker = lock(&self.0).release();
        // Not under the lock: it may poll at once.
        waker.into_iter().for_each(Waker::wake);
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let Some(number) = self.number else { return };
        let mut state = lock(&self.places.0);
        let waker = if state.claim(number) {
            state.release()
        } else {
            state.waiting.retain(|(waiting, _)| *waiting != number);
            None
        };
        drop(state);
        waker.into_iter().for_each(Waker::wake);
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::pin::{Pin, pin};
    use std::task::Context;

    use super::*;

    fn poll(future: Pin<&mut impl Future<Output = Place>>) -> Option<Place> {
        match future.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(place) => Some(place),
            Poll::Pending => None,
        }
    }

    #[test]
    fn whoever_came_first_is_served_first() {
        let places = Places::new(1);
        let held = poll(pin!(places.take())).unwrap();
        let (mut one, mut two) = (pin!(places.take()), pin!(places.take()));
        assert!(poll(one.as_mut()).is_none() && poll(two.as_mut()).is_none());
        drop(held);
        // It is kept for the first, whoever else asks.
        assert!(poll(two.as_mut()).is_none() && poll(pin!(places.take())).is_none());
        let held = poll(one.as_mut()).unwrap();
        assert!(poll(two.as_mut()).is_none());
        drop(held);
        assert!(poll(two.as_mut()).is_some());
    }

    #[test]
    fn whoever_leaves_the_queue_takes_no_place_along() {
        let places = Places::new(0);
        let held = poll(pin!(places.take())).unwrap();
        let mut last = pin!(places.take());
        {
            let (mut called, mut waiting) = (pin!(places.take()), pin!(places.take()));
            assert!(poll(called.as_mut()).is_none() && poll(waiting.as_mut()).is_none());
            assert!(poll(last.as_mut()).is_none());
            drop(held);
        }
        drop(poll(last).unwrap());
        assert_eq!(lock(&places.0).free, 1);
    }
}
