//! Names that generated code and the prelude of Rust use themselves.

use super::operation_id;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Fallback, Operation, Parameter, Presence, Shape};
use crate::names;
use crate::source::Span;

/// Items of every generated module, and what it re-exports from the runtime.
const ITEMS: &[&str] = &[
    "API",
    "AnyError",
    "BaseAddress",
    "BuildError",
    "Builder",
    "Call",
    "Captured",
    "Client",
    "Credentials",
    "DateTime",
    "DecodeError",
    "Environment",
    "Error",
    "ErrorCode",
    "Explanation",
    "Interrupted",
    "InvalidBaseAddress",
    "InvalidDateTime",
    "Items",
    "Json",
    "MissingVariable",
    "Operation",
    "OperationError",
    "Page",
    "Paged",
    "Pages",
    "Patch",
    "Personal",
    "Prepared",
    "Response",
    "Secret",
    "Sending",
    "SignedRequest",
    "SigningError",
    "Step",
    "Undecodable",
    "Unexpected",
    "Violation",
    "Violations",
];

/// What the prelude of Rust knows without being asked.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Modules and crates that a generated module names; `mod.rs` is its own file.
const MODULES: &[&str] = &["alloc", "client_runtime", "core", "r#mod", "rt", "seams", "std"];

/// Methods of a client beside those that name resources.
const CLIENT: &[&str] = &["builder"];

/// Methods of every call beside those that set a parameter, and of a paged one.
const CALL: &[&str] = &["prepare", "validate"];
const PAGED_CALL: &[&str] = &["stream"];

/// The variant beside those that the spec names.
const ENVIRONMENT: &[&str] = &["Custom"];

/// Variables of the function that signs.
const SIGNING: &[&str] = &["call"];

/// Without it, a type called `Option` would change what every generated line means.
pub(super) fn reserved_name(api: &Api, diagnostics: &mut Diagnostics) {
    let mut check = |taken: &[&[&str]], rust: &str, what: &str, span: Span| {
        if taken.iter().any(|names| names.contains(&rust)) {
            diagnostics
                .report(
                    &rules::RESERVED_NAME,
                    span,
                    format!("{what} would be `{rust}`, which generated code uses itself"),
                )
                .help("choose another name");
        }
    };
    for environment in &api.environments {
        check(&[ENVIRONMENT], &environment.name.pascal, "this environment", environment.span);
    }
    for step in &api.signing.steps {
        check(&[SIGNING], &step.name.snake, "this step", step.span);
    }
    for error in &api.errors {
        check(&[ITEMS], &error.name.screaming, "this error", error.span);
    }
    for def in &api.types {
        check(&[ITEMS, PRELUDE], &def.name.pascal, "this type", def.span);
        if let Shape::Enum(values) = &def.shape {
            let catch_all = names::catch_all(values);
            for value in values {
                check(&[&[catch_all]], &value.name.pascal, "this value", value.span);
            }
        }
    }
    for resource in &api.resources {
        check(&[MODULES, CLIENT], &resource.name.snake, "this resource", resource.span);
        check(&[ITEMS, PRELUDE], &resource.name.pascal, "this resource", resource.span);
    }
    for (resource, operation) in api.operations() {
        let what = format!("the call of `{}`", operation_id(resource, operation));
        check(&[ITEMS, PRELUDE], &operation.type_name.pascal, &what, operation.span);
        check(&[ITEMS], &format!("{}Error", operation.type_name.pascal), &what, operation.span);
        for parameter in operation.parameters.iter().filter(|parameter| has_setter(parameter)) {
            check(&[CALL, paged(operation)], &parameter.name.snake, "this parameter's setter", parameter.span);
        }
    }
    for (name, span) in super::shared_error_types(api) {
        check(&[ITEMS], &name, "the error type of this operation", span);
    }
    for parameter in super::paging_parameters(api).unwrap_or_default() {
        check(&[CALL, PAGED_CALL], &parameter.name.snake, "this parameter's setter", parameter.span);
    }
}

fn paged(operation: &Operation) -> &'static [&'static str] {
    if operation.is_paged() { PAGED_CALL } else { &[] }
}

/// Whether a parameter is set on the call, and not given when it is made.
fn has_setter(parameter: &Parameter) -> bool {
    parameter.presence == Presence::Optional || matches!(parameter.fallback, Fallback::Parameter(_))
}
