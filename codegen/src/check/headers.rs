//! Rules over the headers of every call.

use std::collections::HashMap;

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::Api;

/// Without it, `accept` and `Accept` would both be sent, and servers take either.
pub(super) fn same_header(api: &Api, diagnostics: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for header in &api.headers {
        if let Some(first) = seen.insert(header.name.to_ascii_lowercase(), header.span) {
            diagnostics
                .report(&rules::SAME_HEADER, header.span, format!("`{}` is set twice", header.name))
                .also(first, "the first one")
                .help("case makes no difference in the name of a header");
        }
    }
}

/// What the connection and the body decide.
const MANAGED: &[&str] = &[
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Without it, a wrong length would make a server wait for the rest of a body for ever.
pub(super) fn managed_header(api: &Api, diagnostics: &mut Diagnostics) {
    for header in &api.headers {
        if MANAGED.contains(&header.name.to_ascii_lowercase().as_str()) {
            let message = format!("`{}` is set by the client itself, from what it sends", header.name);
            diagnostics.report(&rules::MANAGED_HEADER, header.span, message).help("remove it");
        }
    }
}
