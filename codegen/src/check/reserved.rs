//! Names that generated code and the prelude of Rust use themselves.

use super::operation_id;
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Field, Shape};
use crate::names;
use crate::source::Span;

/// Items of a generated module, and what it re-exports from the runtime.
const ITEMS: &[&str] = &[
    "API",
    "AnyError",
    "Answered",
    "Base64",
    "BaseAddress",
    "Boxed",
    "BuildError",
    "Builder",
    "Call",
    "Captured",
    "Carried",
    "CivilDate",
    "CivilDateTime",
    "CivilTime",
    "Client",
    "Credentials",
    "DateTime",
    "Decimal",
    "DecodeError",
    "Download",
    "Elsewhere",
    "Environment",
    "Error",
    "ErrorCode",
    "Explanation",
    "FailedCall",
    "Interrupted",
    "InvalidBaseAddress",
    "InvalidCivil",
    "InvalidDateTime",
    "InvalidDecimal",
    "InvalidPosition",
    "Items",
    "Json",
    "JsonText",
    "Maybe",
    "MissingVariable",
    "NumberOrText",
    "Operation",
    "OperationError",
    "OrderedMap",
    "PAGING",
    "Page",
    "Paged",
    "Pages",
    "PagingError",
    "Patch",
    "Personal",
    "Position",
    "Prepared",
    "Reported",
    "Response",
    "Secret",
    "Sending",
    "SignedRequest",
    "SigningError",
    "Step",
    "Undecodable",
    "Undescribed",
    "Unexpected",
    "Upload",
    "Violation",
    "Violations",
    "authenticate",
    "expected_of_answer",
];

/// Items of the module of an API with webhooks. Others may call a type of theirs so.
const WEBHOOKS: &[&str] = &[
    "OtherEvent",
    "WebhookError",
    "WebhookEvent",
    "WebhookRequest",
    "WebhookSecretError",
    "WebhookVerifier",
    "verify_webhook",
    "webhook_secret",
];

/// Type parameters of a generated module, which hide a type of the same name.
const GENERICS: &[&str] = &["O"];

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
const CLIENT: &[&str] = &["base_address", "builder", "request", "request_to"];

/// Methods of every call beside those that set a parameter, and of a paged one.
const CALL: &[&str] = &[
    "into_future",
    "prepare",
    "skip_validation",
    "validate",
    "wait",
    "with_attempt_timeout",
    "with_base_address",
    "with_body",
    "with_connect_timeout",
    "with_header",
    "with_max_attempts",
    "with_method",
    "with_query",
    "with_response",
    "with_signed",
    "with_timeout",
];
const PAGED_CALL: &[&str] = &["pages", "resume", "stream"];

/// What callers do with every record of a request: a setter of that name would stand in its place.
const RECORD: &[&str] = &["clone", "into"];

/// What makes one that needs something.
const MAKES: &[&str] = &["new"];

/// The variant beside those that the spec names.
const ENVIRONMENT: &[&str] = &["Custom"];

/// Variables of the function that signs.
const SIGNING: &[&str] = &["call"];

/// What to do about a name of the spec's own choice, and about one that is not.
const RENAME: &str = "choose another name";
const RENAME_FILE: &str = "rename the file: a resource is called what its file is";
const RENAME_IN_RUST: &str = "say with `rust: another_name` what it is called in Rust";

/// Without it, a type called `Option` would change what every generated line means.
pub(super) fn reserved_name(api: &Api, diagnostics: &mut Diagnostics) {
    let mut check = |taken: &[&[&str]], rust: &str, span: Span, what: &str, help: &str| {
        if taken.iter().any(|names| names.contains(&rust)) {
            let message = format!("{what} would be `{rust}`, which generated code uses itself");
            diagnostics.report(&rules::RESERVED_NAME, span, message).help(help);
        }
    };
    let webhooks = if api.webhooks.is_some() { WEBHOOKS } else { &[] };
    for environment in &api.environments {
        check(&[ENVIRONMENT], &environment.name.pascal, environment.span, "this environment", RENAME);
    }
    for step in &api.signing.steps {
        check(&[SIGNING], &step.name.snake, step.span, "this step", RENAME);
    }
    let received = api.webhooks.iter();
    for step in received.clone().flat_map(|webhooks| &webhooks.steps) {
        check(&[SIGNING], &step.name.snake, step.span, "this step", RENAME);
    }
    for webhooks in received {
        let catch_all = names::catch_all(webhooks.events.iter().map(|event| &event.name));
        for event in &webhooks.events {
            check(&[&[catch_all]], &event.name.pascal, event.span, "this event", RENAME_IN_RUST);
        }
    }
    for error in &api.errors {
        check(&[ITEMS], &error.name.screaming, error.span, "this error", RENAME);
    }
    for def in &api.types {
        check(&[ITEMS, webhooks, PRELUDE, GENERICS], &def.name.pascal, def.span, "this type", RENAME);
        if let (Shape::Record(fields), true) = (&def.shape, def.sent) {
            // What makes one is called this, where it needs something.
            let makes = if fields.iter().any(Field::is_always_there) { MAKES } else { &[] };
            for field in fields.iter().filter(|field| !field.is_always_there()) {
                check(&[RECORD, makes], &field.name.snake, field.span, "this field's setter", RENAME_IN_RUST);
            }
        }
        let values = def.values();
        let catch_all = names::catch_all(values.iter().map(|value| &value.name));
        for value in values {
            check(&[&[catch_all]], &value.name.pascal, value.span, "this value", RENAME_IN_RUST);
        }
    }
    for resource in &api.resources {
        check(&[MODULES, CLIENT], &resource.name.snake, resource.span, "this resource", RENAME_FILE);
        check(
            &[ITEMS, webhooks, PRELUDE, GENERICS],
            &resource.name.pascal,
            resource.span,
            "this resource",
            RENAME_FILE,
        );
    }
    for (resource, operation) in api.operations() {
        let what = format!("the call of `{}`", operation_id(resource, operation));
        check(&[ITEMS, webhooks, PRELUDE, GENERICS], &operation.type_name.pascal, operation.span, &what, RENAME);
        check(&[ITEMS, webhooks], &operation.error_type.pascal, operation.span, &what, RENAME);
        for parameter in operation.parameters.iter().filter(|parameter| !parameter.is_needed()) {
            let taken = [CALL, if operation.is_paged() { PAGED_CALL } else { &[] }];
            check(&taken, &parameter.name.snake, parameter.span, "this parameter's setter", RENAME_IN_RUST);
        }
    }
    for (set, first) in super::shared_error_types(api) {
        let span = set.errors.first().map_or(first, |error| api.error(*error).span);
        check(&[ITEMS], &set.name.pascal, span, "an error type that is called after this error", RENAME);
    }
    for parameter in super::paging_parameters(api).unwrap_or_default() {
        let taken = [CALL, PAGED_CALL];
        check(&taken, &parameter.name.snake, parameter.span, "this parameter's setter", RENAME_IN_RUST);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{CALL, GENERICS, ITEMS, MODULES, PAGED_CALL, WEBHOOKS};
    use crate::format::WITHIN_SENDS;

    /// Whatever makes generated code have one item more; every name in it starts with `zz`.
    const API: &str = "\
codegen: 1
name: zz
environments: {zz_live: https://zz.example}
credentials: {zz_key: {env: ZZ_KEY}}
headers: {Zz: '{zz_key}'}
signing:
  inject: {zz_time: now.epoch_ms()}
  steps: {zz_step: 'hmac_sha256(zz_key, path).hex()'}
  send: {zz_signature: zz_step}
errors: {zz_gone: {status: 404, message: 'no {zz_name}'}, zz_taken: {status: 422}}
pagination:
  page: zz_page
  limit: zz_limit
  params: {zz_page: integer, zz_limit: integer}
  totals: {items: A, pages: B, page: C, limit: D}
webhooks: {secret: ZZ_HOOK, signatures: 'header(\"Zz\")', expected: 'hmac_sha256(secret, body).hex()', event: zz, events: {zz_event: ZzUser}}
types: {ZzId: {type: id}, ZzRole: {values: [zz_one]}, ZzUser: {fields: {zz_id: ZzId}}}
";
    const RESOURCE: &str = "\
types: {ZzOwn: {values: [zz_two]}}
operations:
  zz_list: {http: GET /zz, paged: true, returns: {zz: [ZzUser]}, errors: [zz_gone]}
  zz_show: {http: 'GET /zz/{zz_id}', params: {zz_id: ZzId, zz_own: ZzOwn}, returns: ZzUser, errors: [zz_gone]}
  zz_make:
    http: POST /zz
    params: {zz_a: {type: string, required: true}, zz_b: {type: string, clear: '', default_from: zz_a}, zz_c: {type: string, required: true}}
    errors: [zz_taken, zz_gone]
";

    /// What an item declares by name, its type parameters among it.
    fn declared(item: &syn::Item) -> Vec<&syn::Ident> {
        let (name, generics) = match item {
            syn::Item::Struct(it) => (&it.ident, Some(&it.generics)),
            syn::Item::Enum(it) => (&it.ident, Some(&it.generics)),
            syn::Item::Type(it) => (&it.ident, Some(&it.generics)),
            syn::Item::Fn(it) => (&it.sig.ident, Some(&it.sig.generics)),
            syn::Item::Static(it) => (&it.ident, None),
            syn::Item::Const(it) => (&it.ident, None),
            syn::Item::Mod(it) => (&it.ident, None),
            syn::Item::Use(it) => return imported(&it.tree),
            syn::Item::Impl(it) => {
                let methods = it.items.iter().filter_map(|item| match item {
                    syn::ImplItem::Fn(method) => Some(&method.sig.generics),
                    _ => None,
                });
                return methods.chain([&it.generics]).flat_map(parameters).collect();
            }
            // The runtime's macros implement traits and declare nothing.
            syn::Item::Macro(_) => return Vec::new(),
            _ => panic!("an item of a new kind"),
        };
        generics.into_iter().flat_map(parameters).chain([name]).collect()
    }

    fn parameters(generics: &syn::Generics) -> impl Iterator<Item = &syn::Ident> {
        generics.type_params().map(|parameter| &parameter.ident)
    }

    /// What a `use` brings in by name; what a star brings in is held against the runtime elsewhere.
    fn imported(tree: &syn::UseTree) -> Vec<&syn::Ident> {
        match tree {
            syn::UseTree::Path(path) => imported(&path.tree),
            syn::UseTree::Name(name) => vec![&name.ident],
            syn::UseTree::Rename(renamed) => vec![&renamed.rename],
            syn::UseTree::Glob(_) => Vec::new(),
            syn::UseTree::Group(_) => panic!("a `use` of a new kind"),
        }
    }

    /// The items of the module that is none, once it is printed; any other item as it is.
    fn within(item: syn::Item) -> Vec<syn::Item> {
        match item {
            syn::Item::Mod(syn::ItemMod { ident, content: Some((_, items)), .. }) if ident == WITHIN_SENDS => items,
            item => vec![item],
        }
    }

    fn generated() -> Vec<syn::Item> {
        let (api, mut diagnostics) = crate::lower::from_memory(&[("api.yaml", API), ("zzs.yaml", RESOURCE)]);
        crate::check::run(&api, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let files = crate::emit::all(&api).map(|file| syn::parse2::<syn::File>(file.tokens).unwrap());
        files.flat_map(|file| file.items).flat_map(within).collect()
    }

    #[test]
    fn every_method_of_a_call_that_sets_no_parameter_is_reserved() {
        let items = generated();
        let of_a_call = items.iter().filter_map(|item| match item {
            syn::Item::Impl(it) if it.trait_.is_none() => Some(it),
            _ => None,
        });
        let of_a_call = of_a_call.filter(|it| match &*it.self_ty {
            syn::Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "Call"),
            _ => false,
        });
        let methods: BTreeSet<String> = of_a_call
            .flat_map(|it| &it.items)
            .filter_map(|item| match item {
                syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                _ => None,
            })
            .filter(|name| !name.starts_with("zz_"))
            .collect();
        assert!(methods.len() > 10, "{methods:?}");
        for name in methods {
            let is_reserved = [CALL, PAGED_CALL].iter().any(|list| list.contains(&name.as_str()));
            assert!(is_reserved, "`{name}` is not reserved");
        }
    }

    #[test]
    fn whatever_generated_code_declares_by_itself_is_reserved() {
        let items = generated();
        let names: BTreeSet<String> = items.iter().flat_map(declared).map(ToString::to_string).collect();
        let is_of_the_spec = |name: &str| name.to_lowercase().contains("zz");
        assert!(names.iter().filter(|name| is_of_the_spec(name)).count() > 10, "{names:?}");
        let own: Vec<&String> = names.iter().filter(|name| !is_of_the_spec(name) && *name != "_").collect();
        assert!(own.len() > 10, "{own:?}");
        for name in own {
            let is_reserved = [ITEMS, GENERICS, MODULES, WEBHOOKS].iter().any(|list| list.contains(&name.as_str()));
            assert!(is_reserved, "`{name}` is not reserved");
        }
    }
}
