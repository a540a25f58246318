//! Types that lead back to themselves: aliases must not, records may.

use super::context::Cx;
use crate::diagnostics::rules;
use crate::ir::{Shape, Type, TypeDef};

/// How many lists, maps, texts with JSON and other names may stand for each other: whatever walks a type is recursive.
const MAX_DEPTH: usize = 64;

/// Makes an alias that leads back to itself stand for anything, and reports it: it would name no type at all. The same of
/// one that leads too deep.
pub(super) fn cut_aliases(cx: &mut Cx<'_, '_>, defs: &mut [TypeDef]) {
    let unknown = cx.unknown();
    // How deep each type is that was looked at.
    let mut depths = vec![None; defs.len()];
    // The aliases on the way, outermost first, and whether a type is one of them.
    let (mut way, mut is_on_way) = (Vec::new(), vec![false; defs.len()]);
    for start in 0..defs.len() {
        let mut at = Some(start);
        while let Some(next) = at.filter(|at| depths.get(*at).is_some_and(Option::is_none)) {
            if is_on_way[next] {
                let round = way.iter().position(|it| *it == next).unwrap_or_default();
                let first = way.iter().skip(round).min().copied().unwrap_or(next);
                let message = format!("`{}` is another name for itself", defs[first].name.wire);
                cx.diagnostics
                    .report(&rules::TYPE_WITHIN_ITSELF, defs[first].span, message)
                    .help("make it a record: a type with `fields`");
                defs[first].shape = Shape::Alias(Type::Named(unknown));
                break;
            }
            is_on_way[next] = true;
            way.push(next);
            at = alias(&defs[next]).and_then(|(_, named)| named);
        }
        for at in way.drain(..).rev() {
            is_on_way[at] = false;
            let Some((levels, named)) = alias(&defs[at]) else {
                depths[at] = Some(0);
                continue;
            };
            let within = named.and_then(|named| depths[named]).unwrap_or_default();
            depths[at] = Some(within + levels);
            if within <= MAX_DEPTH && within + levels > MAX_DEPTH {
                let message = format!(
                    "`{}` leads through more than {MAX_DEPTH} types, each within the other",
                    defs[at].name.wire
                );
                cx.diagnostics
                    .report(&rules::DEEP_NESTING, defs[at].span, message)
                    .help("make one of them a record: a type with `fields`");
            }
            if within + levels > MAX_DEPTH {
                defs[at].shape = Shape::Alias(Type::Named(unknown));
            }
        }
    }
}

/// How many levels an alias is above the type that is declared elsewhere, and which that is, if it is one.
fn alias(def: &TypeDef) -> Option<(usize, Option<usize>)> {
    let Shape::Alias(ty) = &def.shape else { return None };
    let mut levels = 1;
    let mut ty = ty;
    while let Type::List(within) | Type::Map(within) | Type::JsonText(within) | Type::Spelled(within, _) = ty {
        levels += 1;
        ty = within;
    }
    Some((levels, if let Type::Named(id) = ty { Some(id.0) } else { None }))
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
