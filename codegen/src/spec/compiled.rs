//! Whether every key of the language is in a spec whose client is compiled by the tests, where warnings are errors.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::keys::tests::keys_of_file;
use super::keys::{API, OBJECTS, RESOURCE};

/// Where the folders of those specs are.
const COMPILED: [&str; 4] = ["../spec", "fixtures/good", "specs", "webhooks"];

/// The keys that no such spec uses yet. A key that is used leaves this list, and no new one comes to it.
const NOT_YET: [(&str, &str); 13] = [
    ("retry advice", "header"),
    ("pagination", "offset"),
    ("pagination", "cursor"),
    ("pagination", "follow"),
    ("pagination", "more"),
    ("pagination", "short_page_ends"),
    ("pagination", "repeats"),
    ("type", "at_least_one"),
    ("field", "equals"),
    ("field", "required_unless"),
    ("field", "required_if"),
    ("field", "forbidden_if"),
    ("no overlap", "end"),
];

fn entries(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn every_key_is_in_a_spec_that_is_compiled() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests");
    let folders = COMPILED.iter().flat_map(|dir| entries(&tests.join(dir))).filter(|path| path.is_dir());
    let mut used = BTreeSet::new();
    for file in folders.flat_map(|folder| entries(&folder)) {
        if file.extension().is_some_and(|ending| ending == "yaml") {
            let root = if file.ends_with("api.yaml") { &API } else { &RESOURCE };
            used.extend(keys_of_file(root, &fs::read_to_string(&file).unwrap()));
        }
    }
    let declared = OBJECTS.iter().flat_map(|object| object.own.iter().map(|key| (object.name, key.name)));
    let unused: Vec<_> = declared.filter(|key| !used.contains(key)).collect();
    assert_eq!(unused, NOT_YET, "keys that no spec that is compiled uses, and those that are known to be unused");
}
