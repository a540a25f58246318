//! A call of the small API, as the generator would write it.

use std::fmt;
use std::time::Duration;

use crate::rt_for_generator_3 as rt;

#[must_use = "a call does nothing until it is awaited"]
pub(super) struct Call<O>(pub(super) rt::Call<O>);

impl<O> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<O: rt::Operation> Call<O> {
    pub(super) fn validate(&self) -> Result<(), rt::Violations> {
        self.0.validate()
    }

    pub(super) fn prepare(self) -> Result<rt::Prepared, rt::Error<O::Error>> {
        self.0.prepare()
    }

    pub(super) fn with_timeout(self, timeout: Duration) -> Self {
        Self(self.0.with_timeout(timeout))
    }

    pub(super) fn with_attempt_timeout(self, timeout: Duration) -> Self {
        Self(self.0.with_attempt_timeout(timeout))
    }

    pub(super) fn with_max_attempts(self, attempts: u32) -> Self {
        Self(self.0.with_max_attempts(attempts))
    }

    pub(super) fn with_method(self, method: &str) -> Self {
        Self(self.0.with_method(method))
    }

    pub(super) fn with_base_address(self, base: rt::BaseAddress) -> Self {
        Self(self.0.with_base_address(base))
    }

    pub(super) fn with_response(self) -> rt::Answering<O> {
        self.0.with_response()
    }

    pub(super) fn with_query(self, name: impl Into<String>, value: impl rt::Wire) -> Self {
        Self(self.0.with_query(name, value))
    }

    pub(super) fn with_body(self, name: impl Into<String>, value: impl rt::Wire) -> Self {
        Self(self.0.with_body(name, value))
    }

    pub(super) fn with_header(self, name: impl Into<String>, value: impl rt::Wire) -> Self {
        Self(self.0.with_header(name, value))
    }
}

impl<O: rt::Operation> From<rt::Call<O>> for Call<O> {
    fn from(call: rt::Call<O>) -> Self {
        Self(call)
    }
}

impl<O: rt::Operation> IntoFuture for Call<O> {
    type Output = Result<O::Output, rt::Error<O::Error>>;
    type IntoFuture = rt::Sending<O>;

    fn into_future(self) -> Self::IntoFuture {
        self.0.send()
    }
}

impl<O: rt::Paged> Call<O> {
    pub(super) fn page(self, page: i64) -> Self {
        Self(self.0.set("page", page))
    }

    pub(super) fn limit(self, limit: i64) -> Self {
        Self(self.0.set("limit", limit))
    }

    pub(super) fn stream(self) -> rt::Items<O> {
        self.0.items()
    }
}
