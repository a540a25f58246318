//! The mock of the real spec over real sockets, spoken to by a hand-written caller and signer.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

mod caller;
mod contract;
mod encoded;
mod faults;
mod forms;
mod free;
mod hostile;
mod lenient;
mod memory;
mod million;
mod model;
mod paging;
mod read_back;
mod schemes;
mod security;
mod statuses;
mod users;
