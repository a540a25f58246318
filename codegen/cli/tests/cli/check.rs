//! `codegen check` as people run it.

use std::ffi::OsStr;

use crate::common::{Folder, codegen, command, repository};

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
    for name in ["check", "generate", "mock", "workload"] {
        assert!(outcome.stdout.contains(name), "{}", outcome.stdout);
    }
}

#[test]
fn the_real_spec_is_clean() {
    let spec = repository("spec/proctorexam");
    let outcome = codegen([OsStr::new("check"), spec.as_os_str()]);
    assert_eq!((outcome.status, outcome.stdout.as_str(), outcome.stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn every_mistake_of_a_broken_copy_is_printed_with_its_place() {
    let folder = Folder::copy_of(&repository("spec/proctorexam"));
    folder.replace("users.yaml", "errors: [not_authorized, not_found]", "errors: [not_authorized, not_fuond]");
    folder.replace("api.yaml", "canonical: params.sort()", "canonical: params.sorted()");
    let outcome = codegen(["check", folder.text()]);
    assert_eq!((outcome.status, outcome.stdout.as_str()), (Some(1), ""));
    let place = |file: &str, text: &str| format!("{file}:{}:", folder.line_of(file, text));
    for expected in [place("users.yaml", "not_fuond"), place("api.yaml", "sorted()"), "help".to_owned()] {
        assert!(outcome.stderr.contains(&expected), "no `{expected}` in:\n{}", outcome.stderr);
    }
}

#[test]
fn mistakes_of_one_spec_do_not_hide_those_of_another() {
    let (first, second) = (Folder::new(), Folder::new());
    first.write("api.yaml", "codegen: 1\nname: first\nnonsense_one: 1\n");
    second.write("api.yaml", "codegen: 1\nname: second\nnonsense_two: 1\n");
    let outcome = codegen(["check", first.text(), second.text()]);
    assert_eq!(outcome.status, Some(1));
    for expected in ["nonsense_one", "nonsense_two"] {
        assert!(outcome.stderr.contains(expected), "{}", outcome.stderr);
    }
}

#[test]
fn a_reader_who_has_read_enough_is_no_trouble() {
    let folder = Folder::new();
    folder.write("api.yaml", "codegen: 1\nname: first\nnonsense: 1\n");
    for (arguments, status) in [(["check", folder.text()], 1), (["check", "nowhere"], 2)] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let status_found = command(arguments).stderr(writer).status().expect("the command runs").code();
        assert_eq!(status_found, Some(status), "{arguments:?}");
    }
}

#[test]
fn workloads_are_clean() {
    for operations in ["1", "3", "9"] {
        let folder = Folder::new();
        assert_eq!(codegen(["workload", operations, "--out", folder.text()]).status, Some(0));
        let outcome = codegen(["check", folder.text()]);
        assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""), "{operations} operations");
    }
}
