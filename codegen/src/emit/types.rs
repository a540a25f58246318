//! Named types: ids, open enums, records, other names.

use proc_macro2::TokenStream;
use quote::quote;

use super::alias;
use super::docs::{Docs, allowed, code, deprecated};
use super::envelope;
use super::rules::{self, Beside};
use super::rust::{ident, pascal, snake, type_of};
use super::sent;
use super::spelling::{self, form_of};
use super::union;
use crate::ir::{AnswerPath, Api, EnumKind, EnumValue, Field, IdKind, Sensitivity, Shape, Type, TypeDef, TypeId};
use crate::names;

/// The types that a resource declares, or the API itself.
pub(super) fn of(api: &Api, resource: Option<usize>) -> impl Iterator<Item = TokenStream> {
    let ids = api.types.iter().enumerate().filter(move |(_, def)| def.resource == resource);
    ids.map(|(at, _)| emit(api, TypeId(at)))
}

fn emit(api: &Api, at: TypeId) -> TokenStream {
    let def = api.type_def(at);
    // An attribute of what comes first, which is the type.
    let mut tokens = deprecated(&def.doc).unwrap_or_default();
    tokens.extend(match &def.shape {
        Shape::Id(kind) => id(def, *kind),
        Shape::Enum(values, kind) => open_enum(def, values, *kind),
        Shape::Record(fields) => record(api, def, fields),
        Shape::Union(shapes) => union::emit(api, def, shapes),
        Shape::Alias(ty) => alias(api, def, ty),
    });
    tokens.extend(rules::table(api, at));
    tokens
}

/// ```text
/// pub type Money = rt::Decimal;
/// ```
fn alias(api: &Api, def: &TypeDef, ty: &Type) -> TokenStream {
    let (name, form) = (pascal(&def.name), spelling::constant(def, ty));
    let ty = type_of(api, ty, Sensitivity::Public);
    let docs = Docs::default().about(&def.name, &def.doc).rules(rules::said(&def.rules, Beside::Nothing));
    quote! {
        #docs
        pub type #name = #ty;
        #form
    }
}

/// ```text
/// pub struct UserId(pub i64);
/// rt::id!(UserId, Number);
/// ```
fn id(def: &TypeDef, kind: IdKind) -> TokenStream {
    let name = pascal(&def.name);
    let docs = Docs::default().about(&def.name, &def.doc).rules(rules::said(&def.rules, Beside::Nothing));
    let (copy, inner, repr) = match kind {
        IdKind::Integer => (quote!(Copy,), quote!(i64), quote!(Number)),
        IdKind::Unsigned => (quote!(Copy,), quote!(u64), quote!(Unsigned)),
        IdKind::String => (quote!(), quote!(String), quote!(Text)),
        IdKind::NumberOrString => (quote!(), quote!(rt::NumberOrText), quote!(NumberOrText)),
    };
    let from_text = matches!(kind, IdKind::String | IdKind::NumberOrString).then(|| {
        quote! {
            impl From<&str> for #name {
                fn from(text: &str) -> Self {
                    Self(text.into())
                }
            }
        }
    });
    quote! {
        #docs
        #[derive(Clone, #copy Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct #name(pub #inner);
        #from_text
        rt::id!(#name, #repr);
    }
}

/// ```text
/// pub enum Role { Teacher, …, Other(String) }
/// rt::open_enum!(Role, Other, Other);
/// impl rt::Words for Role { … }
/// ```
fn open_enum(def: &TypeDef, values: &[EnumValue], kind: EnumKind) -> TokenStream {
    let name = pascal(&def.name);
    let docs = Docs::default().about(&def.name, &def.doc).rules(rules::said(&def.rules, Beside::Nothing));
    let variants = values.iter().map(|value| {
        let variant = pascal(&value.name);
        let (docs, deprecated) = (value_docs(value), deprecated(&value.doc));
        let alias = alias::of(&value.name.wire, &[&value.name.pascal]);
        quote! { #docs #alias #deprecated #variant, }
    });
    let allowed = allowed(values.iter().map(|value| &value.doc));
    let other = ident(names::catch_all(def.values().iter().map(|value| &value.name)));
    let words = values.iter().map(|value| {
        let (variant, wire) = (pascal(&value.name), &value.name.wire);
        quote! { (#wire, Self::#variant) }
    });
    let (inner, repr, what) = match kind {
        EnumKind::String => (quote!(String), quote!(Other), "text"),
        EnumKind::Integer => (quote!(i64), quote!(Number), "number"),
    };
    let about = [
        format!(" A {what} that the API does not document, kept as it is. A documented one is always read as its own"),
        format!(" variant, so compare with that: this one with the same {what} does not equal it."),
    ];
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #(#[doc = #about])*
            #other(#inner),
        }
        rt::open_enum!(#name, #other, #repr);
        #allowed
        impl rt::Words for #name {
            const WORDS: &'static [(&'static str, Self)] = &[#(#words),*];
        }
    }
}

/// ```text
/// pub struct User { pub id: UserId, … }
/// impl rt::Read for User { fn read(…) { json.object([rt::must("id", &mut self.id), …]) } }
/// rt::record!(User);
/// ```
fn record(api: &Api, def: &TypeDef, fields: &[Field]) -> TokenStream {
    let name = pascal(&def.name);
    let docs = Docs::default().about(&def.name, &def.doc);
    let members = fields.iter().map(|field| {
        let (name, ty) = (snake(&field.name), held(api, field));
        let ty = match field.is_always_there() {
            true => ty,
            false if field.tells_null => quote!(rt::Maybe<#ty>),
            false => quote!(Option<#ty>),
        };
        let (docs, alias) = (field_docs(field, fields), alias::of_field(field));
        let deprecated = deprecated(&field.doc);
        quote! { #docs #(#alias)* #deprecated pub #name: #ty, }
    });
    let slots = fields.iter().map(|field| {
        let (name, wire) = (snake(&field.name), &field.name.wire);
        let kind = if field.is_always_there() { quote!(must) } else { quote!(slot) };
        let form = form_of(api, &field.ty).map(|form| quote!(.form(#form)));
        let escaped = wire.contains(['"', '\\']).then(|| quote!(.escaped()));
        let or_one = field.or_one.then(|| quote!(.or_one()));
        let places = field.places.iter().map(envelope::path);
        let places = (!field.places.is_empty()).then(|| quote!(.at(&[#(#places),*])));
        let begins = &field.begins;
        let begins = (!begins.is_empty()).then(|| quote!(.begins(&[#(#begins),*])));
        quote! { rt::#kind(#wire, &mut self.#name) #escaped #form #or_one #places #begins }
    });
    let sent = def.sent.then(|| sent::emit(api, def, fields));
    let allowed = allowed(fields.iter().map(|field| &field.doc));
    quote! {
        #docs
        #[derive(Clone, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#members)*
        }
        #allowed
        impl rt::Read for #name {
            fn read(&mut self, json: &mut rt::Reader<'_>) -> rt::ReadResult {
                json.object([#(#slots),*])
            }
        }
        rt::record!(#name);
        #sent
    }
}

/// The type of a member that is there.
pub(super) fn held(api: &Api, field: &Field) -> TokenStream {
    let ty = type_of(api, &field.ty, field.sensitivity);
    if field.boxed { quote!(rt::Boxed<#ty>) } else { ty }
}

pub(super) fn field_docs(field: &Field, all: &[Field]) -> Docs {
    let docs = Docs::default();
    let docs = if field.doc.text.is_empty() { docs.markdown(&code(&field.name.wire)) } else { docs };
    let docs = docs.prose(&field.doc.text);
    let docs = match field.sensitivity {
        Sensitivity::Public => docs,
        Sensitivity::Personal => docs.markdown("Personal data: `Debug` does not show it."),
        Sensitivity::Secret => docs.markdown("Secret: never printed."),
    };
    let places: Vec<String> = field.places.iter().map(place).collect();
    let docs = match places.is_empty() {
        true => docs,
        false => docs.markdown(&format!("Looked for at {}.", places.join(", then "))),
    };
    docs.rules(rules::said(&field.rules, Beside::Fields(all))).provenance(&field.doc)
}

pub(super) fn value_docs(value: &EnumValue) -> Docs {
    Docs::default().markdown(&code(&value.name.wire)).marked(&value.doc)
}

/// A place of a field, as the spec writes it.
fn place(path: &AnswerPath) -> String {
    if path.is_empty() { "the place of the whole object".to_owned() } else { code(&path.text()) }
}
