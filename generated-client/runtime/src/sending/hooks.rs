//! What an application is told of each attempt at a call.

use std::fmt;
use std::time::Duration;

use http::header::HeaderMap;

use super::TransportError;
use crate::client::{BaseAddress, Plan};
use crate::error::Response;

/// What an application does beside the calls of a client: counting, logging, passing on the context of a trace.
///
/// Each is called in the course of the call, which waits for it. Unless said otherwise they do nothing.
pub trait Hooks: Send + Sync + 'static {
    /// Before each attempt is signed. Headers may be added, and are signed as far as the API signs headers. For them the
    /// rules hold that hold for headers of a call: one that the API sets on every call is an error, so is one that the
    /// connection or the body decides, such as `Host`; and those of the call itself stay as they are. An attempt that
    /// cannot be signed then ends here: nothing else is told of it. Calls of an address that an answer gave are not signed,
    /// and not told of here.
    fn before_signing(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
        let _ = (attempt, headers);
    }

    /// After each attempt: with its answer, whatever its status, or with why there is none, or none that is believed: one
    /// that is not signed as it must be is not told. Also when the call is dropped meanwhile. What answers hold may be
    /// secret, and data about persons.
    fn after_response(&self, attempt: &Attempt<'_>, result: Result<&Response, &TransportError>) {
        let _ = (attempt, result);
    }

    /// Before the pause that another attempt comes after, unless the call is over by then; `attempt` is the one that
    /// failed.
    fn on_retry(&self, attempt: &Attempt<'_>, pause: Duration) {
        let _ = (attempt, pause);
    }
}

/// One attempt at a call: what may be told of it to anybody.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    pub(super) plan: &'a Plan,
    pub(super) number: u32,
}

impl Attempt<'_> {
    /// Which attempt it is at its call, the first being 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The operation, such as `users.create`; `request` for a call that no operation describes, `elsewhere` for one of an
    /// address that an answer gave.
    pub fn operation(&self) -> &'static str {
        self.plan.endpoint.id
    }

    /// The method of the request.
    pub fn method(&self) -> &'static str {
        self.plan.endpoint.line.method.as_str()
    }

    /// The path below the base address, with the names of its parameters in place of their values; empty for a call that
    /// no operation describes, whose path may hold anything.
    pub fn template(&self) -> &'static str {
        self.plan.endpoint.line.path
    }

    /// Where the API is, or the host of an address that an answer gave.
    pub fn base_address(&self) -> &BaseAddress {
        self.plan.base()
    }
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt").field("operation", &self.operation()).field("number", &self.number).finish()
    }
}
