//! What was received, as any web framework has it.

use std::fmt;

use http::HeaderMap;

/// A request that says it is a webhook: nothing is believed of it yet.
#[derive(Clone, Copy)]
pub struct WebhookRequest<'a> {
    pub(super) method: Option<&'a str>,
    pub(super) url: Option<&'a str>,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
}

impl<'a> WebhookRequest<'a> {
    /// The headers, and the body exactly as it was received: not parsed, not decoded, not written anew.
    pub fn new(headers: &'a HeaderMap, body: &'a [u8]) -> Self {
        Self { method: None, url: None, headers, body }
    }

    /// The same with its method, which some vendors sign.
    #[must_use]
    pub fn method(self, method: &'a str) -> Self {
        Self { method: Some(method), ..self }
    }

    /// The same with the absolute address that the vendor called, query and all, which some vendors sign. Behind a
    /// proxy that is the public one, and not what the server itself was asked for.
    #[must_use]
    pub fn url(self, url: &'a str) -> Self {
        Self { url: Some(url), ..self }
    }
}

/// How much there is; what it says may be personal.
impl fmt::Debug for WebhookRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookRequest")
            .field("headers", &self.headers.len())
            .field("body", &self.body.len())
            .finish_non_exhaustive()
    }
}
