//! `codegen list` as people run it.

use crate::common::{Folder, codegen, repository};

#[test]
fn it_prints_a_line_an_operation() {
    let spec = repository("spec/proctorexam");
    let outcome = codegen(["list".as_ref(), spec.as_os_str()]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
    let line = "| `users.show` | `GET /institutes/{institute_id}/users/{id}` | documented | **`institute_id`**, **`id`** | \
                `not_authorized`, `not_found` | yes |";
    assert!(outcome.stdout.lines().any(|printed| printed == line), "{}", outcome.stdout);
    let marked = |mark: &str| outcome.stdout.lines().filter(|line| line.contains(mark)).count();
    assert_eq!((marked("`, deprecated |"), marked("| inferred |") > 5), (4, true));
    assert!(outcome.stdout.lines().skip(2).all(|line| line.matches(" | ").count() == 5), "{}", outcome.stdout);
}

#[test]
fn a_spec_with_mistakes_is_not_listed() {
    let spec = Folder::copy_of(&repository("spec/proctorexam"));
    spec.replace("users.yaml", "returns: {user: User}", "returns: {user: Usr}");
    let outcome = codegen(["list", spec.text()]);
    assert_eq!((outcome.status, outcome.stdout.as_str()), (Some(1), ""));
    assert!(outcome.stderr.contains("unknown type `Usr`"), "{}", outcome.stderr);
    assert_eq!(codegen(["list", "not/there"]).status, Some(2));
}
