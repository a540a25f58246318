//! Rules over named types.

use std::collections::HashMap;

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Field, Sensitivity, Shape, Type, TypeDef, TypeId};
use crate::lower::walk;

/// Without it, a copied line in an enum would be a variant that no answer ever becomes.
pub(super) fn repeated_value(api: &Api, diagnostics: &mut Diagnostics) {
    for def in &api.types {
        let values = def.values();
        let mut seen = HashMap::new();
        for value in values {
            if let Some(first) = seen.insert(value.name.wire.clone(), value.span) {
                let message = format!("`{}` has the value `{}` twice", def.name.wire, value.name.wire);
                diagnostics
                    .report(&rules::REPEATED_VALUE, value.span, message)
                    .also(first, "the first one")
                    .help("leave one of them out");
            }
        }
    }
}

/// Without it, a value would hold another, and that another, without end.
pub(super) fn type_within_itself(api: &Api, diagnostics: &mut Diagnostics) {
    let edges = |at: usize, next: usize| {
        let field = members(api.types.get(at)).get(next)?;
        let target = match api.bare(&field.ty) {
            Type::Named(id) if field.is_always_there() => Some(id.0),
            _ => None,
        };
        Some(target)
    };
    walk(api.types.len(), edges, |owner, step| {
        let Some(field) = members(api.types.get(owner)).get(step) else { return };
        let Type::Named(inner) = api.bare(&field.ty) else { return };
        let message =
            format!("`{}` always holds itself, through `{}`", api.type_def(*inner).name.wire, field.name.wire);
        diagnostics
            .report(&rules::TYPE_WITHIN_ITSELF, field.span, message)
            .help("leave out `required`, or make it a list: somewhere it must end");
    });
}

/// Without it, a value could be read as a part of itself, or its parts over and over again.
pub(super) fn place_within_itself(api: &Api, diagnostics: &mut Diagnostics) {
    for (at, def) in api.types.iter().enumerate() {
        for field in members(Some(def)).iter().filter(|field| !field.places.is_empty()) {
            if holds(api, &field.ty, TypeId(at)) {
                let message =
                    format!("`{}` holds `{}` itself, and has places of its own", field.name.wire, def.name.wire);
                diagnostics
                    .report(&rules::TYPE_WITHIN_ITSELF, field.span, message)
                    .help("leave out `at`, or give it a type that does not lead back");
            }
        }
    }
}

/// Whether values of a type may have values of another within them.
fn holds(api: &Api, ty: &Type, wanted: TypeId) -> bool {
    let mut seen = vec![false; api.types.len()];
    let mut left: Vec<TypeId> = ty.named().into_iter().collect();
    while let Some(id) = left.pop() {
        if id == wanted {
            return true;
        }
        if std::mem::replace(&mut seen[id.0], true) {
            continue;
        }
        match &api.type_def(id).shape {
            Shape::Record(fields) => left.extend(fields.iter().filter_map(|field| field.ty.named())),
            Shape::Union(union) => left.extend(union.variants.iter().filter_map(|(_, ty)| ty.named())),
            Shape::Alias(ty) => left.extend(ty.named()),
            Shape::Id(_) | Shape::Enum(..) => {}
        }
    }
    false
}

/// Without it, a shape would have no members to find the tag among.
pub(super) fn union_shape(api: &Api, diagnostics: &mut Diagnostics) {
    for def in &api.types {
        let Shape::Union(union) = &def.shape else { continue };
        if union.content.as_ref() == Some(&union.tag) {
            let message = format!("`{}` is both the tag and what holds the rest", union.tag);
            diagnostics
                .report(&rules::UNION_SHAPE, def.span, message)
                .help("leave out `content` if the rest stands beside the tag, or name another member");
        }
        for (value, ty) in &union.variants {
            let tag = api.fields(ty).iter().find(|field| union.content.is_none() && field.name.wire == union.tag);
            if let Some(field) = tag {
                let message =
                    format!("`{}` has a field `{}`, and the union sends that by itself", value.name.wire, union.tag);
                diagnostics
                    .report(&rules::UNION_SHAPE, value.span, message)
                    .also(field.span, "the field that is the tag of the union")
                    .help("leave the field out: which of the shapes it is, tells the tag");
            }
            if union.content.is_none() && api.fields(ty).is_empty() {
                let message = format!("`{}` is no record, and stands beside the tag", value.name.wire);
                diagnostics
                    .report(&rules::UNION_SHAPE, value.span, message)
                    .also(def.span, "the union")
                    .help("say with `content` which member holds it, or make it a type with `fields`");
            }
        }
    }
}

/// Without it, one item that is a list would be taken for the list of them.
pub(super) fn one_of_lists(api: &Api, diagnostics: &mut Diagnostics) {
    let is_list = |ty: &Type| matches!(api.bare(ty), Type::List(_));
    for field in api.types.iter().flat_map(TypeDef::fields).filter(|field| field.or_one) {
        if matches!(api.bare(&field.ty), Type::List(item) if is_list(item)) {
            let message = format!("one item of `{}` is a list, and would be taken for all of them", field.name.wire);
            diagnostics
                .report(&rules::MISPLACED_SPELLING, field.span, message)
                .help("leave `or_one` out, or make it `json`");
        }
    }
}

fn members(def: Option<&TypeDef>) -> &[Field] {
    match def.map(|def| &def.shape) {
        Some(Shape::Record(fields)) => fields,
        Some(Shape::Id(_) | Shape::Enum(..) | Shape::Union(_) | Shape::Alias(_)) | None => &[],
    }
}

/// Without it, a secret number would be printed, or its field would not compile.
pub(super) fn secret_not_text(api: &Api, diagnostics: &mut Diagnostics) {
    let fields = api.types.iter().flat_map(|def| members(Some(def))).map(|it| (it.sensitivity, &it.ty, it.span));
    let parameters = super::parameters(api).map(|it| (it.sensitivity, &it.ty, it.span));
    for (sensitivity, ty, span) in fields.chain(parameters) {
        if sensitivity == Sensitivity::Secret && *ty != Type::String {
            diagnostics
                .report(&rules::SECRET_NOT_TEXT, span, "only a `string` can be secret")
                .help("make it a `string`, or `personal: true`");
        }
    }
}
