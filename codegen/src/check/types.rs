//! Rules over named types.

use std::collections::HashMap;

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Field, Sensitivity, Shape, Type, TypeDef};

/// Without it, a copied line in an enum would be a variant that no answer ever becomes.
pub(super) fn repeated_value(api: &Api, diagnostics: &mut Diagnostics) {
    for def in &api.types {
        let Shape::Enum(values) = &def.shape else { continue };
        let mut seen = HashMap::new();
        for value in values {
            if let Some(first) = seen.insert(&value.name.wire, value.span) {
                let message = format!("`{}` has the value `{}` twice", def.name.wire, value.name.wire);
                diagnostics.report(&rules::REPEATED_VALUE, value.span, message).also(first, "the first one");
            }
        }
    }
}

/// Without it, generated code would end in `recursive type has infinite size`.
pub(super) fn type_within_itself(api: &Api, diagnostics: &mut Diagnostics) {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        Around,
        Done,
    }
    let mut seen = vec![Seen::Not; api.types.len()];
    for start in 0..api.types.len() {
        // Types with their next fields, outermost first. A stack of our own: a chain may be as long as the spec.
        let mut around = vec![(start, 0)];
        while let Some((at, next)) = around.last_mut() {
            let (owner, field) = (*at, members(api.types.get(*at)).get(*next));
            *next += 1;
            let Some(field) = field else {
                seen[owner] = Seen::Done;
                around.pop();
                continue;
            };
            seen[owner] = Seen::Around;
            let Type::Named(inner) = field.ty else { continue };
            match seen.get(inner.0) {
                Some(Seen::Not) => around.push((inner.0, 0)),
                Some(Seen::Around) => {
                    let outer = &api.type_def(inner).name.wire;
                    let message = format!("`{outer}` holds itself through `{}`", field.name.wire);
                    diagnostics
                        .report(&rules::TYPE_WITHIN_ITSELF, field.span, message)
                        .help("only a list of a type can stand within it");
                }
                Some(Seen::Done) | None => {}
            }
        }
    }
}

fn members(def: Option<&TypeDef>) -> &[Field] {
    match def.map(|def| &def.shape) {
        Some(Shape::Record(fields)) => fields,
        Some(Shape::Id | Shape::Enum(_)) | None => &[],
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
