//! Rules over what a parameter is and where it travels.

use std::collections::HashSet;

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, BodyKind, Clear, Location, Method, Payload, Presence, Raw};

/// Without it, a parameter would be dropped on its way, and the signature be wrong.
pub(super) fn body_not_allowed(api: &Api, diagnostics: &mut Diagnostics) {
    let mut told = HashSet::new();
    for (_, operation) in api.operations() {
        if !matches!(operation.method, Method::Get | Method::Head) {
            continue;
        }
        for parameter in super::call_parameters(api, operation) {
            // What the API says is told once, and not of each list.
            if parameter.location == Location::Body && told.insert(parameter.span) {
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

/// Without it, a caller would clear a value, and the text `null` be sent, or nothing.
pub(super) fn null_without_json(api: &Api, diagnostics: &mut Diagnostics) {
    let paging = super::paging_parameters(api).into_iter().map(|list| (list, api.encoding.body, false));
    let own = api.operations().map(|(_, it)| (it.parameters.as_slice(), it.encoding.body, it.guesses_method));
    for (list, body, guesses_method) in own.chain(paging) {
        for parameter in list {
            let Some(clear) = parameter.clear.as_ref().filter(|clear| clear.value == Clear::Null) else { continue };
            let problem = match (parameter.location, body) {
                (Location::Query, _) => "stands in the query, which has no null",
                (Location::Header, _) => "is a header, which has no null",
                (Location::Body, BodyKind::Form | BodyKind::Multipart) => {
                    "is not sent in JSON, and nothing else has null"
                }
                (Location::Body, BodyKind::Json) if parameter.spread.is_some() => "stands for several values",
                // With another method it may go into the query.
                (Location::Body, BodyKind::Json) if guesses_method => {
                    "may be sent in the query, as the method is a guess"
                }
                // What stands in a path is required, and cannot be cleared at all; nor can a list that is the body.
                (Location::Body, BodyKind::Json | BodyKind::List) | (Location::Path, _) => continue,
            };
            diagnostics
                .report(&rules::MISPLACED_NULL, clear.span, format!("`{}` {problem}", parameter.name.wire))
                .also(parameter.span, "the parameter")
                .help("say which text clears it: `clear: \"\"`");
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
