//! What the mock cannot read back of a scheme, found by signing a call and reading that.

use codegen::ir::{Carrier, Expr, ExprKind, Function, Placement, Signing, Source};

use super::moment::Moment;
use super::recover::Recovered;
use super::request::Request;
use super::value::Value;
use super::{Signed, header_value, run, sign};

/// The first of 2024.
const NOW: i64 = 1_704_067_200_123;

/// A sentence for each thing that calls of a scheme do not show, and that a server would have to see; nothing where a
/// call cannot be signed without knowing its parameters.
pub(crate) fn blind_spots(signing: &Signing, credentials: &[String]) -> Vec<String> {
    let mut spots = Vec::new();
    for method in ["GET", "POST"] {
        for spot in of_method(signing, credentials, method).unwrap_or_default() {
            if !spots.contains(&spot) {
                spots.push(spot);
            }
        }
    }
    spots
}

fn of_method(signing: &Signing, credentials: &[String], method: &str) -> Option<Vec<String>> {
    let mut sizes = Vec::new();
    let values = || {
        let placed = signing.placements().map(|placement| &placement.value);
        placed.chain(signing.steps.iter().map(|step| &step.value))
    };
    values().for_each(|value| sizes_of_nonces(value, &mut sizes));
    let moment = Moment {
        now: NOW,
        nonce: 7_042_315_876,
        counter: NOW,
        uuid: "0f3e9c52-6d1b-4e8a-9c7f-1f2e3d4c5b6a".to_owned(),
        nonce_hex: sizes.iter().map(|bytes| (*bytes, hex_digits(*bytes))).collect(),
    };
    let request = Request::new(method, "http://127.0.0.1/")?;
    let signed = sign(signing, credentials, &moment, request.clone()).ok()?;
    let texts: Vec<_> = signed.inject.iter().chain(&signed.send).map(shown).collect();
    let received = |placement: &Placement| {
        let mut placements = signing.placements();
        let at = placements.position(|other| std::ptr::eq(other, placement))?;
        let text = texts.get(at)?.as_deref()?;
        Some(if placement.carrier == Carrier::Header { header_value(text) } else { text })
    };
    let read = Recovered::read(signing, credentials, request.clone(), received);
    // An hour later: what is the same then was read, and did not happen to fit.
    let moment = read.moment(NOW + 3_600_000);
    let again = run(signing, credentials, &moment, &read.taken, request, |request, placement, value| {
        request.place(&placement.name.wire, placement.carrier, value)
    });
    let placements = signing.placements();
    let differs = |again: &Signed| {
        let computed = again.inject.iter().chain(&again.send).map(shown);
        let mut compared = placements.clone().zip(texts.iter().zip(computed));
        compared.find(|(_, (sent, computed))| *sent != computed).map(|(placement, _)| placement.name.wire.clone())
    };
    let wrong = match &again {
        Ok(again) => differs(again),
        Err(failure) => Some(failure.name.clone()),
    };
    if let Some(name) = wrong {
        return Some(vec![format!(
            "the mock cannot read from a call what was drawn for `{name}`: it refuses calls that are right"
        )]);
    }
    let has_clock = values().any(|value| value.reads(&[Source::Now])) && read.now.is_none();
    Some(if has_clock {
        vec!["the mock cannot read the time of a call: it refuses none that is old".to_owned()]
    } else {
        Vec::new()
    })
}

fn shown(value: &Option<Value>) -> Option<String> {
    value.as_ref().and_then(Value::text)
}

fn hex_digits(bytes: i64) -> String {
    let digits = usize::try_from(bytes).unwrap_or_default().saturating_mul(2);
    "7a3f09c4e8b16d52".chars().cycle().take(digits).collect()
}

fn sizes_of_nonces(expr: &Expr, sizes: &mut Vec<i64>) {
    if let ExprKind::Call(function, operands) = &expr.kind {
        match (function, operands.as_slice()) {
            (Function::NonceHex, [Expr { kind: ExprKind::Number(bytes), .. }]) => sizes.push(*bytes),
            (_, operands) => operands.iter().for_each(|operand| sizes_of_nonces(operand, sizes)),
        }
    }
}
