//! Why a request could not be made.

use crate::credentials::ProviderError;

/// A request that could not be signed or put together. No value of the call is in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SigningError {
    /// The client was made without credentials, and the call needs them.
    #[error("the client was made without credentials")]
    NoCredentials,
    /// The provider of the credentials has not been asked yet: that takes a call which is sent.
    #[error("the provider of the credentials has not been asked for them yet, as the first call that is sent does")]
    NotProvidedYet,
    /// The provider of the credentials gave none; the next call asks again.
    #[error("the provider gave no credentials")]
    Provider(#[source] ProviderError),
    /// A header cannot hold its value: a line break, for example.
    #[error("the header `{header}` cannot hold its value")]
    Header {
        /// The header's name.
        header: &'static str,
    },
    /// The call is given a header that the spec sets on every call.
    #[error("the header `{header}` is set on every call, as the spec says")]
    HeaderTaken {
        /// The header's name.
        header: http::HeaderName,
    },
    /// The call is given a parameter that signing adds to every call.
    #[error("the parameter `{parameter}` is added to every call, as the spec says")]
    ParameterTaken {
        /// The parameter's name.
        parameter: String,
    },
    /// The body is one value, and not an object that something can be added to.
    #[error("the body is no JSON object, so that no parameter can be added to it")]
    WholeBody,
    /// The body was signed as it was, and something is to be added to it.
    #[error("`{parameter}` cannot be added to the body, which is signed already")]
    BodyChanged {
        /// What is to be added.
        parameter: &'static str,
    },
    /// Members of the body are signed, and the body is no object.
    #[error("the body is no JSON object, so that it has no fields to sign")]
    NoFields,
    /// A header is signed that is not there.
    #[error("there is no header `{header}` to sign")]
    NoHeader {
        /// The header's name.
        header: &'static str,
    },
    /// A field is signed that is not there.
    #[error("there is no field `{field}` to sign")]
    NoField {
        /// The field's name.
        field: &'static str,
    },
    /// What is joined has nothing in it, and the spec does not say what that is.
    #[error("there is nothing in `{list}` to join")]
    EmptyList {
        /// The step or part of the call that it is made of.
        list: &'static str,
    },
    /// Something is not written in the way that signing reads it; a secret, for example.
    #[error("`{value}` is not {encoding}, as signing needs it")]
    Undecodable {
        /// The credential, step or part of the call.
        value: &'static str,
        /// What it should be.
        encoding: &'static str,
    },
    /// A credential stands in the path, and would make another path of it: it is empty, or its segment `.` or `..`.
    #[error("the credential `{credential}` cannot stand in a path")]
    Segment {
        /// The credential's name.
        credential: &'static str,
    },
    /// A file is of a media type that cannot stand in the head of its part.
    #[error("a file has a media type that is none")]
    Part,
    /// The operating system gave no random number.
    #[error("the operating system gave no random number for the nonce")]
    Nonce,
    /// The path and query make no address together with the base address.
    #[error("the path and query make no valid address")]
    Address,
}
