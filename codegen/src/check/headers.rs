//! Rules over the headers of every call.

use std::collections::HashMap;

use crate::diagnostics::{Diagnostics, rules};
use crate::expr::UNSEEN;
use crate::ir::{Api, Location, Parameter};
use crate::source::Span;

/// Without it, `accept` and `Accept` would both be sent, and servers take either.
pub(super) fn same_header(api: &Api, diagnostics: &mut Diagnostics) {
    let mut report = |name: &str, span, first| {
        diagnostics
            .report(&rules::SAME_HEADER, span, format!("`{name}` is set twice"))
            .also(first, "the first one")
            .help("case makes no difference in the name of a header");
    };
    let mut common = HashMap::new();
    for header in &api.headers {
        if let Some(first) = common.insert(header.name.to_ascii_lowercase(), header.span) {
            report(&header.name, header.span, first);
        }
    }
    for list in super::parameter_lists(api) {
        let mut own = HashMap::new();
        for (name, span) in header_parameters(list) {
            let lower = name.to_ascii_lowercase();
            let first = common.get(&lower).copied().or_else(|| own.insert(lower, span));
            if let Some(first) = first {
                report(name, span, first);
            }
        }
    }
}

fn header_parameters(list: &[Parameter]) -> impl Iterator<Item = (&str, Span)> {
    let headers = list.iter().filter(|parameter| parameter.location == Location::Header);
    headers.map(|parameter| (parameter.name.wire.as_str(), parameter.span))
}

/// Whether the connection, the address or the body decides what a header says.
pub(super) fn is_managed(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    UNSEEN.contains(&name.as_str()) || matches!(name.as_str(), "content-type" | "host")
}

/// Without it, a wrong length would make a server wait for the rest of a body for ever.
pub(super) fn managed_header(api: &Api, diagnostics: &mut Diagnostics) {
    let common = api.headers.iter().map(|header| (header.name.as_str(), header.span));
    for (name, span) in common.chain(super::parameter_lists(api).flat_map(header_parameters)) {
        if is_managed(name) {
            let message = format!("`{name}` is set by the client itself, from what it sends");
            diagnostics.report(&rules::MANAGED_HEADER, span, message).help("remove it");
        }
    }
}
