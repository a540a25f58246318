//! Rules over credentials and signing.

use std::collections::HashMap;

use crate::diagnostics::{Diagnostics, rules};
use crate::expr::SOURCES;
use crate::ir::{Api, Placement, ValueType};

/// Without it, a call would be signed with its own token.
pub(super) fn same_variable(api: &Api, diagnostics: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for credential in &api.credentials {
        if let Some(first) = seen.insert(&credential.env, credential.span) {
            diagnostics
                .report(&rules::SAME_VARIABLE, credential.span, format!("`{}` is read twice", credential.env))
                .also(first, "first for this credential")
                .help("give each credential a variable of its own");
        }
    }
}

/// Without it, raw bytes or a whole list would have to become a parameter.
pub(super) fn signing_value_type(api: &Api, diagnostics: &mut Diagnostics) {
    for Placement { name, value, value_span, .. } in api.signing.placements() {
        let help = match value.ty {
            ValueType::Text | ValueType::Number => continue,
            ValueType::Bytes => "write bytes as text, for example with `.hex()`",
            ValueType::Time => "write a time as a number, for example with `.epoch_ms()`",
            ValueType::Fields | ValueType::List | ValueType::ByteList => {
                "make one text of it, for example with `.join(\"&\")`"
            }
        };
        diagnostics
            .report(&rules::SIGNING_VALUE_TYPE, *value_span, format!("`{}` is neither a text nor a number", name.wire))
            .help(help);
    }
}

/// Without it, `path` in an expression would be the path or a credential, depending on who reads it.
pub(super) fn signing_name_taken(api: &Api, diagnostics: &mut Diagnostics) {
    let credentials = api.credentials.iter().map(|it| (&it.name.wire, it.span));
    let steps = api.signing.steps.iter().map(|it| (&it.name.wire, it.span));
    let mut seen = HashMap::new();
    for (name, span) in credentials.chain(steps) {
        if SOURCES.iter().any(|row| row.name == name) {
            diagnostics
                .report(&rules::SIGNING_NAME_TAKEN, span, format!("`{name}` means something else in every expression"))
                .help("choose another name");
        } else if let Some(first) = seen.insert(name, span) {
            diagnostics
                .report(&rules::SIGNING_NAME_TAKEN, span, format!("`{name}` is a credential as well as a step"))
                .also(first, "the credential")
                .help("rename the step");
        }
    }
}

/// Without it, a part of the recipe would be left out, and every call be refused.
pub(super) fn unused_step(api: &Api, diagnostics: &mut Diagnostics) {
    let steps = &api.signing.steps;
    let mut used = vec![false; steps.len()];
    let sent = api.signing.send.iter().flat_map(Placement::values);
    let answers = api.signing.answers.iter().map(|answers| &answers.expected);
    for value in steps.iter().map(|it| &it.value).chain(sent).chain(answers) {
        value.mark_steps(&mut used);
    }
    for (step, _) in steps.iter().zip(used).filter(|(_, used)| !used) {
        let name = &step.name.wire;
        diagnostics
            .report(&rules::UNUSED_STEP, step.span, format!("nothing uses the step `{name}`"))
            .help(format!("add `{name}` to `send` or to another step, or remove it"));
    }
}
