//! The hosts of an API, as an enum open to any other.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Docs, allowed, code, deprecated};
use super::rust::pascal;
use crate::ir::Api;

/// ```text
/// pub enum Environment { Fun, …, Custom(rt::BaseAddress) }
/// impl Environment { pub fn custom(…) … fn base(self) … }
/// ```
pub(super) fn emit(api: &Api) -> TokenStream {
    let variants = api.environments.iter().map(|environment| {
        let name = pascal(&environment.name);
        let doc = &environment.doc;
        let docs = Docs::default().markdown(&code(&environment.base)).marked(doc);
        let deprecated = deprecated(doc);
        quote! { #docs #deprecated #name, }
    });
    let allowed = allowed(api.environments.iter().map(|environment| &environment.doc));
    let bases = api.environments.iter().map(|environment| {
        let (name, base) = (pascal(&environment.name), &environment.base);
        quote! { Self::#name => rt::BaseAddress::known(#base), }
    });
    quote! {
        /// Where the API is served from.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Environment {
            #(#variants)*
            /// Any other address; see [`Environment::custom`].
            Custom(rt::BaseAddress),
        }
        impl Environment {
            /// Any address, for example that of a mock server.
            ///
            /// # Errors
            ///
            /// When it is not an absolute `http` or `https` address, or has a query, a fragment or credentials.
            pub fn custom(address: &str) -> Result<Self, rt::InvalidBaseAddress> {
                rt::BaseAddress::parse(address).map(Self::Custom)
            }
            #allowed
            fn base(self) -> rt::BaseAddress {
                match self {
                    #(#bases)*
                    Self::Custom(address) => address,
                }
            }
        }
    }
}
