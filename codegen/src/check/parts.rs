//! Rules over the items of lists: whether a server can tell them apart.

use std::collections::HashSet;

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, BodyKind, Lists, Parameter, Presence, Shape, Style, Type};
use crate::source::Span;

/// What a call of each operation takes, and what its body is.
pub(super) fn lists(api: &Api) -> impl Iterator<Item = (Vec<&Parameter>, BodyKind)> {
    api.operations().map(|(_, operation)| (super::call_parameters(api, operation).collect(), operation.encoding.body))
}

/// Without it, two records that are sent would arrive as one.
pub(super) fn merged_items(api: &Api, diagnostics: &mut Diagnostics) {
    let mut told = HashSet::new();
    for (list, body) in lists(api) {
        let is_meant = |it: &&Parameter| !it.is_doubtful && !it.is_json(body) && !super::files::holds_file(api, &it.ty);
        for parameter in list.into_iter().filter(is_meant) {
            let found = merged(api, &parameter.style, &parameter.ty, &mut HashSet::new());
            let Some((problem, field)) = found.filter(|_| told.insert(parameter.span)) else { continue };
            let message = format!("`{}` {problem}", parameter.name.wire);
            let report = diagnostics.report(&rules::MERGED_ITEMS, parameter.span, message);
            let report = match field {
                Some((name, span)) => report.also(span, format!("`{name}` comes first and need not be there")),
                None => report,
            };
            report.help("say with `encoding: {lists: …}` that items have numbers: `a[0]`, `a.1`");
        }
    }
}

/// What items are in a value that have names without numbers and cannot be told apart, and the field that could do it.
type Merged<'a> = (&'static str, Option<(&'a str, Span)>);

fn merged<'a>(api: &'a Api, style: &Style, ty: &'a Type, seen: &mut HashSet<usize>) -> Option<Merged<'a>> {
    match api.bare(ty) {
        // It could be any.
        Type::List(item) if api.is_unknown(item) => None,
        Type::List(item) => {
            let Lists::Named(counted) = &style.lists else { return None };
            let own = if counted.first.is_none() { unmarked(api, style, item) } else { None };
            own.or_else(|| merged(api, style, item, seen))
        }
        Type::Map(item) if style.names_entries() => merged(api, style, item, seen),
        // A record may hold itself.
        bare @ Type::Named(id) if style.names_members() && seen.insert(id.0) => {
            let held = match api.shape(bare) {
                Some(Shape::Union(union)) => union.variants.iter().map(|(_, ty)| ty).collect(),
                _ => api.fields(bare).iter().map(|field| &field.ty).collect::<Vec<_>>(),
            };
            held.into_iter().find_map(|ty| merged(api, style, ty, seen))
        }
        _ => None,
    }
}

/// An item of which nothing says where the next one begins.
fn unmarked<'a>(api: &'a Api, style: &Style, item: &'a Type) -> Option<Merged<'a>> {
    match api.bare(item) {
        Type::List(_) => Some(("has lists in a list, of which nobody could tell where one ends", None)),
        Type::Map(_) if style.names_entries() => {
            Some(("has maps in a list, of which nobody could tell where one ends", None))
        }
        Type::Json if style.names_entries() => {
            Some(("has `json` in a list, and nobody could tell where a map in it ends", None))
        }
        bare if style.names_members() => {
            let first = api.fields(bare).first()?;
            let has_parts = api.has_parts(&first.ty);
            let told_apart = first.presence == Presence::Required && !has_parts;
            let problem = match has_parts {
                true => "has records in a list that begin with a value with parts, and so in several ways",
                false => "has records in a list, and servers begin another one where the first field comes again",
            };
            let field = (!has_parts).then_some((first.name.wire.as_str(), first.span));
            (!told_apart).then_some((problem, field))
        }
        _ => None,
    }
}
