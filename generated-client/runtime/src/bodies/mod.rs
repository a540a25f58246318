//! Bodies that are more than one text: files on their way out, in parts, and what comes back in pieces.

mod download;
mod multipart;
mod path;
mod upload;

pub use download::Download;
pub(crate) use download::Rest;
pub(crate) use multipart::{OCTET_STREAM, Outline, Spoilt, Unfit, content_type};
pub use upload::Upload;
