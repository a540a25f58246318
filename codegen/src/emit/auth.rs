//! Credentials, and the function that makes a call one of theirs.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::Docs;
use super::expr;
use super::rust::{ident, snake, type_of};
use crate::ir::{Api, Header, HeaderPart, Type, ValueType};

/// ```text
/// pub struct Credentials { pub secret_key: rt::Secret }
/// ```
pub(super) fn credentials(api: &Api) -> TokenStream {
    let names: Vec<_> = api.credentials.iter().map(|credential| snake(&credential.name)).collect();
    let fields = api.credentials.iter().zip(&names).map(|(credential, name)| {
        let docs = Docs::default()
            .prose(&credential.doc.text)
            .markdown(&format!("Read from `{}` by [`Credentials::from_env`].", credential.env))
            .besides(&credential.doc);
        let ty = type_of(api, &Type::String, crate::ir::Sensitivity::Secret);
        quote! { #docs pub #name: #ty, }
    });
    // What is not used has a name that says so.
    let look_up = ident(if api.credentials.is_empty() { "_look_up" } else { "look_up" });
    let wires = api.credentials.iter().map(|credential| &credential.name.wire);
    let variables = api.credentials.iter().map(|credential| &credential.env);
    quote! {
        /// What calls are made with. Never printed.
        #[derive(Clone, Debug)]
        pub struct Credentials {
            #(#fields)*
        }
        impl Credentials {
            /// Reads them from environment variables.
            ///
            /// # Errors
            ///
            /// Names the first variable that is not set, empty or not text.
            pub fn from_env() -> Result<Self, rt::MissingVariable> {
                Self::from_variables(rt::env_var)
            }
            /// Reads them from wherever `look_up` finds the variables' values.
            ///
            /// # Errors
            ///
            /// Names the first variable that is not found, or empty.
            pub fn from_variables(
                #look_up: impl Fn(&str) -> Option<String>,
            ) -> Result<Self, rt::MissingVariable> {
                Ok(Self { #(#names: rt::variable(&#look_up, #variables)?,)* })
            }
        }
        impl rt::Credentials for Credentials {
            const NAMES: &'static [&'static str] = &[#(#wires),*];
            fn secrets(self) -> Vec<rt::Secret> {
                vec![#(self.#names),*]
            }
        }
    }
}

/// ```text
/// fn authenticate(call: &mut rt::Draft<'_>) -> Result<(), rt::SigningError> {
///     call.header("Accept", "text/plain")?; … call.inject("signature", signature); Ok(())
/// }
/// ```
pub(super) fn authenticate(api: &Api) -> TokenStream {
    let signing = &api.signing;
    let headers = api.headers.iter().map(header);
    let injected = signing.inject.iter().map(|inject| {
        let (name, value) = (&inject.name.wire, expr::owned(&inject.value, signing));
        quote! { call.inject(#name, #value); }
    });
    let steps = signing.steps.iter().map(|step| {
        let (name, value) = (snake(&step.name), expr::owned(&step.value, signing));
        let shown = step.name.wire.as_str();
        let record = match (step.value.ty, step.digested) {
            (ValueType::Text | ValueType::Bytes, true) => quote! { call.digest(#shown, &#name); },
            (ValueType::Text | ValueType::Bytes, false) => quote! { call.step(#shown, &#name); },
            _ => quote! {},
        };
        quote! { let #name = #value; #record }
    });
    let sent = signing.send.iter().map(|send| {
        let (name, value) = (&send.name.wire, expr::owned(&send.value, signing));
        quote! { call.inject(#name, #value); }
    });
    let is_idle = api.headers.is_empty() && signing.inject.is_empty() && signing.send.is_empty();
    let call = ident(if is_idle { "_call" } else { "call" });
    quote! {
        fn authenticate(#call: &mut rt::Draft<'_>) -> Result<(), rt::SigningError> {
            #(#headers)*
            #(#injected)*
            #(#steps)*
            #(#sent)*
            Ok(())
        }
    }
}

fn header(header: &Header) -> TokenStream {
    let name = &header.name;
    let parts = header.value.iter().map(|part| match part {
        HeaderPart::Text(text) => quote!(#text),
        HeaderPart::Credential(index) => {
            let index = Literal::usize_unsuffixed(*index);
            quote!(call.credential(#index))
        }
    });
    let secret = header.value.iter().any(|part| matches!(part, HeaderPart::Credential(_)));
    if secret {
        quote! { call.secret_header(#name, &[#(#parts),*])?; }
    } else {
        quote! { call.header(#name, &[#(#parts),*])?; }
    }
}
