//! Exams with their students, their tools and their sessions.

use codegen_mock::Fault;
use generated_client::proctorexam::{
    ExamId, ExamStatus, LtiResourceId, SessionStatus, StudentSessionId, ToolProviderId,
};

use super::{calls, exam_example, lines, lti_example, watch_example};
use crate::support::{body, client, mock};

#[tokio::test]
async fn an_exam_is_set_up_and_its_students_have_their_mails() {
    let mock = mock().await;
    let client = client(mock.address());
    let mut out = Vec::new();
    exam_example::set_up(&client, &mut out).await.unwrap();
    let expected = [
        "exams.create",
        "attachments.create",
        "documents.create",
        "exams.show",
        "student_sessions.create",
        "student_sessions.create",
        "student_sessions.create, refused",
        "exams.send_emails",
    ];
    assert_eq!(calls(&mock), expected);
    let expected = [
        "exam 2 is Some(Draft)",
        "  Ada: session 2 is Registered",
        "  Grace: session 3 is Registered",
        "  Ada, again: there is such a student already",
        "2 of 2 students have their mail",
    ];
    assert_eq!(lines(&out), expected);

    // What was said is what is there.
    let exam = client.exams().show(ExamId(2)).await.unwrap();
    assert_eq!((exam.status, exam.duration_minutes, exam.use_duration), (Some(ExamStatus::Open), Some(90), Some(true)));
    let placeholder = client.attachments().list(exam.id).await.unwrap().items[0].placeholder.clone().unwrap();
    let documents = client.documents().list(exam.id).await.unwrap();
    assert_eq!(documents.len(), 1);
    let text = documents[0].exam_content.as_deref().unwrap();
    assert!(text.contains(&format!("{{{placeholder}}}")), "{text}");
    let sessions = client.student_sessions().list(exam.id).await.unwrap().items;
    assert_eq!(sessions.iter().map(|it| it.id).collect::<Vec<_>>(), [StudentSessionId(2), StudentSessionId(3)]);
    assert!(sessions.iter().all(|it| it.status == SessionStatus::EmailSent));
    assert!(sessions.iter().all(|it| it.individual_info.as_ref().is_some_and(|info| info.as_str() == "Room 7")));
    // Nobody else has been sent one.
    let other = client.student_sessions().show(StudentSessionId(1)).await.unwrap();
    assert_eq!(other.status, SessionStatus::ExamFinished);
}

#[tokio::test]
async fn a_tool_is_put_into_an_exam_in_the_documented_order() {
    let mock = mock().await;
    let client = client(mock.address());
    let mut out = Vec::new();
    lti_example::set_up(&client, &mut out).await.unwrap();
    let expected = [
        "exams.create",
        "tool_providers.list",
        "tool_providers.create",
        "lti_resources.create",
        "documents.create",
        "exams.show",
        "tool_providers.destroy, refused",
    ];
    assert_eq!(calls(&mock), expected);
    let expected = [
        "1. exam 2",
        "2. tool provider 2",
        "3. LTI resource 2",
        "4. document 2",
        "the tool provider is in use, in exam 2 for example",
    ];
    assert_eq!(lines(&out), expected);
    let link = client.lti_resources().show(LtiResourceId(2)).await.unwrap();
    assert_eq!((link.exam_id, link.tool_provider_id, link.open_in_new_tab), (ExamId(2), ToolProviderId(2), Some(true)));
    let sent = body(&mock.requests()[3]);
    assert_eq!(sent["lti_custom_data"], r#"{"digits":"12"}"#);

    // Another exam gets the same tool provider.
    let mut out = Vec::new();
    lti_example::set_up(&client, &mut out).await.unwrap();
    assert_eq!(lines(&out)[1], "2. tool provider 2");
    assert_eq!(client.tool_providers().list().await.unwrap().len(), 2);
    let in_use = lines(&out).iter().filter(|line| line.starts_with("the tool provider is in use")).count();
    assert_eq!(in_use, 2, "of both exams");
}

#[tokio::test]
async fn sessions_are_watched_until_all_have_ended_and_each_is_fetched_once() {
    let mock = mock().await;
    let client = client(mock.address());
    let mut out = Vec::new();
    watch_example::watch(&client, &mut out).await.unwrap();
    let list = "student_sessions.list";
    let (create, end, show) = ("student_sessions.create", "student_sessions.end_exam", "student_sessions.show");
    assert_eq!(calls(&mock), [create, create, list, end, list, end, list, list, show, show, show]);
    // A change is said once, and nothing that stays as it is.
    let expected = [
        "session 1 is exam_finished",
        "session 2 is registered",
        "session 3 is registered",
        "session 2 is exam_finished",
        "session 3 is exam_finished",
        "session 1 is to be reviewed",
        "session 2 is to be reviewed",
        "session 3 is to be reviewed",
    ];
    let said = lines(&out);
    assert_eq!(said.iter().map(|line| line.split(" up to ").next().unwrap()).collect::<Vec<_>>(), expected);
    let asked: Vec<_> = mock.requests().into_iter().filter(|it| it.query.contains("status=exam_finished")).collect();
    assert_eq!(asked.len(), 1, "what is to be reviewed is asked for once");
    let left = client.student_sessions().list(ExamId(1)).await.unwrap().items;
    assert!(left.iter().all(|it| it.status == SessionStatus::ExamFinished));
}

#[tokio::test]
async fn a_workflow_stops_at_what_it_does_not_expect() {
    let mock = mock().await;
    let client = client(mock.address());
    mock.fail_next(Fault::Documented("not_authorized".to_owned()));
    let error = exam_example::set_up(&client, &mut Vec::new()).await.unwrap_err();
    assert!(error.to_string().contains("not authorized") || error.to_string().contains("may not"), "{error}");
    assert_eq!(calls(&mock).len(), 1);
}
