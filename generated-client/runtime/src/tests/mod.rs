//! The runtime as generated code uses it, over a scripted transport and with time standing still.

mod api;
mod call;
mod errors;
#[cfg(feature = "reqwest")]
mod faults;
mod kinds;
mod paging;
mod redaction;
mod retries;
#[cfg(feature = "reqwest")]
mod severed;
#[cfg(feature = "serde")]
mod shown;
mod signing;
mod stage;
mod undescribed;
#[cfg(feature = "reqwest")]
mod wire;
