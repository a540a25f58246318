//! The workflows of the examples, held against what the mock received, and what it remembers afterwards.

#![allow(clippy::print_stdout, reason = "they are for people who watch")]

mod sessions;
mod staff;

#[path = "../../../generated-client/examples/proctorexam_exam.rs"]
mod exam_example;
#[path = "../../../generated-client/examples/proctorexam_lti.rs"]
mod lti_example;
#[path = "../../../generated-client/examples/proctorexam_staff.rs"]
mod staff_example;
#[path = "../../../generated-client/examples/proctorexam_watch.rs"]
mod watch_example;

use codegen_mock::Mock;

/// The operations that a mock was asked for, in order; each of them took effect unless it is marked.
fn calls(mock: &Mock) -> Vec<String> {
    let log = mock.log().into_iter();
    log.map(|it| format!("{}{}", it.operation.unwrap(), if it.handled { "" } else { ", refused" })).collect()
}

/// What was written, line by line.
fn lines(out: &[u8]) -> Vec<&str> {
    std::str::from_utf8(out).unwrap().lines().collect()
}

#[test]
fn every_example_runs_by_itself() {
    exam_example::main().unwrap();
    lti_example::main().unwrap();
    staff_example::main().unwrap();
    watch_example::main().unwrap();
}
