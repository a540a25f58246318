//! Why a request could not be made.

/// A request that could not be signed or put together. No value of the call is in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SigningError {
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
    /// The body is one value, and not an object that something can be added to.
    #[error("the body is no JSON object, so that no parameter can be added to it")]
    WholeBody,
    /// The operating system gave no random number.
    #[error("the operating system gave no random number for the nonce")]
    Nonce,
    /// The path and query make no address together with the base address.
    #[error("the path and query make no valid address")]
    Address,
}
