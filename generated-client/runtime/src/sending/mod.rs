//! A call into an answer: attempts, deadlines and retries over whatever transport there is.

mod execute;
mod limits;
#[cfg(feature = "reqwest")]
mod reqwest;
mod retry;
mod sources;
mod transport;

pub(crate) use execute::{Failure, Plan, execute, prepare, within};
pub(crate) use limits::Limits;
#[cfg(feature = "reqwest")]
pub use reqwest::ReqwestTransport;
#[cfg(feature = "reqwest")]
pub(crate) use reqwest::default_transport;
pub(crate) use retry::{after_status, asked, leaves_outcome_open};
#[cfg(feature = "reqwest")]
pub use sources::TokioTimer;
pub use sources::{Clock, NoNonce, Nonces, OsNonces, SystemClock, Timer};
pub use transport::{Body, Chunks, Transport, TransportError};

use std::pin::Pin;

/// A future on the heap, as traits give it back.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
