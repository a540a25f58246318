//! What is there before an attempt is signed.

use std::sync::Arc;
use std::time::Instant;

use super::gate::TooLate;
use super::{Gate, Place};
use crate::client::Shared;
use crate::credentials::Keys;
use crate::signing::SigningError;
use crate::tables::Endpoint;

/// Why an attempt is not made.
pub(super) enum Unready {
    TooLate,
    WithoutKeys(SigningError),
}

/// What an attempt needs before it is signed: its turn, and credentials. Whether those are what it waits for is told.
pub(super) async fn ready(
    shared: &Shared,
    endpoint: &Endpoint,
    gate: &Arc<Gate>,
    latest: Option<Instant>,
    wants_keys: &mut bool,
) -> Result<(Option<Place>, Option<Keys>), Unready> {
    if shared.way.is_above() {
        return Ok((None, None));
    }
    let keys = || async { shared.keyring.get(endpoint, shared).await.map_err(Unready::WithoutKeys) };
    // First, for a turn is not to be waited with; and once more, for they may have come to their end in the queue.
    let at_first = keys().await?;
    if gate.is_open() {
        return Ok((None, at_first));
    }
    *wants_keys = false;
    let place = gate.pass(&*shared.timer, latest).await.map_err(|TooLate| Unready::TooLate)?;
    *wants_keys = true;
    Ok((Some(place), keys().await?))
}
