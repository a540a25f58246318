//! Whether `spec/README.md` describes the language that is read.

mod tables;
mod tutorial;
mod words;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::keys::tests::InPlace;
use super::keys::{OBJECTS, Object};
use crate::diagnostics::rules;

/// The language as its readers know it.
const README: &str = include_str!("../../../spec/README.md");

/// Set to write the tables anew.
const UPDATE: &str = "UPDATE_README";

/// What stands before and after a table.
const OPEN: &str = "<!-- table: ";
const CLOSE: &str = "<!-- end of table -->";

#[test]
fn the_tables_are_those_of_the_decoder() {
    let mut expected = String::new();
    let mut rest = README;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let (name, after) = after.split_once(" -->").unwrap();
        let (_, after) = after.split_once(CLOSE).unwrap_or_else(|| panic!("the table of {name:?} has no end"));
        write!(expected, "{before}{OPEN}{name} -->\n\n{}\n{CLOSE}", tables::table(name)).unwrap();
        rest = after;
    }
    expected += rest;
    if std::env::var_os(UPDATE).is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/README.md");
        std::fs::write(path, expected).unwrap();
        return;
    }
    let wrong = README.lines().zip(expected.lines()).find(|(is, should)| is != should);
    assert!(
        README == expected,
        "spec/README.md does not say what the decoder reads; `{UPDATE}=1 cargo test -p codegen readme` does it anew: {wrong:?}"
    );
}

#[test]
fn everything_has_one_table() {
    let mut shown: Vec<&str> = README.split(OPEN).skip(1).filter_map(|rest| Some(rest.split_once(" -->")?.0)).collect();
    let objects = OBJECTS.iter().map(|object| object.name);
    let mut wanted: Vec<&str> = objects
        .chain([tables::SOURCES_TABLE, tables::ANSWERED_TABLE, tables::RECEIVED_TABLE, tables::FUNCTIONS_TABLE])
        .collect();
    shown.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(shown, wanted, "each stands between `{OPEN}… -->` and `{CLOSE}`");
}

#[test]
fn every_documented_example_can_be_read() {
    let examples = examples();
    assert!(examples.len() > 10);
    for (name, example) in examples {
        let mistakes = InPlace::new(object(name), example).mistakes();
        let messages: Vec<&str> = mistakes.iter().map(|mistake| mistake.message.as_str()).collect();
        assert!(messages.is_empty(), "{messages:?} in\n{example}");
    }
}

#[test]
fn every_documented_example_keeps_the_rules() {
    // What an example names is said elsewhere: a type, an error, a credential, how an API pages and answers errors.
    let elsewhere = [
        &rules::UNKNOWN_TYPE,
        &rules::UNKNOWN_ERROR,
        &rules::UNKNOWN_SOURCE,
        &rules::UNKNOWN_COLLECTION,
        &rules::UNKNOWN_CREDENTIAL,
        &rules::UNKNOWN_PARAMETER,
        &rules::UNKNOWN_ERROR_PLACE,
        &rules::EXPRESSION_UNKNOWN_NAME,
        &rules::NOT_PAGED,
    ];
    // The tutorial is one spec, which has a test of its own.
    let tutorial = section("An API in ten minutes");
    let mut checked = 0;
    for (name, example) in examples().into_iter().filter(|(_, example)| !tutorial.contains(example)) {
        let findings = InPlace::new(object(name), example).findings();
        let findings = findings.iter().filter(|finding| !elsewhere.contains(&finding.rule));
        let messages: Vec<&str> = findings.map(|finding| finding.message.as_str()).collect();
        assert!(messages.is_empty(), "{messages:?} in\n{example}");
        checked += 1;
    }
    assert!(checked > 40, "{checked}");
}

#[test]
fn every_key_has_an_example() {
    let used: BTreeSet<_> =
        examples().into_iter().flat_map(|(name, text)| InPlace::new(object(name), text).keys()).collect();
    let all = OBJECTS.iter().flat_map(|object| object.own.iter().map(|key| (object.name, key.name)));
    let without: Vec<_> = all.filter(|key| !used.contains(key)).collect();
    assert!(without.is_empty(), "keys without an example in spec/README.md: {without:?}");
}

/// The examples, each with the name of the object that it says something of.
fn examples() -> Vec<(&'static str, &'static str)> {
    let block = |block: &'static str| block.split_once("\n```")?.0.split_once('\n');
    README.split("```yaml ").skip(1).filter_map(block).collect()
}

#[test]
fn every_example_says_what_it_is_an_example_of() {
    assert_eq!(README.matches("```yaml").count(), examples().len(), "write \"```yaml operation\", for example");
}

fn object(name: &str) -> &'static Object {
    OBJECTS.iter().find(|object| object.name == name).unwrap_or_else(|| panic!("no object is called {name:?}"))
}

/// What stands under a heading of the second level.
fn section(title: &str) -> &'static str {
    let (_, text) = README.split_once(&format!("\n## {title}\n")).unwrap_or_else(|| panic!("no section {title:?}"));
    text.split_once("\n## ").map_or(text, |(section, _)| section)
}
