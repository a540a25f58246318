//! What is kept of a call that was signed until its answer is there, for what shows that it is the server's.

use super::{Fields, Octets, Wiped};
use crate::args::Field;
use crate::error::Response;
use crate::sending::TransportError;
use crate::tables::SignedAnswers;
use crate::values::Secret;
use crate::webhook::{Notice, WebhookError, same};

/// What an answer may be signed with.
pub(crate) struct Sent {
    pub(super) answers: SignedAnswers,
    pub(super) injected: Vec<Field<'static>>,
    /// What steps came to, in their order.
    pub(super) kept: Vec<Octets>,
}

impl Sent {
    /// What joined the call.
    pub(crate) fn injected(&self) -> Fields<'_> {
        Fields::new(self.injected.iter().map(|field| (field.name, &*field.text)))
    }

    /// What a step came to, by its place among those that are kept.
    pub(crate) fn kept(&self, index: usize) -> &[u8] {
        self.kept.get(index).map_or(&[], |octets| octets)
    }

    /// Makes sure that an answer is signed as it must be, before anything in it is believed.
    ///
    /// # Errors
    ///
    /// Why it is not: nothing of what would have been right is in that.
    pub(crate) fn check(&self, credentials: Option<&[Secret]>, answer: Response) -> Result<Response, TransportError> {
        let SignedAnswers { header, is_required, expected } = self.answers;
        let given = answer.headers.get(header).filter(|value| !value.is_empty());
        let proven = match given {
            None if is_required => Err(WebhookError::MissingHeader { header }),
            None => Ok(()),
            Some(given) => {
                let credentials = credentials.unwrap_or_default();
                let expected = expected(&Notice::answer(&answer.headers, &answer.body, credentials, self));
                let is_same = |expected: Wiped| same(given.as_bytes(), expected.as_bytes());
                expected.and_then(|expected| if is_same(expected) { Ok(()) } else { Err(WebhookError::NoMatch) })
            }
        };
        match proven {
            Ok(()) => Ok(answer),
            Err(error) => Err(TransportError::unproven(error, answer.date())),
        }
    }
}
