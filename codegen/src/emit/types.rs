//! Named types: ids, open enums, records.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Docs, code};
use super::rust::{ident, pascal, snake, type_of};
use super::sent;
use crate::ir::{Api, EnumValue, Field, Sensitivity, Shape, TypeDef};
use crate::names;

pub(super) fn emit(api: &Api, def: &TypeDef) -> TokenStream {
    match &def.shape {
        Shape::Id => id(def),
        Shape::Enum(values) => open_enum(def, values),
        Shape::Record(fields) => record(api, def, fields),
    }
}

/// ```text
/// pub struct UserId(pub i64);
/// ```
fn id(def: &TypeDef) -> TokenStream {
    let name = pascal(&def.name);
    let docs = Docs::default().about(&def.name, &def.doc);
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct #name(pub i64);
        impl rt::Scalar for #name {
            fn repr(&mut self) -> rt::Repr<'_> {
                rt::Repr::Number(&mut self.0)
            }
        }
        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    }
}

/// ```text
/// pub enum Role { Teacher, …, Other(String) }
/// impl rt::Scalar for Role { … }
/// ```
fn open_enum(def: &TypeDef, values: &[EnumValue]) -> TokenStream {
    let name = pascal(&def.name);
    let docs = Docs::default().about(&def.name, &def.doc);
    let variants = values.iter().map(|value| {
        let variant = pascal(&value.name);
        let docs = Docs::default().markdown(&code(&value.name.wire)).of(&value.doc);
        quote! { #docs #variant, }
    });
    let other = ident(names::catch_all(values));
    let words = values.iter().map(|value| {
        let (variant, wire) = (pascal(&value.name), &value.name.wire);
        quote! { (#wire, Self::#variant) }
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A text that the API does not document, kept as it is. A documented one is always read as its own
            /// variant, so compare with that: this one with the same text does not equal it.
            #other(String),
        }
        impl rt::Scalar for #name {
            const WORDS: &'static [(&'static str, Self)] = &[#(#words),*];
            fn repr(&mut self) -> rt::Repr<'_> {
                if let Self::#other(text) = self { rt::Repr::Other(text) } else { rt::Repr::Word }
            }
        }
        impl Default for #name {
            fn default() -> Self {
                Self::#other(String::new())
            }
        }
        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&rt::word(self))
            }
        }
    }
}

/// ```text
/// pub struct User { pub id: UserId, … }
/// impl rt::Read for User { fn read(…) { json.object([rt::must("id", &mut self.id), …]) } }
/// ```
fn record(api: &Api, def: &TypeDef, fields: &[Field]) -> TokenStream {
    let name = pascal(&def.name);
    let docs = Docs::default().about(&def.name, &def.doc);
    let members = fields.iter().map(|field| {
        let (name, ty) = (snake(&field.name), type_of(api, &field.ty, field.sensitivity));
        let ty = if field.is_always_there() { ty } else { quote!(Option<#ty>) };
        let docs = field_docs(field);
        quote! { #docs pub #name: #ty, }
    });
    let slots = fields.iter().map(|field| {
        let (name, wire) = (snake(&field.name), &field.name.wire);
        let kind = if field.is_always_there() { quote!(must) } else { quote!(slot) };
        quote! { rt::#kind(#wire, &mut self.#name) }
    });
    let sent = def.sent.then(|| sent::emit(api, def, fields));
    quote! {
        #docs
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#members)*
        }
        impl rt::Read for #name {
            fn read(&mut self, json: &mut rt::Reader<'_>) -> rt::ReadResult {
                json.object([#(#slots),*])
            }
        }
        #sent
    }
}

pub(super) fn field_docs(field: &Field) -> Docs {
    let docs = Docs::default();
    let docs = if field.doc.text.is_empty() { docs.markdown(&code(&field.name.wire)) } else { docs };
    let docs = docs.prose(&field.doc.text);
    let docs = match field.sensitivity {
        Sensitivity::Public => docs,
        Sensitivity::Personal => docs.markdown("Personal data: `Debug` does not show it."),
        Sensitivity::Secret => docs.markdown("Secret: never printed."),
    };
    docs.besides(&field.doc)
}
