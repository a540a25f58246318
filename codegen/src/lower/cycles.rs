//! Types that lead back to themselves: aliases must not, records may.

use super::context::Cx;
use crate::diagnostics::rules;
use crate::ir::{Shape, Type, TypeDef, TypeId};

/// Makes an alias that leads back to itself stand for anything, and reports it: it would name no type at all.
pub(super) fn cut_aliases(cx: &mut Cx<'_, '_>, defs: &mut [TypeDef]) {
    let next = |defs: &[TypeDef], at: usize| match defs.get(at).map(|def| &def.shape) {
        Some(Shape::Alias(ty)) => named(ty),
        _ => None,
    };
    for start in 0..defs.len() {
        let mut at = next(defs, start);
        // No way through the aliases is longer than there are types.
        for _ in 0..defs.len() {
            at = at.and_then(|id| if id.0 == start { Some(id) } else { next(defs, id.0) });
        }
        if at.is_some_and(|id| id.0 == start) {
            let def = &mut defs[start];
            let message = format!("`{}` is another name for itself", def.name.wire);
            cx.diagnostics
                .report(&rules::TYPE_WITHIN_ITSELF, def.span, message)
                .help("make it a record: a type with `fields`");
            def.shape = Shape::Alias(Type::Json);
        }
    }
}

/// The one type that another is made of.
fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::List(ty) | Type::Map(ty) | Type::JsonText(ty) | Type::Spelled(ty, _) => named(ty),
        _ => None,
    }
}

/// Marks the fields that close a circle of records: without a box such a type would have no size.
pub(super) fn box_fields(defs: &mut [TypeDef]) {
    let mut closing = Vec::new();
    let edges = |at: usize, next: usize| {
        let Some(Shape::Record(fields)) = defs.get(at).map(|def| &def.shape) else { return None };
        fields.get(next).map(|field| record(defs, &field.ty))
    };
    walk(defs.len(), edges, |at, field| closing.push((at, field)));
    for (at, field) in closing {
        if let Some(Shape::Record(fields)) = defs.get_mut(at).map(|def| &mut def.shape)
            && let Some(field) = fields.get_mut(field)
        {
            field.boxed = true;
        }
    }
}

/// The record that a type is, under whatever name.
fn record(defs: &[TypeDef], ty: &Type) -> Option<usize> {
    match ty {
        Type::Named(id) => match &defs.get(id.0)?.shape {
            Shape::Alias(ty) => record(defs, ty),
            Shape::Record(_) => Some(id.0),
            Shape::Id(_) | Shape::Enum(..) | Shape::Union(_) => None,
        },
        Type::JsonText(ty) | Type::Spelled(ty, _) => record(defs, ty),
        _ => None,
    }
}

/// Walks all ways between types and tells every step that closes a circle: the type, and which of its steps it is.
///
/// `edges` gives the type that a step leads to, if it leads to one, and nothing after the last step.
pub(crate) fn walk(
    count: usize,
    edges: impl Fn(usize, usize) -> Option<Option<usize>>,
    mut closes: impl FnMut(usize, usize),
) {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        Around,
        Done,
    }
    let mut seen = vec![Seen::Not; count];
    for start in 0..count {
        // Types with their next steps, outermost first. A stack of our own: a chain may be as long as the spec.
        let mut around = vec![(start, 0)];
        while let Some((at, next)) = around.last_mut() {
            let (owner, step) = (*at, *next);
            *next += 1;
            let Some(target) = edges(owner, step) else {
                seen[owner] = Seen::Done;
                around.pop();
                continue;
            };
            seen[owner] = Seen::Around;
            let Some(target) = target else { continue };
            match seen.get(target) {
                Some(Seen::Not) => around.push((target, 0)),
                Some(Seen::Around) => closes(owner, step),
                Some(Seen::Done) | None => {}
            }
        }
    }
}
