//! Time, chance and waiting as tests want them.

use std::future::{Ready, ready};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use generated_client::proctorexam::seams::{BoxFuture, Clock, NoNonce, Nonces, Timer, TokioTimer};

/// One moment, and one nonce, again and again.
#[derive(Clone, Copy)]
pub(crate) struct Fixed {
    /// Milliseconds since the epoch.
    pub(crate) timestamp: u64,
    pub(crate) nonce: i64,
}

impl Fixed {
    /// Those of the documented examples.
    pub(crate) const DOCUMENTED: Self = Self { timestamp: 1_527_500_365_052, nonce: 1_527_500_365 };

    pub(crate) fn time(self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(self.timestamp)
    }
}

impl Clock for Fixed {
    fn now(&self) -> SystemTime {
        self.time()
    }
}

impl Nonces for Fixed {
    fn nonce(&self) -> Result<i64, NoNonce> {
        Ok(self.nonce)
    }
}

/// Nonces 1, 2, 3; and a clock that is a millisecond later each time it is asked.
#[derive(Default)]
pub(crate) struct Counting(AtomicI64);

impl Nonces for Counting {
    fn nonce(&self) -> Result<i64, NoNonce> {
        Ok(self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

impl Clock for Counting {
    fn now(&self) -> SystemTime {
        let ticks = self.0.fetch_add(1, Ordering::Relaxed);
        Fixed::DOCUMENTED.time() + Duration::from_millis(ticks.unsigned_abs())
    }
}

/// A clock that is a second later each time it is asked.
#[derive(Default)]
pub(crate) struct Seconds(AtomicU32);

impl Clock for Seconds {
    fn now(&self) -> SystemTime {
        Fixed::DOCUMENTED.time() + Duration::from_secs(1) * self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// Real deadlines, but no pauses between attempts.
pub(crate) struct Hasty;

impl Timer for Hasty {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        match duration < Duration::from_secs(1) {
            true => Box::pin(std::future::ready(())),
            false => TokioTimer.sleep(duration),
        }
    }

    fn works(&self) -> bool {
        TokioTimer.works()
    }
}

/// A provider of credentials that counts how often it is asked: it makes the first, the second and so on.
pub(crate) fn provider<C>(
    asked: &Arc<AtomicUsize>,
    make: impl Fn(usize) -> C + Send + Sync + 'static,
) -> impl Fn() -> Ready<io::Result<C>> + Send + Sync + 'static {
    let asked = asked.clone();
    move || ready(Ok(make(asked.fetch_add(1, Ordering::Relaxed) + 1)))
}
