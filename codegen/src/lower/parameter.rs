//! Parameters: where they travel, what holds for them, and what stands in for them.

use super::api::header_name;
use super::context::{Cx, Index, find, index};
use super::encoding;
use crate::diagnostics::rules;
use crate::ir::{Constraint, Fallback, Location, Parameter, Presence, Style};
use crate::source::{Scalar, Spanned};
use crate::spec;

/// Lowers parameters; `place` says where the one at an index travels.
pub(super) fn lower(
    cx: &mut Cx<'_, '_>,
    parameters: &spec::Named<spec::Parameter>,
    around: &Style,
    place: impl Fn(usize) -> Location,
) -> Vec<Parameter> {
    let names = index(parameters);
    let lower = |(at, (name, parameter)): (usize, &(Scalar, spec::Parameter))| {
        let location = location(cx, name, parameter, place(at));
        if location == Location::Header {
            header_name(cx, name);
        }
        if let (Some(at), true) = (parameter.keeps_slashes, location != Location::Path) {
            let message = format!("`{}` is not in the path, so that nothing happens to its slashes", name.text);
            cx.diagnostics.report(&rules::PARAMETER_NOT_IN_PATH, at, message).help("leave `keep_slashes` out");
        }
        let required = parameter.required || location == Location::Path;
        Parameter {
            name: cx.wire_name(name, parameter.rust.as_ref()),
            ty: cx.ty_never_null(parameter.ty.as_ref(), "a parameter"),
            location,
            style: encoding::style(around, parameter.encoding.as_ref()),
            spread: parameter.spread,
            keeps_slashes: parameter.keeps_slashes.is_some(),
            signed: parameter.signed.unwrap_or(true),
            content_type: parameter.content_type.as_ref().map(Scalar::spanned),
            presence: if required { Presence::Required } else { Presence::Optional },
            sensitivity: parameter.sensitivity,
            constraints: constraints(cx, parameter, &names),
            clear: parameter.clear.as_ref().map(Scalar::spanned),
            fallback: fallback(cx, parameter, &names),
            doc: cx.doc(&parameter.doc),
            span: name.span,
        }
    };
    parameters.iter().enumerate().map(lower).collect()
}

/// A place of its own choice, except that the path template decides about the path.
fn location(cx: &mut Cx<'_, '_>, name: &Scalar, parameter: &spec::Parameter, usual: Location) -> Location {
    match (parameter.location, usual) {
        (None, usual) => usual,
        (Some(Location::Path), Location::Query | Location::Header | Location::Body) => {
            let message = format!("the path has no `{{{}}}`", name.text);
            cx.diagnostics.report(&rules::PARAMETER_NOT_IN_PATH, name.span, message);
            usual
        }
        (Some(Location::Query | Location::Header | Location::Body), Location::Path) => {
            let message = format!("`{}` stands in the path, so that it cannot travel elsewhere", name.text);
            cx.diagnostics.report(&rules::CONFLICTING_KEYS, name.span, message).help("leave `in` out");
            usual
        }
        (Some(stated), _) => stated,
    }
}

fn constraints(cx: &mut Cx<'_, '_>, parameter: &spec::Parameter, names: &Index<'_>) -> Vec<Spanned<Constraint>> {
    let mut constraints = Vec::new();
    constraints.extend(parameter.min_length.clone().map(|least| least.map(Constraint::MinLength)));
    constraints.extend(parameter.max_length.clone().map(|most| most.map(Constraint::MaxLength)));
    constraints.extend(parameter.min.clone().map(|least| least.map(Constraint::Min)));
    constraints.extend(parameter.max.clone().map(|most| most.map(Constraint::Max)));
    constraints.extend(parameter.max_size.clone().map(|most| most.map(Constraint::MaxSize)));
    constraints.extend(parameter.contains.iter().map(|class| class.clone().map(Constraint::Contains)));
    constraints.extend(parameter.pattern.as_ref().map(|pattern| pattern.spanned().map(Constraint::Pattern)));
    let equals = parameter.equals.as_ref().and_then(|other| sibling(cx, other, names));
    constraints.extend(equals.map(|other| other.map(Constraint::Equals)));
    let unless = parameter.required_unless.as_ref().and_then(|other| sibling(cx, other, names));
    constraints.extend(unless.map(|other| other.map(Constraint::Unless)));
    constraints
}

fn fallback(cx: &mut Cx<'_, '_>, parameter: &spec::Parameter, names: &Index<'_>) -> Fallback {
    let from = parameter.default_from.as_ref().and_then(|other| sibling(cx, other, names));
    match (&parameter.default, from) {
        (_, Some(index)) => Fallback::Parameter(index),
        (Some(default), None) => Fallback::Server(default.spanned()),
        (None, None) => Fallback::Nothing,
    }
}

/// Another parameter of the same operation, and where it is named.
fn sibling(cx: &mut Cx<'_, '_>, name: &Scalar, names: &Index<'_>) -> Option<Spanned<usize>> {
    let value = find(cx.diagnostics, names, name, &rules::UNKNOWN_PARAMETER, "parameter")?;
    Some(Spanned { value, span: name.span })
}
