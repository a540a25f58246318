//! What the mock must know, with an answer of ours where the spec has none.

use super::context::Cx;
use super::envelope;
use super::hole::{self, Names};
use crate::diagnostics::rules;
use crate::ir::{self, Answer, Doc, Evidence, Json};
use crate::source::Scalar;
use crate::spec::{self, keys::USUAL_WINDOW};

pub(super) fn rules(cx: &mut Cx<'_, '_>, stated: &spec::MockRules, places: &[ir::AnswerPath]) -> ir::MockRules {
    let answer = |answer: &Option<Answer>, status, message: &str| {
        answer.clone().unwrap_or_else(|| {
            let body = Json::Object(vec![("error".to_owned(), Json::String(message.to_owned()))]);
            Answer { status, body }
        })
    };
    ir::MockRules {
        window: stated.window.unwrap_or(USUAL_WINDOW),
        unauthenticated: answer(&stated.unauthenticated, 401, "credentials are missing or wrong"),
        bad_signature: answer(&stated.bad_signature, 403, "the signature is wrong"),
        stale: answer(&stated.stale, 403, "the timestamp is too old"),
        replayed: answer(&stated.replayed, 403, "the nonce was used before"),
        reused_key: answer(&stated.reused_key, 422, "the key was used before with other parameters"),
        invalid: answer(&stated.invalid, 422, "invalid parameter: {parameter}"),
        missing: stated.missing.as_ref().and_then(|name| cx.error(name)),
        error_in: error_in(cx, stated.error_in.as_ref(), places),
        lenient: stated.lenient.clone(),
        envelope: hole::members(cx, &stated.envelope, Names::Moment),
        doc: match &stated.doc {
            Some(doc) => cx.doc(doc),
            None => Doc { evidence: Evidence::Assumed, ..Doc::default() },
        },
    }
}

/// One of the places where a client looks; the first, unless the spec chooses.
fn error_in(cx: &mut Cx<'_, '_>, chosen: Option<&Scalar>, places: &[ir::AnswerPath]) -> ir::AnswerPath {
    let Some(chosen) = chosen else { return places.first().cloned().unwrap_or_default() };
    let place = envelope::place(cx, chosen);
    if !places.contains(&place) {
        // As the spec writes them.
        let written = |place: &ir::AnswerPath| if place.is_empty() { "\"\"".to_owned() } else { place.text() };
        let known: Vec<String> = places.iter().map(written).collect();
        let help = cx.diagnostics.suggest(&chosen.text, known.iter().map(String::as_str));
        let message = format!("`{}` is none of the places where a client looks for a message", chosen.text);
        cx.diagnostics.report(&rules::UNKNOWN_ERROR_PLACE, chosen.span, message).help(help);
    }
    place
}
