//! Names and types of the model as tokens.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ir::{Api, Name, Operation, Parameter, Sensitivity, Type};

/// An identifier that `names` has made; `r#` where it must be raw.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// What stands before everything of an operation that is there only where it is asked for.
pub(crate) fn preview(operation: &Operation) -> Option<TokenStream> {
    operation.preview.then(|| quote!(#[cfg(feature = "preview")]))
}

pub(crate) fn snake(name: &Name) -> Ident {
    ident(&name.snake)
}

pub(crate) fn pascal(name: &Name) -> Ident {
    ident(&name.pascal)
}

pub(crate) fn screaming(name: &Name) -> Ident {
    ident(&name.screaming)
}

/// Methods of the standard library's traits, which clippy expects to be those traits' own.
const OF_TRAITS: &[&str] = &[
    "add",
    "as_mut",
    "as_ref",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "borrow_mut",
    "clone",
    "cmp",
    "default",
    "deref",
    "deref_mut",
    "div",
    "drop",
    "eq",
    "from_iter",
    "from_str",
    "hash",
    "index",
    "index_mut",
    "into_iter",
    "mul",
    "neg",
    "next",
    "not",
    "rem",
    "shl",
    "shr",
    "sub",
];

/// The API chooses what a method is called; where clippy expects more of the name, this tells it so.
pub(crate) fn own_name(name: &Name) -> Option<TokenStream> {
    let lint = match name.snake.as_str() {
        "new" => quote!(new_ret_no_self),
        method if OF_TRAITS.contains(&method) => quote!(should_implement_trait),
        _ => return None,
    };
    Some(quote!(#[allow(clippy::#lint, reason = "the API calls it that")]))
}

/// The type of a value that is always there. Sensitive values have types of their own, so that
/// every `Debug` that contains them is silent about them.
pub(crate) fn type_of(api: &Api, ty: &Type, sensitivity: Sensitivity) -> TokenStream {
    let plain = match ty {
        Type::Boolean => quote!(bool),
        Type::Integer => quote!(i64),
        Type::Unsigned => quote!(u64),
        Type::Decimal => quote!(rt::Decimal),
        Type::String => quote!(String),
        Type::NumberOrString => quote!(rt::NumberOrText),
        Type::Base64 => quote!(rt::Base64),
        Type::DateTime => quote!(rt::DateTime),
        Type::CivilDateTime => quote!(rt::CivilDateTime),
        Type::Date => quote!(rt::CivilDate),
        Type::Time => quote!(rt::CivilTime),
        Type::Json => quote!(rt::Json),
        Type::File => quote!(rt::Upload),
        Type::Named(id) => {
            let name = pascal(&api.type_def(*id).name);
            quote!(#name)
        }
        Type::List(item) => {
            let item = type_of(api, item, Sensitivity::Public);
            quote!(Vec<#item>)
        }
        Type::Map(item) => {
            let item = type_of(api, item, Sensitivity::Public);
            quote!(rt::OrderedMap<#item>)
        }
        Type::JsonText(held) => {
            let held = type_of(api, held, Sensitivity::Public);
            quote!(rt::JsonText<#held>)
        }
        Type::Spelled(ty, _) => type_of(api, ty, Sensitivity::Public),
    };
    match sensitivity {
        Sensitivity::Public => plain,
        Sensitivity::Personal => quote!(rt::Personal<#plain>),
        Sensitivity::Secret => quote!(rt::Secret),
    }
}

/// The parameters that a call cannot be made without, in spec order.
pub(crate) fn needed(operation: &Operation) -> Vec<&Parameter> {
    operation.parameters.iter().filter(|parameter| parameter.is_needed()).collect()
}

/// Whether the needed parameters are named in a struct.
pub(crate) fn is_named(api: &Api, operation: &Operation) -> bool {
    let needed = needed(operation);
    let given: Vec<_> = needed.iter().map(|it| (&it.ty, it.sensitivity)).collect();
    // An id is written as such.
    api.must_be_named(&given, Api::is_plain_text)
}
