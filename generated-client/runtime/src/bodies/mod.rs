//! Bodies, whole or in pieces: files on their way out, in parts, and what comes back; and why they may not come.

mod body;
#[cfg(feature = "http")]
mod download;
#[cfg(feature = "http")]
mod multipart;
mod path;
mod upload;

pub use body::{Body, BoxFuture, Chunks, TransportError};
#[cfg(feature = "http")]
pub use download::Download;
#[cfg(feature = "http")]
pub(crate) use download::Rest;
#[cfg(feature = "http")]
pub(crate) use multipart::{OCTET_STREAM, Outline, Spoilt, Unfit, content_type};
pub use upload::Upload;
