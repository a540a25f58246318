//! A call into an answer: attempts, deadlines and retries over whatever transport there is.

mod budget;
mod exchange;
mod execute;
mod gate;
mod gates;
mod hooks;
mod pieces;
mod prepare;
mod rate;
mod ready;
mod report;
#[cfg(feature = "reqwest")]
mod reqwest;
mod retry;
mod sources;
mod told;
#[cfg(feature = "tracing")]
mod trace;
#[cfg(not(feature = "tracing"))]
#[path = "untraced.rs"]
mod trace;
mod transport;
mod turns;
mod way;

pub(crate) use exchange::Exchange;
#[cfg(feature = "reqwest")]
pub(crate) use execute::broken;
pub(crate) use execute::{NO_TIMER, within};
pub(crate) use gate::{Gate, Place};
pub(crate) use gates::Gates;
pub use hooks::{Attempt, Hooks};
pub(crate) use pieces::Pieces;
pub(crate) use prepare::{Failure, prepare};
pub(crate) use report::Report;
#[cfg(feature = "reqwest")]
pub use reqwest::ReqwestTransport;
#[cfg(feature = "reqwest")]
pub(crate) use reqwest::{CONNECT_TIMEOUT, default_transport};
pub(crate) use retry::{asked, imf_date, is_refusal, is_transient, leaves_outcome_open};
pub(crate) use sources::NoTimer;
#[cfg(feature = "reqwest")]
pub use sources::TokioTimer;
pub use sources::{Clock, NoNonce, Nonces, OsNonces, SystemClock, Timer};
pub(crate) use trace::Call as CallSpan;
pub use transport::Transport;
pub(crate) use way::Way;

pub use crate::bodies::{Body, BoxFuture, Chunks, TransportError};
