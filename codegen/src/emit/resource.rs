//! One file a resource: its handle, its operations, its types.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Docs, code, escape};
use super::rust::{is_named, needed, own_name, pascal, snake, type_of};
use super::{operation, types};
use crate::ir::{Api, Operation, Resource};

pub(super) fn file(api: &Api, index: usize, resource: &Resource) -> TokenStream {
    let sets = api.error_sets();
    let mut file = quote!(
        use super::*;
    );
    file.extend(handle(api, resource));
    file.extend(resource.operations.iter().flat_map(|operation| operation::emit(api, &sets, resource, operation)));
    file.extend(api.types.iter().filter(|def| def.resource == Some(index)).map(|def| types::emit(api, def)));
    file
}

/// ```text
/// pub struct Users(pub(super) rt::Client);
/// impl Users { pub fn show(&self, …) -> Call<ShowUser> { … } }
/// ```
fn handle(api: &Api, resource: &Resource) -> TokenStream {
    let name = pascal(&resource.name);
    let docs = Docs::default().about(&resource.name, &resource.doc).tokens();
    let methods = resource.operations.iter().map(|operation| method(api, operation));
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name(pub(super) rt::Client);
        impl #name {
            #(#methods)*
        }
    }
}

fn method(api: &Api, operation: &Operation) -> TokenStream {
    let (name, call) = (snake(&operation.name), pascal(&operation.type_name));
    let docs = method_docs(api, operation).tokens();
    let deprecated = (!operation.doc.deprecated.is_empty()).then(|| {
        // Rustdoc reads the note as Markdown.
        let note = escape(&operation.doc.deprecated.replace('\n', " "));
        quote!(#[deprecated(note = #note)])
    });
    let own_name = own_name(&operation.name);
    let fields: Vec<_> = needed(operation).iter().map(|parameter| snake(&parameter.name)).collect();
    if is_named(operation) {
        return quote! {
            #docs
            #deprecated
            #own_name
            pub fn #name(&self, request: #call) -> Call<#call> {
                self.0.call([#(&request.#fields),*])
            }
        };
    }
    let types = needed(operation).into_iter().map(|parameter| type_of(api, &parameter.ty, parameter.sensitivity));
    quote! {
        #docs
        #deprecated
        #own_name
        pub fn #name(&self, #(#fields: #types),*) -> Call<#call> {
            self.0.call([#(&#fields),*])
        }
    }
}

fn method_docs(api: &Api, operation: &Operation) -> Docs {
    let errors = operation.errors.iter().map(|id| {
        let error = api.error(*id);
        let statuses: Vec<String> = error.statuses.iter().map(u16::to_string).collect();
        let meaning = escape(error.doc.text.lines().next().unwrap_or(""));
        format!("`{}` ({}): {meaning}", error.name.pascal, statuses.join(", "))
    });
    Docs::default()
        .prose(&operation.doc.text)
        .markdown(&code(&format!("{} {}", operation.method.as_str(), operation.template())))
        .list("# Errors", errors)
        .provenance(&operation.doc)
}
