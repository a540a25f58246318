//! Work that many wait for, and that is done once.

use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, TryLockError};
use std::task::{Context, Poll, Wake, Waker};

use crate::sending::BoxFuture;

/// Work that is polled by whoever waits for it, and gives each of them the same. When nobody waits any more it is
/// dropped.
pub(super) struct Flight<T> {
    /// Nothing after its end, and after a panic in it.
    work: Mutex<Option<BoxFuture<'static, T>>>,
    result: OnceLock<T>,
    waiting: Arc<Waiting>,
}

#[derive(Default)]
struct Waiting(Mutex<Vec<Waker>>);

/// One that waits; `None` if the work broke down.
pub(super) struct Joined<T>(pub(super) Arc<Flight<T>>);

impl<T> Flight<T> {
    pub(super) fn new(work: BoxFuture<'static, T>) -> Self {
        Self { work: Mutex::new(Some(work)), result: OnceLock::new(), waiting: Arc::default() }
    }
}

impl<T: Clone> Future for Joined<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let flight = &*self.0;
        // First of all, so that whoever polls the work now wakes this one too.
        flight.waiting.add(cx.waker());
        let mut work = match flight.work.try_lock() {
            Ok(work) => work,
            Err(TryLockError::Poisoned(work)) => work.into_inner(),
            Err(TryLockError::WouldBlock) => return Poll::Pending,
        };
        // Away while it is polled: what has panicked must not be polled again.
        let Some(mut future) = work.take() else { return Poll::Ready(flight.result.get().cloned()) };
        let everybody = Waker::from(flight.waiting.clone());
        match future.as_mut().poll(&mut Context::from_waker(&everybody)) {
            Poll::Pending => {
                *work = Some(future);
                Poll::Pending
            }
            Poll::Ready(result) => Poll::Ready(Some(flight.result.get_or_init(|| result).clone())),
        }
    }
}

impl<T> Drop for Joined<T> {
    /// It may have been the one that was woken to go on with the work, or has ended it: the others must look.
    fn drop(&mut self) {
        self.0.waiting.clone().wake();
    }
}

impl Waiting {
    fn add(&self, waker: &Waker) {
        let mut wakers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !wakers.iter().any(|known| known.will_wake(waker)) {
            wakers.push(waker.clone());
        }
    }
}

impl Wake for Waiting {
    fn wake(self: Arc<Self>) {
        let wakers = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        wakers.into_iter().for_each(Waker::wake);
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::pin::pin;
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use super::*;

    struct Tell(mpsc::Sender<()>);

    impl Wake for Tell {
        fn wake(self: Arc<Self>) {
            // Nobody listens any more to one that has gone away.
            let _ = self.0.send(());
        }
    }

    /// What it comes to, unless it goes away after so many polls.
    fn wait(joined: Joined<u32>, polls: usize) -> Option<u32> {
        let (tell, told) = mpsc::channel();
        let waker = Waker::from(Arc::new(Tell(tell)));
        let mut joined = pin!(joined);
        for _ in 0..polls {
            if let Poll::Ready(result) = joined.as_mut().poll(&mut Context::from_waker(&waker)) {
                return result;
            }
            told.recv_timeout(Duration::from_secs(20)).expect("the work goes on, and nobody is told");
        }
        None
    }

    /// Work that is woken from elsewhere, so many times.
    fn work(mut times: u32) -> BoxFuture<'static, u32> {
        Box::pin(poll_fn(move |cx| {
            let Some(left) = times.checked_sub(1) else { return Poll::Ready(7) };
            times = left;
            let waker = cx.waker().clone();
            thread::spawn(move || waker.wake());
            Poll::Pending
        }))
    }

    #[test]
    fn whoever_goes_away_leaves_nobody_waiting() {
        for round in 0..200 {
            let flight = Arc::new(Flight::new(work(5)));
            thread::scope(|scope| {
                for fickle in 1..4 {
                    let joined = Joined(flight.clone());
                    scope.spawn(move || wait(joined, (round + fickle) % 4));
                }
                let faithful = [(); 2].map(|()| {
                    let joined = Joined(flight.clone());
                    scope.spawn(move || wait(joined, 10_000))
                });
                for thread in faithful {
                    assert_eq!(thread.join().unwrap(), Some(7), "round {round}");
                }
            });
        }
    }
}
