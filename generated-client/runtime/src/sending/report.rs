//! How a call went, whatever came of it.

use std::time::{Duration, SystemTime};

use crate::tables::Retry;

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
    /// It may have taken effect by an attempt before the last.
    pub(crate) left_open: bool,
    /// The server knows it by a key of the caller's own.
    pub(crate) own_key: bool,
}

impl Report {
    /// Of a call that begins.
    pub(crate) const fn new(now: SystemTime) -> Self {
        Self { attempts: 0, took: Duration::ZERO, ended: now, held_back: false, left_open: false, own_key: false }
    }

    /// Whether the caller may make such a call again without more harm than making it once.
    pub(crate) fn may_repeat(&self, retry: Retry) -> bool {
        match retry {
            Retry::Safe => true,
            Retry::Keyed => self.own_key,
            Retry::Never => false,
        }
    }
}
