//! `codegen check` as people run it.

use crate::common::{Folder, codegen};

#[test]
fn wrong_use_and_missing_folders_exit_with_2() {
    assert_eq!(codegen::<&str>([]).status, Some(2));
    assert_eq!(codegen(["check"]).status, Some(2));
    assert_eq!(codegen(["chek"]).status, Some(2));
    let folder = Folder::new();
    let missing = folder.path().join("nowhere");
    let outcome = codegen(["check", missing.to_str().expect("a path in UTF-8")]);
    assert_eq!((outcome.status, outcome.stdout.as_str()), (Some(2), ""));
    assert!(outcome.stderr.contains("nowhere"), "{}", outcome.stderr);
}

#[test]
fn help_goes_to_stdout() {
    let outcome = codegen(["--help"]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
    for name in ["check", "workload"] {
        assert!(outcome.stdout.contains(name), "{}", outcome.stdout);
    }
}
