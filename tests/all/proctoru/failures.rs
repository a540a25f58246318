//! What the mock answers when something goes wrong, as it arrives: the whole envelope.

use codegen::ir::Operation;
use codegen_mock::Fault;
use serde_json::{Value, json};

use super::raw::{FORM, send};
use super::{mock, mock_at, spec};

/// The members of an answer, in the order of their names.
fn names(body: &Value) -> Vec<&str> {
    body.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Whether a text is a time as the vendor writes it.
fn is_time(value: &Value) -> bool {
    let shape = |text: &str| text.replace(|character: char| character.is_ascii_digit(), "0");
    value.as_str().is_some_and(|text| shape(text) == "0000-00-00T00:00:00Z")
}

/// The path of an operation, with something for each of its parameters.
fn path(operation: &Operation) -> String {
    let named = operation.parameters.iter().map(|it| format!("{{{}}}", it.name.wire));
    named.fold(operation.template(), |path, name| path.replace(&name, "1"))
}

#[tokio::test]
async fn every_documented_failure_of_every_method_has_the_whole_envelope() {
    let api = codegen::load(&spec()).unwrap();
    let mock = mock().await;
    let mut counts = [0, 0];
    for (_, operation) in api.operations() {
        let has_envelope = api.envelope_of(operation).success == api.envelope.success;
        for error in operation.errors.iter().chain(&operation.empty_on).map(|id| api.error(*id)) {
            let (operation_name, error_name) = (&operation.name.wire, &error.name.wire);
            mock.fail_next(Fault::Documented(error_name.clone()));
            let (status, body) = send(&mock, operation.method.as_str(), &path(operation), FORM, "");
            let place = format!("{operation_name} {error_name}: {body}");
            let code = if error_name == "other" { 3 } else { 2 };
            assert_eq!((status, &body["response_code"]), (200, &json!(code)), "{place}");
            assert!(body["message"].as_str().is_some_and(|text| !text.is_empty()), "{place}");
            if has_envelope {
                assert_eq!(names(&body), ["data", "message", "response_code", "time_sent"], "{place}");
                assert!(body["data"].is_null() && is_time(&body["time_sent"]), "{place}");
            } else {
                assert_eq!(names(&body), ["message", "response_code"], "{place}");
            }
            counts[usize::from(has_envelope)] += 1;
        }
    }
    assert_eq!(counts, [6, 87], "without the envelope, and with it");
}

#[tokio::test]
async fn what_the_memory_refuses_and_what_it_answers_has_the_same_envelope() {
    let mock = mock_at("2022-05-16T10:06:48Z").await;
    for (target, given, time, message, code) in [
        ("/getTOS", "student_id=S-404", "10:06:00", "Student Not found", 2),
        ("/getTOS", "", "10:06:00", "student_id is invalid : Error count 0 of 50", 2),
        ("/getTOS", "student_id=S-269", "09:06:00", "stale request", 2),
        ("/getTOS", "student_id=S-269", "10:06:00", "", 1),
        ("/agreeToTOS", "student_id=S-269", "10:06:00", "", 1),
    ] {
        let body = format!("{given}&time_sent=2022-05-16T{time}Z");
        let (status, answer) = send(&mock, "POST", target, FORM, &body);
        assert_eq!((status, &answer["message"]), (200, &json!(message)), "{target} {answer}");
        assert_eq!(answer["response_code"], code, "{answer}");
        assert_eq!(names(&answer), ["data", "message", "response_code", "time_sent"]);
    }
}
