//! A call to be made: where it goes, what it says and how long it may take.

use std::borrow::Cow;

use super::{BaseAddress, Client, Limits};
use crate::args::Args;
use crate::paging::Position;
use crate::tables::Endpoint;
use crate::validate::{Violation, Violations, validate};

/// What is validated in the place of a key that is made when the call is.
const SOME_KEY: &str = "00000000-0000-4000-8000-000000000000";

/// A call to be made.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) client: Client,
    pub(crate) endpoint: &'static Endpoint,
    /// The endpoint's path, or that of a call which no endpoint describes, if there is one to send it to.
    pub(crate) template: Result<Cow<'static, str>, Violation>,
    pub(crate) args: Args,
    /// The page that is asked for, where that is not what the parameters say.
    pub(crate) position: Option<Position>,
    /// Where the call goes, where that is not where the client's calls go.
    pub(crate) base: Option<BaseAddress>,
    /// Whether the parameters are checked before anything is sent.
    pub(crate) validates: bool,
    pub(crate) limits: Limits,
}

impl Plan {
    /// Where the call goes.
    pub(crate) fn base(&self) -> &BaseAddress {
        self.base.as_ref().unwrap_or(&self.client.0.base)
    }

    /// The path that all paths of the call's kind start with.
    pub(crate) fn base_path(&self) -> &str {
        if self.endpoint.below_host { "" } else { self.base().path() }
    }

    /// Checks the parameters without sending anything.
    pub(crate) fn validate(&self) -> Result<(), Violations> {
        let mut args = self.args.clone();
        if let Some((name, false)) = args.key() {
            args.set(name, &SOME_KEY);
        }
        args.fill_defaults();
        validate(&args)?;
        Ok(args.check_room()?)
    }
}
