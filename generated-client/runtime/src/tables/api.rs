//! What all operations of an API share.

use std::time::Duration;

use super::envelope::envelope;
use super::{Envelope, Paging};
use crate::args::{Encoding, Param, Style};
#[cfg(feature = "http")]
use crate::signing::{Authenticate, Expected};
#[cfg(not(feature = "http"))]
use crate::unsent::{Authenticate, Expected};

/// One API.
#[derive(Debug)]
pub struct ApiSpec {
    pub(crate) name: &'static str,
    /// The crate that its client stands in, with its version: `name/1.0.0`.
    pub(crate) package: &'static str,
    pub(crate) authenticate: Authenticate,
    pub(crate) envelope: Envelope,
    pub(crate) pages: Option<Paging>,
    pub(crate) page_params: &'static [Param],
    pub(crate) encoding: Encoding,
    /// The names of the parts of its credentials, in the order in which signing counts them.
    pub(crate) credentials: &'static [&'static str],
    /// The names of what signing adds to calls, those of headers aside.
    pub(crate) added: &'static [&'static str],
    /// How answers to signed calls are signed, where they are.
    pub(crate) answers: Option<SignedAnswers>,
    pub(crate) ceiling: Ceiling,
}

/// How answers are signed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SignedAnswers {
    /// Which header has the signature.
    pub(crate) header: &'static str,
    /// Whether one without it is refused.
    pub(crate) is_required: bool,
    /// What must stand there.
    pub(crate) expected: Expected,
}

/// How much is to be asked of one server, where that is said.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ceiling {
    /// So many calls at a time.
    pub(crate) concurrency: Option<usize>,
    /// So many calls in so much time.
    pub(crate) rate: Option<(u32, Duration)>,
}

impl Ceiling {
    pub(crate) const NONE: Self = Self { concurrency: None, rate: None };

    /// What else holds, where this does not say.
    pub(crate) fn or(self, other: Self) -> Self {
        Self { concurrency: self.concurrency.or(other.concurrency), rate: self.rate.or(other.rate) }
    }
}

impl ApiSpec {
    /// An API of the client in a crate, without pages, in whose answers only the status tells errors from results.
    pub const fn new(name: &'static str, package: &'static str, authenticate: Authenticate) -> Self {
        Self {
            name,
            package,
            authenticate,
            envelope: envelope(),
            pages: None,
            page_params: &[],
            encoding: Encoding::json(Style::BRACKETS),
            credentials: &[],
            added: &[],
            answers: None,
            ceiling: Ceiling::NONE,
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

    /// What the parts of its credentials are called, where they stand in a path.
    pub const fn credentials(mut self, names: &'static [&'static str]) -> Self {
        self.credentials = names;
        self
    }

    /// What signing adds to query or body goes by these names.
    pub const fn adds(mut self, names: &'static [&'static str]) -> Self {
        self.added = names;
        self
    }

    /// Answers to signed calls have a signature in this header; whether one without is refused, and what stands there.
    pub const fn answers(mut self, header: &'static str, is_required: bool, expected: Expected) -> Self {
        self.answers = Some(SignedAnswers { header, is_required, expected });
        self
    }

    /// One caller may have so many calls under way at a time.
    pub const fn concurrency(mut self, calls: usize) -> Self {
        self.ceiling.concurrency = Some(calls);
        self
    }

    /// One caller may make so many calls within so many seconds.
    pub const fn rate(mut self, calls: u32, seconds: u64) -> Self {
        self.ceiling.rate = Some((calls, Duration::from_secs(seconds)));
        self
    }

    /// Lists are cut into pages in this way, where their operation says nothing else; with the parameters that every
    /// operation so paged takes beside its own.
    pub const fn pages(mut self, paging: Paging, params: &'static [Param]) -> Self {
        (self.pages, self.page_params) = (Some(paging), params);
        self
    }
}
