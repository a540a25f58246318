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
    /// The operating system gave no random number.
    #[error("the operating system gave no random number for the nonce")]
    Nonce,
    /// The path and query make no address together with the base address.
    #[error("the path and query make no valid address")]
    Address,
}
