//! Rules over signed answers.

use super::operation_id;
use super::reads::{Made, Reads, reads};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Expr, ExprKind, Function, Payload, Raw, Signing, Source};

/// Without it, whoever is between client and server could write an answer of its own.
pub(super) fn answer_unproven(api: &Api, diagnostics: &mut Diagnostics) {
    let Some(answers) = &api.signing.answers else { return };
    let made = reads(&answers.expected, &steps(&api.signing), Made::Certainly);
    let message = match (made.secret, made.has_body()) {
        _ if made.is_sealed => return,
        (false, _) => "no credential is part of what is expected but by what the call tells, or not in all cases",
        (true, false) => "`body` is not part of what is expected, or not the whole of it in all cases",
        (true, true) => "no digest is made of both a credential and `body`, or not in all cases",
    };
    diagnostics
        .report(&rules::ANSWER_UNPROVEN, answers.span, message)
        .help("use a credential as the key of a digest over `body`, and of what else the vendor signs");
}

/// What the steps are made of: of what was sent, nothing is part of the answer, and what was sent itself is no secret.
fn steps(signing: &Signing) -> Vec<Reads> {
    let mut all: Vec<Reads> = Vec::new();
    for (step, is_told) in signing.steps.iter().zip(told(signing)) {
        let made = reads(&step.value, &all, Made::Certainly).of_before();
        all.push(if is_told { Reads::default() } else { made });
    }
    all
}

/// Which of the steps whoever sees a call knows.
fn told(signing: &Signing) -> Vec<bool> {
    let mut told = vec![false; signing.steps.len()];
    signing.placements().for_each(|placement| mark_told(&placement.value, &mut told));
    for (index, step) in signing.steps.iter().enumerate().rev() {
        if told.get(index) == Some(&true) {
            mark_told(&step.value, &mut told);
        }
    }
    told
}

/// Marks the steps, by their index, that a value tells to whoever knows it: a digest tells nothing of what it is over.
fn mark_told(value: &Expr, told: &mut [bool]) {
    match &value.kind {
        ExprKind::Source(Source::Step(index)) => told.get_mut(*index).into_iter().for_each(|told| *told = true),
        ExprKind::Call(Function::Digest(_) | Function::Hmac(_) | Function::Length, _) => {}
        ExprKind::Call(Function::IfEmpty, operands) => {
            operands.iter().skip(1).for_each(|operand| mark_told(operand, told));
        }
        ExprKind::Call(_, operands) => operands.iter().for_each(|operand| mark_told(operand, told)),
        _ => {}
    }
}

/// Without it, a caller would be given the beginning of an answer that may be nobody's.
pub(super) fn answer_streamed(api: &Api, diagnostics: &mut Diagnostics) {
    let Some(answers) = &api.signing.answers else { return };
    let is_streamed = |payload: &Payload| matches!(payload, Payload::Raw(Raw::Stream));
    for (resource, operation) in api.operations().filter(|(_, operation)| operation.signed) {
        if is_streamed(&operation.payload) {
            let message = format!("the answer of `{}` is read while it arrives", operation_id(resource, operation));
            diagnostics
                .report(&rules::ANSWER_STREAMED, operation.span, message)
                .also(answers.span, "answers are signed, which only the whole of one can show")
                .help(
                    "write `returns: bytes`, or `signed: false` if the vendor signs neither this call nor its answer",
                );
        }
    }
}
