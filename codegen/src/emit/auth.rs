//! Credentials, and the function that makes a call one of theirs.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{Docs, allowed, deprecated};
use super::expr::{self, Scope};
use super::rust::{ident, snake, type_of};
use crate::ir::{Api, Carrier, Header, HeaderPart, Normalisation, Placement, Shown, Signing, Type, ValueType};

/// ```text
/// pub struct Credentials { pub secret_key: rt::Secret }
/// ```
pub(super) fn credentials(api: &Api) -> TokenStream {
    let names: Vec<_> = api.credentials.iter().map(|credential| snake(&credential.name)).collect();
    let fields = api.credentials.iter().zip(&names).map(|(credential, name)| {
        let docs = Docs::default()
            .prose(&credential.doc.text)
            .markdown(&format!("Read from `{}` by [`Credentials::from_env`].", credential.env))
            .provenance(&credential.doc);
        let deprecated = deprecated(&credential.doc);
        let ty = type_of(api, &Type::String, crate::ir::Sensitivity::Secret);
        quote! { #docs #deprecated pub #name: #ty, }
    });
    let allowed = allowed(api.credentials.iter().map(|credential| &credential.doc));
    // What is not used has a name that says so.
    let look_up = ident(if api.credentials.is_empty() { "_look_up" } else { "look_up" });
    let wires = api.credentials.iter().map(|credential| &credential.name.wire);
    let variables = api.credentials.iter().map(|credential| &credential.env);
    let secrets = api.credentials.iter().zip(&names).map(|(credential, name)| {
        let steps = credential.normalise.iter().map(|step| match step {
            Normalisation::Trim => quote!(.trimmed()),
            Normalisation::Lower => quote!(.lower_case()),
            Normalisation::Upper => quote!(.upper_case()),
        });
        quote!(self.#name #(#steps)*)
    });
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
            #allowed
            pub fn from_variables(
                #look_up: impl Fn(&str) -> Option<String>,
            ) -> Result<Self, rt::MissingVariable> {
                Ok(Self { #(#names: rt::variable(&#look_up, #variables)?,)* })
            }
        }
        impl rt::Credentials for Credentials {
            const NAMES: &'static [&'static str] = &[#(#wires),*];
            #allowed
            fn secrets(self) -> Vec<rt::Secret> {
                vec![#(#secrets),*]
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
    let scope = Scope { credentials: &api.credentials, steps: &signing.steps };
    let headers = api.headers.iter().map(header);
    let stop = api.operations().any(|(_, operation)| !operation.signed).then(|| {
        quote! {
            if call.is_unsigned() {
                return Ok(());
            }
        }
    });
    let injected = signing.inject.iter().map(|placement| place(placement, scope));
    let kept = kept(signing);
    let steps = signing.steps.iter().enumerate().map(|(index, step)| {
        let (name, value) = (snake(&step.name), expr::owned(&step.value, scope));
        let shown = step.name.wire.as_str();
        let kept = kept.contains(&index).then(|| quote!(call.keep(&#name);));
        let note = ident(match step.shown {
            Shown::Whole => "digest",
            Shown::Masked => "step",
            Shown::Hidden => "hidden",
        });
        quote! { let #name = call.#note(#shown, #value); #kept }
    });
    let sent = signing.send.iter().map(|placement| place(placement, scope));
    let adds_nothing = api.headers.is_empty() && signing.inject.is_empty() && signing.send.is_empty();
    let is_idle = adds_nothing && signing.steps.is_empty();
    // What leaves before nothing is done leaves all the same.
    let stop = stop.filter(|_| !is_idle);
    let call = ident(if is_idle { "_call" } else { "call" });
    quote! {
        fn authenticate(#call: &mut rt::Draft<'_>) -> Result<(), rt::SigningError> {
            #(#headers)*
            #stop
            #(#injected)*
            #(#steps)*
            #(#sent)*
            Ok(())
        }
    }
}

/// The steps that answers are signed with, by their index: what they come to is kept until the answer is there.
fn kept(signing: &Signing) -> Vec<usize> {
    signing.answers.iter().flat_map(|answers| answers.steps(signing.steps.len())).collect()
}

/// ```text
/// fn expected_of_answer(call: &rt::Notice<'_>) -> Result<rt::Wiped, rt::WebhookError> {
///     Ok(rt::hex(rt::hmac_sha256(call.credential(0), call.body())))
/// }
/// ```
pub(super) fn answers(api: &Api) -> Option<TokenStream> {
    let signing = &api.signing;
    let scope = Scope { credentials: &api.credentials, steps: &signing.steps };
    let expected = expr::owned(&signing.answers.as_ref()?.expected, scope);
    let kept = kept(signing);
    let steps = kept.iter().filter_map(|index| signing.steps.get(*index)).enumerate().map(|(index, step)| {
        let (name, index) = (snake(&step.name), Literal::usize_unsuffixed(index));
        match step.value.ty {
            ValueType::Bytes => quote! { let #name = rt::octets(call.kept(#index)); },
            _ => quote! { let #name = rt::text(call.kept_text(#index)); },
        }
    });
    Some(quote! {
        fn expected_of_answer(call: &rt::Notice<'_>) -> Result<rt::Wiped, rt::WebhookError> {
            #(#steps)*
            Ok(#expected)
        }
    })
}

/// ```text
/// if matches!(call.method(), "POST" | "PUT") && call.decided(!rt::is_empty(call.body())) { call.inject_header("X-Hash", …)?; }
/// ```
fn place(placement: &Placement, scope: Scope<'_>) -> TokenStream {
    let (name, value) = (&placement.name.wire, expr::sent(&placement.value, scope));
    let value = match placement.shown {
        Shown::Whole => quote!(rt::shown(#value)),
        Shown::Masked => value,
        Shown::Hidden => quote!(rt::hidden(#value)),
    };
    let place = match placement.carrier {
        Carrier::Parameters => quote! { call.inject(#name, #value)?; },
        Carrier::Header => quote! { call.inject_header(#name, #value)?; },
        Carrier::Query => quote! { call.inject_query(#name, #value); },
        Carrier::Body => quote! { call.inject_body(#name, #value)?; },
    };
    let methods = placement.only_for.iter().map(|method| method.as_str());
    let for_methods = (!placement.only_for.is_empty()).then(|| quote!(matches!(call.method(), #(#methods)|*)));
    let unless_empty = placement.unless_empty.as_ref().map(|value| {
        let is_empty = expr::is_empty(value, scope);
        quote!(call.decided(!#is_empty))
    });
    let conditions: Vec<_> = for_methods.into_iter().chain(unless_empty).collect();
    match conditions.is_empty() {
        true => place,
        false => quote! { if #(#conditions)&&* { #place } },
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
