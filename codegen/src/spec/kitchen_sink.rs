//! Whether the kitchen sink has every key of the language: its clients are compiled, where warnings are errors.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::keys::tests::keys_of_file;
use super::keys::{API, OBJECTS, RESOURCE};

/// Its folders are called this, and more.
const KITCHEN_SINK: &str = "kitchen_sink";

fn entries(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn every_key_is_in_the_kitchen_sink() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/specs");
    let is_sink =
        |folder: &PathBuf| folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with(KITCHEN_SINK));
    let mut used = BTreeSet::new();
    for file in entries(&specs).into_iter().filter(is_sink).flat_map(|folder| entries(&folder)) {
        let root = if file.ends_with("api.yaml") { &API } else { &RESOURCE };
        used.extend(keys_of_file(root, &fs::read_to_string(&file).unwrap()));
    }
    let declared = OBJECTS.iter().flat_map(|object| object.own.iter().map(|key| (object.name, key.name)));
    let unused: Vec<_> = declared.filter(|key| !used.contains(key)).collect();
    assert!(unused.is_empty(), "keys that the kitchen sink does not use: {unused:?}");
}
