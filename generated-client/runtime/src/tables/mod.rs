//! What generated code is made of: constant tables that say what an API and its operations are.

mod api;
mod endpoint;
mod error_case;
mod traits;

pub use api::{ApiSpec, PageRules};
pub(crate) use endpoint::Method;
pub use endpoint::{Endpoint, Line, Payload, Retry, delete, get, head, patch, post, put};
pub(crate) use error_case::Message;
pub use error_case::{Captures, ErrorCase};
pub use traits::{Api, Code, Credentials, Operation, OperationError, Outcome, Paged, Variant};
