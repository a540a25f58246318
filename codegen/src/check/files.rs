//! Rules over files and the parts that hold them.

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, BodyKind, Lists, Location, Operation, Parameter, Payload, Shape, Type};
use crate::source::Span;

/// Without it, a file would be read, or sent, where there is room for its name only.
pub(super) fn file_not_a_part(api: &Api, diagnostics: &mut Diagnostics) {
    let mut report = |span: Span, what: &str, help: &str| {
        diagnostics.report(&rules::FILE_NOT_A_PART, span, what).help(help);
    };
    let help = "make it a parameter of an operation with `encoding: {body: multipart}`";
    for def in &api.types {
        match &def.shape {
            Shape::Record(fields) => fields
                .iter()
                .filter(|field| holds_file(api, &field.ty))
                .for_each(|field| report(field.span, "a file cannot be a member of anything", help)),
            Shape::Union(union) => union
                .variants
                .iter()
                .filter(|(_, ty)| holds_file(api, ty))
                .for_each(|(value, _)| report(value.span, "a file cannot be a member of anything", help)),
            Shape::Id(_) | Shape::Enum(..) | Shape::Alias(_) => {}
        }
    }
    for event in api.webhooks.iter().flat_map(|webhooks| &webhooks.events) {
        if holds_file(api, &event.payload) {
            report(event.span, "a file cannot be read from a webhook", "`base64` are bytes as text");
        }
    }
    for (_, operation) in api.operations() {
        if let Payload::Key(_, ty) | Payload::Page(_, ty) | Payload::Whole(ty) = &operation.payload
            && holds_file(api, ty)
        {
            report(
                operation.span,
                "a `file` is what callers give, and cannot be returned",
                "say `returns: bytes`, or `stream`",
            );
        }
    }
    for (parameter, operation) in parameters(api) {
        if holds_file(api, &parameter.ty) && !(is_in_parts(parameter, operation) && is_apart(api, parameter)) {
            let (what, help) = match api.bare(&parameter.ty) {
                _ if !is_in_parts(parameter, operation) => ("is a file, and no part of a body by itself", help),
                _ if !is_part(api, &parameter.ty) => {
                    ("has files deeper within than in a list or map", "write `file`, `[file]` or `map: file`")
                }
                Type::List(_) => (
                    "has files, of which `lists` makes one text",
                    "say how the parts are called: `encoding: {lists: a}`, or `\"a[0]\"`",
                ),
                _ => (
                    "has files, of which `nesting` makes one text",
                    "say how the parts are called: `encoding: {nesting: \"a[b]\"}`, or `spread: true`",
                ),
            };
            report(parameter.span, &format!("`{}` {what}", parameter.name.wire), help);
        }
    }
}

/// Without it, what a part is meant to say of itself would be said nowhere, or break the head of the part.
pub(super) fn misplaced_content_type(api: &Api, diagnostics: &mut Diagnostics) {
    for (parameter, operation) in parameters(api) {
        let Some(media_type) = &parameter.content_type else { continue };
        let is_text = |byte: u8| matches!(byte, b' '..=b'~');
        let (what, help) = if !is_in_parts(parameter, operation) {
            ("is no part of a body", "leave `content_type` out")
        } else if !media_type.value.contains('/') || !media_type.value.bytes().all(is_text) {
            ("says that it is something else than a media type", "write it like `application/json`")
        } else if is_json(&media_type.value)
            && let Some(problem) = unlike_json(api, parameter)
        {
            (problem, "say `encoding: {nesting: json, lists: json}`, or leave `content_type` out")
        } else {
            continue;
        };
        let message = format!("`{}` {what}", parameter.name.wire);
        diagnostics
            .report(&rules::MISPLACED_CONTENT_TYPE, media_type.span, message)
            .also(parameter.span, "the parameter")
            .help(help);
    }
}

fn is_json(media_type: &str) -> bool {
    let bare = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    bare == "application/json" || bare.ends_with("+json")
}

/// What becomes of it instead of parts of which each is one text in JSON, or what the caller makes of it.
fn unlike_json(api: &Api, parameter: &Parameter) -> Option<&'static str> {
    let style = &parameter.style;
    let of = |ty: &Type| {
        let is_one = match api.bare(ty) {
            Type::List(_) if style.lists == Lists::Commas => {
                return Some("says that it is JSON, and is one text with commas");
            }
            Type::List(_) => style.lists == Lists::Json,
            Type::Map(_) => !style.names_entries(),
            Type::Json => style.lists == Lists::Json && !style.names_members(),
            bare => !matches!(api.shape(bare), Some(Shape::Record(_) | Shape::Union(_))) || !style.names_members(),
        };
        (!is_one).then_some("says that it is JSON, and becomes several parts of text")
    };
    match (api.bare(&parameter.ty), parameter.spread) {
        (Type::Map(item), Some(_)) => of(item),
        (Type::List(item), _) if matches!(style.lists, Lists::Named(_)) => of(item),
        // Of what is spread nobody knows more.
        (_, Some(_)) => None,
        (_, None) => of(&parameter.ty),
    }
}

/// Every parameter of which is known how it travels, with its operation unless it is one of paging.
fn parameters(api: &Api) -> impl Iterator<Item = (&Parameter, Option<&Operation>)> {
    let own = api
        .operations()
        .flat_map(|(_, operation)| operation.parameters.iter().map(move |parameter| (parameter, Some(operation))));
    let shared = super::paging_parameters(api).unwrap_or_default().iter().map(|parameter| (parameter, None));
    own.chain(shared).filter(|(parameter, _)| !parameter.is_doubtful)
}

fn is_in_parts(parameter: &Parameter, operation: Option<&Operation>) -> bool {
    parameter.location == Location::Body
        && operation.is_some_and(|operation| operation.encoding.body == BodyKind::Multipart)
}

/// Whether each of its files has a name of its own, or the same name again.
fn is_apart(api: &Api, parameter: &Parameter) -> bool {
    is_part(api, &parameter.ty)
        && match api.bare(&parameter.ty) {
            Type::List(_) => matches!(parameter.style.lists, Lists::Named(_)),
            Type::Map(_) => parameter.spread.is_some() || parameter.style.names_members(),
            _ => true,
        }
}

/// Whether a type is a file, or several.
pub(super) fn is_part(api: &Api, ty: &Type) -> bool {
    match api.bare(ty) {
        Type::File => true,
        Type::List(item) | Type::Map(item) => *api.bare(item) == Type::File,
        _ => false,
    }
}

pub(super) fn holds_file(api: &Api, ty: &Type) -> bool {
    match api.bare(ty) {
        Type::File => true,
        Type::List(ty) | Type::Map(ty) | Type::JsonText(ty) => holds_file(api, ty),
        _ => false,
    }
}
