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
    if shared.way.is_above() {
        return Ok((None, None));
    }
    // First, for a turn is not to be waited with.
    let keys = keys(shared, endpoint).await?;
    if gate.is_open() {
        return Ok((None, keys));
    }
    // What few calls need would make the future of every call larger.
    Box::pin(in_turn(shared, endpoint, gate, latest, wants_keys)).await
}

async fn in_turn(
    shared: &Shared,
    endpoint: &Endpoint,
    gate: &Arc<Gate>,
    latest: Option<Instant>,
    wants_keys: &mut bool,
) -> Result<(Option<Place>, Option<Keys>), Unready> {
    let pass = || async { gate.pass(&*shared.timer, latest).await.map_err(|TooLate| Unready::TooLate) };
    *wants_keys = false;
    let place = pass().await?;
    *wants_keys = true;
    // Once more, for they may have come to their end in the queue.
    let mut last = pin!(keys(shared, endpoint));
    if let Poll::Ready(keys) = poll_fn(|cx| Poll::Ready(last.as_mut().poll(cx))).await {
        return Ok((Some(place), keys?));
    }
    // A turn is for what is sent at once: kept meanwhile, it would be one of the turns of another time.
    drop(place);
    let keys = last.await?;
    *wants_keys = false;
    Ok((Some(pass().await?), keys))
}

async fn keys(shared: &Shared, endpoint: &Endpoint) -> Result<Option<Keys>, Unready> {
    shared.keyring.get(endpoint, shared).await.map_err(Unready::WithoutKeys)
}
