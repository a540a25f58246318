//! What stands in the signature header of an answer.

use codegen::ir::SignedAnswers;

use super::body::{Body, BodyKind};
use super::eval::{Scope, eval};
use super::moment::Moment;
use super::received::Written;
use super::request::Request;
use super::value::Failure;
use super::{Fault, Signed};

/// The signature of an answer to what was signed, names of headers in lower case.
///
/// # Errors
///
/// When it cannot be computed.
pub(crate) fn answer(
    answers: &SignedAnswers,
    credentials: &[String],
    moment: &Moment,
    signed: &Signed,
    headers: Vec<(String, String)>,
    body: &[u8],
) -> Result<String, Failure> {
    let received = Request {
        headers,
        body: Body {
            kind: BodyKind::Opaque,
            items: Vec::new(),
            whole: Some(body.to_vec()),
            // It stands among the headers.
            content_type: String::new(),
        },
        // Nothing but what came is among its headers.
        received: Some(Written::default()),
        ..signed.request.clone()
    };
    let scope = Scope { request: &received, moment, credentials, steps: &signed.steps, taken: &[] };
    let failure = |fault| Failure { name: answers.header.clone(), fault };
    let value = eval(&answers.expected, scope).map_err(failure)?;
    value.text().ok_or_else(|| failure(Fault::Malformed))
}
