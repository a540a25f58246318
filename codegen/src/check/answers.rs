//! Rules over signed answers.

use super::operation_id;
use super::reads::{self, Made, Reads, reads};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Expr, ExprKind, Payload, Raw, Source, ValueType};

/// Without it, whoever is between client and server could write an answer of its own.
pub(super) fn answer_unproven(api: &Api, diagnostics: &mut Diagnostics) {
    let Some(answers) = &api.signing.answers else { return };
    // Steps read what was sent, of which nothing is part of the answer.
    let steps = reads::steps(&api.signing.steps, Made::Certainly);
    let steps: Vec<_> = steps.into_iter().map(Reads::of_before).collect();
    let made = reads(&answers.expected, &steps, Made::Certainly);
    let body = Expr { kind: ExprKind::Source(Source::Body), ty: ValueType::Bytes };
    let has_body = made.covers(&reads(&body, &[], Made::Perhaps));
    let message = match (made.secret, has_body) {
        (true, true) => return,
        (false, _) => "no credential is part of what is expected, or not in all cases",
        (true, false) => "`body` is not part of what is expected, or not the whole of it in all cases",
    };
    diagnostics
        .report(&rules::ANSWER_UNPROVEN, answers.span, message)
        .help("use a credential as the key of a digest over `body`, and of what else the vendor signs");
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
