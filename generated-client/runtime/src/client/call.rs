//! A call with its parameters.

use std::fmt;
use std::marker::PhantomData;

use super::Plan;
use super::method::Under;
use crate::args::{Location, Wire};
use crate::tables::Operation;
use crate::validate::Violations;

/// A call with its parameters, not sent yet.
pub struct Call<O> {
    /// On the heap: it is moved often.
    pub(crate) plan: Box<Plan>,
    pub(crate) operation: PhantomData<fn() -> O>,
}

impl<O: Operation> Call<O> {
    /// Sets an optional parameter, or one that would be filled otherwise.
    #[must_use]
    pub fn set(mut self, name: &'static str, value: impl Wire) -> Self {
        self.plan.args.set(name, &value);
        self
    }

    /// Sets a parameter in the query that the spec may not describe.
    #[must_use]
    pub fn with_query(self, name: impl Into<String>, value: impl Wire) -> Self {
        self.with(name.into(), Location::Query, &value)
    }

    /// Sets a parameter in the body that the spec may not describe.
    #[must_use]
    pub fn with_body(self, name: impl Into<String>, value: impl Wire) -> Self {
        self.with(name.into(), Location::Body, &value)
    }

    /// Sets a header that the spec may not describe.
    #[must_use]
    pub fn with_header(self, name: impl Into<String>, value: impl Wire) -> Self {
        self.with(name.into(), Location::Header, &value)
    }

    /// Says whether a parameter takes part in the signature, whatever the spec says.
    #[must_use]
    pub fn with_signed(mut self, name: &'static str, signed: bool) -> Self {
        self.plan.args.set_signed(name, signed);
        self
    }

    /// Sends the call without validating it first: the server stays the authority.
    #[must_use]
    pub fn skip_validation(mut self) -> Self {
        self.plan.validates = false;
        self
    }

    /// Makes the call with another method. Where that has no body, what would be in it goes in the query, and what would
    /// be in the query goes in the body where there is one and it is no list.
    #[must_use]
    pub fn with_method(mut self, method: &str) -> Self {
        match Under::<O>::of(method) {
            Ok(endpoint) => {
                let is_read = endpoint.line.method.prefers_query();
                self.plan.args.move_to(if is_read { Location::Query } else { Location::Body });
                self.plan.endpoint = endpoint;
            }
            Err(violation) => self.plan.template = Err(violation),
        }
        self
    }

    pub(super) fn with(mut self, name: String, location: Location, value: &dyn Wire) -> Self {
        self.plan.args.set_extra(name, location, value);
        self
    }

    /// What the parameters do not meet.
    ///
    /// # Errors
    ///
    /// Every constraint that is not met.
    pub fn validate(&self) -> Result<(), Violations> {
        self.plan.validate()
    }
}

impl<O> fmt::Debug for Call<O> {
    /// Names the operation; the parameters may be anything.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Call").field(&self.plan.endpoint.id).finish()
    }
}
