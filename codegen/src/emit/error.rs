//! Documented errors: the catalogue of the API, and the errors of one operation.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{Docs, escape};
use super::rust::{pascal, screaming, snake};
use crate::ir::{Api, ErrorCase, Operation};

/// ```text
/// pub enum ErrorCode { NotFound, … }
/// static NOT_FOUND: rt::ErrorCase = rt::ErrorCase::new("not_found", &[404], "…").messages(&[…]);
/// ```
pub(super) fn catalogue(api: &Api) -> TokenStream {
    let names: Vec<_> = api.errors.iter().map(|error| pascal(&error.name)).collect();
    let cases: Vec<_> = api.errors.iter().map(|error| screaming(&error.name)).collect();
    let docs = api.errors.iter().map(|error| docs(api, error).tokens());
    let statics = api.errors.iter().map(case);
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
            const CODES: &'static [(Self, &'static rt::ErrorCase)] = &[#((Self::#names, &#cases)),*];
        }
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
        static #name: rt::ErrorCase = rt::ErrorCase::new(#id, &[#(#statuses),*], #meaning) #field #messages;
    }
}

fn docs(api: &Api, error: &ErrorCase) -> Docs {
    let statuses: Vec<String> = error.statuses.iter().map(u16::to_string).collect();
    let messages: Vec<String> =
        error.messages.iter().map(|template| format!("“{}”", escape(&template.text(&error.captures)))).collect();
    let said = if messages.is_empty() { String::new() } else { format!(": {}", messages.join(" or ")) };
    Docs::default()
        .prose(&error.doc.text)
        .markdown(&format!("Status {}{said}.", statuses.join(" or ")))
        .provenance(&error.doc)
}

/// ```text
/// pub enum ShowUserError { NotFound { model: rt::Captured, … }, … }
/// impl rt::OperationError for ShowUserError { … }
/// ```
pub(super) fn of_operation(api: &Api, operation: &Operation) -> TokenStream {
    let name = format_ident!("{}Error", pascal(&operation.type_name));
    let errors: Vec<&ErrorCase> = operation.errors.iter().map(|id| api.error(*id)).collect();
    let variants = errors.iter().map(|error| {
        let (variant, docs) = (pascal(&error.name), docs(api, error).tokens());
        let fields: Vec<_> = error.captures.iter().map(snake).collect();
        let field_docs = error.captures.iter().map(|capture| format!(" What the message has for `{}`.", capture.wire));
        if fields.is_empty() {
            quote! { #docs #variant, }
        } else {
            quote! { #docs #variant { #(#[doc = #field_docs] #fields: rt::Captured),* }, }
        }
    });
    let rows = errors.iter().map(|error| {
        let (variant, case) = (pascal(&error.name), screaming(&error.name));
        let fields: Vec<_> = error.captures.iter().map(snake).collect();
        let keys = error.captures.iter().map(|capture| &capture.wire);
        if fields.is_empty() {
            quote! { rt::Variant(&#case, |_| Self::#variant) }
        } else {
            quote! { rt::Variant(&#case, |c| Self::#variant { #(#fields: c.take(#keys)),* }) }
        }
    });
    let docs = format!(" Documented errors of [`{}`].", operation.type_name.pascal);
    quote! {
        #[doc = #docs]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
        impl rt::OperationError for #name {
            type Code = ErrorCode;
            const VARIANTS: &'static [rt::Variant<Self>] = &[#(#rows),*];
        }
    }
}
