//! Rules over the names that the parts of values get: whether a server can tell them apart.

use std::collections::HashSet;

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, BodyKind, Counted, Lists, Location, Nesting, Parameter, Presence, Shape, Style, Type};
use crate::source::Span;

/// Deeper parts are not looked at, nor more: records may hold themselves.
const DEPTH: usize = 6;
const MOST: usize = 1_000;

/// What a call of each operation takes, and what its body is.
fn lists(api: &Api) -> impl Iterator<Item = (Vec<&Parameter>, BodyKind)> {
    api.operations().map(|(_, operation)| (super::call_parameters(api, operation).collect(), operation.encoding.body))
}

/// Without it, two records that are sent would arrive as one.
pub(super) fn merged_items(api: &Api, diagnostics: &mut Diagnostics) {
    let mut told = HashSet::new();
    for (list, body) in lists(api) {
        for parameter in list.into_iter().filter(|it| !it.is_json(body)) {
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
            let has_parts = matches!(api.bare(&first.ty), Type::List(_) | Type::Map(_) | Type::Json)
                || matches!(api.shape(&first.ty), Some(Shape::Record(_) | Shape::Union(_)));
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

/// Without it, a server would take what is a parameter for a part of another one.
pub(super) fn same_part_name(api: &Api, diagnostics: &mut Diagnostics) {
    let mut told = HashSet::new();
    for (list, body) in lists(api) {
        let is_named = |it: &&Parameter| {
            matches!(it.location, Location::Query | Location::Body) && !it.is_json(body) && it.spread.is_none()
        };
        let mut list: Vec<&Parameter> = list.into_iter().filter(is_named).collect();
        list.sort_by(|one, other| one.name.wire.cmp(&other.name.wire));
        let has_parts = |it: &Parameter| matches!(api.bare(&it.ty), Type::List(_)) || !api.fields(&it.ty).is_empty();
        for (at, whole) in list.iter().enumerate().filter(|(_, it)| has_parts(it)) {
            // What begins with a name stands right behind it.
            let behind = list.get(at + 1..).unwrap_or_default();
            let longer =
                behind.iter().map_while(|other| Some((other, other.name.wire.strip_prefix(&whole.name.wire)?)));
            for (other, rest) in longer.filter(|(it, rest)| it.location == whole.location && !rest.is_empty()) {
                let mut names = Vec::new();
                leaves(api, &other.style, &other.ty, String::new(), 0, &mut names);
                let same = names.iter().find(|name| is_part(api, &whole.style, &whole.ty, &format!("{rest}{name}"), 0));
                let Some(name) = same.filter(|_| told.insert((whole.span, other.span))) else { continue };
                let message = format!("`{}{name}` is a part of `{}` as well", other.name.wire, whole.name.wire);
                diagnostics
                    .report(&rules::SAME_WIRE_NAME, other.span, message)
                    .also(whole.span, format!("a part of `{}` is called so", whole.name.wire))
                    .help(
                        "a call sends each name once; leave one of them out, or say how the other's parts are called",
                    );
            }
        }
    }
}

/// What stands behind the name of a value in the names of its parts, as far as they are not data.
fn leaves(api: &Api, style: &Style, ty: &Type, name: String, depth: usize, out: &mut Vec<String>) {
    match (api.bare(ty), &style.lists, &style.nesting) {
        _ if out.len() > MOST => {}
        _ if depth > DEPTH => out.push(name),
        (Type::List(item), Lists::Named(Counted { before, first, after }), _) => {
            let number = first.map(|first| first.to_string()).unwrap_or_default();
            leaves(api, style, item, format!("{name}{before}{number}{after}"), depth + 1, out);
        }
        (bare, _, Nesting::Named(before, after)) if !api.fields(bare).is_empty() => {
            for field in api.fields(bare) {
                leaves(api, style, &field.ty, format!("{name}{before}{}{after}", field.name.wire), depth + 1, out);
            }
        }
        _ => out.push(name),
    }
}

/// Whether this stands behind the name of a value in the name of one of its parts.
fn is_part(api: &Api, style: &Style, ty: &Type, rest: &str, depth: usize) -> bool {
    match (api.bare(ty), &style.lists, &style.nesting) {
        _ if depth > DEPTH => false,
        (Type::List(item), Lists::Named(Counted { before, first, after }), _) => {
            let Some(rest) = rest.strip_prefix(before.as_str()) else { return false };
            let digits = rest.len() - rest.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
            let is_numbered = first.is_some();
            let (number, rest) = rest.split_at(if is_numbered { digits } else { 0 });
            (!is_numbered || !number.is_empty())
                && rest.strip_prefix(after.as_str()).is_some_and(|rest| is_part(api, style, item, rest, depth + 1))
        }
        (bare, _, Nesting::Named(before, after)) if !api.fields(bare).is_empty() => {
            api.fields(bare).iter().any(|field| {
                let name = format!("{before}{}{after}", field.name.wire);
                rest.strip_prefix(&name).is_some_and(|rest| is_part(api, style, &field.ty, rest, depth + 1))
            })
        }
        _ => rest.is_empty(),
    }
}
