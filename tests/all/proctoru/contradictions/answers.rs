//! What is made of answers and webhooks, and what the vendor takes.

use generated_client::proctoru::{
    AddAdHocProcessBookingError, BeginReservationError, Booking, EditUser, Error, ExamId, Json, ListReservationsError,
    ReservationNo, WebhookRequest, WebhookVerifier,
};
use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

use super::{NOWHERE, fields, success};
use crate::proctoru::{
    ad_hoc, answering, blue_bird, client, exam, form, last, mock, slots, student, time, user, value,
};
use crate::support::{Scripted, json as answer};

#[tokio::test]
async fn contradiction_03_the_status_decides_before_the_envelope_which_is_read_all_the_same() {
    let list = async |status, body: &str| {
        let server = Scripted::once(answer(status, body));
        client(server.address()).reservations().list(student()).await.unwrap_err()
    };
    assert!(matches!(list(404, &success(&json!([]))).await, Error::Unexpected(_)));
    let odd = r#"{"response_code":2,"message":"Out of paper : Error count 1 of 50","data":null}"#;
    let Error::Unexpected(kept) = list(500, odd).await else { panic!("{odd}") };
    assert_eq!((kept.response().status().as_u16(), kept.response().body()), (500, &odd.into()));
    assert_eq!(kept.errors()[0].message(), "Out of paper");
    let failure = r#"{"response_code":2,"message":"Student Not found","data":null}"#;
    assert!(matches!(list(404, failure).await, Error::Api(ListReservationsError::StudentNotFound)));
}

#[tokio::test]
async fn contradiction_04_other_is_an_error_of_its_own_kind() {
    let server = answering([r#"{"response_code":3,"message":"stay tuned","data":null}"#]);
    let call = client(server.address()).reservations().begin(student(), "R-1".into());
    assert!(matches!(call.await, Err(Error::Api(BeginReservationError::Other))));
}

#[tokio::test]
async fn contradiction_06_numbers_and_texts_are_read_alike_and_money_keeps_its_digits() {
    for (balance, digits) in [
        (json!("30.00"), "30.00"),
        (json!(30), "30"),
        (json!("0.0"), "0.0"),
        (json!(0.0), "0.0"),
        (json!("$0.00"), "0.00"),
    ] {
        let booking = json!({"balance": balance, "reservation_id": 3003, "reservation_no": "900000392"});
        let server = answering([&success(&booking)]);
        let call = client(server.address()).reservations().reschedule(
            ReservationNo(1),
            "R-1".into(),
            time("2031-08-29T00:00:00Z"),
        );
        let booking = call.await.unwrap();
        assert_eq!(booking.balance.as_ref().unwrap().as_str(), digits);
        let again = serde_json::to_value(&booking).unwrap()["balance"].to_string();
        assert_eq!(again.trim_matches('"'), digits, "written again");
        assert_eq!(
            (booking.reservation_id.0.as_str(), booking.reservation_no),
            ("3003", Some(ReservationNo(900000392)))
        );
    }
    // A code that begins with zeros is sent as it is.
    let book = ad_hoc("R-1", "2031-08-29T00:00:00Z");
    let call = client(NOWHERE).bookings().add_ad_hoc_process(book).zipcode("00501");
    let sent = fields(&call.prepare().unwrap());
    let texts = ["duration", "zipcode"].map(|name| value(&sent, name).unwrap());
    assert_eq!(texts, ["60", "00501"]);
}

#[tokio::test]
async fn contradiction_07_data_without_rows_is_an_empty_list_and_absent_data_is_null() {
    for body in [r#"{"response_code":1,"data":null}"#, r#"{"response_code":1,"data":""}"#, r#"{"response_code":1}"#] {
        let server = answering([body]);
        assert_eq!(
            client(server.address()).reports().list_activity().student_id(student()).await.unwrap(),
            [],
            "{body}"
        );
    }
    let server = answering([r#"{"response_code":1,"message":""}"#]);
    assert_eq!(client(server.address()).users().accept_terms(student()).await.unwrap(), Json::Null);
}

#[tokio::test]
async fn contradiction_08_the_address_is_found_wherever_it_stands() {
    let url = "https://demo.example/launch";
    for (body, found) in [
        (json!({"response_code": 1, "message": "", "data": {"url": url}}), true),
        (json!({"response_code": 1, "message": "", "data": {"launch_url": url}}), true),
        (json!({"response_code": 1, "message": "", "data": null, "url": url}), true),
        (json!({"response_code": 1, "message": "", "data": {}, "launch_url": url}), true),
        (json!({"response_code": 1, "message": url}), true),
        (json!({"response_code": 1, "message": "https://elsewhere.example", "data": {"url": url}}), true),
        (json!({"response_code": 1, "message": "Successful Result", "data": {"url": ""}}), false),
    ] {
        let server = answering([&body.to_string()]);
        let launch = client(server.address()).bookings().add_blue_bird_exam(blue_bird()).await.unwrap();
        assert_eq!(launch.url.as_ref().map(|url| url.expose()), found.then_some(url), "{body}");
    }
}

#[tokio::test]
async fn contradiction_09_a_session_begins_at_an_address_or_has_rows() {
    let begin = async |data: Value| {
        let server = answering([&success(&data)]);
        client(server.address()).reservations().begin(student(), "R-932".into()).await.unwrap()
    };
    let begun = begin(json!({"url": "https://demo.example/begin"})).await;
    assert_eq!((begun.url.unwrap().expose(), begun.reservations), ("https://demo.example/begin", None));
    let begun = begin(json!([{"reservation_no": 900000102, "exam_id": null}])).await;
    assert_eq!((begun.url, begun.reservations.unwrap()[0].reservation_no), (None, ReservationNo(900000102)));
}

#[tokio::test]
async fn contradiction_10_the_address_that_signs_in_may_stand_alone() {
    for data in [json!({"url": "https://demo.example/in"}), json!("https://demo.example/in")] {
        let server = answering([&success(&data)]);
        let call = client(server.address()).users().auto_login(student(), "test.taker@example.com".into());
        assert_eq!(call.await.unwrap().url.expose(), "https://demo.example/in", "{data}");
    }
}

#[tokio::test]
async fn contradiction_11_an_exam_is_an_object_or_a_text() {
    let server = answering([&success(&json!({"exam_no": 5064586, "exam_id": "E-1"}))]);
    let edited = client(server.address()).exams().edit(exam()).await.unwrap();
    assert_eq!((edited.exam_id, edited.text), (Some(ExamId::from("E-1")), None));
    let server = answering([&success(&json!("done"))]);
    let edited = client(server.address()).exams().edit(exam()).await.unwrap();
    assert_eq!((edited.exam_id, edited.text.as_deref()), (None, Some("done")));
}

#[tokio::test]
async fn contradiction_17_a_test_taker_is_updated_by_their_own_id() {
    let mock = mock().await;
    let client = client(mock.address());
    let users = client.users();
    let name = async |id: &str| {
        let profile = client.users().profile(id.into()).await;
        profile.map(|profile| {
            (profile.first_name.unwrap().as_str().to_owned(), profile.email.unwrap().as_str().to_owned())
        })
    };
    let before = name("S-269").await.unwrap();
    assert_eq!(before.0, "Test");
    users.edit(EditUser { first_name: "Ada".into(), ..user() }).await.unwrap();
    assert_eq!(value(&form(&last(&mock)), "student_id").as_deref(), Some("S-269"), "the id that is in use is sent");
    assert_eq!(name("S-269").await.unwrap(), ("Ada".to_owned(), before.1.clone()), "what is not said stays");

    // A booking of the same test-taker updates them as well, and what they are called by is no other's.
    client.bookings().add_ad_hoc_process(ad_hoc("R-1", "2031-08-29T00:00:00Z")).await.unwrap();
    assert_eq!(name("S-269").await.unwrap().0, "Test");
    assert!(name("S-270").await.is_err());
    users
        .edit(EditUser { student_id: "S-270".into(), first_name: "Eda".into(), ..user() })
        .email("e@x.example")
        .await
        .unwrap();
    assert_eq!((name("S-269").await.unwrap().0, name("S-270").await.unwrap().0), ("Test".to_owned(), "Eda".to_owned()));
}

#[tokio::test]
async fn contradiction_18_a_reservation_id_is_sent_again_with_its_number_only() {
    let mock = mock().await;
    let client = client(mock.address());
    let bookings = client.bookings();
    let book = |id: &str, start: &str, number: Option<ReservationNo>| {
        let call = bookings.add_ad_hoc_process(ad_hoc(id, start));
        number.into_iter().fold(call, |call, number| call.reservation_no(number)).into_future()
    };
    let is_used = |result: Result<Booking, Error<AddAdHocProcessBookingError>>| {
        matches!(result, Err(Error::Api(AddAdHocProcessBookingError::ReservationIdExists)))
    };
    let booked = book("R-1", "2031-08-29T00:00:00Z", None).await.unwrap();
    let other = book("R-2", "2031-08-30T00:00:00Z", None).await.unwrap();
    assert!(is_used(book("R-1", "2031-09-29T00:00:00Z", None).await));
    assert!(is_used(book("R-1", "2031-09-29T00:00:00Z", other.reservation_no).await), "another's number");

    let moved = book("R-1", "2031-09-29T00:00:00Z", booked.reservation_no).await.unwrap();
    let sent = form(&last(&mock));
    let number = booked.reservation_no.unwrap().0.to_string();
    assert_eq!(value(&sent, "reservation_id").as_deref(), Some("R-1"));
    assert_eq!(value(&sent, "reservation_no"), Some(number));
    let starts = async || -> Vec<_> {
        let all = client.reservations().list(student()).await.unwrap();
        all.into_iter().filter(|it| it.reservation_id == Some("R-1".into())).map(|it| it.start_date).collect()
    };
    assert_eq!(starts().await, [Some(time("2031-09-29T00:00:00Z"))], "it is moved, and no other is made");

    // Who moves it by its own method sends both too, and it keeps its id.
    let again =
        client.reservations().reschedule(moved.reservation_no.unwrap(), "R-1".into(), time("2031-10-29T00:00:00Z"));
    let again = again.await.unwrap();
    assert_eq!(value(&form(&last(&mock)), "reservation_id").as_deref(), Some("R-1"));
    assert_eq!((again.reservation_id, again.reservation_no == moved.reservation_no), ("R-1".into(), false));
    assert_eq!(starts().await, [Some(time("2031-10-29T00:00:00Z"))]);

    // Once it is cancelled, the id is used up, with the number too.
    client.reservations().cancel(student()).reservation_no(again.reservation_no.unwrap()).await.unwrap();
    assert!(is_used(book("R-1", "2031-11-29T00:00:00Z", again.reservation_no).await));
    assert!(is_used(book("R-1", "2031-11-29T00:00:00Z", None).await));
}

#[tokio::test]
async fn contradiction_24_what_is_said_of_an_address_is_not_interpreted() {
    for (data, read) in [(json!("N"), Json::String("N".into())), (Value::Null, Json::Null)] {
        let server = answering([&success(&data)]);
        let exists = client(server.address()).users().email_exists("test.taker@example.com".into()).await.unwrap();
        assert_eq!(exists, read);
    }
}

#[tokio::test]
async fn contradiction_27_a_local_time_has_no_zone_whatever_it_ends_with() {
    let slot = json!([{"start_date": "2031-08-29T05:00:00Z", "local_start_date": "2031-08-29T00:00:00Z"}]);
    let server = answering([&success(&slot)]);
    let slots = client(server.address()).schedules().list_slots(slots()).await.unwrap();
    assert_eq!(slots[0].local_start_date.as_ref().unwrap().to_string(), "2031-08-29T00:00:00");
}

/// Whether a webhook with these headers is the vendor's.
fn verifies(headers: &[(&'static str, &str)]) -> bool {
    let body = br#"{"event": {"type": "event-reservation-confirmation"}}"#;
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, HeaderValue::from_str(value).unwrap());
    }
    let verifier = WebhookVerifier::new(["authentication secret"]).unwrap();
    verifier.verify(WebhookRequest::new(&map, body)).is_ok()
}

#[test]
fn contradiction_28_a_signature_is_hexadecimal_over_the_raw_body() {
    assert!(verifies(&[("x-proctoru-signature", "sha1=2a2a671ced4e4212c86713d4cf27b59470cc63f0")]));
    assert!(!verifies(&[("x-proctoru-signature", "sha1=KipnHO1OQhLIZxPUzye1lHDMY/A=")]));
    // The same without its blank, as whoever writes what was parsed would have it.
    assert!(!verifies(&[("x-proctoru-signature", "sha1=c8afb766ec49cbaae335429f82465a3da58944b6")]));
}

#[test]
fn contradiction_29_a_shared_secret_in_a_header_signs_nothing() {
    assert!(!verifies(&[("x-proctoru-secret", "authentication secret")]));
    let signed = ("x-proctoru-signature", "sha1=2a2a671ced4e4212c86713d4cf27b59470cc63f0");
    assert!(verifies(&[signed]) && verifies(&[signed, ("x-proctoru-secret", "another")]));
}

#[tokio::test]
async fn contradiction_31_a_counter_is_no_part_of_a_message() {
    for counter in ["", " : Error count 0 of 50", " : Error count 3 of 50 : Error count 3 of 50"] {
        let body = json!({"response_code": 2, "message": format!("OVERLAP{counter}"), "data": null}).to_string();
        let server = answering([&body]);
        let call = client(server.address()).bookings().add_ad_hoc_process(ad_hoc("R", "2031-08-29T00:00:00Z"));
        let error = call.await.unwrap_err();
        assert!(matches!(error, Error::Api(AddAdHocProcessBookingError::Overlap)), "{error:?}");
    }
    // It is kept beside the message of an error that nobody documents.
    let server = answering([r#"{"response_code":2,"message":"Out of paper : Error count 3 of 50","data":null}"#]);
    let Err(Error::Unexpected(answer)) = client(server.address()).users().profile(student()).await else { panic!() };
    let reported = &answer.errors()[0];
    assert_eq!(reported.message(), "Out of paper");
    assert_eq!((reported.suffix("count"), reported.suffix("limit")), (Some("3"), Some("50")));
}
