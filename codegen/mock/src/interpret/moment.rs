//! What differs between the attempts of a call and is not computed.

use std::collections::BTreeMap;

/// What one attempt draws: the clock and everything that is random or counts, each once however often it is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moment {
    /// `now`, in milliseconds since the epoch.
    pub now: i64,
    /// `nonce()`
    pub nonce: i64,
    /// `counter()`
    pub counter: i64,
    /// `uuid()`
    pub uuid: String,
    /// `nonce_hex(n)`, by `n`.
    pub nonce_hex: BTreeMap<i64, String>,
}
