//! What is read: whatever either side of a contradiction would answer.

use generated_client::proctorexam::{
    AttachmentId, DestroyToolProviderError, DocumentId, Error, ErrorCode, ExamId, ExamType, InstituteId,
    ListUsersError, LtiResourceId, ShowLtiStudentExam, StudentSessionId, ToolProviderId, UpdateExamError, Upload,
    UserId,
};

use super::{code, exam, user};
use crate::examples;
use crate::support::{INSTITUTE, Scripted, answer, client, json, mock, texts};

#[tokio::test]
async fn contradiction_12_a_list_that_lacks_a_comma_is_no_answer() {
    let list = |comma| {
        let user = |id| format!(r#"{{"id":{id},"email":"e","name":"n"{comma} "role":"teacher"}}"#);
        json(200, &format!(r#"{{"users":[{},{}]}}"#, user(1), user(2)))
    };
    let users = |answer| {
        let server = Scripted::once(answer);
        client(server.address()).users().list(INSTITUTE).into_future()
    };
    assert_eq!(users(list(",")).await.unwrap().items.len(), 2);
    let Error::Decode(answer) = users(list("")).await.unwrap_err() else { panic!("it was read") };
    assert_eq!(answer.cause().path(), "users[0]");
}

#[tokio::test]
async fn contradiction_13_an_object_with_a_trailing_comma_is_no_answer() {
    let server = Scripted::start([user(r#""omniauth_config_id":"1""#), user(r#""omniauth_config_id":"1","#)]);
    let users = client(server.address()).users();
    users.show(INSTITUTE, UserId(7)).await.unwrap();
    let error = users.show(INSTITUTE, UserId(7)).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

#[tokio::test]
async fn contradiction_14_comments_are_no_answer() {
    let server = Scripted::once(json(200, "{\"institutes\": [] // all of them\n}"));
    let error = client(server.address()).institutes().list().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

#[tokio::test]
async fn contradiction_15_a_key_without_its_closing_quote_is_no_answer() {
    let server = Scripted::once(json(200, r#"{"lti_resources: []}"#));
    let error = client(server.address()).lti_resources().list().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

#[tokio::test]
async fn contradiction_16_the_documented_refusal_is_an_error_with_its_detail() {
    let body = examples::read("tool_providers.destroy.error.json").to_string();
    let server = Scripted::once(json(423, &body));
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

    // What stands on the page under the misspelt keys is a request and an answer all the same.
    let [request, response] = ["request", "response"].map(|half| {
        let file = format!("tool_providers.destroy.{half}.json");
        let index = examples::read("INDEX.json");
        let entry = index["files"].as_array().unwrap().iter().find(|entry| entry["file"] == *file).unwrap();
        assert!(
            entry["fixes"].to_string().contains("examble_request_params and example_succesful_response"),
            "{entry}"
        );
        examples::read(&file)
    });
    let server = Scripted::once(json(200, &response.to_string()));
    let id = ToolProviderId(request["id"].as_i64().unwrap());
    client(server.address()).tool_providers().destroy(id).await.unwrap();
    assert!(server.requests()[0].starts_with("DELETE /api/v3/tool_providers/1?"), "{:?}", server.requests());
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
        // One page has other words for it.
        let server = Scripted::once(json(status, r#"{"error":"You are not authorized to access this endpoint"}"#));
        let error = self::client(server.address()).tool_providers().destroy(ToolProviderId(1)).await.unwrap_err();
        assert_eq!(code(error), Some(ErrorCode::NotAuthorized), "{status}");
    }
}

#[tokio::test]
async fn contradiction_23_unknown_ids_are_not_found_whatever_the_page_lists() {
    let mock = mock().await;
    let client = client(mock.address());
    let error = client.exams().update(ExamId(99)).name("new").await.unwrap_err();
    assert!(matches!(error, Error::Api(UpdateExamError::NotFound { .. })), "{error:?}");
    let (documents, attachments) = (client.documents(), client.attachments());
    let codes = [
        code(client.users().update(INSTITUTE, UserId(99)).await.unwrap_err()),
        code(client.student_sessions().update(StudentSessionId(99)).await.unwrap_err()),
        code(client.lti_resources().update(LtiResourceId(99)).await.unwrap_err()),
        code(client.tool_providers().update(ToolProviderId(99)).await.unwrap_err()),
        code(client.institutes().update(InstituteId(99)).await.unwrap_err()),
        code(documents.list(ExamId(99)).await.unwrap_err()),
        code(documents.create(ExamId(99), "text".into()).await.unwrap_err()),
        code(documents.show(ExamId(1), DocumentId(99)).await.unwrap_err()),
        code(documents.update(ExamId(1), DocumentId(99), "text".into()).await.unwrap_err()),
        code(documents.destroy(ExamId(1), DocumentId(99)).await.unwrap_err()),
        code(attachments.list(ExamId(99)).await.unwrap_err()),
        code(attachments.create(ExamId(99), Upload::bytes("a.png", vec![1])).await.unwrap_err()),
        code(attachments.show(ExamId(1), AttachmentId(99)).await.unwrap_err()),
    ];
    assert_eq!(codes, [Some(ErrorCode::NotFound); 13]);

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

#[expect(deprecated, reason = "answers still have it")]
#[tokio::test]
async fn contradiction_26_languages_are_the_text_they_are() {
    for text in ["en-GB", "fr,nl,es,ar,no"] {
        let exam = exam(&format!(r#""exam_language":"{text}""#)).await;
        assert_eq!(exam.exam_language.as_deref(), Some(text));
        let institute = format!(r#"{{"id":1,"name":"n","short_name":"s","default_exam_languages":"{text}"}}"#);
        let server = Scripted::once(json(200, &format!(r#"{{"institute":{institute}}}"#)));
        let institute = client(server.address()).institutes().show(INSTITUTE).await.unwrap();
        assert_eq!(institute.default_exam_languages.as_deref(), Some(text));
    }
}

#[tokio::test]
async fn contradiction_29_a_period_is_the_text_that_it_is() {
    let server = Scripted::start(["06", "6 months"].map(|text| {
        json(
            200,
            &format!(r#"{{"institute":{{"id":1,"name":"n","short_name":"s","session_retention_period":"{text}"}}}}"#),
        )
    }));
    for text in ["06", "6 months"] {
        let institute = client(server.address()).institutes().show(INSTITUTE).await.unwrap();
        assert_eq!(institute.session_retention_period.as_deref(), Some(text));
    }
}

#[tokio::test]
async fn an_answer_of_html_is_undecodable_and_says_so() {
    let page = "<!DOCTYPE html><title>Your browser is not supported</title>";
    let html = |status| answer(status, &[("Content-Type", "text/html; charset=utf-8")], page.as_bytes());
    let server = Scripted::start([html(200), html(404)]);
    let exams = client(server.address()).exams();
    let call = || {
        let (student_lms_id, resource_link_id) = ("student_1".into(), "link".into());
        exams.show_lti_student(ShowLtiStudentExam { id: ExamId(1), student_lms_id, resource_link_id })
    };
    let error = call().await.unwrap_err();
    let Error::Decode(undecodable) = &error else { panic!("{error:?}") };
    assert_eq!(undecodable.cause().found(), "a page of HTML");
    assert_eq!(undecodable.response().body().as_ref(), page.as_bytes());
    assert!(!texts(&error).contains("browser"), "{}", texts(&error));
    assert!(texts(&error).contains("a page of HTML"), "{}", texts(&error));
    // One that is no success is known by its status.
    assert!(matches!(call().await, Err(Error::Unexpected(_))));
}
