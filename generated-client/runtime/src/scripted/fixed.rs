//! Time and chance that stand still.

use std::time::SystemTime;

use crate::sending::{Clock, NoNonce, Nonces};
use crate::signing::epoch_ms;

/// One moment and one nonce, again and again: the same call is then signed with the same text, byte for byte.
///
/// Whatever else is drawn for a call is made of them: random bytes and UUIDs of the nonce, what stands between the parts of a
/// body too, and a number that grows is the moment in milliseconds.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
///
/// use client_runtime::seams::Nonces;
/// use client_runtime::testing::Fixed;
///
/// let fixed = Fixed::new(UNIX_EPOCH + Duration::from_millis(1_527_500_365_052), 7);
/// assert_eq!(fixed.uuid()?, fixed.uuid()?);
/// # Ok::<(), client_runtime::seams::NoNonce>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fixed {
    now: SystemTime,
    nonce: i64,
}

impl Fixed {
    /// A moment, and a nonce that is not negative.
    pub fn new(now: SystemTime, nonce: i64) -> Self {
        Self { now, nonce }
    }
}

impl Clock for Fixed {
    fn now(&self) -> SystemTime {
        self.now
    }
}

impl Nonces for Fixed {
    fn nonce(&self) -> Result<i64, NoNonce> {
        Ok(self.nonce)
    }

    /// What it would be otherwise depends on the calls before it in the same process.
    fn counter(&self, _: i64) -> Result<i64, NoNonce> {
        Ok(epoch_ms(self.now))
    }

    fn boundary(&self) -> Result<String, NoNonce> {
        self.nonce_hex(20)
    }
}
