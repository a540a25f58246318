//! The event parser is young: it must see in every spec at hand what the established reader sees.

use std::fs;
use std::path::{Path, PathBuf};

use serde_yaml::Value as Yaml;

use super::events;
use super::node::{Kind, Node, Value};
use crate::diagnostics::Diagnostics;
use crate::source::FileId;

fn same(node: &Node, yaml: &Yaml) -> bool {
    match (&node.value, yaml) {
        (Value::List(items), Yaml::Sequence(values)) => {
            items.len() == values.len() && items.iter().zip(values).all(|(item, value)| same(item, value))
        }
        (Value::Map(entries), Yaml::Mapping(values)) => {
            entries.len() == values.len()
                && entries
                    .iter()
                    .zip(values)
                    .all(|((key, item), (name, value))| name.as_str() == Some(&key.text) && same(item, value))
        }
        (Value::Scalar(Kind::Text, scalar), Yaml::String(text)) => scalar.text == *text,
        (Value::Scalar(Kind::Number, scalar), Yaml::Number(number)) => {
            serde_yaml::from_str::<Yaml>(&scalar.text).is_ok_and(|read| read == Yaml::Number(number.clone()))
        }
        (Value::Scalar(Kind::Boolean(value), _), Yaml::Bool(boolean)) => value == boolean,
        (Value::Scalar(Kind::Null, _), Yaml::Null) => true,
        _ => false,
    }
}

fn specs(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            specs(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            found.push(path);
        }
    }
}

#[test]
fn both_readers_see_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    specs(&root.join("spec"), &mut files);
    specs(&root.join("tests/fixtures"), &mut files);
    let mut compared = 0;
    for path in files {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for part in
            text.split("--- # file:").map(|part| part.split_once('\n').map_or("", |(_, rest)| rest)).chain([&*text])
        {
            let mut diagnostics = Diagnostics::default();
            let tree = events::read(FileId::default(), part, &mut diagnostics);
            // An anchor is YAML, and no part of the language; a byte-order mark is refused before reading.
            if let Some(tree) = tree.filter(|_| diagnostics.is_empty() && !part.contains('\u{feff}')) {
                let yaml = serde_yaml::from_str(part).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                assert!(same(&tree, &yaml), "{}", path.display());
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared}");
}
