//! One attempt as hooks and spans are told of it.

use super::trace::Exchange;
use super::{Attempt, TransportError};
use crate::error::Response;

/// An attempt under way. Its end is told in any case: also that of one which nobody waits for any more.
pub(super) struct Told<'a> {
    attempt: Attempt<'a>,
    pub(super) span: Exchange,
    has_ended: bool,
}

impl<'a> Told<'a> {
    pub(super) fn new(attempt: Attempt<'a>) -> Self {
        Self { attempt, span: Exchange::of(&attempt), has_ended: false }
    }

    pub(super) fn end(mut self, result: Result<&Response, &TransportError>) {
        self.span.ended(result);
        self.tell(result);
    }

    fn tell(&mut self, result: Result<&Response, &TransportError>) {
        self.has_ended = true;
        if let Some(hooks) = &self.attempt.plan.client.0.means.hooks {
            hooks.after_response(&self.attempt, result);
        }
    }
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        // A hook that panics would end the program while a panic is on its way.
        if !self.has_ended && !std::thread::panicking() {
            self.span.given_up();
            self.tell(Err(&TransportError::broken("nobody waits for the answer any more")));
        }
    }
}
