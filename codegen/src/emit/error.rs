//! Documented errors: the catalogue of the API, and the errors of one operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Docs, code, escape};
use super::rust::{pascal, screaming, snake};
use crate::ir::{Api, ErrorCase, ErrorId, Name, Operation};

/// ```text
/// pub enum ErrorCode { NotFound, … }
/// impl rt::OperationError for ErrorCode { … }
/// static NOT_FOUND: rt::ErrorCase = rt::error("not_found", &[404]).meaning("…").messages(&[…]);
/// ```
pub(super) fn catalogue(api: &Api) -> TokenStream {
    let names = api.errors.iter().map(|error| pascal(&error.name));
    let docs = api.errors.iter().map(docs);
    // What is known by less stands after what is known by more: it would take the other's answers.
    let mut tried: Vec<_> = api.errors.iter().collect();
    tried.sort_by_key(|error| (error.messages.is_empty(), error.field.is_empty()));
    let rows = tried.into_iter().map(|error| {
        let (name, case) = (pascal(&error.name), screaming(&error.name));
        quote! { rt::case(&#case, |_| Self::#name) }
    });
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
        impl std::fmt::Display for ErrorCode {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                rt::meaning(self, f)
            }
        }
        impl std::error::Error for ErrorCode {}
        impl rt::OperationError for ErrorCode {
            type Code = Self;
            const VARIANTS: &'static [rt::Variant<Self>] = &[#(#rows),*];
        }
        impl rt::Code for ErrorCode {
            const API: &'static rt::ApiSpec = &API;
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
    let sets = api.error_sets.iter().filter(|set| set.shared);
    sets.map(|set| {
        let users = api.users_of(set);
        let users: Vec<String> = users.map(|operation| format!("[`{}`]", operation.type_name.pascal)).collect();
        let docs = format!(
            " Documented errors of {}. Each operation has its own name for them: one that documents another error one \
             day gets a type of its own.",
            users.join(", ")
        );
        one_of(api, &set.name, &set.errors, &docs)
    })
    .collect()
}

/// ```text
/// pub type ShowUserError = NotAuthorizedOrNotFoundError;
/// ```
pub(super) fn of_operation(api: &Api, operation: &Operation) -> TokenStream {
    let name = &operation.error_type;
    let docs = format!(" Documented errors of [`{}`].", operation.type_name.pascal);
    match api.error_set(operation).filter(|set| set.shared) {
        Some(set) if name.pascal == set.name.pascal => quote! {},
        Some(set) => {
            let (name, shared) = (pascal(name), pascal(&set.name));
            quote! { #[doc = #docs] pub type #name = #shared; }
        }
        None => one_of(api, name, &operation.errors, &docs),
    }
}

/// ```text
/// pub enum ShowUserError { NotFound { model: rt::Captured, … }, … }
/// impl std::fmt::Display for ShowUserError { … rt::meaning(self, f) … }
/// impl rt::OperationError for ShowUserError { … }
/// ```
fn one_of(api: &Api, name: &Name, errors: &[ErrorId], docs: &str) -> TokenStream {
    let name = pascal(name);
    let errors: Vec<&ErrorCase> = errors.iter().map(|id| api.error(*id)).collect();
    let variants = errors.iter().map(|error| {
        let (variant, docs) = (pascal(&error.name), self::docs(error));
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
