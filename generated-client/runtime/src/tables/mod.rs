//! What generated code is made of: constant tables that say what an API and its operations are.

mod api;
mod endpoint;
mod envelope;
mod error_case;
mod paging;
mod template;
mod traits;

pub use api::ApiSpec;
pub(crate) use api::{Ceiling, SignedAnswers};
pub(crate) use endpoint::{Documented, Method};
pub use endpoint::{Endpoint, Line, Payload, Retry, Table, delete, get, head, patch, post, put};
pub(crate) use envelope::Spot;
pub use envelope::{Condition, Envelope, Path, Reports, Unit, envelope, reports};
pub(crate) use error_case::Again;
pub use error_case::{Captures, ErrorCase, error};
pub use paging::{NextPage, Paging, Place, Window, paging, window};
pub(crate) use template::strip_suffix;
pub use traits::{Api, Code, Credentials, Operation, OperationError, Outcome, Paged, Variant, case, debug_request};
