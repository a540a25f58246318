//! Rules over parameters that take their value from each other.

use crate::diagnostics::{Diagnostics, rules};
use crate::ir::{Api, Fallback, Parameter};
use crate::source::Spanned;

/// Without it, a text would be sent as a number.
pub(super) fn bad_source(api: &Api, diagnostics: &mut Diagnostics) {
    for list in super::parameter_lists(api) {
        for (index, parameter) in list.iter().enumerate() {
            let Some(other) = source(parameter) else { continue };
            let Some(target) = list.get(other.value) else { continue };
            let (name, other_name) = (&parameter.name.wire, &target.name.wire);
            let (message, help) = if other.value == index {
                (format!("`default_from` of `{name}` names itself"), "name another of the same type")
            } else if api.is_unknown(&parameter.ty) || api.is_unknown(&target.ty) {
                continue;
            } else if parameter.ty != target.ty {
                let message = format!("`default_from` of `{name}` names `{other_name}`, which is of another type");
                (message, "name another of the same type")
            } else if super::files::is_part(api, &parameter.ty) {
                let message = format!("`default_from` of `{name}` names a file, and there may be no reading it twice");
                (message, "leave `default_from` out, and let the caller give both")
            } else {
                continue;
            };
            diagnostics.report(&rules::BAD_LINK, other.span, message).also(parameter.span, "the parameter").help(help);
        }
    }
}

/// The parameter that gives this one its value.
pub(super) fn source(parameter: &Parameter) -> Option<Spanned<usize>> {
    match &parameter.fallback {
        Fallback::Parameter(other) => Some(other.clone()),
        Fallback::Nothing | Fallback::Server(_) | Fallback::Random => None,
    }
}

/// Without it, filling in a value would go round in a circle.
pub(super) fn default_cycle(api: &Api, diagnostics: &mut Diagnostics) {
    for list in super::parameter_lists(api) {
        let mut done = vec![false; list.len()];
        for start in 0..list.len() {
            let mut walk = Vec::new();
            let mut at = start;
            // Each parameter names at most one other, so a walk meets a cycle or ends.
            while let Some(parameter) = list.get(at) {
                if std::mem::replace(&mut done[at], true) {
                    if let Some(from) = walk.iter().position(|seen| *seen == at) {
                        report(list, &walk[from..], diagnostics);
                    }
                    break;
                }
                walk.push(at);
                let Some(next) = source(parameter) else { break };
                at = next.value;
            }
        }
    }
}

fn report(list: &[Parameter], cycle: &[usize], diagnostics: &mut Diagnostics) {
    // One that names itself is a bad link already.
    let (Some(first), true) = (cycle.iter().min().and_then(|index| list.get(*index)), cycle.len() > 1) else { return };
    let Some(said) = source(first) else { return };
    let message = format!("the default of `{}` comes, in the end, from itself", first.name.wire);
    diagnostics
        .report(&rules::DEFAULT_CYCLE, said.span, message)
        .also(first.span, "the parameter")
        .help("give one of them a value of its own");
}
