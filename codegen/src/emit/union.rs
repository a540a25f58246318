//! Named types of several shapes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::alias;
use super::docs::{Docs, allowed, deprecated};
use super::rust::{ident, pascal, type_of};
use super::spelling::form_of;
use super::types::value_docs;
use crate::ir::{Api, EnumValue, Sensitivity, Shape, Type, TypeDef, Union};
use crate::names;

/// ```text
/// pub enum Event { Created(rt::Boxed<Created>), …, Other(rt::Json) }
/// impl rt::Read for Event { fn read(…) { *self = match json.tag("kind", &["created", …])? { … } } }
/// rt::serialize!(Event);
/// ```
pub(super) fn emit(api: &Api, def: &TypeDef, union: &Union) -> TokenStream {
    let name = pascal(&def.name);
    let tag = &union.tag;
    let docs = Docs::default().about(&def.name, &def.doc);
    let variants = union.variants.iter().map(|(value, ty)| {
        let (variant, ty) = (pascal(&value.name), held(api, ty));
        let (docs, deprecated) = (value_docs(value), deprecated(&value.doc));
        let alias = alias::of(&value.name.wire, &[&value.name.pascal]);
        quote! { #docs #alias #deprecated #variant(#ty), }
    });
    let allowed = allowed(union.variants.iter().map(|(value, _)| &value.doc));
    let values: Vec<&EnumValue> = def.values();
    let other = ident(names::catch_all(values.iter().map(|value| &value.name)));
    let words = values.iter().map(|value| &value.name.wire);
    let arms = union.variants.iter().enumerate().map(|(index, (value, ty))| {
        let (index, variant) = (Literal::usize_unsuffixed(index), pascal(&value.name));
        let form = form_of(api, ty).unwrap_or(quote!(rt::Form::Usual));
        let take = match &union.content {
            Some(content) => quote!(take_member(#content, #form)),
            None => quote!(take()),
        };
        quote! { Some(#index) => Self::#variant(json.#take?), }
    });
    let sent = def.sent.then(|| sent(api, def, union));
    let within = union.content.as_ref().map(|content| quote!(in #content));
    let shapes = union.variants.iter().map(|(value, ty)| {
        let (variant, word) = (pascal(&value.name), &value.name.wire);
        let form = form_of(api, ty).unwrap_or(quote!(rt::Form::Usual));
        quote!(#variant #word #form)
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A shape that the API does not document, as it came.
            #other(rt::Json),
        }
        impl Default for #name {
            fn default() -> Self {
                Self::#other(rt::Json::Null)
            }
        }
        #allowed
        impl rt::Read for #name {
            fn read(&mut self, json: &mut rt::Reader<'_>) -> rt::ReadResult {
                *self = match json.tag(#tag, &[#(#words),*])? {
                    #(#arms)*
                    _ => Self::#other(json.take()?),
                };
                Ok(())
            }
            rt::shown_by_shape!(#tag #within, [#(#shapes),*], #other);
        }
        rt::serialize!(#name);
        #sent
    }
}

/// ```text
/// impl rt::Wire for Event { fn write(…) { match self { Self::Created(it) => out.tagged("kind", "created", it), … } } }
/// ```
fn sent(api: &Api, def: &TypeDef, union: &Union) -> TokenStream {
    let (name, tag) = (pascal(&def.name), &union.tag);
    let other = ident(names::catch_all(def.values().iter().map(|value| &value.name)));
    let arms = union.variants.iter().map(|(value, ty)| {
        let (variant, word) = (pascal(&value.name), &value.name.wire);
        match &union.content {
            None => quote! { Self::#variant(it) => out.tagged(#tag, #word, it), },
            Some(content) => {
                let form = form_of(api, ty).map(|form| quote!(.form(#form)));
                quote! {
                    Self::#variant(it) => out.record(&[rt::member(#tag, &#word), rt::member(#content, it) #form]),
                }
            }
        }
    });
    let allowed = allowed(union.variants.iter().map(|(value, _)| &value.doc));
    quote! {
        #allowed
        impl rt::Wire for #name {
            fn write(&self, out: &mut rt::ValueWriter<'_>) {
                match self {
                    #(#arms)*
                    Self::#other(it) => it.write(out),
                }
            }
        }
    }
}

/// Whatever may be large is held at a distance, so that no shape makes the others as large as itself.
fn held(api: &Api, ty: &Type) -> TokenStream {
    let plain = type_of(api, ty, Sensitivity::Public);
    match api.bare(ty) {
        Type::Named(id) if matches!(api.type_def(*id).shape, Shape::Record(_) | Shape::Union(_)) => {
            quote!(rt::Boxed<#plain>)
        }
        _ => plain,
    }
}
