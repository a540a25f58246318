//! Parameters: where they travel, what holds for them, and what stands in for them.

use super::api::header_name;
use super::constraints::Beside;
use super::context::{Cx, index};
use super::{constraints, encoding};
use crate::diagnostics::rules;
use crate::ir::{Fallback, Location, Parameter, Presence, Style};
use crate::source::Scalar;
use crate::spec;

/// Lowers parameters; `place` says where the one at an index travels, and `is_doubtful` whether nobody knows it.
pub(super) fn lower(
    cx: &mut Cx<'_, '_>,
    parameters: &spec::Declared<spec::Parameter>,
    around: &Style,
    is_doubtful: bool,
    place: impl Fn(usize) -> Location,
) -> Vec<Parameter> {
    let names = index(parameters);
    let beside = Beside::parameters(&names);
    let lower = |(at, (name, parameter)): (usize, &(Scalar, spec::Parameter))| {
        let location = location(cx, name, parameter, place(at));
        if location == Location::Header {
            header_name(cx, name);
        }
        if let (Some(at), true) = (parameter.keeps_slashes, location != Location::Path) {
            let message = format!("`{}` is not in the path, so that nothing happens to its slashes", name.text);
            cx.diagnostics.report(&rules::PARAMETER_NOT_IN_PATH, at, message).help("leave `keep_slashes` out");
        }
        let required = match (&parameter.required, location) {
            (Some(said), Location::Path) if !said.value => {
                let message = format!("`{}` stands in the path, which cannot be without it", name.text);
                cx.diagnostics.report(&rules::CONFLICTING_KEYS, said.span, message).help("leave `required` out");
                true
            }
            (_, Location::Path) => true,
            (said, _) => said.as_ref().is_some_and(|said| said.value),
        };
        Parameter {
            name: cx.wire_name(name, parameter.rust.as_ref()),
            ty: cx.ty_never_null(parameter.ty.as_ref(), "a parameter"),
            location,
            style: encoding::style(around, parameter.encoding.as_ref()),
            style_said: parameter.encoding.iter().flat_map(spec::Encoding::styles).collect(),
            spread: parameter.spread,
            is_doubtful: is_doubtful || parameter.is_doubtful,
            keeps_slashes: parameter.keeps_slashes.is_some(),
            signed: parameter.signed.unwrap_or(true),
            content_type: parameter.content_type.as_ref().map(Scalar::spanned),
            presence: if required { Presence::Required } else { Presence::Optional },
            sensitivity: parameter.sensitivity,
            rules: constraints::lower(cx, &parameter.rules, &parameter.across, &beside),
            clear: parameter.clear.clone(),
            fallback: fallback(cx, parameter, &beside),
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
            cx.diagnostics
                .report(&rules::PARAMETER_NOT_IN_PATH, name.span, message)
                .help(format!("write `{{{}}}` into the path under `http`, or leave `in` out", name.text));
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

fn fallback(cx: &mut Cx<'_, '_>, parameter: &spec::Parameter, beside: &Beside<'_, '_>) -> Fallback {
    let from = parameter.default_from.as_ref().and_then(|other| beside.find(cx, other));
    match (&parameter.default, from) {
        _ if parameter.idempotency_key => Fallback::Random,
        (_, Some(index)) => Fallback::Parameter(index),
        (Some(default), None) => Fallback::Server(default.spanned()),
        (None, None) => Fallback::Nothing,
    }
}
