//! What every call carries, and what is made of the envelope around every answer.

use generated_client::proctoru::{
    AutoLoginUserError, Credentials, EditUser, Error, ListReservationsError, ProfileUserError, WindowsTimeZone,
};

use super::{answering, builder, client, form, last, mock, student, times_sent, url_pairs, value};
use crate::support::{Fixed, Scripted, Seconds, answer, json};

#[tokio::test]
async fn a_call_has_the_key_and_the_time() {
    let mock = mock().await;
    let key = Credentials { api_key: " TEST-API_KEY\n".into() };
    let client = builder(mock.address()).credentials(key).build().unwrap();
    client.users().profile(student()).await.unwrap();
    let request = last(&mock);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/api/getStudentProfile"));
    assert_eq!(request.header("authorization-token"), Some("test-api_key"));
    assert_eq!(value(&url_pairs(&request.query), "student_id").as_deref(), Some("S-269"));

    client.users().terms(student()).await.unwrap();
    let request = last(&mock);
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(request.query, "");
    assert!(value(&form(&request), "time_sent").unwrap().ends_with('Z'));
}

#[test]
fn the_time_is_in_whole_seconds() {
    let client = builder("http://127.0.0.1:1/api").clock(Fixed::DOCUMENTED).build().unwrap();
    let prepared = client.users().profile(student()).prepare().unwrap();
    assert_eq!(prepared.request().uri().query(), Some("student_id=S-269&time_sent=2018-05-28T09%3A39%3A25Z"));
}

/// The refusal that a wrong clock makes comes with a status of success.
#[tokio::test]
async fn a_stale_call_tells_of_a_clock_that_is_wrong() {
    let stale = br#"{"time_sent":"","response_code":2,"message":"stale request","data":""}"#;
    let late = [("Date", "Mon, 28 May 2018 10:39:25 GMT"), ("Content-Type", "application/json")];
    let server = Scripted::start([answer(200, &late, stale), answer(200, &late, stale)]);
    let client = builder(server.address()).clock(Fixed::DOCUMENTED).build().unwrap();
    let failed = client.users().profile(student()).with_response().await.into_result().unwrap_err();
    assert!(failed.to_string().ends_with("; this machine's clock is 3600 s behind the server's"), "{failed}");
}

#[tokio::test]
async fn a_stale_call_is_made_again_once_with_a_fresh_time() {
    let stale = r#"{"time_sent":"","response_code":2,"message":"stale request","data":""}"#;
    let fine = r#"{"response_code":1,"message":"","data":[]}"#;
    let server = answering([stale, fine]);
    let client_of_seconds = builder(server.address()).clock(Seconds::default()).build().unwrap();
    assert_eq!(client_of_seconds.reservations().list(student()).await.unwrap(), []);
    let [first, second] = times_sent(&server).try_into().unwrap();
    assert!(first < second, "{first} {second}");

    let server = answering([stale, stale, fine]);
    let error = client(server.address()).reservations().list(student()).await.unwrap_err();
    assert!(matches!(error, Error::Api(ListReservationsError::StaleRequest)), "{error:?}");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_message_is_known_by_its_beginning_in_any_case_and_without_its_counters() {
    for message in [
        "Student Not found",
        "Student Not Found : Error count 0 of 50",
        "STUDENT NOT FOUND : Error count 3 of 50 : Error count 3 of 50",
    ] {
        let body = format!(r#"{{"response_code":"2","message":"{message}","data":null}}"#);
        let server = answering([&body]);
        let error = client(server.address()).users().profile(student()).await.unwrap_err();
        assert!(matches!(error, Error::Api(ProfileUserError::StudentNotFound)), "{error:?}");
    }
}

#[tokio::test]
async fn other_is_neither_a_success_nor_a_failure() {
    let server = answering([r#"{"response_code":3,"message":"Example of another condition","data":null}"#]);
    let call = client(server.address()).users().auto_login(student(), "test.taker@example.com".into());
    let error = call.await.unwrap_err();
    assert!(matches!(error, Error::Api(AutoLoginUserError::Other)), "{error:?}");
}

#[tokio::test]
async fn a_failure_that_nobody_documents_is_unexpected_with_its_message() {
    let server = answering([r#"{"response_code":2,"message":"Out of paper : Error count 1 of 50","data":{}}"#]);
    let error = client(server.address()).users().profile(student()).await.unwrap_err();
    let Error::Unexpected(answer) = &error else { panic!("{error:?}") };
    assert_eq!(answer.errors()[0].message(), "Out of paper");
}

#[tokio::test]
async fn the_status_decides_before_the_envelope_does() {
    for (status, body) in [
        (401, r#"{"message":"Unauthorized"}"#),
        (400, r#"{"message":"Bad Request"}"#),
        (404, r#"{"message":"Not found"}"#),
        (400, r#"{"response_code":1,"message":"","data":[]}"#),
    ] {
        let server = Scripted::once(json(status, body));
        let error = client(server.address()).reservations().list(student()).await.unwrap_err();
        let Error::Unexpected(answer) = &error else { panic!("{error:?}") };
        assert_eq!(answer.response().status().as_u16(), status);
    }
    let server = Scripted::once(json(422, r#"{"response_code":2,"message":"Student Not found","data":null}"#));
    let error = client(server.address()).reservations().list(student()).await.unwrap_err();
    assert!(matches!(error, Error::Api(ListReservationsError::StudentNotFound)), "{error:?}");
}

#[tokio::test]
async fn a_success_without_rows_is_an_empty_list() {
    for data in [r#","data":null"#, r#","data":"""#, r#","data":{}"#, r#","data":[]"#, ""] {
        let server = answering([&format!(r#"{{"response_code":"1","message":""{data}}}"#)]);
        assert_eq!(client(server.address()).reservations().list(student()).await.unwrap(), [], "{data}");
    }
    let server = answering([r#"{"response_code":1,"message":"","data":"rows"}"#]);
    let error = client(server.address()).reservations().list(student()).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

#[tokio::test]
async fn what_is_no_envelope_is_no_success() {
    for body in [r#"{"institution":{"uuid":"00000000-0000-4000-8000-000000000010"}}"#, "plain text response"] {
        let server = answering([body]);
        let error = client(server.address()).users().profile(student()).await.unwrap_err();
        assert!(!matches!(error, Error::Api(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_test_taker_is_created_shown_and_signed_in() {
    let mock = mock().await;
    let client = client(mock.address());
    let users = client.users();
    let new = EditUser {
        student_id: "S-300".into(),
        first_name: "Ada".into(),
        last_name: "Taker".into(),
        country: "US".into(),
        phone1: "5550100".into(),
        time_zone_id: WindowsTimeZone::TongaStandardTime,
    };
    let unknown = users.profile("S-300".into()).await.unwrap_err();
    assert!(matches!(unknown, Error::Api(ProfileUserError::StudentNotFound)), "{unknown:?}");
    let ready = users.edit(new).email("ada@example.com").await.unwrap();
    assert_eq!(ready.terms_accepted, Some(false));
    assert_eq!(value(&form(&last(&mock)), "time_zone_id").as_deref(), Some("Tonga Standard Time"));
    let profile = users.profile("S-300".into()).await.unwrap();
    assert_eq!(profile.time_zone_id, Some(WindowsTimeZone::TongaStandardTime));

    let sign_in = users.auto_login("S-300".into(), "ada@example.com".into()).update(true).await.unwrap();
    assert!(sign_in.url.expose().starts_with("https://"));
    assert_eq!(value(&form(&last(&mock)), "update").as_deref(), Some("Y"));
    assert!(!format!("{sign_in:?}").contains("https"), "{sign_in:?}");
}
