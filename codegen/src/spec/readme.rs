//! Whether `spec/README.md` describes the language that is read.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::expr::{Argument, FUNCTIONS, Gives, SOURCES, Times, type_name};

/// The language as its readers know it.
const README: &str = include_str!("../../../spec/README.md");

/// The keys that the decoder asks for: the first text in each call of one of the kit's methods.
fn decoded_keys() -> BTreeSet<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/spec");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut keys = BTreeSet::new();
    for file in files.filter(|path| !path.ends_with("readme.rs")) {
        let text = std::fs::read_to_string(file).unwrap();
        for method in ["optional", "required", "flag", "many", "some", "named"] {
            let call = format!("map.{method}(\"");
            keys.extend(text.split(&call).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        }
    }
    keys
}

/// The keys in the first column of each table whose heading says that it lists keys.
fn documented_keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut is_keys = false;
    for line in README.lines() {
        match line.strip_prefix("| ").and_then(|row| row.split_once(" |")) {
            None => is_keys = false,
            Some((first, _)) if first == "key" || first.starts_with("key of ") => is_keys = true,
            Some((first, _)) if is_keys => keys.extend(first.split('`').skip(1).step_by(2).map(str::to_owned)),
            Some(_) => {}
        }
    }
    keys
}

#[test]
fn the_keys_that_are_read_are_the_keys_that_are_documented() {
    let keys = decoded_keys();
    assert!(keys.contains("codegen") && keys.contains("operations") && keys.len() > 60, "{keys:?}");
    assert_eq!(keys, documented_keys());
}

/// The tables of what expressions may name and call.
fn expression_tables() -> String {
    let mut tables = String::from("| name | type | value |\n| --- | --- | --- |\n");
    for row in SOURCES {
        let _ = writeln!(tables, "| `{}` | {} | {} |", row.name, type_name(row.ty), row.doc);
    }
    tables.push_str("| a credential | text | its value |\n| a step | its own | one of the steps above |\n\n");
    tables.push_str("| function | of | gives | what | for example |\n| --- | --- | --- | --- | --- |\n");
    for row in FUNCTIONS {
        let arguments: Vec<_> = row.arguments.iter().map(argument).collect();
        let dot = if row.receivers.is_empty() { "" } else { "." };
        let of: Vec<_> = row.receivers.iter().copied().map(type_name).collect();
        let call = format!("{dot}{}({})", row.name, arguments.join(", "));
        let (of, gives) = (of.join(", "), gives(row.gives));
        let _ = writeln!(tables, "| `{call}` | {of} | {gives} | {} | `{}` |", row.doc, row.example);
    }
    tables
}

fn argument(argument: &Argument) -> String {
    match argument.times {
        Times::Once => argument.name.to_owned(),
        Times::Many | Times::InPairs => format!("{}, …", argument.name),
    }
}

fn gives(gives: Gives) -> &'static str {
    match gives {
        Gives::Always(ty) => type_name(ty),
        Gives::Receiver => "the same",
        Gives::TextOrBytes => "text or bytes",
        Gives::List => "list",
        Gives::Branches => "the type of both",
    }
}

#[test]
fn every_source_and_function_of_signing_is_documented() {
    let tables = expression_tables();
    assert!(README.contains(&tables), "spec/README.md should have:\n{tables}");
}

/// The examples of the language's documentation.
fn examples() -> Vec<&'static str> {
    README.split("```yaml\n").skip(1).filter_map(|block| Some(block.split_once("```")?.0)).collect()
}

#[test]
fn every_documented_example_is_yaml() {
    assert!(examples().len() > 10);
    for example in examples() {
        serde_yaml::from_str::<serde_yaml::Value>(example).unwrap_or_else(|error| panic!("{error}:\n{example}"));
    }
}

#[test]
fn the_documented_spec_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in ["api.yaml", "orders.yaml"].into_iter().zip(examples()) {
        std::fs::write(folder.path().join(file), text).unwrap();
    }
    let client = crate::generate(folder.path()).unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(client.files.len(), 2);
}
