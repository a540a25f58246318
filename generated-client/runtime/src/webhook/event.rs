//! What generated code says of an API's webhooks.

use std::fmt;

use super::{Notice, Payload, WebhookError};
use crate::json::Json;

/// The events of an API.
pub trait Event: Sized {
    /// How they are verified.
    const WEBHOOK: &'static Webhook;

    /// The event of a documented name.
    ///
    /// # Errors
    ///
    /// When the body cannot be read as what the spec says.
    fn read(name: &str, payload: &Payload<'_>) -> Result<Option<Self>, WebhookError>;

    /// An event that nobody documents.
    fn other(event: OtherEvent) -> Self;
}

/// How an API's webhooks are verified and told apart.
pub struct Webhook {
    pub(super) env: &'static str,
    pub(super) verify: fn(&Notice<'_>) -> Result<bool, WebhookError>,
    /// What every call of `verify` would decode of the secret.
    pub(super) secret: fn(&Notice<'_>) -> Result<(), WebhookError>,
    pub(super) event: EventName,
}

impl Webhook {
    /// The variable with the secret, what verifies with one secret, and where the name of the event stands.
    pub const fn new(
        env: &'static str,
        verify: fn(&Notice<'_>) -> Result<bool, WebhookError>,
        event: EventName,
    ) -> Self {
        Self { env, verify, secret: |_| Ok(()), event }
    }

    /// The same with what makes sure that a secret is written as verifying needs it.
    #[must_use]
    pub const fn secret(self, secret: fn(&Notice<'_>) -> Result<(), WebhookError>) -> Self {
        Self { secret, ..self }
    }
}

/// Where the name of an event stands.
#[derive(Clone, Copy, Debug)]
pub enum EventName {
    /// The members that lead to it, from the outermost.
    Body(&'static [&'static str]),
    /// A header, in lower case.
    Header(&'static str),
}

/// A webhook of the vendor's that the spec does not describe, or whose format only its receiver can read.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OtherEvent {
    /// The name of the event; empty where it was not found.
    pub name: String,
    /// The whole body; null if it is neither JSON nor a form, nor the two lines of a CSV with names and texts.
    pub payload: Json,
    /// The body as it was received.
    pub body: Vec<u8>,
}

/// What it says may be personal.
impl fmt::Debug for OtherEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OtherEvent").field("name", &self.name).finish_non_exhaustive()
    }
}
