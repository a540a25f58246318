//! What is there before an attempt is signed.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
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
    if shared.means.way.is_above() {
        return Ok((None, None));
    }
    // First, for a turn is not to be waited with.
    let keys = keys(shared, endpoint).await?;
    if gate.is_open() {
        return Ok((None, keys));
    }
    *wants_keys = false;
    // What few calls need would make the future of every call larger.
    Box::pin(in_turn(shared, endpoint, gate, latest, keys, wants_keys)).await
}

/// Waits for its turn, and begins it only with credentials: those at first may have come to their end in the queue.
async fn in_turn(
    shared: &Shared,
    endpoint: &Endpoint,
    gate: &Arc<Gate>,
    latest: Option<Instant>,
    mut keys: Option<Keys>,
    wants_keys: &mut bool,
) -> Result<(Option<Place>, Option<Keys>), Unready> {
    let at_hand = || shared.means.keyring.at_hand(endpoint, &*shared.means.clock).ok();
    // What has come to its end when it comes is taken all the same: the clock of this machine may be wrong.
    let mut must_last = at_hand().is_some();
    let mut turn = pin!(gate.pass(&*shared.means.timer, latest));
    loop {
        let begun = poll_fn(|cx| match must_last && at_hand().is_none() {
            true => Poll::Ready(None),
            false => turn.as_mut().poll(cx).map(Some),
        });
        if let Some(place) = begun.await {
            let place = place.map_err(|TooLate| Unready::TooLate)?;
            return Ok((Some(place), at_hand().unwrap_or(keys)));
        }
        *wants_keys = true;
        keys = self::keys(shared, endpoint).await?;
        *wants_keys = false;
        must_last = at_hand().is_some();
    }
}

async fn keys(shared: &Shared, endpoint: &Endpoint) -> Result<Option<Keys>, Unready> {
    shared.means.keyring.get(endpoint, shared).await.map_err(Unready::WithoutKeys)
}
