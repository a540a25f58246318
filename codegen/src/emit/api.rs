//! The module of an API: client, environments, credentials, errors, shared types.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs::{Docs, allowed, deprecated};
use super::rust::{own_name, pascal, snake};
use super::{about, auth, encoding, envelope, environment, error, operation, paging, types, webhooks};
use crate::ir::{Api, Carrier, Encoding, Envelope, Missing};

/// The version of what this generator writes. It goes up with the first release whose runtime does not fit what the
/// last one wrote, or the other way round; between releases nothing counts it.
const VERSION: u32 = 3;

pub(super) fn module(api: &Api) -> TokenStream {
    // A runtime of another version lacks this name, and that is all that the compiler then has to say.
    let door = format_ident!("rt_for_generator_{VERSION}");
    let modules = api.resources.iter().map(|resource| snake(&resource.name)).collect::<Vec<_>>();
    let client = client(api);
    let table = table(api);
    let authenticate = auth::authenticate(api);
    let answers = auth::answers(api);
    let credentials = auth::credentials(api);
    let environment = environment::emit(api);
    let call = call(api);
    let errors = error::catalogue(api);
    let webhooks = api.webhooks.as_ref().map(|it| webhooks::emit(api, it));
    let types = types::of(api, None);
    let items = quote! {
        use client_runtime::#door as rt;
        pub use rt::public::*;
        #(mod #modules;)*
        #(pub use #modules::*;)*
        #client
        #environment
        #credentials
        #call
        #errors
        #(#types)*
        #webhooks
        #table
        #authenticate
        #answers
    };
    match uses_deprecated_types(api) {
        Some(allowed) => quote! {
            #allowed
            mod generated {
                #items
            }
            pub use generated::*;
        },
        None => items,
    }
}

/// Whether all is in a module within the module: types are named everywhere, by macros too, and only a module keeps its
/// own code from being warned of those that are deprecated.
pub(super) fn stands_apart(api: &Api) -> bool {
    uses_deprecated_types(api).is_some()
}

fn uses_deprecated_types(api: &Api) -> Option<TokenStream> {
    allowed(api.types.iter().map(|def| &def.doc))
}

/// ```text
/// pub struct Client(rt::Client);
/// impl Client { pub fn builder(…) … pub fn users(&self) -> Users … }
/// ```
fn client(api: &Api) -> TokenStream {
    let docs = about::client(api);
    let accessors = api.resources.iter().map(|resource| {
        let (name, handle) = (snake(&resource.name), pascal(&resource.name));
        let docs = Docs::default().about(&resource.name, &resource.doc);
        let (deprecated, own_name) = (deprecated(&resource.doc), own_name(&resource.name));
        quote! {
            #docs
            #deprecated
            #own_name
            pub fn #name(&self) -> #handle {
                #handle(self.0.clone())
            }
        }
    });
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Client(rt::Client);
        impl Client {
            /// Starts a client of one environment.
            pub fn builder(environment: Environment) -> rt::Builder<Self> {
                rt::Builder::new(environment.base())
            }
            #(#accessors)*
            /// Where its calls go.
            pub fn base_address(&self) -> &rt::BaseAddress {
                self.0.base_address()
            }
            /// A call of anything the API has, described here or not: `client.request("GET", "/path")`.
            ///
            /// What stands in braces in the path is a parameter, `{id}`, or a credential, `{credentials.name}`.
            pub fn request(&self, method: &str, path: &str) -> rt::Undescribed<ErrorCode> {
                self.0.request(method, path)
            }
            /// A call of an address that an answer gave, to upload a file for example: unsigned, without credentials
            /// and the headers of every call. `client.request_to("PUT", url).body(Upload::path("film.mp4"))`.
            pub fn request_to(&self, method: &str, url: &str) -> rt::Elsewhere<ErrorCode> {
                self.0.request_to(method, url)
            }
        }
        impl rt::Api for Client {
            type Credentials = Credentials;
            const API: &'static rt::ApiSpec = &API;
            fn wrap(client: rt::Client) -> Self {
                Self(client)
            }
        }
    }
}

/// ```text
/// static API: rt::ApiSpec = rt::ApiSpec::new("shop", "my-crate/1.0.0", authenticate).envelope(…).pages(…);
/// ```
fn table(api: &Api) -> TokenStream {
    let name = &api.name.wire;
    // Whoever compiles this is who calls the API, and says so.
    let package = quote!(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")));
    let envelope = (api.envelope != Envelope::default()).then(|| {
        let table = envelope::table(&api.envelope);
        quote!(.envelope(#table))
    });
    let pages = api.pagination.as_ref().map(|pagination| {
        let table = paging::table(api, &pagination.paging, &pagination.parameters);
        quote!(.pages(#table, PAGING))
    });
    let params = api.pagination.as_ref().map(|pagination| {
        let rows = pagination
            .parameters
            .iter()
            .map(|parameter| operation::row(api, parameter, &pagination.parameters, &api.encoding.style));
        quote! { static PAGING: &[rt::Param] = &[#(#rows),*]; }
    });
    let encoding = (api.encoding != Encoding::default()).then(|| {
        let encoding = encoding::encoding(&api.encoding);
        quote!(.encoding(#encoding))
    });
    let credentials =
        (!api.credentials.is_empty()).then(|| quote!(.credentials(<Credentials as rt::Credentials>::NAMES)));
    let mut placements = api.signing.placements().filter(|placement| placement.carrier != Carrier::Header).peekable();
    let adds = placements.peek().is_some().then(|| {
        let names = placements.map(|placement| &placement.name.wire);
        quote!(.adds(&[#(#names),*]))
    });
    let answers = api.signing.answers.as_ref().map(|answers| {
        let (header, is_refused) = (&answers.header, answers.missing == Missing::Refused);
        quote!(.answers(#header, #is_refused, expected_of_answer))
    });
    let concurrency = api.limits.concurrency.map(|calls| {
        let calls = Literal::u32_unsuffixed(calls);
        quote!(.concurrency(#calls))
    });
    let rate = api.limits.rate.map(|(calls, seconds)| {
        let (calls, seconds) = (Literal::u32_unsuffixed(calls), Literal::u32_unsuffixed(seconds));
        quote!(.rate(#calls, #seconds))
    });
    quote! {
        #params
        static API: rt::ApiSpec = rt::ApiSpec::new(#name, #package, authenticate)
            #credentials #adds #answers #envelope #pages #encoding #concurrency #rate;
    }
}

/// The call of every operation: what differs between operations is only which setters there are.
fn call(api: &Api) -> TokenStream {
    let paged = paging::calls(api);
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
            /// Signs the call without sending it.
            ///
            /// # Errors
            ///
            /// When a parameter is not valid, or the call cannot be signed.
            pub fn prepare(self) -> Result<rt::Prepared, rt::Error<O::Error>> {
                self.0.prepare()
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
        impl<O: rt::Operation> From<rt::Call<O>> for Call<O> {
            fn from(call: rt::Call<O>) -> Self {
                Self(call)
            }
        }
        impl<O: rt::Operation> IntoFuture for Call<O> {
            type Output = Result<O::Output, rt::Error<O::Error>>;
            type IntoFuture = rt::Sending<O>;
            fn into_future(self) -> Self::IntoFuture {
                self.0.send()
            }
        }
        impl<O: rt::Operation> std::fmt::Debug for Call<O> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    }
}
