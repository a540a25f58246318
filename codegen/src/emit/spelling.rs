//! Spellings of an API's own, as constants of the runtime.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::rust::ident;
use crate::ir::{Api, Epoch, Form, Shape, Spelling, Type, TypeDef};
use crate::names;

/// ```text
/// const FLAG_FORM: rt::Form = rt::Form::Words(&[rt::Word::Yes("Y"), rt::Word::No("N")]);
/// ```
pub(super) fn constant(def: &TypeDef, ty: &Type) -> Option<TokenStream> {
    let Type::Spelled(_, form) = ty else { return None };
    let (name, form) = (ident(&names::form(&def.name)), form_tokens(form));
    // What a resource declares is for its neighbours too.
    let scope = def.resource.is_some().then(|| quote!(pub(super)));
    Some(quote! {
        #[allow(dead_code, reason = "a type may be declared before anything is of it")]
        #scope const #name: rt::Form = #form;
    })
}

/// How the single values of a type are spelled: by the name of the type that says so, if it has one.
pub(super) fn form_of(api: &Api, ty: &Type) -> Option<TokenStream> {
    match ty {
        Type::Spelled(_, form) => Some(form_tokens(form)),
        Type::List(item) | Type::Map(item) | Type::JsonText(item) => form_of(api, item),
        Type::Named(id) => {
            let def = api.type_def(*id);
            match &def.shape {
                Shape::Alias(Type::Spelled(..)) => {
                    let name = ident(&names::form(&def.name));
                    Some(quote!(#name))
                }
                Shape::Alias(ty) => form_of(api, ty),
                Shape::Id(_) | Shape::Enum(..) | Shape::Record(_) | Shape::Union(_) => None,
            }
        }
        _ => None,
    }
}

fn form_tokens(form: &Form) -> TokenStream {
    match form {
        Form::Quoted => quote!(rt::Form::Quoted),
        Form::Words(words) => {
            let words = words.iter().map(|word| {
                let text = &word.text;
                let of = match (word.value, word.is_bare) {
                    (true, false) => quote!(Yes),
                    (true, true) => quote!(BareYes),
                    (false, false) => quote!(No),
                    (false, true) => quote!(BareNo),
                };
                quote!(rt::Word::#of(#text))
            });
            quote!(rt::Form::Words(&[#(#words),*]))
        }
        Form::Moments(read, write) => {
            let sent = (read.first() != Some(write)).then(|| spelling(write));
            let read = read.iter().map(spelling);
            match sent {
                Some(sent) => quote!(rt::Form::Moments(&[#(#read),*], #sent)),
                None => quote!(rt::moments(&[#(#read),*])),
            }
        }
    }
}

fn spelling(spelling: &Spelling) -> TokenStream {
    match spelling {
        Spelling::Iso => quote!(rt::Spelling::Iso),
        Spelling::Rfc2822 => quote!(rt::Spelling::Rfc2822),
        Spelling::HttpDate => quote!(rt::Spelling::HttpDate),
        Spelling::Epoch(of) => {
            let of = epoch(*of);
            quote!(rt::Spelling::Epoch(#of))
        }
        Spelling::Wrapped(before, of, after) => {
            let of = epoch(*of);
            quote!(rt::Spelling::Wrapped(#before, #of, #after))
        }
        Spelling::Pattern(pattern, offset) => {
            let offset = Literal::i32_unsuffixed(*offset);
            quote!(rt::Spelling::Pattern(#pattern, #offset))
        }
    }
}

fn epoch(epoch: Epoch) -> TokenStream {
    match epoch {
        Epoch::Seconds => quote!(rt::Epoch::Seconds),
        Epoch::SecondsMicros => quote!(rt::Epoch::SecondsMicros),
        Epoch::Millis => quote!(rt::Epoch::Millis),
        Epoch::Micros => quote!(rt::Epoch::Micros),
    }
}
