//! Documented errors: the catalogue of the API, and the errors of one operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::alias;
use super::docs::{Docs, allowed, code, deprecated, escape, sentence};
use super::envelope;
use super::rust::{ident, pascal, preview, screaming, snake, type_of};
use crate::ir::{Again, Api, ErrorCase, ErrorSet, Operation, Sensitivity, plain};

/// ```text
/// pub enum ErrorCode { NotFound, … }
/// impl rt::OperationError for ErrorCode { … }
/// static NOT_FOUND: rt::ErrorCase = rt::error("not_found", &[404]).meaning("…").messages(&[…]);
/// ```
pub(super) fn catalogue(api: &Api) -> TokenStream {
    let variants = api.errors.iter().map(|error| {
        let (name, docs, deprecated) = (pascal(&error.name), docs(error), deprecated(&error.doc));
        let codes = error.codes.iter().filter(|code| !code.ends_with('*'));
        let aliases = codes.map(|code| alias::of(code, &[&error.name.pascal]));
        quote! { #docs #(#aliases)* #deprecated #name, }
    });
    // What is known by less stands after what is known by more: it would take the other's answers.
    let mut tried: Vec<_> = api.errors.iter().collect();
    tried.sort_by_key(|error| vagueness(error));
    let rows = tried.into_iter().map(|error| {
        let (name, case) = (pascal(&error.name), screaming(&error.name));
        quote! { rt::case(&#case, |_| Self::#name) }
    });
    let allowed = allowed(api.errors.iter().map(|error| &error.doc));
    let statics = api.errors.iter().map(case);
    let shared = shared(api);
    // Nobody knows what a call does that no operation describes.
    let leaves_open = leaves_open(api.errors.iter().any(ErrorCase::leaves_open));
    quote! {
        /// The errors that the API documents.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            #(#variants)*
        }
        impl std::fmt::Display for ErrorCode {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                rt::meaning(self, f)
            }
        }
        impl std::error::Error for ErrorCode {}
        #allowed
        impl rt::OperationError for ErrorCode {
            type Code = Self;
            const VARIANTS: &'static [rt::Variant<Self>] = &[#(#rows),*];
            #leaves_open
        }
        impl rt::Code for ErrorCode {
            const API: &'static rt::ApiSpec = &API;
        }
        #shared
        #(#statics)*
    }
}

/// The less is said of how an error is known, the greater.
fn vagueness(error: &ErrorCase) -> (usize, bool, bool) {
    let signs = [error.codes.is_empty(), error.subcodes.is_empty(), error.field.is_none(), error.messages.is_empty()];
    let is_open = error.codes.iter().any(|code| code.ends_with('*'));
    (signs.into_iter().filter(|is_missing| *is_missing).count(), is_open, error.matching.prefix)
}

fn case(error: &ErrorCase) -> TokenStream {
    let (name, id) = (screaming(&error.name), &error.name.wire);
    let statuses = error.statuses.iter().map(|status| proc_macro2::Literal::u16_unsuffixed(*status));
    let meaning = plain(error.doc.text.lines().next().unwrap_or(""));
    let meaning = meaning.trim_end_matches('.');
    let codes = listed("codes", &error.codes);
    let subcodes = listed("subcodes", &error.subcodes);
    let field = error.field.as_ref().map(|field| {
        let field = field.text(&error.captures);
        quote!(.field(#field))
    });
    let messages: Vec<_> = error.messages.iter().map(|template| template.text(&error.captures)).collect();
    let messages = listed("messages", &messages);
    let prefix = error.matching.prefix.then(|| quote!(.prefix()));
    let any_case = error.matching.any_case.then(|| quote!(.any_case()));
    let again = match error.again {
        Again::AsStatus => quote! {},
        Again::Never => quote!(.retry_never()),
        Again::Safe => quote!(.retry_safe()),
        Again::Fresh => quote!(.retry_fresh()),
        Again::OutcomeUnknown => quote!(.outcome_unknown()),
    };
    let leaves_open = error.leaves_open().then(|| quote!(.leaves_open()));
    quote! {
        static #name: rt::ErrorCase = rt::error(#id, &[#(#statuses),*]).meaning(#meaning)
            #codes #subcodes #field #messages #prefix #any_case #again #leaves_open;
    }
}

fn listed(method: &str, texts: &[String]) -> Option<TokenStream> {
    let method = ident(method);
    (!texts.is_empty()).then(|| quote!(.#method(&[#(#texts),*])))
}

/// What an error is known by besides its status: `code `17`, field `name`: “is taken”`.
pub(super) fn known_by(error: &ErrorCase) -> String {
    shown(error, None)
}

/// The same, with its status in front where that is said.
fn shown(error: &ErrorCase, status: Option<String>) -> String {
    let any = |what: &str, words: Vec<String>| (!words.is_empty()).then(|| format!("{what} {}", words.join(" or ")));
    let codes = |codes: &[String]| codes.iter().map(|word| code(word)).collect();
    let signs = [
        any("code", codes(&error.codes)),
        any("subcode", codes(&error.subcodes)),
        any("field", error.field.iter().map(|field| code(&field.text(&error.captures))).collect()),
    ];
    let signs: Vec<String> = status.into_iter().chain(signs.into_iter().flatten()).collect();
    let messages: Vec<String> =
        error.messages.iter().map(|template| format!("“{}”", escape(&template.text(&error.captures)))).collect();
    // As it is written, and as it may come.
    let after = if error.matching.prefix { " and anything after it" } else { "" };
    let case = if error.matching.any_case { ", in any case" } else { "" };
    let messages = messages.join(" or ") + after + case;
    match (signs.join(", "), messages) {
        (signs, _) if error.messages.is_empty() => signs,
        (signs, messages) if signs.is_empty() => format!("message {messages}"),
        (signs, messages) => format!("{signs}: {messages}"),
    }
}

fn docs(error: &ErrorCase) -> Docs {
    let statuses: Vec<String> = error.statuses.iter().map(u16::to_string).collect();
    let what = shown(error, (!statuses.is_empty()).then(|| format!("status {}", statuses.join(" or "))));
    let docs = Docs::default().prose(&error.doc.text).markdown(&sentence(&what));
    let again = match error.again {
        Again::AsStatus => None,
        Again::Never => Some("The call is not made again by itself."),
        Again::Safe => Some("Nothing happened: the client makes the call again."),
        Again::Fresh => {
            Some("A call that may be made twice is made again once, with the time of then; any other is not.")
        }
        Again::OutcomeUnknown => Some("The call may have taken effect; it is not made again."),
    };
    again.into_iter().fold(docs, |docs, again| docs.markdown(again)).provenance(&error.doc)
}

/// Error types that several operations share.
fn shared(api: &Api) -> TokenStream {
    let sets = api.shared_error_sets().into_iter();
    sets.map(|(set, users)| {
        // Nothing leads to what may not be there.
        let user = |operation: &&Operation| match operation.preview {
            true => format!("`{}`", operation.type_name.pascal),
            false => format!("[`{}`]", operation.type_name.pascal),
        };
        let users: Vec<String> = users.iter().map(user).collect();
        let docs = format!(
            " Documented errors of {}. Each operation has its own name for them: one that documents another error one \
             day gets a type of its own.",
            users.join(", ")
        );
        one_of(api, set, &docs, None)
    })
    .collect()
}

/// ```text
/// pub type ShowUserError = NotAuthorizedOrNotFoundError;
/// ```
pub(super) fn of_operation(api: &Api, operation: &Operation) -> TokenStream {
    let name = &operation.error_type;
    let docs = format!(" Documented errors of [`{}`].", operation.type_name.pascal);
    let preview = preview(operation);
    let set = api.error_set(operation);
    if !set.is_shared() {
        return one_of(api, set, &docs, preview);
    }
    if name.pascal == set.name.pascal {
        return quote! {};
    }
    let (name, shared) = (pascal(name), pascal(&set.name));
    quote! { #[doc = #docs] #preview pub type #name = #shared; }
}

/// ```text
/// pub enum ShowUserError { NotFound { model: rt::Captured, … }, … }
/// rt::documented_error!(ShowUserError);
/// impl rt::OperationError for ShowUserError { … }
/// ```
fn one_of(api: &Api, set: &ErrorSet, docs: &str, preview: Option<TokenStream>) -> TokenStream {
    let name = pascal(&set.name);
    let errors: Vec<&ErrorCase> = set.errors.iter().map(|id| api.error(*id)).collect();
    let variants = errors.iter().map(|error| {
        let (variant, docs, deprecated) = (pascal(&error.name), self::docs(error), deprecated(&error.doc));
        let is_open = set.leaves_open && error.leaves_open();
        let docs = is_open.then_some("The call may have taken effect.").into_iter().fold(docs, Docs::markdown);
        let captures = error.captures.iter().map(|name| {
            let (docs, name) = (has(&name.wire), snake(name));
            quote! { #docs #name: rt::Captured }
        });
        let carried = error.carries.iter().map(|carried| {
            let (docs, alias, name) = (has(&carried.path.text()), alias::of_name(&carried.name), snake(&carried.name));
            let ty = type_of(api, &carried.ty, Sensitivity::Public);
            quote! { #docs #alias #name: rt::Carried<#ty> }
        });
        let fields = captures.chain(carried);
        if error.captures.is_empty() && error.carries.is_empty() {
            quote! { #docs #deprecated #variant, }
        } else {
            quote! { #docs #deprecated #variant { #(#fields),* }, }
        }
    });
    let rows = errors.iter().map(|error| {
        let (variant, case) = (pascal(&error.name), screaming(&error.name));
        let captures = error.captures.iter().map(|name| {
            let name = snake(name);
            quote!(#name: c.next())
        });
        let carried = error.carries.iter().map(|carried| {
            let (name, path) = (snake(&carried.name), envelope::path(&carried.path));
            quote!(#name: c.carried(#path))
        });
        let fields: Vec<_> = captures.chain(carried).collect();
        if fields.is_empty() {
            quote! { rt::case(&#case, |_| Self::#variant) }
        } else {
            quote! { rt::case(&#case, |c| Self::#variant { #(#fields),* }) }
        }
    });
    let allowed = allowed(errors.iter().map(|error| &error.doc));
    let leaves_open = leaves_open(set.leaves_open);
    quote! {
        #[doc = #docs]
        #preview
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
        #preview
        rt::documented_error!(#name);
        #preview
        #allowed
        impl rt::OperationError for #name {
            type Code = ErrorCode;
            const VARIANTS: &'static [rt::Variant<Self>] = &[#(#rows),*];
            #leaves_open
        }
    }
}

/// What a member of a variant is.
fn has(what: &str) -> TokenStream {
    let docs = format!(" What the answer has for {}.", code(what));
    quote! { #[doc = #docs] }
}

fn leaves_open(does: bool) -> Option<TokenStream> {
    does.then(|| quote! { const LEAVES_OPEN: bool = true; })
}
