//! Rules over what is said of an encoding that no value has.

use std::collections::HashSet;

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Location, Operation, Parameter, Shape, Type};

/// Without it, a form would be meant where nothing is sent in a body.
pub(super) fn idle_body(api: &Api, diagnostics: &mut Diagnostics) {
    for (_, operation) in api.operations() {
        if let Some(at) = operation.body_said.filter(|_| !has_body(api, operation)) {
            diagnostics
                .report(&rules::IDLE_ENCODING, at, "`body` says nothing about calls without a body")
                .also(operation.span, "nothing that it sends stands in a body")
                .help("leave it out, or say `in: body` of what stands in it");
        }
    }
}

/// Without it, `1,2` would be meant and `[1,2]` sent.
pub(super) fn idle_style(api: &Api, diagnostics: &mut Diagnostics) {
    for (_, operation) in api.operations() {
        // Under another method it may stand where names and texts are.
        let body = operation.encoding.body;
        let is_json = |parameter: &Parameter| parameter.is_json(body) && !operation.guesses_method;
        for parameter in operation.parameters.iter().filter(|it| !it.is_doubtful) {
            styles(api, parameter, is_json(parameter), diagnostics);
        }
    }
    let shared = super::paging_parameters(api).into_iter().flatten().filter(|it| !it.is_doubtful);
    shared.for_each(|it| styles(api, it, false, diagnostics));
}

fn styles(api: &Api, parameter: &Parameter, is_json: bool, diagnostics: &mut Diagnostics) {
    let parts = if parameter.style_said.is_empty() { Parts::default() } else { Parts::of(api, &parameter.ty) };
    for (key, at) in &parameter.style_said {
        let (what, help) = match *key {
            _ if is_json => ("what stands in a JSON body", "leave it out: values in JSON are what they are"),
            "lists" if !parts.lists => ("what holds no list", "leave it out"),
            "nesting" if !parts.records && !parts.maps => ("what holds no record and no map", "leave it out"),
            "maps" if !parts.maps => ("what holds no map", "leave it out"),
            _ => continue,
        };
        diagnostics
            .report(&rules::IDLE_ENCODING, *at, format!("`{key}` says nothing about {what}"))
            .also(parameter.span, "the parameter")
            .help(help);
    }
}

/// Whether anything stands in the body of its calls.
fn has_body(api: &Api, operation: &Operation) -> bool {
    let mut parameters = super::call_parameters(api, operation);
    let method = operation.method;
    let is_signed =
        operation.signed && api.signing.placements().any(|it| it.goes_with(method) && it.joins_body(method));
    is_signed || operation.guesses_method || parameters.any(|it| it.location == Location::Body)
}

/// What values may have for parts, however deep.
#[derive(Default)]
struct Parts {
    lists: bool,
    records: bool,
    maps: bool,
}

impl Parts {
    fn of(api: &Api, ty: &Type) -> Self {
        let mut found = Self::default();
        let mut seen = HashSet::new();
        let mut left = vec![ty];
        while let Some(ty) = left.pop() {
            let bare = api.bare(ty);
            match bare {
                Type::List(item) => {
                    found.lists = true;
                    left.push(item);
                }
                Type::Map(item) => {
                    found.maps = true;
                    left.push(item);
                }
                Type::Json => found = Self { lists: true, records: true, maps: true },
                Type::Named(id) if seen.insert(*id) => match api.shape(bare) {
                    Some(Shape::Record(fields)) => {
                        found.records = true;
                        left.extend(fields.iter().map(|field| &field.ty));
                    }
                    Some(Shape::Union(union)) => {
                        found.records = true;
                        left.extend(union.variants.iter().map(|(_, ty)| ty));
                    }
                    Some(Shape::Id(_) | Shape::Enum(..) | Shape::Alias(_)) | None => {}
                },
                _ => {}
            }
        }
        found
    }
}
