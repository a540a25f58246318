//! Documented errors: the catalogue of the API, and the errors of one operation.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{Docs, code, escape};
use super::rust::{pascal, screaming, snake};
use crate::ir::{Api, ErrorCase, ErrorId, ErrorSet, Operation};

/// ```text
/// pub enum ErrorCode { NotFound, … }
/// static NOT_FOUND: rt::ErrorCase = rt::error("not_found", &[404]).meaning("…").messages(&[…]);
/// ```
pub(super) fn catalogue(api: &Api) -> TokenStream {
    let names: Vec<_> = api.errors.iter().map(|error| pascal(&error.name)).collect();
    let cases: Vec<_> = api.errors.iter().map(|error| screaming(&error.name)).collect();
    let docs = api.errors.iter().map(|error| docs(error).tokens());
    let statics = api.errors.iter().map(case);
    let shared = shared(api);
    quote! {
        /// Any error of any call of this API, for applications that want a single one.
        pub type AnyError = rt::AnyError<ErrorCode>;
        /// The errors that the API documents.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            #(#docs #names,)*
        }
        impl rt::Code for ErrorCode {
            const API: &'static rt::ApiSpec = &API;
            const CODES: &'static [(Self, &'static rt::ErrorCase)] = &[#((Self::#names, &#cases)),*];
        }
        #shared
        #(#statics)*
    }
}

fn case(error: &ErrorCase) -> TokenStream {
    let (name, id) = (screaming(&error.name), &error.name.wire);
    let statuses = error.statuses.iter().map(|status| proc_macro2::Literal::u16_unsuffixed(*status));
    let meaning = error.doc.text.lines().next().unwrap_or("").trim_end_matches('.');
    let field = (!error.field.is_empty()).then(|| {
        let field = &error.field;
        quote!(.field(#field))
    });
    let messages = (!error.messages.is_empty()).then(|| {
        let messages = error.messages.iter().map(|template| template.text(&error.captures));
        quote!(.messages(&[#(#messages),*]))
    });
    quote! {
        static #name: rt::ErrorCase = rt::error(#id, &[#(#statuses),*]).meaning(#meaning) #field #messages;
    }
}

fn docs(error: &ErrorCase) -> Docs {
    let statuses: Vec<String> = error.statuses.iter().map(u16::to_string).collect();
    let messages: Vec<String> =
        error.messages.iter().map(|template| format!("“{}”", escape(&template.text(&error.captures)))).collect();
    let said = if messages.is_empty() { String::new() } else { format!(": {}", messages.join(" or ")) };
    Docs::default()
        .prose(&error.doc.text)
        .markdown(&format!("Status {}{said}.", statuses.join(" or ")))
        .besides(&error.doc)
}

/// Error types that several operations share.
fn shared(api: &Api) -> TokenStream {
    let sets = api.error_sets().into_iter().filter(|set| set.shared);
    sets.map(|set| {
        let users = api.operations().filter(|(_, operation)| operation.errors == set.errors);
        let users: Vec<String> = users.map(|(_, operation)| format!("[`{}`]", operation.type_name.pascal)).collect();
        one_of(api, &set.name, &set.errors, &format!(" Documented errors of {}.", users.join(", ")))
    })
    .collect()
}

/// ```text
/// pub type ShowUserError = NotAuthorizedOrNotFoundError;
/// ```
pub(super) fn of_operation(api: &Api, sets: &[ErrorSet], operation: &Operation) -> TokenStream {
    let name = format_ident!("{}Error", operation.type_name.pascal);
    let docs = format!(" Documented errors of [`{}`].", operation.type_name.pascal);
    match sets.iter().find(|set| set.shared && set.errors == operation.errors) {
        Some(set) if name == set.name => quote! {},
        Some(set) => {
            let shared = format_ident!("{}", set.name);
            quote! { #[doc = #docs] pub type #name = #shared; }
        }
        None => one_of(api, &name.to_string(), &operation.errors, &docs),
    }
}

/// ```text
/// pub enum ShowUserError { NotFound { model: rt::Captured, … }, … }
/// impl std::fmt::Display for ShowUserError { … rt::meaning(self, f) … }
/// impl rt::OperationError for ShowUserError { … }
/// ```
fn one_of(api: &Api, name: &str, errors: &[ErrorId], docs: &str) -> TokenStream {
    let name = format_ident!("{name}");
    let errors: Vec<&ErrorCase> = errors.iter().map(|id| api.error(*id)).collect();
    let variants = errors.iter().map(|error| {
        let (variant, docs) = (pascal(&error.name), self::docs(error).tokens());
        let fields: Vec<_> = error.captures.iter().map(snake).collect();
        let field_docs =
            error.captures.iter().map(|capture| format!(" What the message has for {}.", code(&capture.wire)));
        if fields.is_empty() {
            quote! { #docs #variant, }
        } else {
            quote! { #docs #variant { #(#[doc = #field_docs] #fields: rt::Captured),* }, }
        }
    });
    let rows = errors.iter().map(|error| {
        let (variant, case) = (pascal(&error.name), screaming(&error.name));
        let fields: Vec<_> = error.captures.iter().map(snake).collect();
        if fields.is_empty() {
            quote! { rt::case(&#case, |_| Self::#variant) }
        } else {
            quote! { rt::case(&#case, |c| Self::#variant { #(#fields: c.next()),* }) }
        }
    });
    quote! {
        #[doc = #docs]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                rt::meaning(self, f)
            }
        }
        impl std::error::Error for #name {}
        impl rt::OperationError for #name {
            type Code = ErrorCode;
            const VARIANTS: &'static [rt::Variant<Self>] = &[#(#rows),*];
        }
    }
}
