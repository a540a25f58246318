//! Nothing that is the same for every API knows any of them.

use std::fs;
use std::path::Path;

use crate::generated::SPECS;

#[test]
fn neither_runtime_nor_generator_names_an_api() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut count = 0;
    for folder in ["generated-client/runtime/src", "codegen/src", "codegen/mock/src", "codegen/cli/src"] {
        look_into(&root.join(folder), &mut count);
    }
    assert!(count > 200, "{count}");
}

/// Tests of the generator may take a real spec for a sample.
fn look_into(folder: &Path, count: &mut usize) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            look_into(&path, count);
        } else if path.file_name().is_some_and(|name| name != "tests.rs") {
            let text = fs::read_to_string(&path).unwrap().to_lowercase();
            for name in SPECS.into_iter().chain(["proctor u", "procwise", "meazure"]) {
                assert!(!text.contains(name), "{} names {name}", path.display());
            }
            *count += 1;
        }
    }
}
