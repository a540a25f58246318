//! Names that differ in the spec and are the same in Rust, or on the wire.

use std::collections::HashMap;

use super::{operation_id, paging_parameters};
use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Carrier, ErrorCase, Location, Name, Placement, Shape, Type, TypeId};
use crate::names;
use crate::source::Span;

/// Names of which no two may be spelled the same.
struct Namespace {
    /// What to do about two that are.
    help: &'static str,
    taken: HashMap<String, (String, Span)>,
}

impl Namespace {
    fn new(help: &'static str) -> Self {
        Self { help, taken: HashMap::new() }
    }

    /// Takes a name for a thing; `false` if it is taken.
    fn take(&mut self, rust: &str, thing: &str, span: Span, diagnostics: &mut Diagnostics) -> bool {
        let Some((first, first_span)) = self.taken.get(rust) else {
            self.taken.insert(rust.to_owned(), (thing.to_owned(), span));
            return true;
        };
        // The very same name twice is a mistake of its own, with a rule of its own.
        if first != thing {
            diagnostics
                .report(&rules::SAME_RUST_NAME, span, format!("{first} and {thing} are both `{rust}` in Rust"))
                .also(*first_span, "the first one")
                .help(self.help);
        }
        false
    }
}

const RENAME: &str = "rename one of them";
const RENAME_IN_RUST: &str = "say with `rust: another_name` what one of them is called in Rust";

/// Without it, two things of one name end as a compile error deep in generated code.
pub(super) fn same_rust_name(api: &Api, diagnostics: &mut Diagnostics) {
    let mut pascal = |what: &str, names: &[(&Name, Span)]| spelled(what, |name| &name.pascal, names, diagnostics);
    pascal("environment", &all(&api.environments, |it| (&it.name, it.span)));
    pascal("error", &all(&api.errors, |it| (&it.name, it.span)));
    if let Some(webhooks) = &api.webhooks {
        pascal("event", &all(&webhooks.events, |it| (&it.name, it.span)));
    }
    for def in &api.types {
        pascal("value", &all(&def.values(), |it| (&it.name, it.span)));
    }
    let mut snake = |what: &str, names: &[(&Name, Span)]| spelled(what, |name| &name.snake, names, diagnostics);
    snake("credential", &all(&api.credentials, |it| (&it.name, it.span)));
    snake("step", &all(&api.signing.steps, |it| (&it.name, it.span)));
    if let Some(webhooks) = &api.webhooks {
        snake("step", &all(&webhooks.steps, |it| (&it.name, it.span)));
    }
    snake("resource", &all(&api.resources, |it| (&it.name, it.span)));
    for def in &api.types {
        if let Shape::Record(fields) = &def.shape {
            snake("field", &all(fields, |it| (&it.name, it.span)));
        }
    }
    for resource in &api.resources {
        snake("operation", &all(&resource.operations, |it| (&it.name, it.span)));
    }
    for (_, operation) in api.operations() {
        let mut names = all(api.page_parameters(operation), |it| (&it.name, it.span));
        names.extend(all(&operation.parameters, |it| (&it.name, it.span)));
        snake("parameter", &names);
    }
    api.errors.iter().for_each(|error| members_of(error, diagnostics));
    module_items(api, diagnostics);
}

fn all<T>(list: &[T], name: impl Fn(&T) -> (&Name, Span)) -> Vec<(&Name, Span)> {
    list.iter().map(name).collect()
}

fn spelled(what: &str, spelling: fn(&Name) -> &String, names: &[(&Name, Span)], diagnostics: &mut Diagnostics) {
    let mut namespace = Namespace::new(match what {
        "field" | "parameter" | "value" | "event" => RENAME_IN_RUST,
        "resource" => "rename one of the files",
        _ => RENAME,
    });
    for (name, span) in names {
        namespace.take(spelling(name), &format!("{what} `{}`", name.wire), *span, diagnostics);
    }
}

/// What an error has of an answer stands in one variant: what its messages capture, and what it carries.
fn members_of(error: &ErrorCase, diagnostics: &mut Diagnostics) {
    let mut captures = Namespace::new(RENAME);
    for name in &error.captures {
        captures.take(&name.snake, &format!("capture `{}`", name.wire), error.span, diagnostics);
    }
    let mut members = Namespace { help: RENAME_IN_RUST, ..captures };
    for carried in &error.carries {
        members.take(&carried.name.snake, &format!("member `{}`", carried.path.text()), carried.span, diagnostics);
    }
}

/// All items of a generated module share one namespace, whatever file they are in.
fn module_items(api: &Api, diagnostics: &mut Diagnostics) {
    let mut items = Namespace::new(RENAME);
    let mut take = |rust: &str, thing: String, span: Span| items.take(rust, &thing, span, diagnostics);
    for (at, def) in api.types.iter().enumerate() {
        take(&def.name.pascal, format!("type `{}`", def.name.wire), def.span);
        if api.asks_for_needs(def) {
            take(&format!("{}Needs", def.name.pascal), format!("what type `{}` needs", def.name.wire), def.span);
        }
        if let Shape::Alias(Type::Spelled(..)) = &def.shape {
            take(&names::form(&def.name), format!("spelling of type `{}`", def.name.wire), def.span);
        }
        if def.sent && matches!(def.shape, Shape::Record(_) | Shape::Union(_)) && api.is_ruled(TypeId(at)) {
            take(&names::rules(&def.name), format!("rules of type `{}`", def.name.wire), def.span);
        }
    }
    for error in first_of_each(&api.errors, |error| &error.name.pascal) {
        take(&error.name.screaming, format!("error `{}`", error.name.wire), error.span);
    }
    let mut clashing = Vec::new();
    for resource in first_of_each(&api.resources, |resource| &resource.name.snake) {
        // What begins with a digit is called the same as a module and as a type.
        if resource.name.pascal == resource.name.snake {
            clashing.push(resource);
        } else if take(&resource.name.pascal, format!("resource `{}`", resource.name.wire), resource.span) {
            take(&resource.name.snake, format!("the module of resource `{}`", resource.name.wire), resource.span);
        }
        for operation in first_of_each(&resource.operations, |operation| &operation.name.snake) {
            let (id, call) = (operation_id(resource, operation), &operation.type_name);
            if take(&call.pascal, format!("the call of `{id}`"), operation.span) {
                take(&operation.error_type.pascal, format!("the error type of `{id}`"), operation.span);
            }
        }
    }
    // Operations with the same errors share a type, which may have a name of its own.
    for (set, first) in super::shared_error_types(api) {
        take(&set.name.pascal, "an error type that operations share".to_owned(), first);
    }
    for resource in clashing {
        let Name { wire, snake, .. } = &resource.name;
        diagnostics
            .report(
                &rules::SAME_RUST_NAME,
                resource.span,
                format!("the module and the type of `{wire}` are both `{snake}` in Rust"),
            )
            .help("call the file something that begins with a letter");
    }
}

/// Those whose name is not that of an earlier one: two of one name are reported where they are declared.
fn first_of_each<T>(list: &[T], name: impl Fn(&T) -> &String) -> Vec<&T> {
    let mut seen = std::collections::HashSet::new();
    list.iter().filter(|item| seen.insert(name(item).clone())).collect()
}

const PAGING: &str = "a paging parameter";

/// Without it, a caller's `timestamp` would silently become the client's, or the other way round.
pub(super) fn same_wire_name(api: &Api, diagnostics: &mut Diagnostics) {
    let mut report = |wire: &str, first: (&str, Span), second: (&str, Span)| {
        diagnostics
            .report(&rules::SAME_WIRE_NAME, second.1, format!("`{wire}` is {} as well as {}", second.0, first.0))
            .also(first.1, format!("{} here", first.0))
            .help("a call sends each name once");
    };
    let is_parameter = |it: &&Placement| it.carrier != Carrier::Header;
    let injected = api
        .signing
        .inject
        .iter()
        .filter(is_parameter)
        .map(|it| (it.name.wire.as_str(), ("an injected parameter", it.span)));
    let sent =
        api.signing.send.iter().filter(is_parameter).map(|it| (it.name.wire.as_str(), ("a sent value", it.span)));
    let paging = paging_parameters(api).unwrap_or_default();
    let paging = paging.iter().map(|it| (it.name.wire.as_str(), (PAGING, it.span)));
    let mut common = HashMap::new();
    for (wire, entry) in injected.chain(sent).chain(paging) {
        if let Some(first) = common.get(wire) {
            report(wire, *first, entry);
        } else {
            common.insert(wire, entry);
        }
    }
    for (_, operation) in api.operations() {
        // Headers have names of their own.
        for parameter in operation.parameters.iter().filter(|it| it.location != Location::Header) {
            let wire = parameter.name.wire.as_str();
            let is_shared = operation.is_paged() && operation.paging.is_none();
            let is_sent = |what| if what == PAGING { is_shared } else { operation.signed };
            let entry = common.get(wire).filter(|(what, _)| is_sent(*what));
            if let Some(first) = entry {
                report(wire, *first, ("a parameter", parameter.span));
            }
        }
    }
}
