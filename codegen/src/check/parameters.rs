//! Rules over what a parameter is and where it travels.

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Location, Method, Payload, Presence, Raw};

/// Without it, a parameter would be dropped on its way, and the signature be wrong.
pub(super) fn body_not_allowed(api: &Api, diagnostics: &mut Diagnostics) {
    for (_, operation) in api.operations() {
        if !matches!(operation.method, Method::Get | Method::Head) {
            continue;
        }
        for parameter in super::call_parameters(api, operation) {
            if parameter.location == Location::Body {
                let method = operation.method.as_str();
                diagnostics
                    .report(&rules::BODY_NOT_ALLOWED, parameter.span, format!("a {method} request has no body"))
                    .also(operation.span, format!("the {method} request"))
                    .help("send it `in: query`");
            }
        }
    }
}

/// Without it, a caller would wait for what never comes.
pub(super) fn no_body_to_read(api: &Api, diagnostics: &mut Diagnostics) {
    for (_, operation) in api.operations().filter(|(_, operation)| operation.method == Method::Head) {
        if !matches!(operation.payload, Payload::Nothing | Payload::Raw(Raw::Response)) {
            diagnostics
                .report(&rules::NO_BODY_TO_READ, operation.span, "the answer to a HEAD request has no body")
                .help("say `returns: response`: its headers are there");
        }
    }
}

/// Without it, a caller could clear what the server must have.
pub(super) fn clear_not_allowed(api: &Api, diagnostics: &mut Diagnostics) {
    for parameter in super::parameters(api) {
        if let (Some(clear), Presence::Required) = (&parameter.clear, parameter.presence) {
            let message = format!("`{}` is required and cannot be cleared", parameter.name.wire);
            diagnostics
                .report(&rules::CLEAR_NOT_ALLOWED, clear.span, message)
                .also(parameter.span, "the parameter")
                .help("leave out `clear`");
        }
    }
}
