//! Signing expressions as straight code.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::rust::{ident, snake};
use crate::expr::{FUNCTIONS, SOURCES};
use crate::ir::{Expr, ExprKind, Function, Hash, Signing, Source, ValueType};

/// Code whose value can be kept: a step's text is copied, never moved out of its variable.
pub(super) fn owned(expr: &Expr, signing: &Signing) -> TokenStream {
    let code = code(expr, signing);
    match (&expr.kind, expr.ty) {
        (
            ExprKind::Source(Source::Step(_)),
            ValueType::Text | ValueType::Bytes | ValueType::Fields | ValueType::List,
        ) => {
            quote!(#code.clone())
        }
        (ExprKind::Source(_) | ExprKind::Text(_), ValueType::Text) => quote!(String::from(#code)),
        _ => code,
    }
}

fn code(expr: &Expr, signing: &Signing) -> TokenStream {
    match &expr.kind {
        ExprKind::Text(text) => quote!(#text),
        ExprKind::Number(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!(#number)
        }
        // What steers a function is written where the function is.
        ExprKind::Escape(_) | ExprKind::Clock(_) | ExprKind::Methods(_) => quote!(),
        ExprKind::Source(source) => match source {
            Source::Params => quote!(call.params()),
            Source::Now => quote!(call.now()),
            Source::Method => quote!(call.method()),
            Source::Path => quote!(call.path()),
            Source::Credential(index) => {
                let index = Literal::usize_unsuffixed(*index);
                quote!(call.credential(#index))
            }
            Source::Step(index) => {
                let name = snake(&signing.steps[*index].name);
                quote!(#name)
            }
            other => {
                let row = SOURCES.iter().find(|row| row.source == *other);
                let name = row.map(|row| ident(row.name));
                quote!(call.#name())
            }
        },
        ExprKind::Call(function, arguments) => call(*function, arguments, signing),
    }
}

fn call(function: Function, arguments: &[Expr], signing: &Signing) -> TokenStream {
    let by_value: Vec<TokenStream> = arguments.iter().map(|argument| owned_list(argument, signing)).collect();
    let by_reference: Vec<TokenStream> = arguments.iter().map(|argument| borrowed(argument, signing)).collect();
    let receiver = by_value.first();
    let rest = by_reference.get(1..).unwrap_or_default();
    match function {
        Function::Sort => quote!(#receiver.sort()),
        Function::Pairs => quote!(#receiver.pairs(#(#rest),*)),
        Function::Join => quote!(#receiver.join(#(#rest),*)),
        Function::EpochMs => quote!(rt::epoch_ms(#receiver)),
        Function::EpochS => quote!(rt::epoch_s(#receiver)),
        Function::Nonce => quote!(call.nonce()),
        Function::Hmac(Hash::Sha256) => quote!(rt::hmac_sha256(#(#by_reference),*)),
        Function::Digest(Hash::Sha256) => quote!(rt::sha256(#(#by_reference),*)),
        Function::Hex => quote!(rt::hex(#(#by_reference),*)),
        Function::Base64 => quote!(rt::base64(#(#by_reference),*)),
        Function::Upper => quote!(rt::upper(#(#by_reference),*)),
        Function::Lower => quote!(rt::lower(#(#by_reference),*)),
        Function::Concat => {
            let parts = arguments.iter().map(|argument| code(argument, signing));
            quote!(rt::concat(&[#(&#parts),*]))
        }
        other => {
            let row = FUNCTIONS.iter().find(|row| row.function == other);
            let name = row.map(|row| ident(row.name));
            quote!(rt::#name(#(#by_reference),*))
        }
    }
}

/// Lists and fields are consumed by what formats them; a step's are copied first.
fn owned_list(argument: &Expr, signing: &Signing) -> TokenStream {
    match argument.ty {
        ValueType::Fields | ValueType::List => owned(argument, signing),
        _ => code(argument, signing),
    }
}

/// Texts of steps are lent, since a step may be used again; bytes are copied, and what a call gives is given on.
fn borrowed(argument: &Expr, signing: &Signing) -> TokenStream {
    let code = code(argument, signing);
    let is_kept = matches!((&argument.kind, argument.ty), (ExprKind::Source(Source::Step(_)), ValueType::Text));
    if is_kept { quote!(&#code) } else { code }
}
