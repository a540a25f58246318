//! Models that differ from the real spec: the mock follows the model, not ProctorExam.

use std::sync::mpsc;
use std::thread;

use codegen::ir::{
    AnswerPath, Api, Condition, ExprKind, Function, Json, Payload, Place, Resource, Signing, Source, Written,
};
use codegen::source::Span;
use codegen_mock::Mock;
use serde_json::json;

use crate::caller::{Answer, Call, NOW, api, builder_of, create, exchange};

async fn start(change: impl FnOnce(&mut Api)) -> Mock {
    let mut api = api();
    change(&mut api);
    builder_of(api).start().await.unwrap()
}

fn show() -> Call {
    Call::new("GET", "/institutes/1/users/1")
}

#[tokio::test]
async fn errors_may_be_bare() {
    let mock = start(|api| api.mock.error_in.0.clear()).await;
    let gone = Call::new("GET", "/institutes/1/users/9").send(&mock);
    assert_eq!(gone.both(), (404, json!("Couldn't find User with 'id'='9'")));
    let taken = create("teacher@proctorexam.com").send(&mock);
    assert_eq!(taken.both(), (422, json!({"email": ["has already been taken"]})));
}

#[tokio::test]
async fn errors_may_stand_deep() {
    let mock = start(|api| api.mock.error_in = AnswerPath(vec!["error".to_owned(), "text".to_owned()])).await;
    let gone = Call::new("GET", "/institutes/1/users/9").send(&mock);
    assert_eq!(gone.both(), (404, json!({"error": {"text": "Couldn't find User with 'id'='9'"}})));
}

#[tokio::test]
async fn an_error_without_a_status_has_that_of_a_success_where_the_body_says_that_it_failed() {
    let body = || Json::Object(vec![("ok".to_owned(), Json::Boolean(false))]);
    let place = || Place { span: Span::default(), within: Vec::new() };
    for (says_so, is_shown, status) in [(true, false, 200), (true, true, 200), (false, false, 400), (false, true, 400)]
    {
        let mock = start(|api| {
            let ok = Condition::Is(AnswerPath(vec!["ok".to_owned()]), vec![Json::Boolean(true)]);
            api.envelope.success.conditions = if says_so { vec![ok] } else { Vec::new() };
            for error in &mut api.errors {
                error.statuses.clear();
                error.example = is_shown.then(|| Written { json: body(), place: place() });
            }
        })
        .await;
        let gone = Call::new("GET", "/institutes/1/users/9").send(&mock);
        assert_eq!(gone.status, status, "{says_so} {is_shown}");
    }
}

#[tokio::test]
async fn an_api_may_sign_nothing() {
    let mock = start(|api| {
        api.signing = Signing::default();
        api.headers.clear();
    })
    .await;
    let request = b"GET /api/v3/institutes/1/users/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    assert_eq!(Answer::parse(&exchange(mock.socket(), request)).status, 200);
}

#[tokio::test]
async fn timestamps_may_be_seconds_and_the_window_off() {
    let in_seconds = |api: &mut Api| {
        let ExprKind::Call(function, _) = &mut api.signing.inject[0].value.kind else { panic!("no timestamp") };
        *function = Function::EpochS;
    };
    let mock = start(in_seconds).await;
    let at = |mock: &Mock, seconds: i64| show().with(|call| call.timestamp = seconds.to_string()).send(mock).status;
    assert_eq!(at(&mock, NOW / 1000 - 300), 200);
    assert_eq!(at(&mock, NOW / 1000 - 301), 403);
    let mock = start(|api| {
        in_seconds(api);
        api.mock.window = 0;
    })
    .await;
    assert_eq!(at(&mock, 0), 200);
}

fn users(api: &mut Api) -> &mut Resource {
    api.resources.iter_mut().find(|resource| resource.name.wire == "users").unwrap()
}

#[tokio::test]
async fn an_operation_without_effect_answers_its_example() {
    let mock = start(|api| users(api).operations[2].effect = None).await;
    for _ in 0..2 {
        let answer = create("same@x.test").send(&mock);
        assert_eq!((answer.status, &answer.json()["user"]["id"]), (200, &json!(7)));
    }
}

#[tokio::test]
async fn a_payload_may_be_the_whole_answer() {
    let mock = start(|api| {
        let operation = &mut users(api).operations[1];
        let Payload::Key(_, ty) = operation.payload.clone() else { panic!("no key") };
        operation.payload = Payload::Whole(ty);
        operation.examples.clear();
    })
    .await;
    assert_eq!(show().send(&mock).json()["email"], "administrator@proctorexam.com");
}

#[tokio::test]
async fn a_list_without_paging_is_whole() {
    let mock = start(|api| api.pagination = None).await;
    let answer = Call::new("GET", "/institutes/1/users").text("limit", "1").send(&mock);
    assert_eq!(answer.json()["users"].as_array().unwrap().len(), 2);
    assert_eq!(answer.header("X-Pagination-Limit"), None);
}

#[tokio::test]
async fn references_to_nothing_are_an_answer() {
    let mock = start(|api| api.signing.steps[0].value.kind = ExprKind::Source(Source::Step(9))).await;
    assert_eq!(show().send(&mock).status, 500);
    let mock = start(|api| api.types.clear()).await;
    assert_ne!(show().send(&mock).status, 0);
    assert_ne!(create("n@x.test").send(&mock).status, 0);
    let mock = start(|api| api.errors.clear()).await;
    assert_eq!(create("teacher@proctorexam.com").send(&mock).status, 500);
}

#[test]
fn it_can_be_served_from_a_program_without_a_runtime() {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        builder_of(api()).serve(|mock| sender.send((mock.base_url().to_owned(), mock.socket())).unwrap()).unwrap();
    });
    let (address, socket) = receiver.recv().unwrap();
    assert!(address.ends_with("/api/v3"));
    assert_eq!(Answer::parse(&exchange(socket, &show().bytes())).status, 200);
}
