//! Time, chance and waiting: injected, so that tests decide them. The real ones are made here and nowhere else.

use std::time::{Duration, Instant, SystemTime};

use super::BoxFuture;

/// What time it is.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> SystemTime;
}

/// Where nonces come from.
pub trait Nonces: Send + Sync + 'static {
    /// A number that is not negative and that no other call within the last day used.
    ///
    /// # Errors
    ///
    /// When there is none to be had; the call is not made then.
    fn nonce(&self) -> Result<i64, NoNonce>;

    /// So many random bytes in lower-case hexadecimal: unless said otherwise, made of nonces.
    ///
    /// # Errors
    ///
    /// As [`Nonces::nonce`].
    fn nonce_hex(&self, bytes: usize) -> Result<String, NoNonce> {
        let mut drawn = Vec::with_capacity(bytes + 7);
        while drawn.len() < bytes {
            drawn.extend_from_slice(&self.nonce()?.to_be_bytes());
        }
        Ok(hex::encode(drawn.get(..bytes).unwrap_or_default()))
    }

    /// A UUID of version 4, in lower case: unless said otherwise, made of what [`Nonces::nonce_hex`] gives.
    ///
    /// # Errors
    ///
    /// As [`Nonces::nonce`].
    fn uuid(&self) -> Result<String, NoNonce> {
        let mut bytes = [0_u8; 16];
        hex::decode_to_slice(self.nonce_hex(16)?, &mut bytes).map_err(|_| NoNonce)?;
        // The version and the variant.
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let digits = hex::encode(bytes);
        let part = |range| digits.get(range).unwrap_or_default();
        Ok([part(0..8), part(8..12), part(12..16), part(16..20), part(20..32)].join("-"))
    }

    /// A number that grows with every attempt: unless said otherwise `least`, which is above all before it of
    /// this process, and not below the time in milliseconds.
    ///
    /// # Errors
    ///
    /// When there is none to be had; the call is not made then.
    fn counter(&self, least: i64) -> Result<i64, NoNonce> {
        Ok(least)
    }

    /// What stands between the parts of a body, letters and digits alone: unless said otherwise 160 random bits of the
    /// operating system, which nobody who writes a part can have put into it.
    ///
    /// # Errors
    ///
    /// When there is none to be had; the call is not made then.
    fn boundary(&self) -> Result<String, NoNonce> {
        OsNonces.nonce_hex(20)
    }
}

/// A source of nonces that gave none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no nonce to be had")]
pub struct NoNonce;

/// How to wait.
pub trait Timer: Send + Sync + 'static {
    /// Ends after the duration.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// What time it is by the clock that it waits by, which nobody sets: what lasts how long is told by it. Unless said
    /// otherwise, the operating system's.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the operating system how time passes")]
    fn now(&self) -> Instant {
        Instant::now()
    }

    /// How long to pause before another attempt: at random, so that many clients do not come back at the
    /// same moment. What is longer than `longest` is cut.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that leaves something to chance that need not be secret"
    )]
    fn pause(&self, longest: Duration) -> Duration {
        longest.mul_f64(fastrand::f64())
    }

    /// Whether it can wait here; a timer may need its runtime around it.
    fn works(&self) -> bool {
        true
    }
}

/// The operating system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the operating system for the time")]
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// 63 random bits from the operating system's cryptographic source.
///
/// How likely is it that two nonces are the same? A fleet that makes a million calls a day draws
/// n = 10⁶ of them within the 24 hours in which they must differ, which is n²/2 = 5·10¹¹ pairs, each
/// equal with a chance of 2⁻⁶³. That is 5.4·10⁻⁸ for a day, or one collision in some 50,000 years.
/// At a billion calls a day it would be one in eighteen days.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsNonces;

impl Nonces for OsNonces {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the operating system for random bits")]
    fn nonce(&self) -> Result<i64, NoNonce> {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(|_| NoNonce)?;
        Ok(i64::from_le_bytes(bytes) & i64::MAX)
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that asks the operating system for random bits")]
    fn nonce_hex(&self, bytes: usize) -> Result<String, NoNonce> {
        let mut drawn = vec![0; bytes];
        getrandom::fill(&mut drawn).map_err(|_| NoNonce)?;
        Ok(hex::encode(drawn))
    }
}

/// The timer of a client that sends nothing, and has nothing to wait for.
pub(crate) struct NoTimer;

impl Timer for NoTimer {
    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }

    fn works(&self) -> bool {
        false
    }
}

/// Tokio's timer.
///
/// # Panics
///
/// Waiting panics in a Tokio runtime that was built without `enable_time` or `enable_all`: Tokio cannot
/// be asked whether it has a timer. Without any runtime [`Timer::works`] is false, and a call an error.
#[cfg(feature = "reqwest")]
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioTimer;

#[cfg(feature = "reqwest")]
impl Timer for TokioTimer {
    #[expect(clippy::disallowed_methods, reason = "the one place that waits")]
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(async move { tokio::time::sleep(duration).await })
    }

    /// Where the runtime's clock is paused, so is this one.
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn works(&self) -> bool {
        tokio::runtime::Handle::try_current().is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "reqwest")]
    #[test]
    fn tokios_timer_needs_a_runtime() {
        assert!(!TokioTimer.works());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            assert!(TokioTimer.works());
            TokioTimer.sleep(Duration::ZERO).await;
        });
    }

    /// As documented; should Tokio learn to answer whether it has a timer, `works` can ask.
    #[cfg(feature = "reqwest")]
    #[test]
    #[should_panic(expected = "timers are disabled")]
    fn tokios_timer_panics_in_a_runtime_without_one() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            assert!(TokioTimer.works());
            TokioTimer.sleep(Duration::ZERO).await;
        });
    }

    struct Never;

    impl Timer for Never {
        fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
            Box::pin(std::future::pending())
        }
    }

    #[test]
    fn pauses_are_spread_over_the_whole_span() {
        let longest = Duration::from_millis(200);
        let pauses: Vec<_> = (0..200).map(|_| Never.pause(longest)).collect();
        assert!(pauses.iter().all(|pause| *pause <= longest));
        assert!(pauses.iter().any(|pause| *pause < longest / 2) && pauses.iter().any(|pause| *pause > longest / 2));
    }

    #[test]
    fn nonces_are_large_and_never_negative() {
        let drawn: Vec<i64> = (0..64).map(|_| OsNonces.nonce().unwrap()).collect();
        assert!(drawn.iter().all(|nonce| *nonce >= 0));
        // All 64 below a quarter of the range is a chance of 2 to the power of -128.
        assert!(drawn.iter().any(|nonce| *nonce >= i64::MAX / 4));
    }
}
