//! What the answers of an API have in common, as a table.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{AnswerPath, Condition, Envelope, Json, Reports, Success, Unit};

/// ```text
/// rt::envelope().conditions(&[rt::Is(&["ok"], &["true"])]).payload(&["data"]).code(&["error", "code"])
/// ```
///
/// Only what differs from the answers of most APIs.
pub(super) fn table(envelope: &Envelope) -> TokenStream {
    let plain = Envelope::default();
    let success = success(&envelope.success);
    let payload = named("payload", &envelope.payload);
    let code = named("code", &envelope.code);
    let subcode = named("subcode", &envelope.subcode);
    let message = named("message", &envelope.message);
    let suffix = envelope.suffix.as_ref().map(|suffix| {
        let text = suffix.template.text(&suffix.captures);
        quote!(.suffix(#text))
    });
    let errors = (envelope.errors != plain.errors).then(|| {
        let errors = reports(&envelope.errors);
        quote!(.errors(#errors))
    });
    let warnings = (envelope.warnings != plain.warnings).then(|| {
        let warnings = reports(&envelope.warnings);
        quote!(.warnings(#warnings))
    });
    let request_id = (envelope.request_id != plain.request_id).then(|| {
        let (header, at) = (&envelope.request_id.header, path(&envelope.request_id.at));
        quote!(.request_id(#header, #at))
    });
    let retry_after = (envelope.retry_after != plain.retry_after).then(|| {
        let (header, at) = (&envelope.retry_after.header, path(&envelope.retry_after.at));
        let unit = unit(envelope.unit);
        quote!(.retry_after(#header, #at, #unit))
    });
    quote! {
        rt::envelope() #success #payload #code #subcode #message #suffix #errors #warnings #request_id #retry_after
    }
}

fn success(success: &Success) -> TokenStream {
    let statuses = success.statuses.iter().map(|status| Literal::u16_unsuffixed(*status));
    let statuses = (!success.statuses.is_empty()).then(|| quote!(.statuses(&[#(#statuses),*])));
    let conditions = success.conditions.iter().map(condition);
    let conditions = (!success.conditions.is_empty()).then(|| quote!(.conditions(&[#(#conditions),*])));
    quote!(#statuses #conditions)
}

fn condition(condition: &Condition) -> TokenStream {
    match condition {
        Condition::Is(at, values) => {
            let (at, words) = (path(at), values.iter().filter_map(Json::spelling));
            if values.contains(&Json::Null) {
                quote!(rt::IsOrAbsent(#at, &[#(#words),*]))
            } else {
                quote!(rt::Is(#at, &[#(#words),*]))
            }
        }
        Condition::Empty(at) => {
            let at = path(at);
            quote!(rt::Empty(#at))
        }
    }
}

fn reports(reports: &Reports) -> TokenStream {
    let places = reports.places.iter().map(path);
    let names = [&reports.code, &reports.subcode, &reports.message, &reports.field];
    let members = names.iter().any(|name| !name.is_empty()).then(|| {
        let names = names.map(path);
        quote!(.members(#(#names),*))
    });
    quote!(rt::reports(&[#(#places),*]) #members)
}

fn unit(unit: Unit) -> TokenStream {
    match unit {
        Unit::Seconds => quote!(rt::Unit::Seconds),
        Unit::Milliseconds => quote!(rt::Unit::Milliseconds),
        Unit::EpochSeconds => quote!(rt::Unit::EpochSeconds),
        Unit::EpochMilliseconds => quote!(rt::Unit::EpochMilliseconds),
    }
}

fn named(method: &str, at: &AnswerPath) -> Option<TokenStream> {
    let (method, steps) = (super::rust::ident(method), path(at));
    (!at.is_empty()).then(|| quote!(.#method(#steps)))
}

pub(super) fn path(path: &AnswerPath) -> TokenStream {
    let steps = &path.0;
    quote!(&[#(#steps),*])
}
