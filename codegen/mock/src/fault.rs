//! Misbehaviour on demand, for tests of clients.

use std::time::Duration;

/// What goes wrong with one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// This status and body are answered; the request is not looked at.
    Status(u16, String),
    /// The connection closes; the request is not looked at.
    DropBefore,
    /// The request takes effect, then the connection closes without an answer.
    DropAfter,
    /// The request is answered as usual, but later.
    Delay(Duration),
    /// The request takes effect; the answer breaks off in the middle of its body.
    Truncate,
}
