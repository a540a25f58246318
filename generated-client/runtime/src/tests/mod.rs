//! The runtime as generated code uses it, over a scripted transport and with time standing still.

#[cfg(feature = "reqwest")]
mod again;
#[cfg(feature = "reqwest")]
mod ahead;
mod api;
mod call;
mod credentials;
#[cfg(feature = "reqwest")]
mod download;
mod errors;
#[cfg(feature = "reqwest")]
mod faults;
mod hooks;
#[cfg(feature = "rustls")]
mod http2;
mod keys;
mod kinds;
#[cfg(feature = "reqwest")]
mod leaks;
mod limits;
mod nowhere;
mod paging;
#[cfg(feature = "reqwest")]
mod pooled;
#[cfg(feature = "reqwest")]
mod proxies;
mod redaction;
mod refused;
mod retries;
#[cfg(feature = "test-util")]
mod scripted;
#[cfg(feature = "reqwest")]
mod severed;
#[cfg(feature = "serde")]
mod shown;
mod signing;
mod size;
mod stage;
#[cfg(feature = "reqwest")]
mod strained;
#[cfg(feature = "rustls")]
mod tls;
#[cfg(feature = "tracing")]
mod traced;
#[cfg(feature = "reqwest")]
mod turns;
mod undescribed;
#[cfg(feature = "blocking")]
mod waiting;
#[cfg(target_os = "linux")]
mod wiped;
#[cfg(feature = "reqwest")]
mod wire;
