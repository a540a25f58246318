//! What a vendor sends by itself: verified as it came, byte for byte, and only then read.

mod address;
mod error;
mod event;
mod members;
mod nested;
mod notice;
mod payload;
mod request;
mod same;
mod verifier;

pub use error::{WebhookError, WebhookSecretError};
pub use event::{Event, EventName, OtherEvent, Webhook};
pub use notice::{Notice, TimeUnit};
pub use payload::Payload;
pub use request::WebhookRequest;
pub(crate) use same::same;
pub use verifier::Verifier;
