//! Where what is known of the API contradicts itself, the spec decides; each decision as it is seen on the wire.
//!
//! The numbers are those of the notes in the spec.

use generated_client::proctoru::{
    AddAdHocProcessBookingError, AddBlueBirdExamBooking, AddProcessBooking, AddProcessBookingError, AllowedUrl,
    BeginReservationError, EditUser, Environment, Error, ExamId, Flag, Instructor, Json, ListReservationsError,
    ListSlotsSchedules, Prepared, ReservationNo, WebhookRequest, WebhookVerifier, WindowsTimeZone,
};
use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

use super::{ad_hoc, answering, blue_bird, client, exam, form, last, mock, slots, student, time, url_pairs, value};
use crate::support::{Scripted, json as answer};

const NOWHERE: &str = "http://127.0.0.1:1/api";

/// The fields of a call that is not sent.
fn fields(prepared: &Prepared) -> Vec<(String, String)> {
    url_pairs(std::str::from_utf8(prepared.request().body()).unwrap())
}

fn success(data: &Value) -> String {
    json!({"response_code": 1, "message": "", "data": data}).to_string()
}

#[tokio::test]
async fn contradiction_01_and_02_the_path_has_a_capital_letter_and_the_media_type_is_spelled_right() {
    let mock = mock().await;
    client(mock.address()).bookings().add_ad_hoc_process(ad_hoc("R-1", "2031-08-29T00:00:00Z")).await.unwrap();
    let request = last(&mock);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/api/addAdHocProcess"));
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
}

#[tokio::test]
async fn contradiction_03_the_status_decides_before_the_envelope_which_is_read_all_the_same() {
    let list = async |status, body: &str| {
        let server = Scripted::once(answer(status, body));
        client(server.address()).reservations().list(student()).await.unwrap_err()
    };
    assert!(matches!(list(404, &success(&json!([]))).await, Error::Unexpected(_)));
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
async fn contradiction_05_flags_are_letters_and_read_in_any_spelling() {
    let call = client(NOWHERE).bookings().add_ad_hoc_process(ad_hoc("R-1", "2031-08-29T00:00:00Z"));
    let sent = fields(&call.notify(true).take_it_now(false).update(true).active(true).prepare().unwrap());
    let letters = ["notify", "takeitnow", "update", "active"].map(|name| value(&sent, name).unwrap());
    assert_eq!(letters, ["Y", "N", "Y", "T"]);
    for (spelling, meant) in [
        (json!("Y"), true),
        (json!("T"), true),
        (json!("1"), true),
        (json!(1), true),
        (json!("True"), true),
        (json!(true), true),
        (json!("N"), false),
        (json!("F"), false),
        (json!(0), false),
        (json!("False"), false),
    ] {
        let server = answering([&success(&json!([{"exam_id": "E", "takeitnowavailable": spelling}]))]);
        let exams = client(server.address()).schedules().list_exams(student(), "T".into()).await.unwrap();
        let read: Option<Flag> = exams[0].take_it_now_available;
        assert_eq!(read, Some(meant), "{spelling}");
    }
}

#[tokio::test]
async fn contradiction_06_numbers_and_texts_are_read_alike_and_money_keeps_its_digits() {
    for (balance, digits) in [(json!("30.00"), "30.00"), (json!(30), "30"), (json!("0.0"), "0.0"), (json!(0.0), "0.0")]
    {
        let booking = json!({"balance": balance, "reservation_id": 3003, "reservation_no": "900000392"});
        let server = answering([&success(&booking)]);
        let call = client(server.address()).reservations().reschedule(
            ReservationNo(1),
            "R-1".into(),
            time("2031-08-29T00:00:00Z"),
        );
        let booking = call.await.unwrap();
        assert_eq!(booking.balance.unwrap().as_str(), digits);
        assert_eq!(
            (booking.reservation_id.0.as_str(), booking.reservation_no),
            ("3003", Some(ReservationNo(900000392)))
        );
    }
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
async fn contradiction_12_what_reads_is_asked_with_a_query() {
    let mock = mock().await;
    client(mock.address()).reservations().list(student()).await.unwrap();
    let request = last(&mock);
    assert_eq!((request.method.as_str(), request.body.len()), ("GET", 0));
    assert!(request.query.starts_with("student_id=S-269&time_sent="), "{}", request.query);
}

#[test]
fn contradiction_13_a_reservation_is_cancelled_by_its_number_or_by_its_exam() {
    let cancel = || client(NOWHERE).reservations().cancel(student());
    let sent = fields(&cancel().reservation_no(ReservationNo(7)).prepare().unwrap());
    assert_eq!((value(&sent, "reservation_no").as_deref(), value(&sent, "exam_id")), (Some("7"), None));
    let sent = fields(&cancel().exam_id("E-1").prepare().unwrap());
    assert_eq!((value(&sent, "reservation_no"), value(&sent, "exam_id").as_deref()), (None, Some("E-1")));
    let violations = cancel().validate().unwrap_err();
    let found: Vec<_> = violations.iter().map(|it| (it.parameter.as_str(), it.constraint)).collect();
    assert_eq!(found, [("reservation_no", "required_unless")]);
}

#[tokio::test]
async fn contradiction_14_each_method_has_its_own_names_and_rust_has_one() {
    let names = |fields: &[(String, String)]| fields.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let client = client(NOWHERE);
    let call = client.exams().edit(exam()).exam_password("hush").course_no("C").take_it_now(true);
    let sent = names(&fields(&call.prepare().unwrap()));
    assert!(["password", "courseno", "take_it_now"].iter().all(|name| sent.contains(&(*name).to_owned())), "{sent:?}");
    let call = client.bookings().add_blue_bird_exam(blue_bird()).exam_password("hush").course_no("C");
    let sent = names(&fields(&call.prepare().unwrap()));
    assert!(["exam_password", "course_no", "active_date"].iter().all(|name| sent.contains(&(*name).to_owned())));
    let call = client.bookings().add_ad_hoc_process(ad_hoc("R", "2031-08-29T00:00:00Z"));
    let sent = names(&fields(&call.exam_password("hush").course_no("C").take_it_now(true).prepare().unwrap()));
    assert!(["exam_password", "courseno", "takeitnow"].iter().all(|name| sent.contains(&(*name).to_owned())));

    let server = answering([&success(&json!({"reservation_id": "R-1", "reservation_number": 900000515}))]);
    let book = AddProcessBooking {
        student_id: student(),
        exam_id: "E-1".into(),
        start_date: time("2031-08-29T00:00:00Z"),
        reservation_id: "R-1".into(),
    };
    let booked = super::client(server.address()).bookings().add_process(book).await.unwrap();
    assert_eq!(booked.reservation_no, Some(ReservationNo(900000515)));
}

#[test]
fn contradiction_15_and_16_resources_and_lists_are_sent_as_they_are_understood() {
    let call = client(NOWHERE)
        .exams()
        .edit(exam())
        .permitted_resources_list(vec!["calculator".into(), "pen".into()])
        .other_resources("A ruler")
        .instructors(vec![Instructor::default().first_name("Ina")])
        .whitelist_urls(vec![AllowedUrl::new("https://exam.example").open_on_start(true)]);
    let sent = fields(&call.prepare().unwrap());
    assert_eq!(value(&sent, "permitted_resources_list").as_deref(), Some("calculator,pen"));
    assert_eq!(value(&sent, "other_resources").as_deref(), Some("A ruler"));
    let json = |name: &str| serde_json::from_str::<Value>(&value(&sent, name).unwrap()).unwrap();
    assert_eq!(json("instructors"), json!([{"first_name": "Ina"}]));
    assert_eq!(json("whitelist_urls"), json!([{"url": "https://exam.example", "open_on_start": true}]));
}

#[tokio::test]
async fn contradiction_17_a_test_taker_is_updated_by_their_own_id() {
    let mock = mock().await;
    let users = client(mock.address()).users();
    for name in ["Ada", "Eda"] {
        let user = EditUser {
            student_id: student(),
            first_name: name.into(),
            last_name: "Taker".into(),
            country: "US".into(),
            phone1: "5550100".into(),
            time_zone_id: WindowsTimeZone::CentralStandardTime,
        };
        users.edit(user).await.unwrap();
        let profile = users.profile(student()).await.unwrap();
        assert_eq!(profile.first_name.unwrap().as_str(), name);
    }
}

#[tokio::test]
async fn contradiction_18_a_reservation_id_is_sent_again_with_its_number_only() {
    let mock = mock().await;
    let bookings = client(mock.address()).bookings();
    let booked = bookings.add_ad_hoc_process(ad_hoc("R-1", "2031-08-29T00:00:00Z")).await.unwrap();
    let again = ad_hoc("R-1", "2031-09-29T00:00:00Z");
    let error = bookings.add_ad_hoc_process(again.clone()).await.unwrap_err();
    assert!(matches!(error, Error::Api(AddAdHocProcessBookingError::ReservationIdExists)), "{error:?}");
    let moved = bookings.add_ad_hoc_process(again).reservation_no(booked.reservation_no.unwrap()).await.unwrap();
    assert_eq!(moved.reservation_id, booked.reservation_id);
}

#[test]
fn contradiction_19_time_zones_are_windows_names_and_others_are_kept() {
    for (zone, name) in [
        (WindowsTimeZone::TongaStandardTime, "Tonga Standard Time"),
        (WindowsTimeZone::Utc11, "UTC-11"),
        (WindowsTimeZone::Other("America/Chicago".into()), "America/Chicago"),
    ] {
        let call =
            client(NOWHERE).bookings().add_blue_bird_exam(AddBlueBirdExamBooking { time_zone_id: zone, ..blue_bird() });
        assert_eq!(value(&fields(&call.prepare().unwrap()), "time_zone_id").as_deref(), Some(name));
    }
}

#[tokio::test]
async fn contradiction_20_a_stale_call_is_made_once_more() {
    let stale = r#"{"time_sent":"2022-05-14T06:00:55.043Z","response_code":2,"message":"stale request","data":null}"#;
    let server = answering([stale, stale]);
    let book = AddProcessBooking {
        student_id: student(),
        exam_id: "E-1".into(),
        start_date: time("2031-08-29T00:00:00Z"),
        reservation_id: "R-1".into(),
    };
    let error = client(server.address()).bookings().add_process(book).await.unwrap_err();
    assert!(matches!(error, Error::Api(AddProcessBookingError::StaleRequest)), "{error:?}");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn contradiction_21_times_are_sent_in_seconds_and_read_in_any_form() {
    let call = client(NOWHERE)
        .schedules()
        .list_slots(ListSlotsSchedules { start_date: time("2031-08-29T01:30:00.250+01:30"), ..slots() });
    let query = call.prepare().unwrap().request().uri().query().unwrap().to_owned();
    assert_eq!(value(&url_pairs(&query), "start_date").as_deref(), Some("2031-08-29T00:00:00Z"));
    for text in ["2031-08-29T00:00:00Z", "2031-08-29T00:00:00.000Z", "2031-08-28T18:00:00-06:00"] {
        let server = answering([&success(&json!([{"start_date": text}]))]);
        let slots = client(server.address()).schedules().list_slots(slots()).await.unwrap();
        assert_eq!(slots[0].start_date.unix_millis(), time("2031-08-29T00:00:00Z").unix_millis(), "{text}");
    }
}

#[tokio::test]
async fn contradiction_23_an_address_is_nowhere_required() {
    let sent =
        fields(&client(NOWHERE).bookings().add_ad_hoc_process(ad_hoc("R", "2031-08-29T00:00:00Z")).prepare().unwrap());
    assert_eq!(value(&sent, "address1"), None);
}

#[tokio::test]
async fn contradiction_24_what_is_said_of_an_address_is_not_interpreted() {
    for (data, read) in [(json!("N"), Json::String("N".into())), (Value::Null, Json::Null)] {
        let server = answering([&success(&data)]);
        let exists = client(server.address()).users().email_exists("test.taker@example.com".into()).await.unwrap();
        assert_eq!(exists, read);
    }
}

#[test]
fn contradiction_25_and_26_flags_mean_what_the_caller_says() {
    let query = |prepared: Prepared| url_pairs(prepared.request().uri().query().unwrap());
    let client = client(NOWHERE);
    assert_eq!(value(&query(client.exams().list().all(false).prepare().unwrap()), "all").as_deref(), Some("N"));
    assert_eq!(value(&query(client.exams().list_terms().all(true).prepare().unwrap()), "all").as_deref(), Some("Y"));
    let sent = query(client.schedules().list_slots(slots()).prepare().unwrap());
    assert_eq!((value(&sent, "takeitnow").as_deref(), value(&sent, "notify")), (Some("Y"), None));
}

#[tokio::test]
async fn contradiction_27_a_local_time_has_no_zone_whatever_it_ends_with() {
    let slot = json!([{"start_date": "2031-08-29T05:00:00Z", "local_start_date": "2031-08-29T00:00:00Z"}]);
    let server = answering([&success(&slot)]);
    let slots = client(server.address()).schedules().list_slots(slots()).await.unwrap();
    assert_eq!(slots[0].local_start_date.as_ref().unwrap().to_string(), "2031-08-29T00:00:00");
}

#[test]
fn contradiction_28_and_29_a_signature_is_hexadecimal_over_the_raw_body() {
    let body = br#"{"event": {"type": "event-reservation-confirmation"}}"#;
    let verify = |headers: &[(&'static str, &str)]| {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, HeaderValue::from_str(value).unwrap());
        }
        WebhookVerifier::new(["authentication secret"]).verify(WebhookRequest::new(&map, body)).is_ok()
    };
    assert!(verify(&[("x-proctoru-signature", "sha1=2a2a671ced4e4212c86713d4cf27b59470cc63f0")]));
    assert!(!verify(&[("x-proctoru-signature", "sha1=KipnHO1OQhLIZxPUzye1lHDMY/A=")]));
    assert!(!verify(&[("x-proctoru-secret", "authentication secret")]));
}

#[test]
fn contradiction_30_one_address_serves_all() {
    let prepared = client(NOWHERE).test_centers().whoami().prepare().unwrap();
    assert_eq!(prepared.request().uri().to_string(), "http://127.0.0.1:1/api/v2/whoami");
    assert!(matches!(Environment::custom("https://go.example.com/api"), Ok(Environment::Custom(_))));
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
}

#[tokio::test]
async fn contradiction_22_the_key_is_sent_in_lower_case() {
    let mock = mock().await;
    let key = generated_client::proctoru::Credentials { api_key: "\tTest-API_key ".into() };
    super::builder(mock.address()).credentials(key).build().unwrap().users().profile(student()).await.unwrap();
    assert_eq!(last(&mock).header("authorization-token"), Some("test-api_key"));
    assert_eq!(form(&last(&mock)), []);
}
