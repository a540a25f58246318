//! Answers as the vendor documents them, and as servers really write them: all of them are read.

use generated_client::proctorexam::{
    CreateUser, DateTime, IdentityProviderId, InstituteId, ReportFrequency, Role, User, UserId,
};
use serde_json::json;

use crate::support::{INSTITUTE, Scripted, answer, body, client, json, last, mock, teacher};

/// The documented answer to users/create.
const CREATED: &str = r#"{
  "user": {
    "id": 7,
    "institute_id": 1,
    "email": "teacher@institute.com",
    "student_number": null,
    "name": "Teacher name",
    "created_at": "2019-01-23T12:05:52.391+01:00",
    "updated_at": "2019-01-23T12:05:52.391+01:00",
    "role": "teacher",
    "invitation_token": null,
    "invitation_created_at": null,
    "invitation_sent_at": null,
    "invitation_accepted_at": null,
    "invitation_limit": null,
    "invited_by_id": null,
    "invited_by_type": null,
    "api_token": "jq560vN9KZdAdFtOYH5xXw",
    "secret_key": "NNAK4kQK3hveFpuuRMeC-DFRgn0nnUn4XpPSWofvXxY",
    "receives_reports": false,
    "report_frequency": "week",
    "first_visit_guide": true,
    "global_proctor": true,
    "global_reviewer": true,
    "logo_image": "/logo_images/original/missing.png",
    "institute_name": "ProctorExam",
    "omniauth_config_id": "1"
  }
}
"#;

/// The documented answer to users/show, in an older copy without `omniauth_config_id`.
const SHOWN: &str = r#"{"user": {"id": 1, "email": "administrator@proctorexam.com",
    "name": "ProctorExam Administrator", "role": "administrator",
    "logo_image": "/logo_images/original/missing.png", "institute_name": "ProctorExam"}}"#;

/// A user with these members beside those that must be there.
async fn read(members: &str) -> User {
    let text = format!(r#"{{"user":{{"id":7,"email":"e","name":"n","role":"teacher",{members}}}}}"#);
    read_answer(json(200, &text)).await
}

async fn read_answer(answer: Vec<u8>) -> User {
    let server = Scripted::once(answer);
    client(server.address()).users().create(teacher(1)).await.unwrap()
}

#[tokio::test]
async fn the_documented_answers_are_read() {
    let user = read_answer(json(200, CREATED)).await;
    assert_eq!((user.id, user.institute_id), (UserId(7), Some(InstituteId(1))));
    assert_eq!((user.email.as_str(), user.name.as_str()), ("teacher@institute.com", "Teacher name"));
    assert_eq!((user.role, user.report_frequency), (Role::Teacher, Some(ReportFrequency::Week)));
    assert_eq!(user.created_at.unwrap().to_string(), "2019-01-23T12:05:52.391+01:00");
    assert_eq!(user.updated_at.unwrap().unix_millis(), 1_548_241_552_391);
    assert_eq!(user.api_token.unwrap().expose(), "jq560vN9KZdAdFtOYH5xXw");
    assert_eq!(user.secret_key.unwrap().expose(), "NNAK4kQK3hveFpuuRMeC-DFRgn0nnUn4XpPSWofvXxY");
    assert_eq!((user.receives_reports, user.first_visit_guide), (Some(false), Some(true)));
    assert_eq!((user.global_proctor, user.global_reviewer), (Some(true), Some(true)));
    assert_eq!(user.logo_image.as_deref(), Some("/logo_images/original/missing.png"));
    assert_eq!(user.institute_name.as_deref(), Some("ProctorExam"));
    assert_eq!(user.omniauth_config_id, Some(IdentityProviderId(1)));
    assert!(user.student_number.is_none() && user.invitation_token.is_none() && user.invited_by_type.is_none());
    assert!(user.invitation_created_at.is_none() && user.invitation_sent_at.is_none());
    assert!(user.invitation_accepted_at.is_none() && user.invitation_limit.is_none() && user.invited_by_id.is_none());

    let server = Scripted::start([json(200, SHOWN), json(200, "{}")]);
    let users = client(server.address()).users();
    let user = users.show(INSTITUTE, UserId(1)).await.unwrap();
    assert_eq!((user.role, user.omniauth_config_id), (Role::Administrator, None));
    users.destroy(INSTITUTE, UserId(1)).await.unwrap();
}

#[tokio::test]
async fn numbers_and_texts_stand_for_each_other() {
    for text in ["7", r#""7""#, r#"" 7 ""#, "7.0", "7e0", r#""7.00""#] {
        let user = read(&format!(r#""institute_id":{text},"invitation_limit":{text}"#)).await;
        assert_eq!((user.institute_id, user.invitation_limit), (Some(InstituteId(7)), Some(7)), "{text}");
    }
    for (text, limit) in [("-9223372036854775808", i64::MIN), (r#""9223372036854775807""#, i64::MAX)] {
        assert_eq!(read(&format!(r#""invitation_limit":{text}"#)).await.invitation_limit, Some(limit));
    }
    for (text, value) in [("true", true), (r#""true""#, true), ("1", true), (r#""1""#, true), ("0", false)] {
        assert_eq!(read(&format!(r#""receives_reports":{text}"#)).await.receives_reports, Some(value), "{text}");
    }
    // A number stays the text it was, leading zeros and all digits included.
    for text in ["12345678901234567890123", r#""00123""#] {
        let user = read(&format!(r#""student_number":{text},"logo_image":{text}"#)).await;
        assert_eq!(user.student_number.unwrap().as_str(), text.trim_matches('"'));
        assert_eq!(user.logo_image.unwrap(), text.trim_matches('"'));
    }
}

#[tokio::test]
async fn null_empty_missing_and_unknown_members_do_no_harm() {
    let bare = read(r#""x":0"#).await;
    let nothing = r#""institute_id":null,"created_at":null,"receives_reports":null,"report_frequency":null,
        "api_token":null,"logo_image":null,"student_number":null"#;
    assert_eq!(read(nothing).await, bare);
    // Where an empty text can stand for nothing else, it is nothing.
    let empty = r#""institute_id":"","created_at":"","receives_reports":"","invitation_limit":"""#;
    assert_eq!(read(empty).await, bare);
    assert_eq!(read(r#""logo_image":"""#).await.logo_image.as_deref(), Some(""));
    // What the vendor's sign-in answers have beside the documented members, and anything else.
    let more = r#""max_proctoring_sessions":null,"disabled":false,"proctoring_sessions_count":0,"deleted":false,
        "":[{}],"nested":{"user":{"id":"no id"}},"\u0069d2":"x","ID":8"#;
    assert_eq!(read(more).await, bare);
    let around = format!(
        r#"{{"meta":[1,{{}}],"user":{{"id":7,"email":"e","name":"n","role":"teacher"}},"{}":0}}"#,
        "k".repeat(5000)
    );
    assert_eq!(read_answer(json(200, &around)).await, bare);
}

#[tokio::test]
async fn an_optional_member_that_cannot_be_read_costs_nothing_else() {
    let good = r#""logo_image":"logo""#;
    let bare = read(good).await;
    for odd in [
        r#""created_at":"2019-01-23T12:05:52""#,
        r#""created_at":"2019-01-23 12:05:52""#,
        r#""created_at":1548241552"#,
        r#""institute_id":"first""#,
        r#""invitation_limit":2.5"#,
        r#""receives_reports":"yes""#,
        r#""report_frequency":["week"]"#,
        r#""student_number":{"old":[{"id":"]}"}]}"#,
        r#""api_token":[[],{}]"#,
    ] {
        assert_eq!(read(&format!("{odd},{good}")).await, bare, "{odd}");
    }
}

#[tokio::test]
async fn of_equal_names_the_last_counts() {
    let user = read(r#""id":8,"institute_id":1,"institute_id":null,"role":"proctor""#).await;
    assert_eq!((user.id, user.institute_id, user.role), (UserId(8), None, Role::Proctor));
}

#[tokio::test]
async fn date_times_print_as_they_came() {
    for text in [
        "2019-01-23T12:05:52.391+01:00",
        "2019-01-23T12:05:52.390+01:00",
        "2019-01-23T12:05:52.000Z",
        "2019-01-23T12:05:52Z",
        "2019-01-23T12:05:52+00:00",
        "2019-01-23T12:05:52.123456-09:30",
        "1969-12-31T23:59:59.001Z",
    ] {
        let user = read(&format!(r#""created_at":"{text}""#)).await;
        assert_eq!(user.created_at.unwrap().to_string(), text);
    }
    let same: [DateTime; 2] = ["2019-01-23T12:05:52+01:00", "2019-01-23T11:05:52Z"].map(|text| text.parse().unwrap());
    assert_eq!(same[0], same[1]);
}

#[tokio::test]
async fn words_that_are_not_documented_are_kept_and_sent_as_they_came() {
    let user = read(r#""role":"Chief \"Invigilator\" é","report_frequency":"hourly""#).await;
    assert_eq!(user.role, Role::Other("Chief \"Invigilator\" é".into()));
    assert_eq!(user.role.to_string(), "Chief \"Invigilator\" é");
    let frequency = user.report_frequency.unwrap();
    assert_eq!(frequency, ReportFrequency::Other("hourly".into()));

    let mock = mock().await;
    let users = client(mock.address()).users();
    let created = users.create(CreateUser { role: user.role.clone(), ..teacher(1) }).await.unwrap();
    assert_eq!(body(&last(&mock))["role"], json!("Chief \"Invigilator\" é"));
    assert_eq!(created.role, user.role);
    let updated = users.update(INSTITUTE, created.id).report_frequency(frequency.clone()).await.unwrap();
    assert_eq!(body(&last(&mock))["report_frequency"], json!("hourly"));
    assert_eq!(updated.report_frequency, Some(frequency));
}

#[tokio::test]
async fn what_is_around_the_json_does_not_matter() {
    let marked = [b"\xEF\xBB\xBF", CREATED.as_bytes()].concat();
    let html = [("Content-Type", "text/html; charset=iso-8859-1")];
    for answer in [answer(200, &[], &marked), answer(201, &html, format!("\r\n {CREATED}\t\n").as_bytes())] {
        assert_eq!(read_answer(answer).await.id, UserId(7));
    }
    // What a deletion answers is of no interest.
    for (status, text) in [(200, "{}"), (204, ""), (200, ""), (202, "null"), (200, "OK"), (200, "{\"user\":")] {
        let server = Scripted::once(json(status, text));
        client(server.address()).users().destroy(INSTITUTE, UserId(7)).await.unwrap();
    }
}

#[tokio::test]
async fn texts_are_decoded_whole() {
    let user = read(r#""logo_image":"a\u00e9\ud83d\ude00\"\\\/\n\u0000é😀","institute_name":"\u2028""#).await;
    assert_eq!(user.logo_image.unwrap(), "a\u{e9}\u{1f600}\"\\/\n\0\u{e9}\u{1f600}");
    assert_eq!(user.institute_name.unwrap(), "\u{2028}");
}
