//! Whether the kitchen sink has every key and every word of the language: its clients are compiled, where warnings are
//! errors.

use std::fs;
use std::path::{Path, PathBuf};

use super::keys::tests::{Used, words};
use super::keys::{API, OBJECTS, RESOURCE, TYPED};
use crate::lower::{SPELLINGS, WORDS};

/// Its folders are called this, and more. Where clients are called, a test holds that every folder there is compiled.
const KITCHEN_SINK: &str = "kitchen_sink";

/// Styles are texts of many forms, of which these are all that differ: by brackets and points, counted from either
/// number or not, with a name between or none, and in one text.
const STYLES: [(&str, &[&str]); 3] = [
    ("nesting", &["a[b]", "a.b", "json"]),
    ("lists", &["a[]", "a[0]", "a.1", "a.member.1", "a", "commas", "json"]),
    ("maps", &["a.1.key", "a[0][k]"]),
];

fn entries(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// What all of them use, each of which can be compiled.
fn used() -> Used {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/specs");
    let is_sink =
        |folder: &PathBuf| folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with(KITCHEN_SINK));
    let mut all = Used::default();
    let folders: Vec<PathBuf> = entries(&specs).into_iter().filter(is_sink).collect();
    for folder in &folders {
        crate::load(folder).unwrap_or_else(|failure| panic!("{failure}"));
    }
    for file in folders.iter().flat_map(|folder| entries(folder)) {
        let root = if file.ends_with("api.yaml") { &API } else { &RESOURCE };
        let used = Used::of_file(root, &fs::read_to_string(&file).unwrap());
        all.keys.extend(used.keys);
        all.texts.extend(used.texts);
        all.types.extend(used.types);
    }
    all
}

#[test]
fn every_key_is_in_the_kitchen_sink() {
    let used = used().keys;
    let declared = OBJECTS.iter().flat_map(|object| object.own.iter().map(|key| (object.name, key.name)));
    let unused: Vec<_> = declared.filter(|key| !used.contains(key)).collect();
    assert!(unused.is_empty(), "keys that the kitchen sink does not use: {unused:?}");
}

#[test]
fn every_type_and_style_is_in_the_kitchen_sink() {
    let used = used();
    let is_used = |word: &&str| used.types.iter().any(|text| text.trim_end_matches('?') == *word);
    let unused: Vec<_> = WORDS.iter().map(|(word, _)| *word).filter(|word| !is_used(word)).collect();
    assert!(unused.is_empty(), "types that the kitchen sink does not use: {unused:?}");
    let is_used = |key: &str, style: &str| used.texts.iter().any(|(_, name, text)| *name == key && text == style);
    let styles = STYLES.iter().flat_map(|(key, styles)| styles.iter().map(move |style| (*key, *style)));
    let unused: Vec<_> = styles.filter(|(key, style)| !is_used(key, style)).collect();
    assert!(unused.is_empty(), "styles that the kitchen sink does not use: {unused:?}");
}

#[test]
fn every_word_is_in_the_kitchen_sink() {
    let used = used().texts;
    let keys = OBJECTS.iter().flat_map(|object| object.own.iter().map(move |key| (object, key)));
    let declared = keys.flat_map(|(object, key)| words(key.ty).into_iter().map(|word| (object.name, key.name, word)));
    let unused: Vec<_> =
        declared.filter(|(object, key, word)| !used.contains(&(object, key, (*word).to_owned()))).collect();
    assert!(unused.is_empty(), "words that the kitchen sink does not use: {unused:?}");
    let is_read = |word: &str| used.contains(&(TYPED.name, "read", word.to_owned()));
    let unused: Vec<_> = SPELLINGS.iter().map(|(word, _)| *word).filter(|word| !is_read(word)).collect();
    assert!(unused.is_empty(), "spellings that the kitchen sink does not use: {unused:?}");
}
