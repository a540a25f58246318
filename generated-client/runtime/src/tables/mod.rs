//! What generated code is made of: constant tables that say what an API and its operations are.

mod api;
mod endpoint;
mod error_case;
mod traits;

pub use api::ApiSpec;
#[cfg(test)]
pub(crate) use api::PageHeaders;
pub(crate) use api::PageRules;
pub(crate) use endpoint::Method;
pub use endpoint::{Endpoint, Line, Payload, Retry, delete, get, head, patch, post, put};
pub(crate) use error_case::Message;
pub use error_case::{Captures, ErrorCase, error};
pub use traits::{Api, Code, Credentials, Operation, OperationError, Outcome, Paged, Variant, case};
