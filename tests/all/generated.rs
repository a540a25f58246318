//! What reviewers read: a snapshot of every generated file of every real spec.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use codegen::FileSet;

/// The spec folders of this repository.
pub(crate) const SPECS: [&str; 2] = ["proctorexam", "proctoru"];

/// The generated files of one spec.
pub(crate) fn files(spec: &str) -> FileSet {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec").join(spec);
    codegen::generate(&dir).unwrap_or_else(|failure| panic!("{failure}"))
}

/// Settings under which a snapshot is `tests/snapshots/<name>.snap`.
pub(crate) fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("../snapshots");
    settings.set_omit_expression(true);
    settings
}

fn snapshot_name(path: &str) -> String {
    path.replace('/', "@")
}

#[test]
fn generated_files() {
    for spec in SPECS {
        for (path, text) in files(spec).files {
            settings().bind(|| insta::assert_snapshot!(snapshot_name(&path), text));
        }
    }
}

#[test]
fn same_spec_same_bytes() {
    for spec in SPECS {
        assert_eq!(files(spec).files, files(spec).files);
    }
}

#[test]
fn written_files_are_left_alone_when_they_are_the_same() {
    let out = tempfile::tempdir().unwrap();
    let set = files("proctorexam");
    set.write(out.path()).unwrap();
    let file = out.path().join("proctorexam/users.rs");
    let before = file.metadata().unwrap().modified().unwrap();
    set.write(out.path()).unwrap();
    assert_eq!(file.metadata().unwrap().modified().unwrap(), before);
    let users = set.files.iter().find(|(path, _)| path == "proctorexam/users.rs").map(|(_, text)| text.as_str());
    assert_eq!(Some(std::fs::read_to_string(&file).unwrap().as_str()), users);
}

#[test]
fn every_snapshot_has_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut expected = BTreeSet::from(
        ["boundaries", "boundaries_sent", "proctoru@examples", "proctoru@requests", "surface@runtime"]
            .map(str::to_owned),
    );
    for spec in SPECS {
        expected.extend(files(spec).files.iter().map(|(path, _)| snapshot_name(path)));
        expected.insert(format!("surface@{spec}"));
    }
    let found: BTreeSet<String> = stems(&root.join("snapshots"), "snap").into_iter().collect();
    assert_eq!(found, expected, "delete the snapshots that no test writes");
    let fixtures: BTreeSet<String> = stems(&root.join("fixtures/bad"), "yaml").into_iter().collect();
    let messages: BTreeSet<String> = stems(&root.join("snapshots/bad"), "snap").into_iter().collect();
    assert_eq!(messages, fixtures, "every message belongs to a fixture");
}

/// Names, without their ending, of what lies directly in a folder.
fn stems(folder: &Path, ending: &str) -> Vec<String> {
    let paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let named = |path: &PathBuf| {
        let name = path.file_name()?.to_str()?.strip_suffix(&format!(".{ending}"))?;
        Some(name.to_owned())
    };
    paths.iter().filter_map(named).collect()
}
