//! What becomes of the calls of a client.

use super::Transport;

/// Where calls go when they have been validated.
pub(crate) enum Way {
    /// They are signed, and sent by this.
    Out(Box<dyn Transport>),
    /// This answers them before they are signed.
    #[cfg(feature = "test-util")]
    Above(Box<dyn Transport>),
    /// Nowhere: they are not sent.
    Nowhere,
}

impl Way {
    /// What is given each call, if anything is.
    pub(super) fn transport(&self) -> Option<&dyn Transport> {
        match self {
            Self::Out(transport) => Some(&**transport),
            #[cfg(feature = "test-util")]
            Self::Above(script) => Some(&**script),
            Self::Nowhere => None,
        }
    }

    /// Whether calls are answered before they are signed, as they are in tests alone.
    pub(super) fn is_above(&self) -> bool {
        match self {
            #[cfg(feature = "test-util")]
            Self::Above(_) => true,
            Self::Out(_) | Self::Nowhere => false,
        }
    }
}
