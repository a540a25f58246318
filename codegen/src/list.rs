//! A resolved API as a table: what there is, how it is known, and what each operation takes.

use std::fmt::Write as _;

use crate::ir::{Api, Evidence, Operation, Parameter};

/// A line of Markdown for each operation; required parameters are bold.
pub(crate) fn table(api: &Api) -> String {
    let mut table = String::from(
        "| operation | method and path | evidence | parameters | errors | example |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for (resource, operation) in api.operations() {
        let id = format!("`{}.{}`", resource.name.wire, operation.name.wire);
        let marks = [
            ("anonymous", operation.anonymous),
            ("deprecated", !operation.doc.deprecated.is_empty()),
            ("preview", operation.preview),
        ];
        let marks = marks.iter().filter(|(_, holds)| *holds).map(|(mark, _)| format!(", {mark}"));
        let guess = if operation.guesses_method { ", the method a guess" } else { "" };
        let below = if operation.below_host { ", below the host" } else { "" };
        let line = format!("`{} {}`{guess}{below}", operation.method.as_str(), operation.template());
        let errors = operation.errors.iter().map(|error| format!("`{}`", api.error(*error).name.wire));
        let cells = [
            id + &marks.collect::<String>(),
            line,
            operation.doc.evidence.as_str().to_owned(),
            parameters(api, operation),
            errors.collect::<Vec<_>>().join(", "),
            example(operation).to_owned(),
        ];
        let cells = cells.map(|cell| cell.replace('|', "\\|"));
        // Writing to a text cannot fail.
        let _ = writeln!(table, "| {} |", cells.join(" | "));
    }
    table
}

/// Whether a documented example is there; else what the one is that is known best.
fn example(operation: &Operation) -> &'static str {
    match operation.examples.iter().map(|example| example.doc.evidence).min() {
        None => "no",
        Some(Evidence::Documented) => "yes",
        Some(other) => other.as_str(),
    }
}

fn parameters(api: &Api, operation: &Operation) -> String {
    let paging = api.pagination.iter().filter(|_| operation.is_paged()).flat_map(|paging| &paging.parameters);
    let shown = |parameter: &Parameter| match parameter.is_needed() {
        true => format!("**`{}`**", parameter.name.wire),
        false => format!("`{}`", parameter.name.wire),
    };
    operation.parameters.iter().chain(paging).map(shown).collect::<Vec<_>>().join(", ")
}
