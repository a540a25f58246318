//! What generated code is made of: constant tables that say what an API and its operations are.

mod api;
mod documented;
mod endpoint;
mod envelope;
mod error_case;
#[cfg(feature = "http")]
mod outcome;
mod paging;
mod reported;
mod template;
mod traits;

pub use api::ApiSpec;
pub(crate) use api::{Ceiling, SignedAnswers};
pub(crate) use documented::case_of;
pub use documented::meaning;
pub(crate) use endpoint::{Documented, Method};
pub use endpoint::{Endpoint, Line, Payload, Retry, Table, delete, get, head, patch, post, put};
pub(crate) use envelope::Spot;
pub use envelope::{Condition, Envelope, Path, Reports, Unit, envelope, reports};
pub(crate) use error_case::Again;
pub use error_case::{Captures, ErrorCase, error};
#[cfg(feature = "http")]
pub use outcome::Outcome;
pub use paging::{NextPage, Paging, Place, Window, paging, window};
pub use reported::Reported;
pub(crate) use template::strip_suffix;
pub use traits::{Api, Code, Credentials, Operation, OperationError, Paged, Variant, case, debug_request};

#[cfg(not(feature = "http"))]
pub use crate::unsent::Outcome;
