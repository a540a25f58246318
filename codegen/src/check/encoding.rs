//! Rules over values with parts, and where there is room for them.

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Counted, Lists, Location, Parameter, Shape, Type};

/// What a value has for parts.
#[derive(Clone, Copy, PartialEq)]
enum Parts {
    None,
    Items {
        have_parts: bool,
    },
    Members,
    /// Whatever the caller gives it.
    Any,
}

/// Without it, all but the first part of a value would be lost, or nobody could tell them apart.
pub(super) fn parameter_shape(api: &Api, diagnostics: &mut Diagnostics) {
    let paging = super::paging_parameters(api).into_iter().map(|list| (list, api.encoding.body));
    let own = api.operations().map(|(_, operation)| (operation.parameters.as_slice(), operation.encoding.body));
    for (list, body) in own.chain(paging) {
        for parameter in list.iter().filter(|it| !it.is_doubtful && !api.is_unknown(&it.ty)) {
            let Some((problem, help)) = problem(api, parameter, parameter.is_json(body)) else { continue };
            diagnostics
                .report(&rules::PARAMETER_SHAPE, parameter.span, format!("`{}` {problem}", parameter.name.wire))
                .help(help);
        }
    }
}

fn problem(api: &Api, parameter: &Parameter, is_json: bool) -> Option<(&'static str, &'static str)> {
    // What is wrong with files is told by another rule.
    if super::files::holds_file(api, &parameter.ty) && parameter.location == Location::Body {
        return None;
    }
    let parts = parts(api, &parameter.ty);
    let is_named = matches!(parts, Parts::Members | Parts::Any);
    if parameter.spread.is_some() {
        if parameter.location == Location::Path {
            return Some(("stands in the path, where nothing can be spread", "leave `spread` out"));
        }
        return (!is_named).then_some(("has no entries that could be spread", "leave `spread` out"));
    }
    if parts == Parts::None {
        return None;
    }
    if is_json {
        return None;
    }
    let style = &parameter.style;
    if parts == (Parts::Items { have_parts: true }) && style.lists == Lists::Commas {
        let help = "say with `encoding: {lists: …}` what the items are called";
        return Some(("is a list of values with parts, which commas cannot keep apart", help));
    }
    if !matches!(parameter.location, Location::Path | Location::Header) {
        return None;
    }
    // A header may stand there several times.
    let again = Lists::Named(Counted { before: String::new(), first: None, after: String::new() });
    let is_one_list = matches!(style.lists, Lists::Commas | Lists::Json)
        || (parameter.location == Location::Header && style.lists == again);
    if matches!(parts, Parts::Items { .. } | Parts::Any) && !is_one_list {
        let help = "say `encoding: {lists: commas}`, or `json`";
        return Some(("is a list where there is room for one text", help));
    }
    if is_named && style.names_members() {
        let help = "say `encoding: {nesting: json}`";
        return Some(("has members where there is room for one text", help));
    }
    None
}

fn parts(api: &Api, ty: &Type) -> Parts {
    match api.bare(ty) {
        Type::List(item) => Parts::Items { have_parts: parts(api, item) != Parts::None },
        Type::Map(_) | Type::Json => Parts::Any,
        named @ Type::Named(_) => match api.shape(named) {
            Some(Shape::Record(_) | Shape::Union(_)) => Parts::Members,
            _ => Parts::None,
        },
        _ => Parts::None,
    }
}
