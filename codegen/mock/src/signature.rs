//! The signature, timestamp and nonce of a received call against the spec's signing steps.

use std::collections::{HashSet, VecDeque};

use codegen::ir::{Api, Expr, ExprKind, Function, Placement, Source};

use crate::expr::{self, Malformed, Scope, Value};
use crate::headers::same_secret;
use crate::parameters::{Parameters, Signed, signed};
use crate::received::Received;
use crate::reply::Reply;
use crate::route::Route;

/// How long a nonce is remembered: 24 hours.
const NONCE_LIFE_MS: i64 = 86_400_000;

/// Checks what the signing section of the spec promises, in the order of a server that trusts
/// nothing before the signature holds.
pub(crate) fn check(
    api: &Api,
    credentials: &[String],
    now: i64,
    request: &Received,
    route: &Route<'_>,
    parameters: &Parameters,
    nonces: &mut Nonces,
) -> Result<(), Reply> {
    let malformed = |_: Malformed| Reply::refused(api, 500, "the signing steps of the spec are malformed");
    let timestamp = injected(api, parameters, |expr| clock_unit(expr).is_some());
    let nonce = injected(api, parameters, is_nonce);
    let unit = timestamp.and_then(|(inject, _)| clock_unit(&inject.value)).unwrap_or(1);
    let called_at = timestamp.map_or(now, |(_, value)| value.saturating_mul(unit));

    let Signed { fields, own } = signed(api, route.operation, parameters);
    let mut scope = Scope {
        params: &fields,
        now: called_at,
        nonce: nonce.map_or(0, |(_, value)| value),
        method: &request.method,
        path: &request.path,
        credentials,
        steps: Vec::new(),
    };
    for step in &api.signing.steps {
        let value = expr::eval(&step.value, &scope).map_err(malformed)?;
        scope.steps.push(value);
    }
    for send in &api.signing.send {
        let expected = expr::eval(&send.value, &scope).and_then(expr::text).map_err(malformed)?;
        let sent = parameters.get(&send.name.wire).map_or("", |given| given.text.as_str());
        if !same_secret(sent.as_bytes(), expected.as_bytes()) {
            return Err(Reply::assumed(&api.mock.bad_signature));
        }
    }

    // What was injected must be what the spec says: this also refuses a timestamp that is no number.
    for (index, inject) in api.signing.inject.iter().enumerate() {
        let name = &inject.name.wire;
        let Some(given) = parameters.get(name).filter(|given| !given.text.is_empty()) else {
            return Err(Reply::missing(api, route.operation, name));
        };
        scope.params = fields.get(..own + index).unwrap_or(&fields);
        let expected = expr::eval(&inject.value, &scope).map_err(malformed)?;
        let negative_nonce = is_nonce(&inject.value) && matches!(expected, Value::Number(..0));
        if negative_nonce || expr::text(expected).map_err(malformed)? != given.text {
            return Err(Reply::invalid(api, name));
        }
    }

    let window = i64::from(api.mock.window) * 1000;
    if window > 0 && timestamp.is_some() && now.abs_diff(called_at) > window.unsigned_abs() {
        return Err(Reply::assumed(&api.mock.stale));
    }
    match nonce {
        Some((_, value)) if !nonces.admit(value, now) => Err(Reply::assumed(&api.mock.replayed)),
        _ => Ok(()),
    }
}

/// The first injected parameter of a kind, with its number; 0 where none was sent.
fn injected<'a>(
    api: &'a Api,
    parameters: &Parameters,
    is_kind: impl Fn(&Expr) -> bool,
) -> Option<(&'a Placement, i64)> {
    let inject = api.signing.inject.iter().find(|inject| is_kind(&inject.value))?;
    let value = parameters.get(&inject.name.wire).and_then(|given| given.text.parse().ok());
    Some((inject, value.unwrap_or(0)))
}

/// Milliseconds in the unit of a timestamp; `None` for what is no timestamp.
fn clock_unit(expr: &Expr) -> Option<i64> {
    let ExprKind::Call(function, arguments) = &expr.kind else { return None };
    let [Expr { kind: ExprKind::Source(Source::Now), .. }] = arguments.as_slice() else { return None };
    match function {
        Function::EpochMs => Some(1),
        Function::EpochS => Some(1000),
        _ => None,
    }
}

fn is_nonce(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Call(Function::Nonce, _))
}

/// The nonces of the last 24 hours, the newest of them if there are very many.
#[derive(Debug, Default)]
pub(crate) struct Nonces {
    seen: HashSet<i64>,
    order: VecDeque<(i64, i64)>,
}

impl Nonces {
    const MAX: usize = 200_000;

    /// Whether a nonce is new; it is not any more afterwards.
    fn admit(&mut self, nonce: i64, now: i64) -> bool {
        while let Some((at, oldest)) = self.order.front().copied() {
            if now.saturating_sub(at) <= NONCE_LIFE_MS && self.order.len() < Self::MAX {
                break;
            }
            self.order.pop_front();
            self.seen.remove(&oldest);
        }
        let new = self.seen.insert(nonce);
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
        assert!(nonces.admit(1, 0));
        assert!(!nonces.admit(1, NONCE_LIFE_MS));
        assert!(nonces.admit(1, NONCE_LIFE_MS + 1));
    }

    #[test]
    fn memory_of_nonces_is_bounded() {
        let mut nonces = Nonces::default();
        for nonce in 0..300_000 {
            nonces.admit(nonce, 0);
        }
        assert_eq!(nonces.order.len(), Nonces::MAX);
        assert_eq!(nonces.seen.len(), Nonces::MAX);
        assert!(!nonces.admit(299_999, 0));
    }
}
