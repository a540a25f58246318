//! What an answer says besides the error that it is.

use std::fmt;
use std::time::Duration;

use super::{Response, passes};
use crate::sending::asked;
use crate::tables::Endpoint;

/// Why there was no other attempt although there might have been.
pub(super) const HELD_BACK: &str = "; it was not tried again, because too many calls of this client fail";

/// Less, in seconds, is what clocks are wrong by, and answers take.
const NOTABLE_SKEW: u64 = 60;

/// A skew that a signature may be no good for.
pub(super) fn notable(skew: Option<i64>) -> Option<i64> {
    skew.filter(|skew| skew.unsigned_abs() >= NOTABLE_SKEW)
}

/// `this machine's clock is 3600 s behind the server's`.
pub(super) fn describe_skew(skew: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let side = if skew > 0 { "ahead of" } else { "behind" };
    write!(f, "this machine's clock is {} s {side} the server's", skew.unsigned_abs())
}

/// An answer, and of which operation it is.
#[derive(Clone, Copy)]
pub(crate) struct Kept<'a> {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) response: &'a Response,
}

impl Kept<'_> {
    /// What the server calls the exchange, if the spec says where it says so.
    pub(crate) fn request_id(self) -> Option<String> {
        self.response.text(self.endpoint.envelope.request_id)
    }

    /// How long the server asks to be waited for before the next call.
    pub(crate) fn retry_after(self) -> Option<Duration> {
        asked(self.endpoint.envelope, self.response, self.response.report.ended)
    }

    /// The skew that a refusal may come from: a signature with another time in it is no good.
    pub(crate) fn notable_skew(self) -> Option<i64> {
        let Self { endpoint, response } = self;
        let skew = notable(response.clock_skew())?;
        let is_refusal = response.status.is_client_error()
            || (response.status.is_success() && response.rest.is_none() && passes(response, endpoint).is_err());
        is_refusal.then_some(skew)
    }

    /// What to do before the next call, after the line of an error.
    pub(super) fn remarks(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(wait) = self.retry_after().filter(|wait| !wait.is_zero()) {
            write!(f, "; the server asks for {} s before the next call", wait.as_secs_f64().ceil())?;
        }
        if let Some(skew) = self.notable_skew() {
            f.write_str("; ")?;
            describe_skew(skew, f)?;
        }
        if self.response.report.held_back { f.write_str(HELD_BACK) } else { Ok(()) }
    }
}
