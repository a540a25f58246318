//! What the documentation of the resources besides users contradicts itself about, each decision as it is seen on the wire.
//!
//! The numbers are those of the notes in the spec, and every number in the spec has a test.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use generated_client::proctorexam::{
    AnyError, Client, Comparison, DateTime, DestroyToolProviderError, Direction, Error, ErrorCode, Exam, ExamId,
    ExamStatus, ExamType, InstituteId, ListUsersError, LtiResourceId, Order, Prepared, SessionStatus, StudentSessionId,
    ToolProviderId, UpdateExamError, UserId,
};
use serde_json::{Map, Value, json};

use crate::support::{INSTITUTE, Scripted, answer, client, json, mock, spec, texts};

/// A client whose calls are only prepared.
fn nobody() -> Client {
    client("http://127.0.0.1:1/api/v3")
}

fn members(prepared: &Prepared) -> Map<String, Value> {
    serde_json::from_slice(prepared.request().body()).unwrap()
}

fn query(prepared: &Prepared) -> &str {
    prepared.request().uri().query().unwrap()
}

fn code<E>(error: Error<E>) -> Option<ErrorCode>
where
    AnyError: From<Error<E>>,
{
    AnyError::from(error).code()
}

/// An exam that the server answers with these members besides those that must be there.
async fn exam(more: &str) -> Exam {
    let server = Scripted::once(json(200, &format!(r#"{{"exam":{{"id":1,"institute_id":1,"name":"n",{more}}}}}"#)));
    client(server.address()).exams().show(ExamId(1)).await.unwrap()
}

/// Every label that the spec has is that of a test.
#[test]
fn every_contradiction_that_the_spec_records_has_a_test() {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("all");
    let tests = ["contradictions.rs", "exam_contradictions.rs"].map(|file| fs::read_to_string(all.join(file)).unwrap());
    let mut labels = BTreeSet::new();
    for file in fs::read_dir(spec()).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let starts = text.lines().filter_map(|line| line.trim_start().strip_prefix('"')?.split_once("\":"));
        labels.extend(starts.filter_map(|(label, _)| label.parse::<u32>().ok()));
    }
    assert!(labels.len() > 25, "{labels:?}");
    let is_tested = |label: &&u32| {
        let names = [format!("contradiction_{label:02}_"), format!("_and_{label:02}_")];
        tests.iter().any(|text| text.lines().any(|line| names.iter().any(|name| line.contains(name.as_str()))))
    };
    let untested: Vec<_> = labels.iter().filter(|label| !is_tested(label)).collect();
    assert_eq!(untested, Vec::<&u32>::new());
}

#[tokio::test]
async fn contradiction_14_and_15_broken_examples_are_no_answers() {
    let commented = "{\"institutes\": [] // all of them\n}";
    let server = Scripted::once(json(200, commented));
    let error = client(server.address()).institutes().list().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");

    let server = Scripted::once(json(200, r#"{"lti_resources: []}"#));
    let error = client(server.address()).lti_resources().list().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

#[tokio::test]
async fn contradiction_16_the_documented_refusal_is_an_error_with_its_detail() {
    let body = r#"{"error":{"open_exam":[[{"id":2,"name":"exam with lti resources example"}]]}}"#;
    let server = Scripted::once(json(423, body));
    let answered = client(server.address()).tool_providers().destroy(ToolProviderId(1)).with_response().await;
    assert_eq!(answered.response().unwrap().body().as_ref(), body.as_bytes());
    let Err(Error::Api(DestroyToolProviderError::Locked { open_exam })) = &answered.result else { panic!() };
    assert_eq!(
        (open_exam[0][0].id, open_exam[0][0].name.as_deref()),
        (ExamId(2), Some("exam with lti resources example"))
    );
    assert!(!format!("{:?}", answered.result).contains("example"));
    assert_eq!(code(answered.result.unwrap_err()), Some(ErrorCode::Locked));

    // Whatever else the body is, it is the same error, with nothing in it.
    for body in ["", "{}", r#"{"error":"locked"}"#, r#"{"error":{"open_exam":[{"id":2}]}}"#, "<p>Locked"] {
        let server = Scripted::once(json(423, body));
        let error = client(server.address()).tool_providers().destroy(ToolProviderId(1)).await.unwrap_err();
        let Error::Api(DestroyToolProviderError::Locked { open_exam }) = error else { panic!("{body}: {error:?}") };
        assert!(open_exam.is_empty(), "{body}");
    }

    let server = Scripted::once(json(200, "{}"));
    client(server.address()).tool_providers().destroy(ToolProviderId(1)).await.unwrap();
}

#[test]
fn contradiction_17_the_link_is_renamed_by_its_own_name_and_its_id_is_in_the_path() {
    let prepared = nobody().lti_resources().update(LtiResourceId(7)).lti_resource_link_name("new").prepare().unwrap();
    assert!(prepared.request().uri().path().ends_with("/lti_resources/7"));
    let members = members(&prepared);
    assert_eq!((&members["lti_resource_link_name"], members.get("tool_name")), (&json!("new"), None));
}

#[tokio::test]
async fn contradiction_18_the_tool_provider_is_sent_as_a_number_and_read_as_either() {
    let call = nobody().lti_resources().create("link".into(), ExamId(1), ToolProviderId(2));
    assert_eq!(members(&call.prepare().unwrap())["tool_provider_id"], json!(2));
    for id in ["2", r#""2""#] {
        let link = format!(
            r#"{{"lti_resource":{{"id":1,"tool_provider_id":{id},"lti_resource_link_name":"l","exam_id":1,"placeholder":"p"}}}}"#
        );
        let server = Scripted::once(json(200, &link));
        let link = client(server.address()).lti_resources().show(LtiResourceId(1)).await.unwrap();
        assert_eq!(link.tool_provider_id, ToolProviderId(2), "{id}");
    }
}

#[tokio::test]
async fn contradiction_19_the_users_of_an_exam_are_numbers() {
    let exams = nobody().exams();
    let added = exams.add_comanager(ExamId(1), UserId(5)).prepare().unwrap();
    assert_eq!(members(&added)["comanager_id"], json!(5));
    let removed = exams.remove_comanager(ExamId(1), UserId(5)).prepare().unwrap();
    assert!(query(&removed).contains("comanager_id=5"));
    let assigned = nobody().student_sessions().assign_proctor(StudentSessionId(1), UserId(1)).prepare().unwrap();
    assert_eq!(members(&assigned)["proctor_id"], json!(1));
    for id in ["1", r#""1""#] {
        let server = Scripted::once(json(200, &format!(r#"{{"proctor_id":{id}}}"#)));
        let call = client(server.address()).student_sessions().assign_proctor(StudentSessionId(1), UserId(1));
        assert_eq!(call.await.unwrap().proctor_id, UserId(1), "{id}");
    }
}

#[tokio::test]
async fn contradiction_20_the_list_of_documents_is_read_as_one_object_or_as_a_list() {
    let document = r#"{"id":1,"exam_content":"text"}"#;
    let answers = [
        format!(r#"{{"document":{document}}}"#),
        format!(r#"{{"document":[{document}]}}"#),
        format!(r#"{{"documents":[{document}]}}"#),
        r#"{"documents":[]}"#.to_owned(),
    ];
    let server = Scripted::start(answers.iter().map(|answer| json(200, answer)));
    let client = client(server.address());
    for (answer, many) in answers.iter().zip([1, 1, 1, 0]) {
        let documents = client.documents().list(ExamId(1)).await.unwrap();
        assert_eq!(documents.len(), many, "{answer}");
        assert!(documents.iter().all(|document| document.exam_content.as_deref() == Some("text")), "{answer}");
    }
}

#[tokio::test]
async fn contradiction_21_sessions_stand_under_either_of_two_keys() {
    let session = r#"{"id":1,"exam_id":1,"email":"e","name":"n","status":"registered"}"#;
    let other = session.replace(r#""id":1"#, r#""id":2"#);
    let server = Scripted::start([
        json(200, &format!(r#"{{"student":{session}}}"#)),
        json(200, &format!(r#"{{"student_session":{session}}}"#)),
        json(200, &format!(r#"{{"student_session":{other},"student":{session}}}"#)),
        json(200, &format!(r#"{{"students":[{session}]}}"#)),
        json(200, &format!(r#"{{"student_sessions":[{session}]}}"#)),
        json(200, r#"{"pupil":null}"#),
    ]);
    let sessions = client(server.address()).student_sessions();
    for _ in 0..3 {
        assert_eq!(sessions.show(StudentSessionId(1)).await.unwrap().id, StudentSessionId(1));
    }
    for _ in 0..2 {
        assert_eq!(sessions.list(ExamId(1)).await.unwrap().items.len(), 1);
    }
    let Err(Error::Decode(answer)) = sessions.show(StudentSessionId(1)).await else { panic!() };
    assert_eq!(answer.cause().path(), "student");
}

#[tokio::test]
async fn contradiction_22_the_same_sentence_is_the_same_error_with_either_status() {
    for status in [401, 403] {
        let refusal = || json(status, r#"{"error":"You are not authorized to access this page."}"#);
        let server = Scripted::start([refusal(), refusal(), refusal()]);
        let client = client(server.address());
        let codes = [
            code(client.lti_resources().show(LtiResourceId(1)).await.unwrap_err()),
            code(client.tool_providers().list().await.unwrap_err()),
            code(client.exams().show(ExamId(1)).await.unwrap_err()),
        ];
        assert_eq!(codes, [Some(ErrorCode::NotAuthorized); 3], "{status}");
    }
}

#[tokio::test]
async fn contradiction_23_updates_of_unknown_ids_find_nothing() {
    let mock = mock().await;
    let client = client(mock.address());
    let error = client.exams().update(ExamId(99)).name("new").await.unwrap_err();
    assert!(matches!(error, Error::Api(UpdateExamError::NotFound { .. })), "{error:?}");
    let codes = [
        code(client.users().update(INSTITUTE, UserId(99)).await.unwrap_err()),
        code(client.student_sessions().update(StudentSessionId(99)).await.unwrap_err()),
        code(client.lti_resources().update(LtiResourceId(99)).await.unwrap_err()),
        code(client.tool_providers().update(ToolProviderId(99)).await.unwrap_err()),
        code(client.institutes().update(InstituteId(99)).await.unwrap_err()),
    ];
    assert_eq!(codes, [Some(ErrorCode::NotFound); 5]);

    // Nor is it listed where nothing is looked up.
    let missing = || json(404, r#"{"error":"Couldn't find Institute with 'id'='1'"}"#);
    let server = Scripted::start([missing(), missing()]);
    let client = self::client(server.address());
    let Err(Error::Api(ListUsersError::NotFound { model, id })) = client.users().list(INSTITUTE).await else {
        panic!()
    };
    assert_eq!((model.as_str(), id.as_str()), ("Institute", "1"));
    let error = client.exams().create("n".into(), ExamType::Demo).await.unwrap_err();
    assert_eq!(code(error), Some(ErrorCode::NotFound));
}

#[expect(deprecated, reason = "the older calls still work")]
#[test]
fn contradiction_24_the_exam_of_a_student_is_a_parameter_of_the_path() {
    let prepared = nobody().exams().show_student(ExamId(7), StudentSessionId(1)).prepare().unwrap();
    assert!(prepared.request().uri().path().ends_with("/exams/7/show_student"));
}

#[tokio::test]
async fn contradiction_25_restrictions_are_the_text_they_are() {
    let text = "[[false,['']],[true,['calculator']]]";
    assert_eq!(exam(&format!(r#""restrictions":"{text}""#)).await.restrictions.as_deref(), Some(text));
    let call = nobody().exams().create("n".into(), ExamType::Demo).restrictions(text);
    assert_eq!(members(&call.prepare().unwrap())["restrictions"], json!(text));
}

#[tokio::test]
async fn contradiction_26_languages_are_the_text_they_are() {
    for text in ["en-GB", "fr,nl,es,ar,no"] {
        let exam = exam(&format!(r#""exam_language":"{text}""#)).await;
        assert_eq!(exam.exam_language.as_deref(), Some(text));
    }
}

#[tokio::test]
async fn contradiction_27_deleted_exams_can_be_asked_for() {
    let prepared = nobody().exams().list().status(ExamStatus::Deleted).prepare().unwrap();
    assert!(query(&prepared).contains("status=deleted"));
    assert_eq!(exam(r#""status":"deleted""#).await.status, Some(ExamStatus::Deleted));
    assert_eq!(exam(r#""status":"lost""#).await.status, Some(ExamStatus::Other("lost".into())));
}

#[test]
fn contradiction_28_all_statuses_can_be_sent_and_others_too() {
    let sent = |status| query(&nobody().student_sessions().list_all().status(status).prepare().unwrap()).to_owned();
    assert!(sent(SessionStatus::EmailBounced).contains("status=email_bounced"));
    assert!(sent(SessionStatus::Other("not_setup".into())).contains("status=not_setup"));
}

#[tokio::test]
async fn contradiction_29_and_33_institutes_have_a_number_as_a_text_and_a_field_of_one_generation() {
    let text = r#"{"institute":{"id":1,"name":"n","short_name":"s","session_retention_period":"06","student_experience":false}}"#;
    let server = Scripted::once(json(200, text));
    let institute = client(server.address()).institutes().show(INSTITUTE).await.unwrap();
    assert_eq!(institute.session_retention_period.as_deref(), Some("06"));
    assert_eq!(institute.student_experience, Some(false));
    let call = nobody().exams().update(ExamId(1)).student_experience(true);
    assert_eq!(members(&call.prepare().unwrap())["student_experience"], json!(true));
}

#[test]
fn contradiction_30_an_exam_starts_at_an_iso_time() {
    let start: DateTime = "2018-11-21T00:54:00.000+01:00".parse().unwrap();
    let call = nobody().exams().create("n".into(), ExamType::Demo).start_time(start);
    assert_eq!(members(&call.prepare().unwrap())["start_time"], json!("2018-11-21T00:54:00.000+01:00"));
}

#[test]
fn contradiction_32_filters_have_plain_quotes_and_are_signed_raw() {
    let since = || [("start_time", Comparison::default().gte("2025-02-01"))];
    let newest = || [Order::from([("start_time", Direction::Desc)]), Order::from([("name", Direction::Asc)])];
    let raw = [r#"{"start_time":{"gte":"2025-02-01"}}"#, r#"[{"start_time":"desc"},{"name":"asc"}]"#];
    for call in [
        nobody().exams().list().filter(since()).sort(newest()),
        nobody().exams().list().filter(raw[0]).sort(raw[1].to_owned()),
    ] {
        let prepared = call.prepare().unwrap();
        let steps = prepared.explanation().steps();
        let canonical = steps.iter().find(|step| step.name() == "canonical").unwrap().text();
        assert!(canonical.starts_with(&format!("filter={}?nonce=", raw[0])), "{canonical}");
        assert!(canonical.contains(&format!("?sort={}?timestamp=", raw[1])), "{canonical}");
        assert!(query(&prepared).contains("filter=%7B%22start_time%22%3A%7B%22gte%22%3A%222025-02-01%22%7D%7D"));
        let order = "sort=%5B%7B%22start_time%22%3A%22desc%22%7D%2C%7B%22name%22%3A%22asc%22%7D%5D";
        assert!(query(&prepared).contains(order), "{}", query(&prepared));
    }
    // An operator that nobody has shown is sent as it is written.
    let prepared = nobody().users().list(INSTITUTE).filter(r#"{"name":{"eq":"Ünal?nonce=1"}}"#).prepare().unwrap();
    assert!(query(&prepared).contains("filter=%7B%22name%22%3A%7B%22eq%22%3A%22%C3%9Cnal%3Fnonce%3D1%22%7D%7D"));
}

#[tokio::test]
async fn an_answer_of_html_is_undecodable_and_says_so() {
    let page = "<!DOCTYPE html><title>Your browser is not supported</title>";
    let html = |status| answer(status, &[("Content-Type", "text/html; charset=utf-8")], page.as_bytes());
    let server = Scripted::start([html(200), html(404)]);
    let exams = client(server.address()).exams();
    let call = || exams.show_lti_student(ExamId(1), "student_1".into(), "link".into());
    let error = call().await.unwrap_err();
    let Error::Decode(undecodable) = &error else { panic!("{error:?}") };
    assert_eq!(undecodable.cause().found(), "a page of HTML");
    assert_eq!(undecodable.response().body().as_ref(), page.as_bytes());
    assert!(!texts(&error).contains("browser"), "{}", texts(&error));
    assert!(texts(&error).contains("a page of HTML"), "{}", texts(&error));
    // One that is no success is known by its status.
    assert!(matches!(call().await, Err(Error::Unexpected(_))));
}
