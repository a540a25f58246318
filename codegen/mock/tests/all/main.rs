//! The mock of the real spec over real sockets, spoken to by a hand-written caller and signer.

mod caller;
mod contract;
mod faults;
mod hostile;
mod security;
mod users;
