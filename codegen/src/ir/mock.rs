//! What the mock server must know beyond the contract: all of it assumed, none of it documented.

use super::{AnswerPath, Doc, ErrorId, Json, Member};

/// Answers that no documentation gives.
#[derive(Debug)]
pub struct MockRules {
    /// How many seconds a timestamp may be off; 0 switches the check off.
    pub window: u32,
    /// To a call without credentials, or with wrong ones.
    pub unauthenticated: Answer,
    /// To a call whose signature is not the one that the spec computes.
    pub bad_signature: Answer,
    /// To a timestamp outside the window.
    pub stale: Answer,
    /// To a nonce that was used before.
    pub replayed: Answer,
    /// To an idempotency key that stands for a call with other parameters.
    pub reused_key: Answer,
    /// For a violated constraint; `{parameter}` in its texts is the parameter's wire name.
    pub invalid: Answer,
    /// The documented error for a required parameter that is absent or empty, if there is one.
    pub missing: Option<ErrorId>,
    /// Where the message of a documented error stands, unless the envelope has a place for it: one of the
    /// places of `Envelope::errors`.
    pub error_in: AnswerPath,
    /// What the server takes besides what the spec says that clients send.
    pub lenient: Vec<Lenience>,
    /// What an answer in the envelope of the API has besides what it says; every hole is `Hole::Now`.
    pub envelope: Vec<Member>,
    /// What the spec says about these answers.
    pub doc: Doc,
}

/// What a server takes although the spec says that clients send something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lenience {
    /// Parameters of queries and bodies in either, and in a form as in JSON.
    Places,
    /// A `POST` of what is a `GET`.
    Methods,
    /// A slash at the end of a path.
    Slashes,
    /// Times in any spelling of ISO 8601, days too; of those that signing adds none at all.
    Times,
    /// Nothing in an optional parameter, or null.
    Blanks,
    /// A text in an optional parameter that has parts.
    Texts,
}

impl MockRules {
    /// Whether the server takes something.
    pub fn takes(&self, lenience: Lenience) -> bool {
        self.lenient.contains(&lenience)
    }
}

/// A status and a body.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status of the answer.
    pub status: u16,
    /// JSON body of the answer, as the spec wrote it.
    pub body: Json,
}
