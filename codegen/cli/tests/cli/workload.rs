//! `codegen workload` as people run it.

use std::fs;
use std::path::Path;

use crate::common::{Folder, codegen};

#[test]
fn two_runs_write_the_same_files() {
    let (first, second) = (Folder::new(), Folder::new());
    for folder in [&first, &second] {
        let outcome = codegen(["workload", "6", "--out", folder.text()]);
        assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
    }
    assert_eq!(first.files(), second.files());
    let names: Vec<_> = first.files().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["api.yaml", "widgets001.yaml", "widgets002.yaml"]);
}

/// The tests of the workspace compile it.
#[test]
fn what_is_measured_is_what_is_compiled_by_the_tests() {
    let folder = Folder::new();
    assert_eq!(codegen(["workload", "4", "--out", folder.text()]).status, Some(0));
    let compiled = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/good/workload");
    for (name, text) in folder.files() {
        assert_eq!(fs::read_to_string(compiled.join(&name)).unwrap(), text, "{name}");
    }
}

#[test]
fn files_of_a_larger_workload_are_refused_not_mixed_in() {
    let folder = Folder::new();
    assert_eq!(codegen(["workload", "8", "--out", folder.text()]).status, Some(0));
    let outcome = codegen(["workload", "4", "--out", folder.text()]);
    assert_eq!(outcome.status, Some(2));
    assert!(outcome.stderr.contains("widgets002.yaml"), "{}", outcome.stderr);
    assert_eq!(codegen(["workload", "8", "--out", folder.text()]).status, Some(0));
}

#[test]
fn a_number_out_of_range_is_wrong_use() {
    let folder = Folder::new();
    for number in ["0", "-1", "10001", "many"] {
        assert_eq!(codegen(["workload", number, "--out", folder.text()]).status, Some(2), "{number}");
    }
    assert_eq!(codegen(["workload", "4"]).status, Some(2));
    assert!(folder.files().is_empty());
}
