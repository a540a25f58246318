//! A call into a signed request: what an API's `authenticate` works on, and the account of what it did.

mod digest;
mod draft;
mod error;
mod explanation;
mod fields;
mod request;
mod wiped;

pub use digest::{base64, concat, epoch_ms, epoch_s, hex, hmac_sha256, lower, sha256, upper};
pub use draft::{Draft, Injected};
pub use error::SigningError;
pub use explanation::{Explanation, Show, Step};
pub use fields::{Fields, List};
pub(crate) use request::{Materials, Moment, mask};
pub use wiped::Wiped;
