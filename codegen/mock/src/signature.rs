//! The signature, timestamp and nonce of a received call against the spec's signing statements.

use std::collections::{HashSet, VecDeque};

use codegen::ir::{Api, Carrier, Lenience, Placement, Source};

use crate::headers::same_secret;
use crate::interpret::{self, BodyKind, Failure, Fault, Item, Recovered, Request, Signed, header_value};
use crate::parameters::Parameters;
use crate::received::Received;
use crate::reply::Reply;
use crate::route::Route;
use crate::time;
use crate::view::{received, unsigned};

/// How long a nonce is remembered: 24 hours.
const NONCE_LIFE_MS: i64 = 86_400_000;

/// A call as it came, for its signing to be looked at.
pub(crate) struct Seen<'a> {
    pub(crate) api: &'a Api,
    pub(crate) credentials: &'a [String],
    /// Milliseconds since 1970.
    pub(crate) now: i64,
    pub(crate) request: &'a Received,
    pub(crate) route: &'a Route<'a>,
    pub(crate) parameters: &'a Parameters,
}

impl Seen<'_> {
    /// Checks what the signing section of the spec promises, in the order of a server that trusts
    /// nothing before the signature holds.
    ///
    /// What the caller drew is read back from what it sent; then everything is computed forward from the request
    /// without its signing, and compared.
    pub(crate) fn check(&self, nonces: &mut Nonces) -> Result<(), Reply> {
        let Self { api, now, request, route, parameters, .. } = *self;
        if !route.operation.signed {
            return Ok(());
        }
        let (drawn, signed) = self.computed();
        let signed = signed.map_err(|failure| match failure.fault {
            Fault::Malformed => Reply::refused(api, 500, "the signing statements of the spec are malformed"),
            // Something that is signed is not there.
            _ => Reply::assumed(&api.mock.bad_signature),
        })?;
        // With all of it revealed, the names and texts are those that came.
        let whole = &signed.request;
        let given = |placement: &Placement| received(whole, request, parameters, placement);

        for (index, (placement, value)) in api.signing.send.iter().zip(&signed.send).enumerate() {
            let Some(expected) = arriving(placement, value.as_ref()) else { continue };
            let after = api.signing.send.get(index + 1..).unwrap_or_default();
            let is_right = same_secret(given(placement).unwrap_or_default().as_bytes(), expected.as_bytes());
            if !is_right || count(whole, request, placement) > 1 || !is_last(whole, placement, after) {
                return Err(Reply::assumed(&api.mock.bad_signature));
            }
        }
        // What was injected must be what the spec says: this also refuses a timestamp that is no number.
        for (placement, value) in api.signing.inject.iter().zip(&signed.inject) {
            let Some(expected) = arriving(placement, value.as_ref()) else { continue };
            let name = &placement.name.wire;
            let is_loose = api.mock.takes(Lenience::Times) && placement.value.reads(&[Source::Now]);
            match given(placement) {
                // Of two, others might take the one that was not looked at.
                Some(_) if count(whole, request, placement) > 1 => return Err(Reply::invalid(api, name)),
                Some(given) if given == expected => {}
                None | Some("") if is_loose => {}
                Some(given) if is_loose => check_time(api, now, name, given)?,
                Some(given) if !given.is_empty() => return Err(Reply::invalid(api, name)),
                Some(_) | None => return Err(Reply::missing((api, route.operation, now), name)),
            }
        }

        let window = u64::from(api.mock.window) * 1000;
        if window > 0 && drawn.distance(now).is_some_and(|distance| distance > window) {
            return Err(Reply::assumed(&api.mock.stale));
        }
        let is_old = |once| !nonces.admit(once, now);
        if drawn.once().is_some_and(is_old) || drawn.counter.is_some_and(|counter| !nonces.count(counter)) {
            return Err(Reply::assumed(&api.mock.replayed));
        }
        Ok(())
    }

    /// Signs an answer, where the spec says how and what was received is enough to do it.
    pub(crate) fn sign(&self, reply: &mut Reply) {
        let Self { api, credentials, now, route, .. } = *self;
        let Some(answers) = api.signing.answers.as_ref().filter(|_| route.operation.signed) else { return };
        let (drawn, signed) = self.computed();
        let Ok(signed) = signed else { return };
        let headers = reply.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
        let media_type = ("content-type".to_owned(), reply.body.media_type().to_owned());
        let headers = std::iter::once(media_type).chain(headers).collect();
        let moment = drawn.moment(now);
        let signature = interpret::answer(answers, credentials, &moment, &signed, headers, reply.body.bytes());
        if let Ok(signature) = signature {
            reply.headers.push((answers.header.clone(), signature));
        }
    }

    /// What was drawn for the call, as far as it shows, and the signing of what was received computed anew with it.
    fn computed(&self) -> (Recovered, Result<Signed, Failure>) {
        let Self { api, credentials, now, request, route, parameters } = *self;
        let view = unsigned(api, request, route, parameters);
        let shown = |placement: &Placement| received(&view, request, parameters, placement);
        let drawn = Recovered::read(&api.signing, credentials, view.clone(), shown);
        let moment = drawn.moment(now);
        let signed = interpret::run(&api.signing, credentials, &moment, &drawn.taken, view, |view, placement, _| {
            if let Some(text) = received(view, request, parameters, placement).map(str::to_owned) {
                view.reveal(&placement.name.wire, placement.carrier, &text);
            }
            Ok(())
        });
        (drawn, signed)
    }
}

/// Checks that what was given under a name is a time in any spelling of ISO 8601, within the window. A day is all of
/// its moments.
fn check_time(api: &Api, now: i64, name: &str, given: &str) -> Result<(), Reply> {
    let given = given.trim();
    let is_day = !given.contains(['T', 't', ' ']);
    let first = time::parse_iso(given).ok_or_else(|| Reply::invalid(api, name))?;
    let last = if is_day { first.saturating_add(time::DAY) } else { first };
    let window = i64::from(api.mock.window) * 1000;
    let is_near = now >= first.saturating_sub(window) && now <= last.saturating_add(window);
    if is_near || window == 0 { Ok(()) } else { Err(Reply::assumed(&api.mock.stale)) }
}

/// What arrives of a value.
fn arriving(placement: &Placement, value: Option<&interpret::Value>) -> Option<String> {
    let text = value?.text()?;
    Some(if placement.carrier == Carrier::Header { header_value(&text).to_owned() } else { text })
}

/// How often a request has something that signing adds once.
fn count(view: &Request, request: &Received, placement: &Placement) -> usize {
    let name = &placement.name.wire;
    let count = |items: &[Item]| items.iter().filter(|item| item.name == *name).count();
    match placement.carrier {
        Carrier::Header => request.headers.iter().filter(|(header, _)| header.eq_ignore_ascii_case(name)).count(),
        Carrier::Query => count(&view.query),
        Carrier::Body => count(&view.body.items),
        Carrier::Parameters => count(&view.query) + count(&view.body.items),
    }
}

/// Whether nothing follows what is sent but what is sent after it, where the spec names the place. Members of an object
/// have no order.
fn is_last(view: &Request, placement: &Placement, after: &[Placement]) -> bool {
    let items = match placement.carrier {
        Carrier::Query => &view.query,
        Carrier::Body if matches!(view.body.kind, BodyKind::Form | BodyKind::Multipart) => &view.body.items,
        Carrier::Body | Carrier::Header | Carrier::Parameters => return true,
    };
    let is_sent_after = |item: &Item| after.iter().any(|placement| placement.name.wire == item.name);
    let mut following = items.iter().rev().take_while(|item| item.name != placement.name.wire);
    following.all(|item| item.written.is_empty() || is_sent_after(item))
}

/// The nonces of the last 24 hours, the newest of them if there are very many.
#[derive(Debug, Default)]
pub(crate) struct Nonces {
    /// The greatest number that was counted.
    counted: Option<i64>,
    seen: HashSet<String>,
    order: VecDeque<(i64, String)>,
}

impl Nonces {
    const MAX: usize = 200_000;

    /// Whether a number is greater than all before it.
    fn count(&mut self, counter: i64) -> bool {
        let grows = self.counted.is_none_or(|last| counter > last);
        if grows {
            self.counted = Some(counter);
        }
        grows
    }

    /// Whether a nonce is new; it is not any more afterwards.
    fn admit(&mut self, nonce: String, now: i64) -> bool {
        let is_old = |at: i64| now.saturating_sub(at) > NONCE_LIFE_MS;
        while self.order.front().is_some_and(|(at, _)| is_old(*at) || self.order.len() >= Self::MAX) {
            if let Some((_, oldest)) = self.order.pop_front() {
                self.seen.remove(&oldest);
            }
        }
        let new = self.seen.insert(nonce.clone());
        if new {
            self.order.push_back((now, nonce));
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_lives_for_a_day() {
        let mut nonces = Nonces::default();
        assert!(nonces.admit("1".to_owned(), 0));
        assert!(!nonces.admit("1".to_owned(), NONCE_LIFE_MS));
        assert!(nonces.admit("1".to_owned(), NONCE_LIFE_MS + 1));
    }

    #[test]
    fn a_counter_grows_or_is_refused() {
        let mut nonces = Nonces::default();
        assert_eq!([5, 5, 4, 6, -1, 7].map(|counter| nonces.count(counter)), [true, false, false, true, false, true]);
    }

    #[test]
    fn memory_of_nonces_is_bounded() {
        let mut nonces = Nonces::default();
        for nonce in 0..300_000_u32 {
            nonces.admit(nonce.to_string(), 0);
        }
        assert_eq!(nonces.order.len(), Nonces::MAX);
        assert_eq!(nonces.seen.len(), Nonces::MAX);
        assert!(!nonces.admit("299999".to_owned(), 0));
    }
}
