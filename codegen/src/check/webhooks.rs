//! Rules over webhooks.

use std::iter;

use super::reads::{self, Made, Reads, reads};
use crate::diagnostics::{Diagnostics, rules};
use crate::expr::RECEIVED;
use crate::ir::{Api, Expr, SentPart, Webhooks};
use crate::lower::{SECRET, SENT};

/// Without it, anybody could send what a receiver takes for the vendor's.
pub(super) fn webhook_without_secret(api: &Api, diagnostics: &mut Diagnostics) {
    let Some(webhooks) = &api.webhooks else { return };
    let has_secret = |made| made_of(webhooks, &webhooks.expected, made).secret;
    let message = match (has_secret(Made::Certainly), has_secret(Made::Perhaps)) {
        (true, _) => return,
        (false, true) => "`secret` is part of what is expected in some cases, and not in others",
        (false, false) => "`secret` is not part of what is expected",
    };
    diagnostics
        .report(&rules::WEBHOOK_WITHOUT_SECRET, webhooks.span, message)
        .help("anybody can compute `expected` without it: use it as the key of a digest, or inside one");
}

fn made_of(webhooks: &Webhooks, value: &Expr, made: Made) -> Reads {
    reads(value, &reads::steps(&webhooks.steps, made), made)
}

/// Without it, a receiver would compare what it has computed with itself, and take anything for the vendor's.
pub(super) fn signature_not_received(api: &Api, diagnostics: &mut Diagnostics) {
    let Some(webhooks) = &api.webhooks else { return };
    let given = webhooks.also.iter().map(|pair| ("given", &pair.given, pair.span));
    for (name, value, span) in iter::once(("signatures", &webhooks.signatures, webhooks.signatures_span)).chain(given) {
        let read = made_of(webhooks, value, Made::Perhaps);
        let message = match (read.secret, read.is_nothing()) {
            (true, _) => format!("`secret` is part of `{name}`, and nobody sends it"),
            (false, true) => format!("`{name}` is nothing that was received"),
            (false, false) => continue,
        };
        diagnostics
            .report(&rules::SIGNATURE_NOT_RECEIVED, span, message)
            .help("take it from the request, as in `header(\"…\")`; what is computed to compare it with is `expected`");
    }
}

/// Without it, somebody could send an old webhook again with the time of today.
pub(super) fn time_not_signed(api: &Api, diagnostics: &mut Diagnostics) {
    let Some(webhooks) = &api.webhooks else { return };
    let Some(time) = &webhooks.time else { return };
    let mut signed = made_of(webhooks, &webhooks.expected, Made::Certainly);
    // What is compared with something that is signed is signed as well.
    for pair in &webhooks.also {
        if signed.covers(&made_of(webhooks, &pair.given, Made::Perhaps)) {
            signed.add(&made_of(webhooks, &pair.expected, Made::Certainly));
        }
    }
    let read = made_of(webhooks, &time.value, Made::Perhaps);
    if read.is_nothing() || !signed.covers(&read) {
        diagnostics.report(&rules::TIME_NOT_SIGNED, time.span, "this time is not part of what is signed").help(
            "make it part of `expected` as the vendor does; without `time`, a webhook is accepted whenever it comes",
        );
    }
}

/// Without it, `body` in an expression would be the body or a step, depending on who reads it.
pub(super) fn names(api: &Api, diagnostics: &mut Diagnostics) {
    for step in api.webhooks.iter().flat_map(|webhooks| &webhooks.steps) {
        let name = &step.name.wire;
        if is_taken(name) {
            let place = if is_sent(name) { "the headers that are sent" } else { "every expression of webhooks" };
            let message = format!("`{name}` means something else in {place}");
            diagnostics.report(&rules::SIGNING_NAME_TAKEN, step.span, message).help("choose another name");
        }
    }
}

fn is_taken(name: &str) -> bool {
    name == SECRET || RECEIVED.iter().any(|row| row.name == name) || is_sent(name)
}

fn is_sent(name: &str) -> bool {
    SENT.iter().any(|(word, _)| *word == name)
}

/// Without it, a part of the recipe would be left out, and every webhook be refused.
pub(super) fn unused_step(api: &Api, diagnostics: &mut Diagnostics) {
    let Some(webhooks) = &api.webhooks else { return };
    let mut used = vec![false; webhooks.steps.len()];
    webhooks.values().for_each(|value| value.mark_steps(&mut used));
    for part in webhooks.headers.iter().flat_map(|header| &header.value) {
        if let SentPart::Step(index) = part
            && let Some(used) = used.get_mut(*index)
        {
            *used = true;
        }
    }
    // What has the name of something else is told so.
    for (step, _) in webhooks.steps.iter().zip(used).filter(|(step, used)| !used && !is_taken(&step.name.wire)) {
        let name = &step.name.wire;
        diagnostics
            .report(&rules::UNUSED_STEP, step.span, format!("nothing uses the step `{name}`"))
            .help(format!("add `{name}` to `expected` or to another step, or remove it"));
    }
}

/// Without it, a vendor's events could not be told apart, which is what they are named for.
pub(super) fn no_events(api: &Api, diagnostics: &mut Diagnostics) {
    if let Some(webhooks) = api.webhooks.as_ref().filter(|webhooks| webhooks.events.is_empty()) {
        diagnostics
            .report(&rules::NO_EVENTS, webhooks.span, "these webhooks have no events")
            .help("name one under `events`; `payload: json` takes any");
    }
}
