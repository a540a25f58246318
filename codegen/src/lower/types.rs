//! Declared types: all names first, so that types can refer to each other, then what they are made of.

use super::context::{Cx, WORDS};
use crate::diagnostics::rules;
use crate::ir;
use crate::source::Scalar;
use crate::spec;

/// A declaration: name, definition, and the resource that makes it.
pub(super) type Declared<'s> = (&'s Scalar, &'s spec::TypeDef, Option<usize>);

/// Makes every type known by name; of two with the same name the first one counts.
pub(super) fn declare<'s>(cx: &mut Cx<'s, '_>, spec: &'s spec::Spec) -> Vec<Declared<'s>> {
    let own = spec.api.types.iter().map(|(name, def)| (name, def, None));
    let of_resources = spec
        .resources
        .iter()
        .enumerate()
        .flat_map(|(index, resource)| resource.types.iter().map(move |(name, def)| (name, def, Some(index))));
    let mut declared: Vec<Declared<'s>> = Vec::new();
    for declaration in own.chain(of_resources) {
        let name = declaration.0;
        let is_word = name.text == "id" || name.text == "nothing" || WORDS.iter().any(|(word, _)| *word == name.text);
        if is_word {
            let message = format!("`{}` is a word of the spec language", name.text);
            cx.diagnostics.report(&rules::TYPE_NAME_TAKEN, name.span, message).help("choose another name");
        } else if let Some((first, ..)) = cx.types.get_index_of(name.text.as_str()).and_then(|at| declared.get(at)) {
            let message = format!("there are two types called `{}`", name.text);
            cx.diagnostics
                .report(&rules::TYPE_NAME_TAKEN, name.span, message)
                .also(first.span, "the first one")
                .help("a type is known in every file of the spec: declare it once, or choose another name");
        } else {
            cx.types.insert(&name.text);
            declared.push(declaration);
        }
    }
    declared
}

/// Resolves what the types are made of.
pub(super) fn define(cx: &mut Cx<'_, '_>, declared: &[Declared<'_>]) -> Vec<ir::TypeDef> {
    let lower = |(name, def, resource): &Declared<'_>| ir::TypeDef {
        name: cx.name(name),
        // A shape that was reported must not make every use of the type a mistake.
        shape: def.shape.as_ref().map_or(ir::Shape::Id, |def| shape(cx, def)),
        sent: false,
        resource: *resource,
        doc: cx.doc(&def.doc),
        span: name.span,
    };
    declared.iter().map(lower).collect()
}

fn shape(cx: &mut Cx<'_, '_>, shape: &spec::Shape) -> ir::Shape {
    match shape {
        spec::Shape::Id => ir::Shape::Id,
        spec::Shape::Enum(values) => ir::Shape::Enum(
            values
                .iter()
                .map(|(name, value)| ir::EnumValue {
                    name: cx.wire_name(name, value.rust.as_ref()),
                    doc: cx.doc(&value.doc),
                    span: name.span,
                })
                .collect(),
        ),
        spec::Shape::Record(fields) => {
            ir::Shape::Record(fields.iter().map(|(name, def)| field(cx, name, def)).collect())
        }
    }
}

fn field(cx: &mut Cx<'_, '_>, name: &Scalar, field: &spec::Field) -> ir::Field {
    let (ty, nullable) = cx.ty(field.ty.as_ref());
    ir::Field {
        name: cx.wire_name(name, field.rust.as_ref()),
        ty,
        presence: if field.required { ir::Presence::Required } else { ir::Presence::Optional },
        nullable,
        sensitivity: field.sensitivity,
        doc: cx.doc(&field.doc),
        span: name.span,
    }
}

/// Marks what parameters hold, and what that holds.
pub(super) fn mark_sent(api: &mut ir::Api) {
    let paging = api.pagination.iter().flat_map(|paging| &paging.parameters);
    let own =
        api.resources.iter().flat_map(|resource| &resource.operations).flat_map(|operation| &operation.parameters);
    let mut left: Vec<ir::TypeId> = own.chain(paging).filter_map(|parameter| parameter.ty.named()).collect();
    while let Some(id) = left.pop() {
        let Some(def) = api.types.get_mut(id.0).filter(|def| !def.sent) else { continue };
        def.sent = true;
        if let ir::Shape::Record(fields) = &def.shape {
            left.extend(fields.iter().filter_map(|field| field.ty.named()));
        }
    }
}
