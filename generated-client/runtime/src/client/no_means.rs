//! What calls are sent with where nothing can be sent: a client then has calls to validate, and no more.

use super::{BaseAddress, BuildError};
use crate::tables::ApiSpec;

/// Whether a builder was told that nothing is to be sent.
#[derive(Default)]
pub(super) struct Wanted(bool);

/// Nothing.
pub(crate) struct Means;

impl Wanted {
    pub(super) fn send_nothing(&mut self) {
        self.0 = true;
    }

    pub(super) fn has_credentials(&self) -> bool {
        false
    }

    pub(super) fn means(self, _: &ApiSpec, _: &BaseAddress) -> Result<Means, BuildError> {
        if self.0 { Ok(Means) } else { Err(BuildError::NoTransport) }
    }
}
