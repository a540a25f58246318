//! What a call takes up in memory while it is made.

use super::stage::Stage;
use crate::sending::Exchange;

/// There is one of these for each call, and allocators serve what is larger more slowly: that of glibc keeps a cache of what
/// has at most 1,032 bytes. Spans have their price.
#[test]
fn a_call_in_flight_is_small() {
    let call = Stage::new([]).client().users().list(1);
    let size = Exchange::new(call.0.plan).size();
    let most = if cfg!(feature = "tracing") { 1280 } else { 1024 };
    assert!(size <= most, "{size} bytes");
}
