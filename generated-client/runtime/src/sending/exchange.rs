//! A call under way, whichever operation it is of.

use std::pin::Pin;
use std::task::{Context, Poll};

use super::execute::execute;
use super::{BoxFuture, Failure, trace};
use crate::client::Plan;
use crate::error::Response;

/// The future of one call without its types: the same code for every operation.
pub(crate) struct Exchange {
    work: BoxFuture<'static, Result<Response, Failure>>,
    /// What the answer means is known only after the exchange, and belongs in the span of the call all the same.
    pub(crate) span: trace::Call,
}

impl Exchange {
    pub(crate) fn new(plan: Box<Plan>) -> Self {
        let span = trace::Call::of(&plan);
        Self { work: Box::pin(execute(plan, span.clone())), span }
    }

    /// What it takes up in memory while it is made.
    #[cfg(test)]
    pub(crate) fn size(&self) -> usize {
        size_of_val(&*self.work)
    }
}

impl Future for Exchange {
    type Output = Result<Response, Failure>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.work.as_mut().poll(cx)
    }
}
