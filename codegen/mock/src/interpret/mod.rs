//! The signing statements of a model over a request: the second reading of them.
//!
//! Generated clients hold the same statements as straight code. This reads the model instead, with escaping, codecs
//! and hashes of its own, so that each reading is a test of the other.

mod answer;
mod blind;
mod body;
mod clock;
mod decodes;
mod drawn;
mod eval;
mod event;
mod fields;
mod masks;
mod moment;
mod nested;
mod pieces;
mod reads;
mod received;
mod recover;
mod request;
mod text;
mod value;
mod webhook;

use codegen::ir::{Expr, Placement, Signing};

pub(crate) use answer::answer;
pub(crate) use blind::blind_spots;
pub(crate) use body::{Body, BodyKind, Item, json_text};
pub use decodes::undecodable;
use eval::{Scope, eval};
pub use event::unreadable;
pub use masks::Masks;
pub use moment::Moment;
pub use received::Delivery;
pub(crate) use recover::Recovered;
pub use request::{Place, Request};
pub(crate) use request::{authority_parts, header_value};
pub use value::{Failure, Fault, Value};
pub use webhook::{Refusal, Sent, send, verify};

pub use crate::json::write as write_json;

/// What signing a request comes to: values in the order of the statements; `None` where a condition leaves one out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What joined the request before the steps.
    pub inject: Vec<Option<Value>>,
    /// The named values.
    pub steps: Vec<Value>,
    /// What joined the request after the steps.
    pub send: Vec<Option<Value>>,
    /// The request with all of it.
    pub request: Request,
}

/// Signs a request as a client would.
///
/// # Errors
///
/// Names the first statement that cannot be computed.
pub fn sign(signing: &Signing, credentials: &[String], moment: &Moment, request: Request) -> Result<Signed, Failure> {
    run(signing, credentials, moment, &[], request, |request, placement, value| {
        request.place(&placement.name.wire, placement.carrier, value)
    })
}

/// Signs a request in which masks stand for what is secret or personal, as far as it may be shown what signing made
/// of the real one: what the model says is shown whole is taken from there.
///
/// # Errors
///
/// Names the first statement that cannot be computed of masks.
pub fn explain(
    signing: &Signing,
    credentials: &[String],
    moment: &Moment,
    request: Request,
    masks: Masks<'_>,
) -> Result<Signed, Failure> {
    compute(signing, credentials, moment, &[], request, Some(masks), |request, placement, value| {
        request.place(&placement.name.wire, placement.carrier, value)
    })
}

/// Computes every statement in order, but for what was taken as it is; `place` lets the request grow.
pub(crate) fn run(
    signing: &Signing,
    credentials: &[String],
    moment: &Moment,
    taken: &[(Expr, Value)],
    request: Request,
    place: impl FnMut(&mut Request, &Placement, &Value) -> Result<(), Fault>,
) -> Result<Signed, Failure> {
    compute(signing, credentials, moment, taken, request, None, place)
}

fn compute(
    signing: &Signing,
    credentials: &[String],
    moment: &Moment,
    taken: &[(Expr, Value)],
    request: Request,
    masks: Option<Masks<'_>>,
    mut place: impl FnMut(&mut Request, &Placement, &Value) -> Result<(), Fault>,
) -> Result<Signed, Failure> {
    let mut signed = Signed { inject: Vec::new(), steps: Vec::new(), send: Vec::new(), request };
    let mut placed = |signed: &mut Signed, placement: &Placement, real: Option<&Option<Value>>| {
        let failure = |fault| Failure { name: placement.name.wire.clone(), fault };
        let scope = Scope { request: &signed.request, moment, credentials, steps: &signed.steps, taken };
        // What masks stand for decides, and not they.
        let is_left_out = real.map_or_else(|| is_left_out(placement, scope), |real| Ok(real.is_none()));
        if is_left_out.map_err(failure)? {
            return Ok(None);
        }
        let real = real.and_then(Option::as_ref);
        let value = masks::applied(masks, placement.shown, real, || eval(&placement.value, scope)).map_err(failure)?;
        place(&mut signed.request, placement, &value).map_err(failure)?;
        Ok(Some(value))
    };
    for (index, placement) in signing.inject.iter().enumerate() {
        let value = placed(&mut signed, placement, masks.and_then(|masks| masks.real.inject.get(index)))?;
        signed.inject.push(value);
    }
    for (index, step) in signing.steps.iter().enumerate() {
        let scope = Scope { request: &signed.request, moment, credentials, steps: &signed.steps, taken };
        let real = masks.and_then(|masks| masks.real.steps.get(index));
        let value = masks::applied(masks, step.shown, real, || eval(&step.value, scope));
        let value = value.map_err(|fault| Failure { name: step.name.wire.clone(), fault })?;
        signed.steps.push(value);
    }
    for (index, placement) in signing.send.iter().enumerate() {
        let value = placed(&mut signed, placement, masks.and_then(|masks| masks.real.send.get(index)))?;
        signed.send.push(value);
    }
    Ok(signed)
}

fn is_left_out(placement: &Placement, scope: Scope<'_>) -> Result<bool, Fault> {
    let methods = &placement.only_for;
    if !methods.is_empty() && methods.iter().all(|method| method.as_str() != scope.request.method) {
        return Ok(true);
    }
    placement.unless_empty.as_ref().map_or(Ok(false), |guard| eval(guard, scope)?.is_empty())
}
