//! Webhooks: the function that verifies one, and its events.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::alias;
use super::docs::{Docs, allowed, code, deprecated};
use super::expr::{self, Scope};
use super::rust::{ident, pascal, snake, type_of};
use crate::ir::{Api, Event, EventName, Expr, Sensitivity, TimeUnit, ValueType, Webhooks};
use crate::names;

pub(super) fn emit(api: &Api, webhooks: &Webhooks) -> TokenStream {
    let verifier = verifier(webhooks);
    let secret = secret(webhooks);
    let events = events(api, webhooks, secret.is_some());
    let verify = verify(webhooks);
    quote! {
        pub use rt::webhooks::*;
        #verifier
        #events
        #verify
        #secret
    }
}

/// ```text
/// pub type WebhookVerifier = rt::Verifier<WebhookEvent>;
/// ```
fn verifier(webhooks: &Webhooks) -> TokenStream {
    let docs = Docs::default()
        .markdown("Verifies what says it is a webhook, and gives the event: [`WebhookVerifier::verify`](rt::Verifier::verify).")
        .prose(&webhooks.doc.text)
        .markdown(&format!("Its `from_env` reads the secret from `{}`.", webhooks.env))
        .prose(&webhooks.secret_doc.text)
        .besides(&webhooks.doc);
    quote! {
        #docs
        pub type WebhookVerifier = rt::Verifier<WebhookEvent>;
    }
}

/// ```text
/// pub enum WebhookEvent { OrderCreated(Order), …, Other(OtherEvent) }
/// impl rt::Event for WebhookEvent { … }
/// ```
fn events(api: &Api, webhooks: &Webhooks, decodes_secret: bool) -> TokenStream {
    let variants = webhooks.events.iter().map(|event| variant(api, event));
    let arms = webhooks.events.iter().map(|event| {
        let (wire, name) = (&event.name.wire, pascal(&event.name));
        let undivided = api.undivided(&event.payload);
        match undivided.is_empty() {
            true => quote! { #wire => Self::#name(payload.read()?), },
            false => quote! { #wire => Self::#name(payload.read_undivided(&[#(#undivided),*])?), },
        }
    });
    let allowed = allowed(webhooks.events.iter().map(|event| &event.doc));
    let other = ident(names::catch_all(webhooks.events.iter().map(|event| &event.name)));
    let env = &webhooks.env;
    let place = match &webhooks.event {
        EventName::Body(path) => quote!(rt::EventName::Body(&[#(#path),*])),
        EventName::Header(name) => quote!(rt::EventName::Header(#name)),
    };
    let secret = decodes_secret.then(|| quote!(.secret(webhook_secret)));
    quote! {
        /// An event that the vendor tells of by itself.
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant, reason = "there is one at a time")]
        #[non_exhaustive]
        pub enum WebhookEvent {
            #(#variants)*
            /// One that is not documented, or whose format only you can read.
            #other(OtherEvent),
        }
        #allowed
        impl rt::Event for WebhookEvent {
            const WEBHOOK: &'static rt::Webhook = &rt::Webhook::new(#env, verify_webhook, #place)#secret;
            fn read(name: &str, payload: &rt::WebhookPayload<'_>) -> Result<Option<Self>, WebhookError> {
                Ok(Some(match name {
                    #(#arms)*
                    _ => return Ok(None),
                }))
            }
            fn other(event: OtherEvent) -> Self {
                Self::#other(event)
            }
        }
    }
}

fn variant(api: &Api, event: &Event) -> TokenStream {
    let (name, payload) = (pascal(&event.name), type_of(api, &event.payload, Sensitivity::Public));
    let docs = Docs::default().markdown(&code(&event.name.wire)).marked(&event.doc);
    let (alias, deprecated) = (alias::of(&event.name.wire, &[&event.name.pascal]), deprecated(&event.doc));
    quote! { #docs #alias #deprecated #name(#payload), }
}

/// ```text
/// fn verify_webhook(call: &rt::Notice<'_>) -> Result<bool, WebhookError> {
///     let expected = rt::hex(rt::hmac_sha256(call.credential(0), call.body()));
///     Ok(call.is_signed(call.header_value("x-signature")?, &expected))
/// }
/// ```
fn verify(webhooks: &Webhooks) -> TokenStream {
    let scope = Scope { credentials: &[], steps: &webhooks.steps };
    let steps = webhooks.steps.iter().map(|step| {
        let (name, value) = (snake(&step.name), expr::owned(&step.value, scope));
        quote! { let #name = #value; }
    });
    let fresh = webhooks.time.as_ref().map(|time| {
        let (value, tolerance) = (expr::owned(&time.value, scope), Literal::u32_unsuffixed(time.tolerance));
        let unit = match time.unit {
            TimeUnit::EpochS => quote!(EpochS),
            TimeUnit::EpochMs => quote!(EpochMs),
            TimeUnit::Rfc3339 => quote!(Rfc3339),
        };
        quote! { call.is_fresh(|| { let sent = #value; Ok(sent) }, rt::TimeUnit::#unit, #tolerance)?; }
    });
    let is_signed = is_signed(&webhooks.signatures, &webhooks.expected, scope);
    let also: Vec<_> = webhooks
        .also
        .iter()
        .map(|pair| {
            let (given, expected) = (expr::argument(&pair.given, scope), expr::argument(&pair.expected, scope));
            quote! { call.agrees(#given, #expected)?; }
        })
        .collect();
    let verdict = match also.is_empty() {
        true => quote! { Ok(#is_signed) },
        false => quote! {
            if !#is_signed {
                return Ok(false);
            }
            #(#also)*
            Ok(true)
        },
    };
    quote! {
        fn verify_webhook(call: &rt::Notice<'_>) -> Result<bool, WebhookError> {
            #(#steps)*
            #fresh
            #verdict
        }
    }
}

/// ```text
/// fn webhook_secret(call: &rt::Notice<'_>) -> Result<(), WebhookError> {
///     call.decode_base64(call.credential(0), "secret")?;
///     Ok(())
/// }
/// ```
fn secret(webhooks: &Webhooks) -> Option<TokenStream> {
    let scope = Scope { credentials: &[], steps: &webhooks.steps };
    let parts = webhooks.secret_parts();
    let steps = parts.steps.iter().filter_map(|index| webhooks.steps.get(*index)).map(|step| {
        let (name, value) = (snake(&step.name), expr::owned(&step.value, scope));
        quote! { let #name = #value; }
    });
    let decoded = parts.decoded.iter().map(|value| expr::owned(value, scope));
    (!parts.decoded.is_empty()).then(|| {
        quote! {
            fn webhook_secret(call: &rt::Notice<'_>) -> Result<(), WebhookError> {
                #(#steps)*
                #(#decoded;)*
                Ok(())
            }
        }
    })
}

fn is_signed(given: &Expr, expected: &Expr, scope: Scope<'_>) -> TokenStream {
    let method = if given.ty == ValueType::List { ident("is_signed_by_any") } else { ident("is_signed") };
    let (given, expected) = (expr::argument(given, scope), expr::argument(expected, scope));
    quote!(call.#method(#given, #expected))
}
