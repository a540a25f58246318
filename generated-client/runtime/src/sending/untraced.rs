//! What stands in place of spans where there is no `tracing`: nothing.

use std::time::Duration;

use http::StatusCode;

use super::{Attempt, TransportError};
use crate::client::Plan;
use crate::error::Response;
use crate::tables::ErrorCase;

#[derive(Clone)]
pub(crate) struct Call;

impl Call {
    pub(super) fn of(_: &Plan) -> Self {
        Self
    }

    pub(super) fn around<F: Future>(self, work: impl FnOnce() -> F) -> F {
        work()
    }

    pub(crate) fn failed(&self, _: &str) {}

    pub(crate) fn refused(&self, _: StatusCode, _: Option<&ErrorCase>) {}
}

pub(super) struct Exchange;

impl Exchange {
    pub(super) fn of(_: &Attempt<'_>) -> Self {
        Self
    }

    pub(super) fn around<F: Future>(&self, work: F) -> F {
        work
    }

    pub(super) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
        work()
    }

    pub(super) fn answered(&self, _: StatusCode) {}

    pub(super) fn given_up(&self) {}

    pub(super) fn ended(&self, _: Result<&Response, &TransportError>) {}
}

pub(super) fn retry(_: Duration) {}
