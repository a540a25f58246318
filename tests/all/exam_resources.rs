//! The resources of ProctorExam besides users, against a mock that remembers them.

use generated_client::proctorexam::{
    AddStudentExam, AssignProctorStudentSessionError, AttachmentId, CreateStudentSession, CreateToolProvider,
    DestroyToolProviderError, DocumentId, EndExamStudentSession, Error, ExamId, ExamInUse, ExamStatus, ExamType,
    InstituteId, LtiResourceId, NotificationType, SessionStatus, ShowLtiStudentExam, ShowLtiStudentExamError,
    StudentSessionId, ToolProviderId, Upload, UserId,
};

use crate::support::{client, mock};

/// The message with which a call is told that something is not there.
macro_rules! not_found {
    ($call:expr) => {{
        let answered = $call.with_response().await;
        let (response, api) = (answered.response().unwrap(), answered.result.as_ref().unwrap_err());
        assert!(matches!(api, Error::Api(api) if format!("{api:?}").starts_with("NotFound")), "{api:?}");
        let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
        body["error"].as_str().unwrap().to_owned()
    }};
}

#[tokio::test]
async fn an_exam_is_created_opened_changed_and_deleted() {
    let mock = mock().await;
    let client = client(mock.address());
    let created = client
        .exams()
        .create("Psychostasia".into(), ExamType::RecordReview)
        .institute_id(InstituteId(1))
        .await
        .unwrap();
    assert_eq!(created.status, Some(ExamStatus::Draft));
    let token = created.token.as_ref().unwrap();
    assert!(!format!("{created:?}").contains(token.expose()), "a token is not shown");
    let document = client.documents().create(created.id, "Read {LTI_EXAM_1}".into()).await.unwrap();
    assert_eq!(client.documents().show(created.id, document.id).await.unwrap(), document);
    assert_eq!(client.exams().show(created.id).await.unwrap().status, Some(ExamStatus::Open));

    let changed = client.exams().update(created.id).duration_minutes(45).await.unwrap();
    assert_eq!((changed.duration_minutes, changed.name.as_str()), (Some(45), "Psychostasia"));
    let open = client.exams().list().status(ExamStatus::Open).await.unwrap();
    assert_eq!(open.items.iter().map(|exam| exam.id).collect::<Vec<_>>(), [ExamId(1), created.id]);

    client.exams().destroy(created.id).await.unwrap();
    let error = client.exams().show(created.id).await.unwrap_err();
    assert!(matches!(&error, Error::Api(api) if format!("{api:?}").starts_with("NotFound")), "{error:?}");
    let gone = client.documents().show(created.id, document.id).await.unwrap_err();
    assert!(matches!(gone, Error::Api(_)), "{gone:?}");
}

#[tokio::test]
async fn what_a_call_leaves_out_is_what_the_documentation_says() {
    let mock = mock().await;
    let client = client(mock.address());
    let exam = client.exams().create("Psychostasia".into(), ExamType::Demo).await.unwrap();
    assert_eq!(exam.institute_id, InstituteId(1), "the institute of whoever calls");

    let (exams, tools, links) = (client.exams(), client.tool_providers(), client.lti_resources());
    let request = |name: &str| CreateToolProvider {
        tool_name: name.into(),
        oauth_consumer_key: "key".into(),
        oauth_consumer_secret: "secret".into(),
    };
    let least = tools.create(request("least")).await.unwrap();
    assert_eq!((least.institute_id, least.tool_url.as_deref()), (InstituteId(1), Some("")));
    assert_eq!((least.use_as_basic_link, least.lti_custom_data.as_deref()), (Some(true), Some("{}")));
    let whole = tools.create(request("whole")).tool_url("https://tool.test").lti_custom_data("[1]");
    let whole = whole.use_as_basic_link(false).await.unwrap();
    assert_eq!((whole.use_as_basic_link, whole.tool_url.as_deref()), (Some(false), Some("https://tool.test")));

    // Of its provider, unless given.
    let link = links.create("link".into(), exam.id, whole.id).await.unwrap();
    assert_eq!(link.lti_resource_launch_url, whole.tool_url);
    assert_eq!((link.lti_custom_data, link.open_in_new_tab), (whole.lti_custom_data, Some(false)));
    let own = links.create("own".into(), exam.id, whole.id).lti_resource_launch_url("https://own.test");
    let own = own.lti_custom_data("").open_in_new_tab(true).await.unwrap();
    assert_eq!(own.lti_resource_launch_url.as_deref(), Some("https://own.test"));
    assert_eq!((own.lti_custom_data.as_deref(), own.open_in_new_tab), (Some(""), Some(true)));
    assert_eq!(links.show(own.id).await.unwrap(), own);
    assert_eq!(exams.show(exam.id).await.unwrap(), exam);
}

#[tokio::test]
async fn students_are_added_mailed_and_their_sessions_ended() {
    let mock = mock().await;
    let client = client(mock.address());
    let sessions = client.student_sessions();
    let request = CreateStudentSession { exam_id: ExamId(1), name: "Ada".into(), email: "ada@institute.com".into() };
    let created = sessions.create(request).await.unwrap();
    assert_eq!((created.exam_id, created.status), (ExamId(1), SessionStatus::Registered));
    let mailed = client.exams().send_emails(ExamId(1)).await.unwrap();
    assert!(mailed.iter().all(|mailed| mailed.status == Some(SessionStatus::EmailSent)), "{mailed:?}");
    assert_eq!(mailed.len(), 2);

    let assigned = sessions.assign_proctor(created.id, UserId(2)).await.unwrap();
    assert_eq!((assigned.proctor_id, assigned.active_proctoring_sessions), (UserId(2), Some(1)));
    let active = async |session, proctor| {
        sessions.assign_proctor(session, UserId(proctor)).await.unwrap().active_proctoring_sessions.unwrap()
    };
    assert_eq!(active(created.id, 2).await, 1, "the same one again");
    assert_eq!(active(mailed[0].id, 2).await, 2);
    assert_eq!((active(created.id, 1).await, active(created.id, 2).await), (1, 2), "handed over, and back");
    let nobody = sessions.assign_proctor(created.id, UserId(99)).await.unwrap_err();
    assert!(matches!(nobody, Error::Api(AssignProctorStudentSessionError::ResourceNotFound)), "{nobody:?}");

    let end = EndExamStudentSession {
        id: created.id,
        notification_title: "Over".into(),
        notification_text: "Thank you".into(),
        notification_type: NotificationType::Warning,
    };
    assert_eq!(sessions.end_exam(end).await.unwrap().message, "end_exam_time_success");
    assert_eq!(active(mailed[0].id, 2).await, 1, "one that is over is not active");
    let over = sessions.assign_proctor(created.id, UserId(2)).await.unwrap_err();
    assert!(matches!(over, Error::Api(AssignProctorStudentSessionError::InvalidParameters)), "{over:?}");
    let finished = sessions.list(ExamId(1)).status(SessionStatus::ExamFinished).await.unwrap();
    assert!(finished.items.iter().any(|session| session.id == created.id));
    assert_eq!(sessions.show(created.id).await.unwrap().status, SessionStatus::ExamFinished);
    sessions.destroy(created.id).await.unwrap();
    assert!(matches!(sessions.show(created.id).await, Err(Error::Api(_))));
    assert!(matches!(sessions.list(ExamId(99)).await, Err(Error::Api(_))));
}

#[tokio::test]
async fn lti_is_set_up_in_four_steps() {
    let mock = mock().await;
    let client = client(mock.address());
    let exam = client.exams().create("With a tool".into(), ExamType::RecordReview).await.unwrap();
    let tool = CreateToolProvider {
        tool_name: "Calculator".into(),
        oauth_consumer_key: "key".into(),
        oauth_consumer_secret: "hush".into(),
    };
    let tool = client.tool_providers().create(tool).await.unwrap();
    let link = client.lti_resources().create("The calculator".into(), exam.id, tool.id).await.unwrap();
    let text = format!("Use {{{}}}.", link.placeholder);
    let document = client.documents().create(exam.id, text.clone()).await.unwrap();
    assert_eq!(document.exam_content, Some(text));
    assert_eq!(client.lti_resources().show(link.id).await.unwrap().tool_provider_id, tool.id);
}

#[tokio::test]
async fn an_exam_has_comanagers_that_are_users() {
    let mock = mock().await;
    let client = client(mock.address());
    let exams = client.exams();
    let second = exams.create("Second".into(), ExamType::Classic).await.unwrap().id;
    assert_eq!(
        not_found!(exams.remove_comanager(ExamId(1), UserId(2))),
        "Couldn't find User with 'id'='2'",
        "never added"
    );
    assert_eq!(exams.add_comanager(ExamId(1), UserId(2)).await.unwrap().id, UserId(2));
    exams.add_comanager(ExamId(1), UserId(2)).await.unwrap();
    assert_eq!(not_found!(exams.add_comanager(ExamId(1), UserId(99))), "Couldn't find User with 'id'='99'");
    assert_eq!(not_found!(exams.add_comanager(ExamId(99), UserId(2))), "Couldn't find Exam with 'id'='99'");
    assert_eq!(
        not_found!(exams.remove_comanager(second, UserId(2))),
        "Couldn't find User with 'id'='2'",
        "of another exam"
    );
    assert_eq!(exams.remove_comanager(ExamId(1), UserId(2)).await.unwrap().id, UserId(2));
    assert_eq!(not_found!(exams.remove_comanager(ExamId(1), UserId(2))), "Couldn't find User with 'id'='2'", "twice");

    exams.add_comanager(second, UserId(2)).await.unwrap();
    exams.destroy(second).await.unwrap();
    assert_eq!(
        not_found!(exams.remove_comanager(second, UserId(2))),
        format!("Couldn't find Exam with 'id'='{second}'")
    );
}

#[expect(deprecated, reason = "the older calls still work")]
#[tokio::test]
async fn what_is_not_there_is_called_what_the_vendor_calls_it() {
    let mock = mock().await;
    let client = client(mock.address());
    let (exams, sessions, exam) = (client.exams(), client.student_sessions(), ExamId(1));
    let none = StudentSessionId(99);
    assert_eq!(not_found!(exams.show(ExamId(99))), "Couldn't find Exam with 'id'='99'");
    assert_eq!(not_found!(exams.show_student(exam, none)), "Couldn't find Student Session with 'id'='99'");
    assert_eq!(not_found!(exams.delete_student(exam, none)), "Couldn't find Student Session with 'id'='99'");
    assert_eq!(not_found!(exams.list_students(ExamId(99))), "Couldn't find Exam with 'id'='99'");
    assert_eq!(not_found!(exams.send_emails(ExamId(99))), "Couldn't find Exam with 'id'='99'");
    assert_eq!(
        not_found!(exams.create("n".into(), ExamType::Demo).institute_id(InstituteId(9))),
        "Couldn't find Institute with 'id'='9'"
    );
    assert_eq!(not_found!(sessions.show(none)), "Couldn't find Student Session with 'id'='99'");
    assert_eq!(not_found!(sessions.assign_proctor(none, UserId(2))), "Couldn't find Student Session with 'id'='99'");
    assert_eq!(not_found!(sessions.list(ExamId(99))), "Couldn't find Exam with 'id'='99'");
    assert_eq!(not_found!(client.documents().list(ExamId(99))), "Couldn't find Exam with 'id'='99'");
    assert_eq!(not_found!(client.documents().show(exam, DocumentId(99))), "Couldn't find Document with 'id'='99'");
    assert_eq!(
        not_found!(client.attachments().show(exam, AttachmentId(99))),
        "Couldn't find Attachment with 'id'='99'"
    );
    assert_eq!(not_found!(client.lti_resources().show(LtiResourceId(99))), "Couldn't find lti resource with 'id'='99'");
    assert_eq!(
        not_found!(client.tool_providers().show(ToolProviderId(99))),
        "Couldn't find tool provider with 'id'='99'"
    );
    assert_eq!(
        not_found!(client.tool_providers().destroy(ToolProviderId(99))),
        "Couldn't find tool provider with 'id'='99'"
    );
    let link = client.lti_resources().create("link".into(), exam, ToolProviderId(99));
    assert_eq!(not_found!(link), "Couldn't find tool provider with 'id'='99'");
    assert_eq!(not_found!(client.users().show(InstituteId(1), UserId(99))), "Couldn't find User with 'id'='99'");
    assert_eq!(not_found!(client.users().list(InstituteId(99))), "Couldn't find Institute with 'id'='99'");
}

#[expect(deprecated, reason = "the older calls still work")]
#[tokio::test]
async fn the_older_calls_act_on_the_same_sessions() {
    let mock = mock().await;
    let client = client(mock.address());
    let first = client.exams().list_students(ExamId(1)).await.unwrap();
    assert_eq!(first.items[0].id, StudentSessionId(1));
    let shown = client.exams().show_student(ExamId(1), StudentSessionId(1)).await.unwrap();
    assert_eq!(shown, client.student_sessions().show(StudentSessionId(1)).await.unwrap());
    client.exams().delete_student(ExamId(1), StudentSessionId(1)).await.unwrap();
    assert!(matches!(client.student_sessions().show(StudentSessionId(1)).await, Err(Error::Api(_))));
}

#[expect(deprecated, reason = "the older calls still work")]
#[tokio::test]
async fn seconds_that_are_sent_are_a_time_that_is_answered_and_changes_have_theirs() {
    let mock = mock().await;
    let client = client(mock.address());
    let request = CreateStudentSession { exam_id: ExamId(1), name: "Ada".into(), email: "ada@institute.com".into() };
    let created = client.student_sessions().create(request).open_time(1_700_000_000).await.unwrap();
    let request = AddStudentExam { id: ExamId(1), name: "Grace".into(), email: "grace@institute.com".into() };
    let added = client.exams().add_student(request).open_time(1_700_000_000).await.unwrap();
    for session in [&created, &added] {
        assert_eq!(session.open_time.as_ref().unwrap().to_string(), "2023-11-14T22:13:20.000+00:00");
        assert_eq!(client.student_sessions().show(session.id).await.unwrap().open_time, session.open_time);
    }
    let request = CreateStudentSession { exam_id: ExamId(1), name: "Eve".into(), email: "eve@institute.com".into() };
    assert_eq!(client.student_sessions().create(request).await.unwrap().open_time, None);

    let before = created.created_at.unwrap();
    let user = client.users().update(InstituteId(1), UserId(1)).receives_reports(false).await.unwrap();
    assert!(user.updated_at.as_ref().unwrap().unix_millis() >= before.unix_millis(), "{user:?}");
}

#[tokio::test]
async fn a_file_is_attached_shown_and_taken_away() {
    let mock = mock().await;
    let client = client(mock.address());
    let attachments = client.attachments();
    let image = Upload::bytes("image2.jpg", vec![0xff, 0xd8, 0xff]).content_type("image/jpeg");
    let created = attachments.create(ExamId(1), image).await.unwrap();
    assert_eq!((created.exam_id, created.document_file_name.as_deref()), (Some(ExamId(1)), Some("image2.jpg")));
    assert!(created.placeholder.as_deref().unwrap().ends_with("_image2.jpg"), "{created:?}");
    attachments.destroy(ExamId(1), created.id).await.unwrap();
    attachments.show(ExamId(1), created.id).await.unwrap_err();
}

#[tokio::test]
async fn a_tool_provider_is_locked_while_it_is_linked_to() {
    let mock = mock().await;
    let client = client(mock.address());
    let tool = CreateToolProvider {
        tool_name: "Calculator".into(),
        oauth_consumer_key: "key".into(),
        oauth_consumer_secret: "hush".into(),
    };
    let tool = client.tool_providers().create(tool).await.unwrap();
    let link = client.lti_resources().create("The calculator".into(), ExamId(1), tool.id).await.unwrap();
    let Err(Error::Api(locked)) = client.tool_providers().destroy(tool.id).await else { panic!("not refused") };
    let DestroyToolProviderError::Locked { open_exam } = locked else { panic!("{locked:?}") };
    let exams = |open_exam: &[Vec<ExamInUse>]| -> Vec<_> {
        open_exam.iter().flatten().map(|exam| (exam.id, exam.name.clone().unwrap())).collect()
    };
    assert_eq!(exams(&open_exam), [(ExamId(1), "New test".to_owned())], "the exam that it is linked in");

    // Each exam once, under the name that it has by then.
    let second = client.exams().create("Second".into(), ExamType::Classic).await.unwrap();
    for _ in 0..2 {
        client.lti_resources().create("Again".into(), second.id, tool.id).await.unwrap();
    }
    client.exams().update(ExamId(1)).name("Renamed").await.unwrap();
    let Err(Error::Api(locked)) = client.tool_providers().destroy(tool.id).await else { panic!("not refused") };
    let DestroyToolProviderError::Locked { open_exam } = locked else { panic!("{locked:?}") };
    assert_eq!(exams(&open_exam), [(ExamId(1), "Renamed".to_owned()), (second.id, "Second".to_owned())]);

    client.exams().destroy(second.id).await.unwrap();
    client.lti_resources().update(link.id).tool_provider_id(ToolProviderId(1)).await.unwrap();
    client.tool_providers().destroy(tool.id).await.unwrap();
    assert!(matches!(client.tool_providers().show(tool.id).await, Err(Error::Api(_))));
}

#[tokio::test]
async fn the_one_document_of_an_exam_is_no_list() {
    let mock = mock().await;
    let client = client(mock.address());
    assert_eq!(client.documents().list(ExamId(1)).await.unwrap().len(), 1);
    let second = client.documents().create(ExamId(1), "More".into()).await.unwrap();
    let both = client.documents().list(ExamId(1)).await.unwrap();
    assert_eq!((both.len(), &both[1]), (2, &second));
    assert!(matches!(client.documents().list(ExamId(99)).await, Err(Error::Api(_))));
}

#[tokio::test]
async fn a_student_of_a_platform_is_looked_for_in_an_exam() {
    let mock = mock().await;
    let client = client(mock.address());
    let link = "-4cd10a07a82a4bd6afc8ff27ad2981b8";
    let show = |id, student: &str, link: &str| {
        let (student_lms_id, resource_link_id) = (student.into(), link.into());
        client.exams().show_lti_student(ShowLtiStudentExam { id, student_lms_id, resource_link_id })
    };
    let call = |exam| show(exam, "student_1", link);
    let shown = call(ExamId(1)).await.unwrap();
    assert_eq!(shown, client.student_sessions().show(shown.id).await.unwrap());
    for (student, link) in [("student_2", link), ("student_1", "another link")] {
        let error = show(ExamId(1), student, link).await.unwrap_err();
        let ShowLtiStudentExamError::LtiStudentNotFound { model, student_lms_id, resource_link_id } = (match error {
            Error::Api(error) => error,
            other => panic!("{other:?}"),
        }) else {
            panic!("{student}, {link}")
        };
        assert_eq!((model.as_str(), student_lms_id.as_str()), ("Student Session", student));
        assert_eq!(resource_link_id.as_str(), link);
    }
    // Who came by no platform has no id there.
    let new = CreateStudentSession { exam_id: ExamId(1), name: "Ada".into(), email: "ada@institute.com".into() };
    client.student_sessions().create(new).await.unwrap();
    assert_eq!(call(ExamId(1)).await.unwrap().id, shown.id);
    let empty = client.exams().create("Empty".into(), ExamType::Classic).institute_id(InstituteId(1)).await.unwrap();
    let error = call(empty.id).await.unwrap_err();
    assert!(matches!(&error, Error::Api(api) if format!("{api:?}").starts_with("LtiStudentNotFound")), "{error:?}");
    assert_eq!(not_found!(call(ExamId(404))), "Couldn't find Exam with 'id'='404'");
}
