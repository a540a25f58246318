//! One call from what was received to a typed event.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use http::HeaderMap;

use super::address::Address;
use super::notice::Notice;
use super::{Event, Payload, WebhookError, WebhookRequest, WebhookSecretError};
use crate::client::{env_var, variable};
use crate::sending::{Clock, SystemClock};
use crate::values::Secret;

/// Takes what says it is a webhook, and gives the event if it is one.
pub struct Verifier<E> {
    secrets: Arc<[Secret]>,
    clock: Arc<dyn Clock>,
    event: PhantomData<fn() -> E>,
}

impl<E: Event> Verifier<E> {
    /// Verifies with these secrets: a webhook that any of them has signed is accepted, so that a secret can be
    /// replaced while both are in use.
    ///
    /// # Errors
    ///
    /// When there is none, or one is empty or not written as it must be.
    pub fn new<S: Into<Secret>>(secrets: impl IntoIterator<Item = S>) -> Result<Self, WebhookSecretError> {
        Self::of(secrets.into_iter().map(Into::into).collect(), |number| format!("secret {number}"))
    }

    /// With secrets that go by a name each, counted from one.
    fn of(secrets: Arc<[Secret]>, name: impl Fn(usize) -> String) -> Result<Self, WebhookSecretError> {
        if secrets.is_empty() {
            return Err(WebhookSecretError::NoSecret);
        }
        for (secret, number) in secrets.iter().zip(1_usize..) {
            usable::<E>(secret, || name(number))?;
        }
        Ok(Self { secrets, clock: Arc::new(SystemClock), event: PhantomData })
    }

    /// Verifies with the secret in the environment variable that the spec names.
    ///
    /// # Errors
    ///
    /// When it is not set, empty or not text, or not written as it must be.
    pub fn from_env() -> Result<Self, WebhookSecretError> {
        let secret = variable(&env_var, E::WEBHOOK.env)?;
        Self::of([secret].into(), |_| format!("`{}`", E::WEBHOOK.env))
    }

    /// The same with another clock.
    #[must_use]
    pub fn clock(self, clock: impl Clock) -> Self {
        Self { clock: Arc::new(clock), ..self }
    }

    /// The event, if the vendor has sent it, and not too long ago. The body is read only after that is proven.
    ///
    /// Somebody may send the same webhook again within the time that is allowed: whoever minds remembers what
    /// was seen.
    ///
    /// # Errors
    ///
    /// Says why it is refused.
    pub fn verify(&self, request: WebhookRequest<'_>) -> Result<E, WebhookError> {
        let by_fields = self.prove(request)?;
        let payload = Payload::new(request, by_fields);
        let name = payload.event(&E::WEBHOOK.event)?;
        let known = if payload.is_readable() { E::read(&name, &payload)? } else { None };
        match known {
            Some(event) => Ok(event),
            None => payload.other(name).map(E::other),
        }
    }

    /// Whether fields of the body were read for that.
    fn prove(&self, request: WebhookRequest<'_>) -> Result<bool, WebhookError> {
        let now = self.clock.now();
        let given = match request.url {
            Some(url) => Some(Address::parse(url).ok_or(WebhookError::BadAddress)?),
            None => None,
        };
        let other = given.as_ref().and_then(Address::other);
        // What fails with one secret says nothing of the others; the first reason is told where none has signed it.
        let mut reason = None;
        for address in [Some(given.as_ref()), other.as_ref().map(Some)].into_iter().flatten() {
            let mut has_read_authority = false;
            for secret in self.secrets.iter() {
                let notice = Notice::new(request, secret, address, now);
                let verified = (E::WEBHOOK.verify)(&notice);
                notice.lacks()?;
                match verified {
                    Ok(true) => return Ok(notice.has_read_fields()),
                    Ok(false) => {}
                    Err(error) => reason = reason.or(Some(error)),
                }
                has_read_authority |= notice.has_read_authority();
            }
            // The two spellings differ in nothing else.
            if !has_read_authority {
                break;
            }
        }
        Err(reason.unwrap_or(WebhookError::NoMatch))
    }
}

/// Makes sure that a secret is one: what every webhook would be refused for is told before there is any.
fn usable<E: Event>(secret: &Secret, name: impl Fn() -> String) -> Result<(), WebhookSecretError> {
    if secret.expose().is_empty() {
        return Err(WebhookSecretError::Empty { secret: name() });
    }
    let headers = HeaderMap::new();
    let notice = Notice::new(WebhookRequest::new(&headers, b""), secret, None, UNIX_EPOCH);
    match (E::WEBHOOK.secret)(&notice) {
        Err(WebhookError::Undecodable { encoding, .. }) => {
            Err(WebhookSecretError::Undecodable { secret: name(), encoding })
        }
        // It lacks the part that would be decoded.
        Err(_) => Err(WebhookSecretError::Undecodable { secret: name(), encoding: "written as it must be" }),
        Ok(()) => Ok(()),
    }
}

impl<E> Clone for Verifier<E> {
    fn clone(&self) -> Self {
        Self { secrets: Arc::clone(&self.secrets), clock: Arc::clone(&self.clock), event: PhantomData }
    }
}

impl<E> fmt::Debug for Verifier<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").field("secrets", &self.secrets.len()).finish_non_exhaustive()
    }
}
