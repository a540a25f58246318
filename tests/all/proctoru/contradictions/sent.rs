//! What is sent.

use generated_client::proctoru::{
    AddBlueBirdExamBooking, AddProcessBookingError, AllowedUrl, CancelAppointmentTestCenter, Environment, Error, Flag,
    Instructor, ListActivityReportsError, ListSlotsSchedules, Prepared, ReservationNo, WindowsTimeZone,
};
use serde_json::{Value, json};

use super::{NOWHERE, fields, success};
use crate::proctoru::{
    ad_hoc, answering, appointment, blue_bird, builder, client, exam, last, mock, process, record_plus, slots, student,
    time, times_sent, url_pairs, user, value,
};
use crate::support::Seconds;

#[test]
fn contradiction_01_the_path_has_a_capital_letter() {
    let prepared =
        client(NOWHERE).bookings().add_ad_hoc_process(ad_hoc("R-1", "2031-08-29T00:00:00Z")).prepare().unwrap();
    assert_eq!(
        (prepared.request().method().as_str(), prepared.request().uri().path()),
        ("POST", "/api/addAdHocProcess")
    );
}

#[test]
fn contradiction_02_the_media_type_of_forms_is_spelled_right() {
    let prepared =
        client(NOWHERE).bookings().add_ad_hoc_process(ad_hoc("R-1", "2031-08-29T00:00:00Z")).prepare().unwrap();
    assert_eq!(prepared.request().headers()["content-type"], "application/x-www-form-urlencoded");
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

#[test]
fn contradiction_12_what_reads_is_asked_with_a_query() {
    let client = client(NOWHERE);
    for (prepared, path, asked) in [
        (client.reservations().list(student()).prepare().unwrap(), "getStudentReservationList", Some("student_id")),
        (
            client.schedules().list_slots(slots()).prepare().unwrap(),
            "getScheduleInfoAvailableTimesList",
            Some("duration"),
        ),
        (client.schedules().list_time_zones().prepare().unwrap(), "getTimeZoneList", None),
        (client.users().profile(student()).prepare().unwrap(), "getStudentProfile", Some("student_id")),
    ] {
        let request = prepared.request();
        assert_eq!((request.method().as_str(), request.uri().path()), ("GET", &*format!("/api/{path}")));
        assert!(request.body().is_empty(), "{path}");
        let names: Vec<_> = url_pairs(request.uri().query().unwrap()).into_iter().map(|(name, _)| name).collect();
        assert!(asked.into_iter().chain(["time_sent"]).all(|name| names.iter().any(|it| it == name)), "{names:?}");
    }
    // What only those were seen to call who make all calls by POST.
    let schedules = client.schedules();
    for prepared in [
        schedules.list_terms(student()).prepare().unwrap(),
        schedules.list_exams(student(), "T".into()).prepare().unwrap(),
    ] {
        let request = prepared.request();
        assert_eq!((request.method().as_str(), request.uri().query()), ("POST", None));
        assert_eq!(value(&fields(&prepared), "student_id").as_deref(), Some("S-269"));
    }
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
    let offline = client(NOWHERE);
    let call = offline.exams().edit(exam()).exam_password("hush").course_no("C").take_it_now(true);
    let sent = names(&fields(&call.prepare().unwrap()));
    assert!(["password", "courseno", "take_it_now"].iter().all(|name| sent.contains(&(*name).to_owned())), "{sent:?}");
    let call =
        offline.bookings().add_blue_bird_exam(blue_bird()).exam_password("hush").course_no("C").instructor("Ina");
    let sent = names(&fields(&call.prepare().unwrap()));
    assert!(
        ["exam_password", "course_no", "active_date", "instructor"]
            .iter()
            .all(|name| sent.contains(&(*name).to_owned()))
    );
    let call = offline.bookings().add_ad_hoc_process(ad_hoc("R", "2031-08-29T00:00:00Z"));
    let sent = names(&fields(&call.exam_password("hush").course_no("C").take_it_now(true).prepare().unwrap()));
    assert!(["exam_password", "courseno", "takeitnow"].iter().all(|name| sent.contains(&(*name).to_owned())));
    let call = offline.record_plus().create(record_plus()).address1("1 Example Road").zipcode("00000");
    let sent = names(&fields(&call.prepare().unwrap()));
    assert!(["address1", "zipcode"].iter().all(|name| sent.contains(&(*name).to_owned())), "{sent:?}");
    let prepared = offline.test_centers().create_appointment(appointment()).prepare().unwrap();
    let sent: Value = serde_json::from_slice(prepared.request().body()).unwrap();
    assert_eq!(
        (&sent["time_slot"]["test_center_location_id"], &sent["user"]["phone_mobile"]),
        (&json!("2"), &json!("5550100"))
    );

    let server = answering([&success(&json!({"reservation_id": "R-1", "reservation_number": 900000515}))]);
    let book = process("R-1", "2031-08-29T00:00:00Z");
    let booked = client(server.address()).bookings().add_process(book).await.unwrap();
    assert_eq!(booked.reservation_no, Some(ReservationNo(900000515)));
}

#[test]
fn contradiction_15_other_resources_are_sent_under_the_name_that_was_seen() {
    let client = client(NOWHERE);
    let resources = |prepared: Prepared| {
        let sent = fields(&prepared);
        (value(&sent, "permitted_resources_list").unwrap(), value(&sent, "other_resources").unwrap())
    };
    let permitted = || vec!["calculator".to_owned(), "pen".to_owned()];
    let edit = client.exams().edit(exam()).permitted_resources_list(permitted()).other_resources("A ruler");
    let book = client.bookings().add_ad_hoc_process(ad_hoc("R-1", "2031-08-29T00:00:00Z"));
    let book = book.permitted_resources_list(permitted()).other_resources("A ruler");
    let window = client.bookings().add_blue_bird_exam(blue_bird());
    let window = window.permitted_resources_list(permitted()).other_resources("A ruler");
    for prepared in [edit.prepare().unwrap(), book.prepare().unwrap(), window.prepare().unwrap()] {
        assert_eq!(resources(prepared), ("calculator,pen".to_owned(), "A ruler".to_owned()));
    }
}

#[test]
fn contradiction_16_lists_of_objects_are_sound_json_in_one_field() {
    let instructors = || vec![Instructor::default().first_name("Ina")];
    let addresses = || vec![AllowedUrl::new("https://exam.example").open_on_start(true)];
    let client = client(NOWHERE);
    let edit = client.exams().edit(exam()).instructors(instructors()).whitelist_urls(addresses());
    let book = client.bookings().add_ad_hoc_process(ad_hoc("R-1", "2031-08-29T00:00:00Z"));
    let book = book.instructors(instructors()).whitelist_urls(addresses());
    for prepared in [edit.prepare().unwrap(), book.prepare().unwrap()] {
        let sent = fields(&prepared);
        let json = |name: &str| serde_json::from_str::<Value>(&value(&sent, name).unwrap()).unwrap();
        assert_eq!(json("instructors"), json!([{"first_name": "Ina"}]));
        assert_eq!(json("whitelist_urls"), json!([{"url": "https://exam.example", "open_on_start": true}]));
    }
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
async fn contradiction_20_a_stale_call_is_made_once_more_where_that_is_safe() {
    let stale = r#"{"time_sent":"2022-05-14T06:00:55.043Z","response_code":2,"message":"stale request","data":null}"#;
    let server = answering([stale, stale, stale]);
    let client_of_seconds = builder(server.address()).clock(Seconds::default()).build().unwrap();
    let error = client_of_seconds.reports().list_activity().student_id(student()).await.unwrap_err();
    assert!(matches!(error, Error::Api(ListActivityReportsError::StaleRequest)), "{error:?}");
    let [first, second] = times_sent(&server).try_into().unwrap();
    assert!(first < second, "{first} {second}");

    // That nothing happened is said nowhere, so that no booking is made twice.
    let server = answering([stale, stale]);
    let book = process("R-1", "2031-08-29T00:00:00Z");
    let error = client(server.address()).bookings().add_process(book).await.unwrap_err();
    assert!(matches!(error, Error::Api(AddProcessBookingError::StaleRequest)), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn contradiction_21_times_are_sent_in_seconds_and_read_in_any_form() {
    let call = client(NOWHERE)
        .schedules()
        .list_slots(ListSlotsSchedules { start_date: time("2031-08-29T01:30:00.250+01:30"), ..slots() });
    let query = call.prepare().unwrap().request().uri().query().unwrap().to_owned();
    assert_eq!(value(&url_pairs(&query), "start_date").as_deref(), Some("2031-08-29T00:00:00Z"));
    for text in [
        "2031-08-29T00:00:00Z",
        "2031-08-29T00:00:00.000Z",
        "2031-08-29T00:00:00.000000",
        "2031-08-29T00:00:00",
        "2031-08-29T00:00",
        "2031-08-28T18:00:00-06:00",
        "2031-08-28T18:00:00-0600",
        "2031-08-29T05:30:00+0530",
    ] {
        let server = answering([&success(&json!([{"start_date": text}]))]);
        let slots = client(server.address()).schedules().list_slots(slots()).await.unwrap();
        assert_eq!(slots[0].start_date.unix_millis(), time("2031-08-29T00:00:00Z").unix_millis(), "{text}");
    }
    // A day alone is no time: the rest of the line is kept.
    let line = json!([{"ReservationNo": 7, "StartDate": "2031-08-29", "EndDate": "2031-08-29T01:00:00-0600"}]);
    let server = answering([&success(&line)]);
    let lines = client(server.address()).reports().list_activity().student_id(student()).await.unwrap();
    assert_eq!((lines[0].reservation_no, lines[0].start_date), (ReservationNo(7), None));
    assert_eq!(lines[0].end_date.unwrap().unix_millis(), time("2031-08-29T07:00:00Z").unix_millis());
}

#[tokio::test]
async fn contradiction_22_the_key_is_sent_in_lower_case() {
    let mock = mock().await;
    let key = generated_client::proctoru::Credentials { api_key: "\tTest-API_key ".into() };
    crate::proctoru::builder(mock.address())
        .credentials(key)
        .build()
        .unwrap()
        .users()
        .profile(student())
        .await
        .unwrap();
    assert_eq!(last(&mock).header("authorization-token"), Some("test-api_key"));
    assert!(!last(&mock).query.to_ascii_lowercase().contains("test-api_key"));
}

#[tokio::test]
async fn contradiction_23_an_address_is_nowhere_required() {
    let sent =
        fields(&client(NOWHERE).bookings().add_ad_hoc_process(ad_hoc("R", "2031-08-29T00:00:00Z")).prepare().unwrap());
    assert_eq!(value(&sent, "address1"), None);
    let sent = fields(&client(NOWHERE).users().edit(user()).prepare().unwrap());
    assert_eq!((value(&sent, "country").as_deref(), value(&sent, "address1")), (Some("US"), None));
}

#[test]
fn contradiction_25_the_flag_of_lists_is_sent_in_the_letters_that_were_seen() {
    let all = |prepared: Prepared| value(&url_pairs(prepared.request().uri().query().unwrap()), "all");
    let exams = client(NOWHERE).exams();
    assert_eq!(all(exams.list().all(false).prepare().unwrap()).as_deref(), Some("F"));
    assert_eq!(all(exams.list().all(true).prepare().unwrap()).as_deref(), Some("Y"));
    assert_eq!(all(exams.list_terms().all(false).prepare().unwrap()).as_deref(), Some("F"));
    assert_eq!(all(exams.list_terms().all(true).prepare().unwrap()).as_deref(), Some("Y"));
    assert_eq!(all(exams.list().prepare().unwrap()), None, "nothing is said that the caller does not say");
}

#[test]
fn contradiction_26_taking_it_now_is_not_what_sends_an_email() {
    let book = || client(NOWHERE).bookings().add_ad_hoc_process(ad_hoc("R-1", "2031-08-29T00:00:00Z"));
    let flags = |prepared: Prepared| {
        let sent = fields(&prepared);
        (value(&sent, "takeitnow"), value(&sent, "notify"))
    };
    assert_eq!(flags(book().take_it_now(true).prepare().unwrap()), (Some("Y".to_owned()), None));
    assert_eq!(flags(book().notify(false).prepare().unwrap()), (None, Some("N".to_owned())));
    let both = flags(book().take_it_now(false).notify(true).prepare().unwrap());
    assert_eq!(both, (Some("N".to_owned()), Some("Y".to_owned())));
}

#[test]
fn contradiction_30_one_address_serves_all() {
    let prepared = client(NOWHERE).test_centers().whoami().prepare().unwrap();
    assert_eq!(prepared.request().uri().to_string(), "http://127.0.0.1:1/api/v2/whoami");
    let appointment = CancelAppointmentTestCenter {
        institution_uuid: "I".into(),
        exam_uuid: "E".into(),
        appointment_uuid: "A".into(),
    };
    let prepared = client(NOWHERE).test_centers().cancel_appointment(appointment).prepare().unwrap();
    assert_eq!(prepared.request().uri().to_string(), "http://127.0.0.1:1/api/v2/institutions/I/exams/E/appointments/A");
    assert!(matches!(Environment::custom("https://go.example.com/api"), Ok(Environment::Custom(_))));
}
