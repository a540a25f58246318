//! `codegen generate` as people run it.

use crate::common::{Folder, codegen, repository};

#[test]
fn two_runs_write_the_same_files() {
    let spec = repository("spec/proctorexam");
    let spec = spec.to_str().expect("a path in UTF-8");
    let (first, second) = (Folder::new(), Folder::new());
    for folder in [&first, &second] {
        let outcome = codegen(["generate", spec, "--out", folder.text()]);
        assert_eq!((outcome.status, outcome.stdout.as_str(), outcome.stderr.as_str()), (Some(0), "", ""));
    }
    let files = first.files();
    assert!(files.iter().any(|(_, text)| text.contains("pub struct CreateUser")));
    assert_eq!(files, second.files());
}

#[test]
fn nothing_is_written_for_a_spec_with_mistakes() {
    let (spec, out) = (Folder::copy_of(&repository("spec/proctorexam")), Folder::new());
    spec.replace("users.yaml", "type: UserId,", "type: UserIdd,");
    let outcome = codegen(["generate", spec.text(), "--out", out.text()]);
    assert_eq!(outcome.status, Some(1));
    assert!(outcome.stderr.contains("UserIdd"), "{}", outcome.stderr);
    assert!(out.files().is_empty());
}

#[test]
fn an_output_that_is_a_file_is_wrong_use() {
    let folder = Folder::new();
    folder.write("taken", "");
    let spec = repository("spec/proctorexam");
    let out = folder.path().join("taken");
    let outcome =
        codegen(["generate", spec.to_str().expect("a path in UTF-8"), "--out", out.to_str().expect("a path in UTF-8")]);
    assert_eq!(outcome.status, Some(2), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("taken"), "{}", outcome.stderr);
}
