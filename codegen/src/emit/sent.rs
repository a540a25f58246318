//! Records that callers make values of: what they need is asked for, the rest is set; and how they are sent.

use proc_macro2::TokenStream;
use quote::quote;

use super::alias;
use super::docs::{allowed, deprecated};
use super::rust::{ident, own_name, pascal, snake};
use super::spelling::form_of;
use super::types::{field_docs, held};
use crate::ir::{Api, Field, Presence, Sensitivity, TypeDef};

/// ```text
/// impl Line { pub fn new(name: impl Into<String>) -> Self { … } pub fn note(self, note: impl Into<String>) -> Self { … } }
/// impl rt::Wire for Line { fn write(…) { out.record(&[rt::member("name", &self.name), …]) } }
/// ```
pub(super) fn emit(api: &Api, def: &TypeDef, fields: &[Field]) -> TokenStream {
    let name = pascal(&def.name);
    let needed: Vec<&Field> = fields.iter().filter(|field| field.is_always_there()).collect();
    let rest = if needed.len() < fields.len() { quote!(..Default::default()) } else { quote!() };
    let (making, needs) = match needed.as_slice() {
        [] => (quote! {}, quote! {}),
        needed if api.asks_for_needs(def) => by_name(api, def, fields, needed, &rest),
        needed => (in_order(api, needed, &rest), quote! {}),
    };
    let setters = fields.iter().filter(|field| !field.is_always_there()).map(|field| setter(api, field, fields));
    let members = fields.iter().map(|field| {
        let (name, wire) = (snake(&field.name), &field.name.wire);
        let or_null = (field.presence == Presence::Required && field.nullable).then(|| quote!(.or_null()));
        let form = form_of(api, &field.ty).map(|form| quote!(.form(#form)));
        quote! { rt::member(#wire, &self.#name) #form #or_null }
    });
    let allowed = allowed(fields.iter().map(|field| &field.doc));
    quote! {
        #allowed
        impl #name {
            #making
            #(#setters)*
        }
        #allowed
        impl rt::Wire for #name {
            fn write(&self, out: &mut rt::ValueWriter<'_>) {
                out.record(&[#(#members),*]);
            }
        }
        #needs
    }
}

fn in_order(api: &Api, needed: &[&Field], rest: &TokenStream) -> TokenStream {
    let names: Vec<_> = needed.iter().map(|field| snake(&field.name)).collect();
    let types = needed.iter().map(|field| argument(api, field).0);
    let values = needed.iter().map(|field| {
        let name = snake(&field.name);
        if is_converted(api, field) { quote!(#name: #name.into()) } else { quote!(#name) }
    });
    quote! {
        /// One with what it needs, and nothing else.
        #[must_use]
        pub fn new(#(#names: #types),*) -> Self {
            Self { #(#values,)* #rest }
        }
    }
}

/// The constructor, and the type that it takes.
fn by_name(
    api: &Api,
    def: &TypeDef,
    fields: &[Field],
    needed: &[&Field],
    rest: &TokenStream,
) -> (TokenStream, TokenStream) {
    let needs = ident(&format!("{}Needs", def.name.pascal));
    let docs = format!(" What a [`{}`] needs.", def.name.pascal);
    let names: Vec<_> = needed.iter().map(|field| snake(&field.name)).collect();
    let members = needed.iter().map(|field| {
        let (name, ty) = (snake(&field.name), held(api, field));
        let (docs, alias) = (field_docs(field, fields), alias::of_name(&field.name));
        let deprecated = deprecated(&field.doc);
        quote! { #docs #alias #deprecated pub #name: #ty, }
    });
    let making = quote! {
        /// One with what it needs, and nothing else.
        #[must_use]
        pub fn new(needs: #needs) -> Self {
            Self { #(#names: needs.#names,)* #rest }
        }
    };
    let declaration = quote! {
        #[doc = #docs]
        #[derive(Clone, Debug)]
        pub struct #needs {
            #(#members)*
        }
    };
    (making, declaration)
}

/// ```text
/// pub fn note(mut self, note: impl Into<String>) -> Self { self.note = Some(note.into()); self }
/// ```
fn setter(api: &Api, field: &Field, fields: &[Field]) -> TokenStream {
    let (name, docs, own_name) = (snake(&field.name), field_docs(field, fields), own_name(&field.name));
    let (alias, (ty, value)) = (alias::of_name(&field.name), argument(api, field));
    let deprecated = deprecated(&field.doc);
    let some = if field.tells_null { quote!(rt::Maybe::Value) } else { quote!(Some) };
    quote! {
        #docs
        #alias
        #deprecated
        #own_name
        #[must_use]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #some(#value);
            self
        }
    }
}

/// The type of an argument, and the value of the field that it becomes.
fn argument(api: &Api, field: &Field) -> (TokenStream, TokenStream) {
    let (name, ty) = (snake(&field.name), held(api, field));
    match is_converted(api, field) {
        true => (quote!(impl Into<#ty>), quote!(#name.into())),
        false => (ty, quote!(#name)),
    }
}

/// Whether a caller may give something plainer than the type of the field.
fn is_converted(api: &Api, field: &Field) -> bool {
    field.boxed || api.is_made_of_text(&field.ty) || field.sensitivity == Sensitivity::Secret
}
