//! An answer as it came.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::StatusCode;
use http::header::{DATE, HeaderMap};

use crate::bodies::Rest;
use crate::json::{DecodeError, Json, read_under, text_at};
use crate::paging::{Here, Position};
use crate::sending::{Report, imf_date};
use crate::tables::Spot;

/// An answer of the server. Headers and body are there for those who ask, and are not printed.
#[derive(Clone)]
pub struct Response {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The number of the page that was asked for, or of its first item, where pages are asked for so.
    pub(crate) start: i64,
    /// Where the page is that was asked for, where the next is at another address.
    pub(crate) here: Option<Arc<Here>>,
    /// Where the next stretch of time begins, where a list is asked for in several.
    pub(crate) after: Option<Box<Position>>,
    /// What was left for the caller to read.
    pub(crate) rest: Option<Rest>,
    /// How the call went that it is the answer to.
    pub(crate) report: Report,
}

impl Response {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, as it came; empty where the caller reads it as it comes.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as JSON, whatever is in it.
    ///
    /// # Errors
    ///
    /// When it is no JSON.
    pub fn json(&self) -> Result<Json, Box<DecodeError>> {
        read_under(&self.body, None)
    }

    /// By how many seconds this machine's clock is ahead of the server's, so far as the answer says what time it was
    /// there; less than none where it is behind.
    pub(crate) fn clock_skew(&self) -> Option<i64> {
        Some(skew(self.report.ended, self.date()?))
    }

    /// What time it was at the server.
    pub(crate) fn date(&self) -> Option<SystemTime> {
        imf_date(self.headers.get(DATE)?.to_str().ok()?)
    }

    /// The text that stands somewhere, if it does.
    pub(crate) fn text(&self, spot: Spot) -> Option<String> {
        let header =
            self.headers.get(spot.header).and_then(|value| value.to_str().ok()).map(|text| text.trim().to_owned());
        let member = || if spot.at.is_empty() { None } else { text_at(&self.body, spot.at) };
        header.or_else(member).filter(|text| !text.is_empty())
    }
}

/// By how many seconds one clock is ahead of another.
pub(super) fn skew(here: SystemTime, there: SystemTime) -> i64 {
    let since = |later: SystemTime, earlier| {
        let skew = later.duration_since(earlier).unwrap_or_default().saturating_add(Duration::from_millis(500));
        i64::try_from(skew.as_secs()).unwrap_or(i64::MAX)
    };
    since(here, there) - since(there, here)
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status.as_u16())
            .field("headers", &format_args!("[{} redacted]", self.headers.len()))
            .field("body", &format_args!("[{} bytes redacted]", self.body.len()))
            .finish()
    }
}

impl fmt::Display for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "status {}, {} bytes", self.status.as_u16(), self.body.len())
    }
}
