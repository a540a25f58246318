//! A call into a signed request: what an API's `authenticate` works on, and the account of what it did.

mod clock;
mod codec;
mod digest;
mod draft;
mod error;
mod escape;
mod explanation;
mod fields;
mod list;
mod moment;
mod notes;
mod origin;
mod place;
mod request;
mod sent;
mod text;
mod wiped;

#[cfg(test)]
mod cost;
#[cfg(test)]
mod tests;

pub use clock::{ClockPart, epoch_ms, epoch_s, format_time, minus, plus};
pub use codec::{base64, base64_unpadded, base64url, base64url_unpadded, first, hex, length};
pub(crate) use codec::{decode_base64, decode_base64url, decode_hex};
pub use digest::{
    Digest, hmac_md5, hmac_sha1, hmac_sha256, hmac_sha384, hmac_sha512, md5, sha1, sha256, sha384, sha512,
};
pub use draft::Draft;
pub use error::SigningError;
pub use escape::{Escape, escape};
pub(crate) use explanation::Shown;
pub use explanation::{Explanation, Show, Step};
pub use fields::{Fields, field};
pub use list::{ByteList, List, Listed, byte_list, list};
pub(crate) use moment::{COUNTED, Moment};
#[cfg(feature = "tracing")]
pub(crate) use origin::Origin;
pub use place::{Injected, hidden, shown};
pub(crate) use request::{Materials, mask};
pub(crate) use sent::Sent;
pub use text::{
    concat, concat_bytes, decimal, is_empty, join, join_bytes, lower, octets, replace, split, split_pairs,
    strip_prefix, text, trim, upper,
};
pub use wiped::{Octets, Wiped};

use crate::webhook::{Notice, WebhookError};

/// Adds headers, injected parameters and the signature to a call.
pub(crate) type Authenticate = fn(&mut Draft<'_>) -> Result<(), SigningError>;

/// What the header of a signed answer must hold.
pub(crate) type Expected = fn(&Notice<'_>) -> Result<Wiped, WebhookError>;
