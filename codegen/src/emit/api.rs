//! The module of an API: client, environments, credentials, errors, shared types.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs::{Docs, allowed, deprecated};
use super::rust::{own_name, pascal, snake};
use super::{about, auth, call, encoding, envelope, environment, error, operation, paging, types, webhooks};
use crate::format::WITHIN_SENDS;
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
    let sends = sends(api);
    let credentials = auth::credentials(api);
    let environment = environment::emit(api);
    let call = call::call(api);
    let errors = error::catalogue(api);
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
        #table
        #sends
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

/// What the client and its calls have where calls can be sent; a program without HTTP has types and validators alone.
fn sends(api: &Api) -> TokenStream {
    let calls = call::sending(api);
    let webhooks = api.webhooks.as_ref().map(|it| webhooks::emit(api, it));
    let authenticate = auth::authenticate(api);
    let answers = auth::answers(api);
    let within = format_ident!("{WITHIN_SENDS}");
    quote! {
        mod #within {
            impl Client {
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
            #calls
            /// Any error of any call of this API, for applications that want a single one.
            pub type AnyError = rt::AnyError<ErrorCode>;
            #webhooks
            #authenticate
            #answers
        }
    }
}

/// ```text
/// static API: rt::ApiSpec = rt::ApiSpec::new("shop", "my-crate/1.0.0", rt::signer!(authenticate)).envelope(…).pages(…);
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
        quote!(.answers(#header, #is_refused, rt::signer!(expected_of_answer)))
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
        static API: rt::ApiSpec = rt::ApiSpec::new(#name, #package, rt::signer!(authenticate))
            #credentials #adds #answers #envelope #pages #encoding #concurrency #rate;
    }
}
