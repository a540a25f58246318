//! Why a webhook is refused, or a signed answer.

use crate::client::MissingVariable;
use crate::json::DecodeError;

/// A webhook that is refused, or a signed answer: that it is the vendor's is not proven, or it cannot be read. Of an
/// answer it is the cause of the error of its call.
///
/// No value of what was received is in it, no secret, and nothing of what would have been right: it may be logged, and
/// even be answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WebhookError {
    /// The method is signed, and nobody said what it was.
    #[error("the method is signed: say with `WebhookRequest::method` what it was")]
    NoMethod,
    /// The address is signed, and nobody said what it was.
    #[error("the address is signed: say with `WebhookRequest::url` what the vendor called")]
    NoAddress,
    /// What was said to be the address is none.
    #[error("the address is not absolute")]
    BadAddress,
    /// Pairs of the query are signed, and are not UTF-8: others would be decoded alike.
    #[error("the query has pairs that are not UTF-8")]
    BadQuery,
    /// There is no such header, or it is not UTF-8.
    #[error("there is no header `{header}`")]
    MissingHeader {
        /// The header's name, in lower case.
        header: &'static str,
    },
    /// There is no such field in what was received.
    #[error("there is no field `{field}`")]
    MissingField {
        /// The field's name.
        field: &'static str,
    },
    /// What is joined has nothing in it, and the spec does not say what that is.
    #[error("there is nothing in `{list}` to join")]
    EmptyList {
        /// The step or part of what was received that it is made of.
        list: &'static str,
    },
    /// Fields of the body are signed, and it has none that can be read without doubt.
    #[error("the body is neither a form in UTF-8 nor a JSON object of which each member is there once")]
    NoFields,
    /// Something is not written as it should be.
    #[error("`{value}` is not {encoding}")]
    Undecodable {
        /// The secret, step or part of what was received.
        value: &'static str,
        /// What it should be.
        encoding: &'static str,
    },
    /// There is no time, or an empty one.
    #[error("it does not say when it was sent")]
    NoTimestamp,
    /// The time is not written as it should be.
    #[error("the time it was sent at cannot be read")]
    BadTimestamp,
    /// It was sent too long ago: it may be somebody's copy.
    #[error("it was sent too long ago")]
    TooOld,
    /// It was sent too far in the future.
    #[error("it was sent in the future")]
    TooNew,
    /// None of the signatures is that of any secret.
    #[error("no signature matches")]
    NoMatch,
    /// The signature holds, and something that it speaks of differs; the hash of the body, for example.
    #[error("the signature is for something else than what came with it")]
    Differs,
    /// Fields of a form are signed, and it names one place twice, or in two ways: only one of them may be the vendor's.
    #[error("the form has two texts for one place, or names it in two ways")]
    Doubtful,
    /// It is the vendor's, and cannot be read as what the spec says.
    #[error("the payload{} cannot be read: expected {}, found {} at byte {}", place(.0), .0.expected(), .0.found(), .0.offset())]
    Payload(Box<DecodeError>),
}

/// Why there is no verifier: with these secrets it could accept nothing, or anything. No secret is in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WebhookSecretError {
    /// The variable with the secret is not there.
    #[error(transparent)]
    MissingVariable(#[from] MissingVariable),
    /// No secret was given.
    #[error("there is no secret to verify webhooks with")]
    NoSecret,
    /// A secret is empty.
    #[error("{secret} is empty")]
    Empty {
        /// Which: its place among those given, from 1 on.
        secret: String,
    },
    /// A secret is not written as it should be.
    #[error("{secret} is not {encoding}")]
    Undecodable {
        /// Which: its place among those given, from 1 on, or its variable.
        secret: String,
        /// What it should be.
        encoding: &'static str,
    },
}

fn place(error: &DecodeError) -> String {
    match error.path() {
        "" => String::new(),
        path => format!(" at `{path}`"),
    }
}
