//! What all operations of an API share.

use super::envelope::envelope;
use super::{Envelope, Paging};
use crate::args::{Encoding, Param, Style};
use crate::signing::{Draft, SigningError};

/// Adds headers, injected parameters and the signature to a call.
type Authenticate = fn(&mut Draft<'_>) -> Result<(), SigningError>;

/// One API.
#[derive(Debug)]
pub struct ApiSpec {
    pub(crate) name: &'static str,
    pub(crate) authenticate: Authenticate,
    pub(crate) envelope: Envelope,
    pub(crate) pages: Option<Paging>,
    pub(crate) page_params: &'static [Param],
    pub(crate) encoding: Encoding,
}

impl ApiSpec {
    /// An API without pages, in whose answers only the status tells errors from results.
    pub const fn new(name: &'static str, authenticate: Authenticate) -> Self {
        Self {
            name,
            authenticate,
            envelope: envelope(),
            pages: None,
            page_params: &[],
            encoding: Encoding::json(Style::BRACKETS),
        }
    }

    /// What its answers have in common.
    pub const fn envelope(mut self, envelope: Envelope) -> Self {
        self.envelope = envelope;
        self
    }

    /// How calls are encoded, where their operation says nothing else.
    pub const fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = encoding;
        self
    }

    /// Lists are cut into pages in this way, where their operation says nothing else; with the parameters that every
    /// operation so paged takes beside its own.
    pub const fn pages(mut self, paging: Paging, params: &'static [Param]) -> Self {
        (self.pages, self.page_params) = (Some(paging), params);
        self
    }
}
