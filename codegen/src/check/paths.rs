//! Rules over the paths of operations.

use std::collections::HashMap;

use super::operation_id;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Location, Operation, PathPart, Sensitivity};

/// Without it, one of two operations would in truth call the other.
pub(super) fn same_path(api: &Api, diagnostics: &mut Diagnostics) {
    let mut seen = HashMap::new();
    // A path that could not be read is empty, and like any other of its kind.
    for (resource, operation) in api.operations().filter(|(_, operation)| !operation.path.is_empty()) {
        let id = operation_id(resource, operation);
        let request = (operation.method.as_str(), shape(operation));
        if let Some((first, span)) = seen.get(&request) {
            let message = format!("`{id}` and `{first}` make the same request, `{} {}`", request.0, request.1);
            diagnostics
                .report(&rules::SAME_PATH, operation.span, message)
                .also(*span, "the first one")
                .help("a server tells operations apart by method and path: describe it once, or correct one of them");
        } else {
            seen.insert(request, (id, operation.span));
        }
    }
}

/// The path template, with placeholders of no name.
fn shape(operation: &Operation) -> String {
    let part = |part: &PathPart| match part {
        PathPart::Literal(text) => text.clone(),
        PathPart::Parameter(_) | PathPart::Credential(..) => "{}".to_owned(),
    };
    operation.path.iter().map(part).collect()
}

/// Without it, a secret would be written to the log of every server and proxy on its way.
pub(super) fn secret_in_path(api: &Api, diagnostics: &mut Diagnostics) {
    for (_, operation) in api.operations() {
        for parameter in &operation.parameters {
            if parameter.location == Location::Path && parameter.sensitivity == Sensitivity::Secret {
                let message = format!("`{}` is secret and stands in the path", parameter.name.wire);
                diagnostics
                    .report(&rules::SECRET_IN_PATH, parameter.span, message)
                    .also(operation.span, format!("the path is `{}`", operation.template()))
                    .help("paths are logged everywhere; leave `secret` out if this is none");
            }
        }
    }
}

/// Without it, every call of the operation would fail, for it has no credentials to put in its path.
pub(super) fn anonymous_credential(api: &Api, diagnostics: &mut Diagnostics) {
    for (resource, operation) in api.operations().filter(|(_, operation)| operation.anonymous) {
        let credential = |part: &PathPart| match part {
            PathPart::Credential(_, name) => Some(name.clone()),
            PathPart::Literal(_) | PathPart::Parameter(_) => None,
        };
        if let Some(name) = operation.path.iter().find_map(credential) {
            let id = operation_id(resource, operation);
            let message = format!("`{id}` is made without credentials, and `{name}` stands in its path");
            diagnostics
                .report(&rules::ANONYMOUS_CREDENTIAL, operation.span, message)
                .help("leave `anonymous` out; `signed: false` is for what is not signed");
        }
    }
}
