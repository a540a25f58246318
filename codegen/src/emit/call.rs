//! Calls: what all of them have, whichever operation they are of.

use proc_macro2::TokenStream;
use quote::quote;

use super::paging;
use crate::ir::Api;

/// The call of every operation: what differs between operations is only which setters there are.
pub(super) fn call(api: &Api) -> TokenStream {
    let paged = paging::setters_of_all(api);
    quote! {
        /// A call that is made when it is awaited.
        ///
        /// To drop its future is to cancel it: no attempt is begun from then on, and what it waits for goes to others. What
        /// only reads can be made again. Whether what changes things has taken effect is not known then, unless its future
        /// was never polled; one that takes an idempotency key can be made again under the same. A `Download` and a list
        /// lose nothing when the future of their next piece, page or item is dropped.
        #[must_use = "a call does nothing until it is awaited"]
        pub struct Call<O: rt::Operation>(rt::Call<O>);
        impl<O: rt::Operation> Call<O> {
            /// Checks the parameters without sending anything.
            ///
            /// # Errors
            ///
            /// Every constraint that a parameter does not meet.
            pub fn validate(&self) -> Result<(), rt::Violations> {
                self.0.validate()
            }
            /// Sets a parameter in the query, one that is not described here for example.
            pub fn with_query(self, name: impl Into<String>, value: impl rt::Wire) -> Self {
                Self(self.0.with_query(name, value))
            }
            /// Sets a parameter in the body, one that is not described here for example.
            pub fn with_body(self, name: impl Into<String>, value: impl rt::Wire) -> Self {
                Self(self.0.with_body(name, value))
            }
            /// Sets a header, besides those that every call carries.
            pub fn with_header(self, name: impl Into<String>, value: impl rt::Wire) -> Self {
                Self(self.0.with_header(name, value))
            }
            /// Says whether a parameter takes part in the signature, in place of the spec: `with_signed("name", false)`.
            pub fn with_signed(self, name: &'static str, signed: bool) -> Self {
                Self(self.0.with_signed(name, signed))
            }
            /// Sends the call without validating it first: the server stays the authority.
            pub fn skip_validation(self) -> Self {
                Self(self.0.skip_validation())
            }
        }
        #paged
        impl<O: rt::Operation> From<rt::Call<O>> for Call<O> {
            fn from(call: rt::Call<O>) -> Self {
                Self(call)
            }
        }
        impl<O: rt::Operation> std::fmt::Debug for Call<O> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    }
}

/// What a call has where it can be sent.
pub(super) fn sending(api: &Api) -> TokenStream {
    let paged = paging::streams(api);
    quote! {
        impl<O: rt::Operation> Call<O> {
            /// Signs the call without sending it.
            ///
            /// # Errors
            ///
            /// When a parameter is not valid, or the call cannot be signed.
            pub fn prepare(self) -> Result<rt::Prepared, rt::Error<O::Error>> {
                self.0.prepare()
            }
            /// How long the call may take with all its attempts, whatever the client says.
            pub fn with_timeout(self, timeout: std::time::Duration) -> Self {
                Self(self.0.with_timeout(timeout))
            }
            /// How long each attempt may take, whatever the client says.
            pub fn with_attempt_timeout(self, timeout: std::time::Duration) -> Self {
                Self(self.0.with_attempt_timeout(timeout))
            }
            /// How long a connection for this call may take to come about, whatever the client says. The calls with such a
            /// time of their own have connections of their own.
            pub fn with_connect_timeout(self, timeout: std::time::Duration) -> Self {
                Self(self.0.with_connect_timeout(timeout))
            }
            /// How often the call is tried in all, whatever the client says. One switches retries off.
            pub fn with_max_attempts(self, attempts: u32) -> Self {
                Self(self.0.with_max_attempts(attempts))
            }
            /// Sends the call to another address than the client's own, credentials included. It must be encrypted too,
            /// unless both are this machine or plain text is allowed.
            pub fn with_base_address(self, base: rt::BaseAddress) -> Self {
                Self(self.0.with_base_address(base))
            }
            /// Sends the call, and gives its result together with what the answer says besides.
            pub fn with_response(self) -> rt::Answering<O> {
                self.0.with_response()
            }
        }
        #paged
        impl<O: rt::Operation> IntoFuture for Call<O> {
            type Output = Result<O::Output, rt::Error<O::Error>>;
            type IntoFuture = rt::Sending<O>;
            fn into_future(self) -> Self::IntoFuture {
                self.0.send()
            }
        }
    }
}
