//! What is sent: strictly what the documentation says, and what it leaves open is decided.

use generated_client::proctorexam::{
    Comparison, CreateUser, DateTime, Direction, Error, ExamId, ExamStatus, ExamType, IdentityProviderId,
    LtiResourceId, Order, Patch, Role, SessionStatus, StudentSessionId, ToolProviderId, UserId,
};
use serde_json::json;

use super::{canonical, documented, exam, members, query, user};
use crate::support::{INSTITUTE, Scripted, client, json, last, mock, teacher};

#[tokio::test]
async fn contradiction_01_an_update_is_a_patch_of_the_users_path() {
    let mock = mock().await;
    client(mock.address()).users().update(INSTITUTE, UserId(2)).receives_reports(true).await.unwrap();
    let request = last(&mock);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("PATCH", "/api/v3/institutes/1/users/2"));
}

#[tokio::test]
async fn contradiction_08_the_documented_password_is_refused() {
    let mock = mock().await;
    let new = CreateUser { password: "password1".into(), ..teacher(1) };
    let error = client(mock.address()).users().create(new).await.unwrap_err();
    let Error::Invalid(violations) = error else { panic!("{error:?}") };
    let found: Vec<_> = violations.iter().map(|violation| violation.constraint).collect();
    assert_eq!(found, ["contains_upper", "contains_special"]);
    assert_eq!(mock.requests(), []);
}

#[tokio::test]
async fn contradiction_09_roles_are_in_lower_case_and_unknown_ones_are_kept() {
    let users = documented().users();
    let role = |role| members(&users.create(CreateUser { role, ..teacher(1) }).prepare().unwrap())["role"].clone();
    assert_eq!(role(Role::Administrator), json!("administrator"));
    assert_eq!(role(Role::GlobalProctor), json!("global_proctor"));
    assert_eq!(role(Role::Other("Administration".into())), json!("Administration"));

    let server = Scripted::once(json(200, r#"{"user":{"id":7,"email":"e","name":"n","role":"Administration"}}"#));
    let user = client(server.address()).users().show(INSTITUTE, UserId(7)).await.unwrap();
    assert_eq!(user.role, Role::Other("Administration".into()));
    assert_eq!(role(user.role), json!("Administration"), "it is sent as it came");
}

#[tokio::test]
async fn contradiction_10_the_identity_provider_is_sent_as_a_number_and_read_as_either() {
    let call = documented().users().create(teacher(1)).omniauth_config_id(IdentityProviderId(1));
    assert_eq!(members(&call.prepare().unwrap())["omniauth_config_id"], json!(1));
    for (text, read) in [(r#""1""#, Some(1)), ("1", Some(1)), ("null", None), (r#""""#, None)] {
        let server = Scripted::once(user(&format!(r#""omniauth_config_id":{text}"#)));
        let user = client(server.address()).users().show(INSTITUTE, UserId(7)).await.unwrap();
        assert_eq!(user.omniauth_config_id, read.map(IdentityProviderId), "{text}");
    }
}

#[test]
fn contradiction_11_empty_means_left_out_when_creating_and_an_empty_text_when_updating() {
    let users = documented().users();
    let created = members(&users.create(teacher(1)).prepare().unwrap());
    assert!(!created.contains_key("omniauth_config_id"));
    let update = |patch: Patch<_>| users.update(INSTITUTE, UserId(7)).omniauth_config_id(patch).prepare().unwrap();
    let cleared = update(Patch::Clear);
    assert_eq!(members(&cleared)["omniauth_config_id"], json!(""));
    assert!(canonical(&cleared).ends_with("?omniauth_config_id=?timestamp=1527500365052"), "{}", canonical(&cleared));
    assert!(!members(&update(Patch::Keep)).contains_key("omniauth_config_id"));
}

#[test]
fn contradiction_17_the_link_is_renamed_by_its_own_name_and_its_id_is_in_the_path() {
    let prepared =
        documented().lti_resources().update(LtiResourceId(7)).lti_resource_link_name("new").prepare().unwrap();
    assert!(prepared.request().uri().path().ends_with("/lti_resources/7"));
    let members = members(&prepared);
    assert_eq!((&members["lti_resource_link_name"], members.get("tool_name")), (&json!("new"), None));
}

#[tokio::test]
async fn contradiction_18_the_tool_provider_is_sent_as_a_number_and_read_as_either() {
    let call = documented().lti_resources().create("link".into(), ExamId(1), ToolProviderId(2));
    assert_eq!(members(&call.prepare().unwrap())["tool_provider_id"], json!(2));
    let call = documented().lti_resources().update(LtiResourceId(1)).tool_provider_id(ToolProviderId(2));
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
    let exams = documented().exams();
    let added = exams.add_comanager(ExamId(1), UserId(5)).prepare().unwrap();
    assert_eq!(members(&added)["comanager_id"], json!(5));
    let removed = exams.remove_comanager(ExamId(1), UserId(5)).prepare().unwrap();
    assert!(query(&removed).contains("comanager_id=5"));
    let assigned = documented().student_sessions().assign_proctor(StudentSessionId(1), UserId(1)).prepare().unwrap();
    assert_eq!(members(&assigned)["proctor_id"], json!(1));
    for id in ["1", r#""1""#] {
        let server = Scripted::once(json(200, &format!(r#"{{"proctor_id":{id}}}"#)));
        let call = client(server.address()).student_sessions().assign_proctor(StudentSessionId(1), UserId(1));
        assert_eq!(call.await.unwrap().proctor_id, UserId(1), "{id}");
    }
}

#[expect(deprecated, reason = "the older calls still work")]
#[test]
fn contradiction_24_the_exam_of_a_student_is_a_parameter_of_the_path() {
    let prepared = documented().exams().show_student(ExamId(7), StudentSessionId(1)).prepare().unwrap();
    assert!(prepared.request().uri().path().ends_with("/exams/7/show_student"));
}

#[tokio::test]
async fn contradiction_25_restrictions_are_the_text_they_are() {
    let text = "[[false,['']],[true,['calculator']]]";
    assert_eq!(exam(&format!(r#""restrictions":"{text}""#)).await.restrictions.as_deref(), Some(text));
    let created = documented().exams().create("n".into(), ExamType::Demo).restrictions(text).prepare().unwrap();
    let changed = documented().exams().update(ExamId(1)).restrictions(text).prepare().unwrap();
    assert_eq!([&members(&created)["restrictions"], &members(&changed)["restrictions"]], [&json!(text); 2]);
}

#[tokio::test]
async fn contradiction_27_deleted_exams_can_be_asked_for() {
    let prepared = documented().exams().list().status(ExamStatus::Deleted).prepare().unwrap();
    assert!(query(&prepared).contains("status=deleted"));
    assert_eq!(exam(r#""status":"deleted""#).await.status, Some(ExamStatus::Deleted));
    assert_eq!(exam(r#""status":"lost""#).await.status, Some(ExamStatus::Other("lost".into())));
}

#[tokio::test]
async fn contradiction_28_all_statuses_can_be_sent_and_others_too() {
    let sent = |status| query(&documented().student_sessions().list_all().status(status).prepare().unwrap()).to_owned();
    let all = [
        (SessionStatus::Registered, "registered"),
        (SessionStatus::BeforeCheckReqMail, "before_check_req_mail"),
        (SessionStatus::EmailBounced, "email_bounced"),
        (SessionStatus::EmailSent, "email_sent"),
        (SessionStatus::AfterCheckReqMail, "after_check_req_mail"),
        (SessionStatus::BeforeCheckReq, "before_check_req"),
        (SessionStatus::AfterCheckReq, "after_check_req"),
        (SessionStatus::InSetup, "in_setup"),
        (SessionStatus::ExamNotStarted, "exam_not_started"),
        (SessionStatus::ExamStarted, "exam_started"),
        (SessionStatus::ExamFinished, "exam_finished"),
    ];
    for (status, text) in all.clone() {
        assert!(sent(status).split('&').any(|pair| pair == format!("status={text}")), "{text}");
    }
    let unknown = || SessionStatus::Other("not_setup".into());
    assert!(sent(unknown()).contains("status=not_setup"));
    for (status, text) in all.into_iter().chain([(unknown(), "not_setup")]) {
        let session = format!(r#"{{"id":1,"exam_id":1,"email":"e","name":"n","status":"{text}"}}"#);
        let server = Scripted::once(json(200, &format!(r#"{{"student":{session}}}"#)));
        let session = client(server.address()).student_sessions().show(StudentSessionId(1)).await.unwrap();
        assert_eq!(session.status, status, "{text}");
    }
}

#[test]
fn contradiction_30_an_exam_starts_and_ends_at_iso_times() {
    let text = "2018-11-21T00:54:00.000+01:00";
    let time = || -> DateTime { text.parse().unwrap() };
    let exams = documented().exams();
    let created = exams.create("n".into(), ExamType::Demo).start_time(time()).end_time(time()).prepare().unwrap();
    let changed = exams.update(ExamId(1)).start_time(time()).end_time(time()).prepare().unwrap();
    for prepared in [created, changed] {
        let members = members(&prepared);
        assert_eq!((&members["start_time"], &members["end_time"]), (&json!(text), &json!(text)));
    }
}

#[test]
fn contradiction_32_filters_have_plain_quotes_and_are_signed_raw() {
    let since = || [("start_time", Comparison::default().gte("2025-02-01"))];
    let newest = || [Order::from([("start_time", Direction::Desc)]), Order::from([("name", Direction::Asc)])];
    let raw = [r#"{"start_time":{"gte":"2025-02-01"}}"#, r#"[{"start_time":"desc"},{"name":"asc"}]"#];
    for call in [
        documented().exams().list().filter(since()).sort(newest()),
        documented().exams().list().filter(raw[0]).sort(raw[1].to_owned()),
    ] {
        let prepared = call.prepare().unwrap();
        let canonical = canonical(&prepared);
        assert!(canonical.starts_with(&format!("filter={}?nonce=", raw[0])), "{canonical}");
        assert!(canonical.contains(&format!("?sort={}?timestamp=", raw[1])), "{canonical}");
        assert!(query(&prepared).contains("filter=%7B%22start_time%22%3A%7B%22gte%22%3A%222025-02-01%22%7D%7D"));
        let order = "sort=%5B%7B%22start_time%22%3A%22desc%22%7D%2C%7B%22name%22%3A%22asc%22%7D%5D";
        assert!(query(&prepared).contains(order), "{}", query(&prepared));
    }
    // An operator that nobody has shown is sent as it is written.
    let prepared = documented().users().list(INSTITUTE).filter(r#"{"name":{"eq":"Ünal?nonce=1"}}"#).prepare().unwrap();
    assert!(query(&prepared).contains("filter=%7B%22name%22%3A%7B%22eq%22%3A%22%C3%9Cnal%3Fnonce%3D1%22%7D%7D"));
}

#[tokio::test]
async fn contradiction_33_what_one_generation_of_pages_has_is_sent_and_read() {
    let call = documented().exams().update(ExamId(1)).student_experience(true);
    assert_eq!(members(&call.prepare().unwrap())["student_experience"], json!(true));
    let institute = |member| json(200, &format!(r#"{{"institute":{{"id":1,"name":"n","short_name":"s"{member}}}}}"#));
    let server = Scripted::start([institute(r#","student_experience":false"#), institute("")]);
    for read in [Some(false), None] {
        let institute = client(server.address()).institutes().show(INSTITUTE).await.unwrap();
        assert_eq!(institute.student_experience, read);
    }
}
