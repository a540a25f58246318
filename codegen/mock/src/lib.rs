//! An HTTP server that behaves as a spec says: a second, independent reading of it.
//!
//! It interprets `codegen::ir::Api` and shares no code with generated clients, so that each reading
//! of a spec is a test of the other. A request passes, in this order: route, fixed headers,
//! parameters, signature, timestamp, nonce, validations, effect on the remembered objects.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! let mock = codegen_mock::Mock::start("spec/shop").await?;
//! println!("{} {}", mock.address(), mock.credential("api_token"));
//! # Ok(())
//! # }
//! ```
//!
//! It is for tests on one's own machine: it listens on loopback only, and its credentials are no
//! secrets.

mod answer;
mod body;
mod chance;
mod credentials;
mod decode;
mod effect;
mod entries;
mod envelope;
mod fault;
mod fits;
mod headers;
pub mod interpret;
mod joined;
mod json;
mod keys;
mod known;
mod log;
mod mock;
mod multipart;
mod names;
mod paging;
mod parameters;
mod parts;
mod random;
mod received;
mod record;
mod reply;
mod route;
mod rules;
mod selection;
mod sends;
mod server;
mod shared;
mod signature;
mod sought;
mod spelling;
mod store;
mod synthesis;
mod time;
mod types;
mod validate;
mod value;
mod view;

pub use fault::{Fault, Fields};
pub use log::{Exchange, Verdict};
pub use mock::{Builder, Mock};
pub use multipart::Part;
pub use received::Received;
pub use validate::refused;
