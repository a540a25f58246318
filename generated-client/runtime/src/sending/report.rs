//! How a call went, whatever came of it.

use std::time::{Duration, SystemTime};

/// What is known of a call when it has ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Report {
    /// How often it was tried.
    pub(crate) attempts: u32,
    /// How long it took with all its attempts and pauses.
    pub(crate) took: Duration,
    pub(crate) ended: SystemTime,
    /// There would have been another attempt, had not too much failed of late.
    pub(crate) held_back: bool,
}

impl Report {
    /// Of a call that begins.
    pub(crate) fn new(now: SystemTime) -> Self {
        Self { attempts: 0, took: Duration::ZERO, ended: now, held_back: false }
    }
}
