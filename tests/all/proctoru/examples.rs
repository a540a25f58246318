//! Every answer that anybody knows: it is read without loss, or is the error that it documents.

use generated_client::proctoru::{
    Client, Credentials, Environment, ErrorCode, ListDeliveryWindowsTestCenters, ReservationNo, WindowsTimeZone,
};
use serde_json::Value;

use super::{ad_hoc, student, time};
use crate::examples::{differences, take_added};
use crate::samples::{Api, Canned, Shown, calls};

/// The samples, and who makes what of them.
pub(crate) fn samples() -> Api {
    let (client, canned) = canned();
    let calls = calls! { client:
        "accommodations" => client.accommodations().list();
        "addAdHocProcess" => client.bookings().add_ad_hoc_process(ad_hoc("R-932", "2022-08-16T11:00:00Z"));
        "addBlueBirdExam" => client.bookings().add_blue_bird_exam(super::blue_bird());
        "addProcess" => client.bookings().add_process(super::process("R", "2025-01-01T00:00:00Z"));
        "agreeToTOS" => client.users().accept_terms(student());
        "autoLogin" => client.users().auto_login(student(), "test.taker@example.com".into());
        "beginReservation" => client.reservations().begin(student(), "R-932".into());
        "bluebirdclientActivityReport" => client.reports().list_blue_bird_activity();
        "clientActivityReport" => client.reports().list_activity().student_id(student());
        "editInstitutionalUser" => client.users().edit_institutional(
            generated_client::proctoru::EditInstitutionalUser {
                first_name: "Ina".into(),
                last_name: "Example".into(),
                address1: "1 Example Road".into(),
                city: "Exampleville".into(),
                state: "CA".into(),
                country: "US".into(),
                zipcode: "00000".into(),
                phone1: "5550100".into(),
                email: "instructor.one@example.com".into(),
                time_zone_id: WindowsTimeZone::CanadaCentralStandardTime,
                role: generated_client::proctoru::InstitutionRole::Instructor,
            }
        );
        "editStudent" => client.users().edit(super::user());
        "editTermExam" => client.exams().edit(super::exam());
        "exams.add_record_plus_exams" => client.record_plus().create(super::record_plus());
        "getEmailExist" => client.users().email_exists("test.taker@example.com".into());
        "getInstitutionDepartmentList" => client.exams().list_departments();
        "getInstitutionExamList" => client.exams().list();
        "getInstitutionTermList" => client.exams().list_terms();
        "getIsReservationAuthenticated" => client.reservations().is_authenticated(ReservationNo(1));
        "getScheduleInfoAvailableTimesList" => client.schedules().list_slots(super::slots());
        "getScheduleInfoExamList" => client.schedules().list_exams(student(), "T".into());
        "getScheduleInfoTermList" => client.schedules().list_terms(student());
        "getStudentProfile" => client.users().profile(student());
        "getStudentReservationList" => client.reservations().list(student());
        "getTOS" => client.users().terms(student());
        "getTimeZoneList" => client.schedules().list_time_zones();
        "moveReservation" => client.reservations().reschedule(ReservationNo(1), "R".into(), time("2025-01-01T00:00:00Z"));
        "pendingExamReport" => client.reports().list_pending_exams();
        "removeReservation" => client.reservations().cancel(student()).reservation_no(ReservationNo(1));
        "smarter_services.oauth_token" => client.users().oauth_token();
        "v2.create_appointment" => client.test_centers().create_appointment(super::appointment());
        "v2.delivery_windows" => client.test_centers().list_delivery_windows(
            ListDeliveryWindowsTestCenters { exam_uuid: "E".into(), institution_uuid: "I".into() }
        );
        "v2.exams" => client.test_centers().list_exams("I".into());
        "v2.whoami" => client.test_centers().whoami();
    };
    Api::new("proctoru", crate::samples::samples("proctoru"), canned, calls)
}

/// A client that never repeats a call, and what it is answered.
pub(super) fn canned() -> (Client, Canned) {
    let canned = Canned::default();
    let builder = Client::builder(Environment::Test).credentials(Credentials { api_key: "key".into() });
    (builder.transport(canned.clone()).max_attempts(1).build().unwrap(), canned)
}

/// The error that an example documents, by its name.
fn documented(name: &str) -> Option<ErrorCode> {
    Some(match name {
        "stale_request" | "stale_request_empty_strings" => ErrorCode::StaleRequest,
        "student_not_found" => ErrorCode::StudentNotFound,
        "exam_not_found" => ErrorCode::ExamNotFound,
        "reservation_not_found" => ErrorCode::ReservationNotFound,
        "in_the_future" => ErrorCode::ReservationInFuture,
        "reservation_cancelled" => ErrorCode::ReservationCancelled,
        "not_for_this_institution" => ErrorCode::NotForThisInstitution,
        "reservation_id_exists" => ErrorCode::ReservationIdExists,
        "overlap" => ErrorCode::Overlap,
        "time_zone_not_found" => ErrorCode::TimeZoneNotFound,
        "start_date_in_past" => ErrorCode::StartDateInPast,
        "no_slots" => ErrorCode::NoAvailableSlots,
        _ => return None,
    })
}

/// The members of an answer that show what was read: no persons, secrets or counters, and nothing of the envelope.
const HIDDEN: [&str; 18] = [
    "first_name",
    "last_name",
    "email",
    "phone1",
    "ProctorNotes",
    "SchoolNotes",
    "Student",
    "url",
    "launch_url",
    "invite_url",
    "oauth_token",
    "message",
    "time_sent",
    "response_code",
    "address1",
    "city",
    "state",
    "zipcode",
];

/// What is written otherwise than it was read, as the spec declares it: what an answer has in one of several places
/// stands in one, and what may be one thing or several is several.
const NORMALISED: &[(&str, &[&str])] = &[
    (
        "addBlueBirdExam success_launch_url",
        &[
            "launch_url: lost",
            r#"url: made up: "https://go.proctoru.com/students/FAKE-LAUNCH?login_token=FAKE-LOGIN-TOKEN""#,
        ],
    ),
    (
        "addBlueBirdExam success_url_in_message",
        &[
            "message: lost",
            "response_code: lost",
            "time_sent: lost",
            r#"url: made up: "https://demo.proctoru.com/FAKE-LAUNCH""#,
        ],
    ),
    ("addProcess success", &["reservation_number: lost", "reservation_no: made up: 900000515"]),
    (
        "autoLogin success_plain_string",
        &[concat!(
            r#": "https://demo.proctoru.com/session/auto_login?token=FAKE-LOGIN-TOKEN" is "#,
            r#"{"url":"https://demo.proctoru.com/session/auto_login?token=FAKE-LOGIN-TOKEN"}"#
        )],
    ),
    ("clientActivityReport success_null", &[": null is []"]),
    ("getStudentReservationList success_none", &[": null is []"]),
    ("moveReservation success_string_balance", &[r#"balance: "0.0" is 0.0"#, r#"reservation_id: 3003 is "3003""#]),
    ("removeReservation success_balance", &[r#"balance: "0.0" is 0.0"#]),
    ("smarter_services.oauth_token success", &["message: lost", "response_code: lost", "time_sent: lost"]),
];

/// What an answer holds, where it stands in the answer and in what was made of it.
fn payload<'a>(method: &str, body: &'a Value, shown: &'a Value) -> (&'a Value, &'a Value) {
    let data = if body.get("response_code").is_some() { body.get("data") } else { None };
    match (method, data) {
        ("accommodations", None) => (&body["accommodations"], shown),
        ("v2.delivery_windows" | "v2.exams", None) => (&body["data"], shown),
        ("v2.whoami", None) => (&body["institution"], shown),
        // One shape of the answer is that of its rows alone.
        ("beginReservation", Some(rows @ Value::Array(_))) => (rows, &shown["reservations"]),
        (_, data) => (data.unwrap_or(body), shown),
    }
}

/// What a reader of the value must find in it: every text and number that is not hidden.
fn shown(value: &Value, name: &str, texts: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| shown(value, name, texts)),
        Value::Array(items) => items.iter().for_each(|item| shown(item, name, texts)),
        Value::String(text) if !HIDDEN.contains(&name) && !text.is_empty() && !text.contains("LOGIN-TOKEN") => {
            texts.push(normalised(name, text))
        }
        Value::Number(number) if !HIDDEN.contains(&name) => texts.push(number.to_string()),
        _ => {}
    }
}

/// The normalisations that the spec declares: flags are booleans, times have their own form, names of time zones are
/// variants.
fn normalised(name: &str, text: &str) -> String {
    match (name, text) {
        ("takeitnowavailable", "N") => "Some(false)".to_owned(),
        ("local_start_date", _) => text.trim_end_matches('Z').to_owned(),
        ("LocalTime", "10:19 PM") => "22:19:00".to_owned(),
        ("LocalTime", "11:19 PM") => "23:19:00".to_owned(),
        ("Id" | "time_zone_id", "UTC") => "Utc".to_owned(),
        ("Id", "UTC-11") => "Utc11".to_owned(),
        ("Id", "Dateline Standard Time") => "DatelineStandardTime".to_owned(),
        _ => text.to_owned(),
    }
}

#[tokio::test]
async fn every_answer_is_read_without_loss_or_is_the_error_that_it_documents() {
    let api = samples();
    // Of those that were seen or documented, and of those that were put together from names alone.
    let (mut counts, mut added) = ([0, 0], 0);
    for sample in &api.samples {
        let place = sample.place();
        let result = api.ask(&sample.method, sample.status, sample.body.to_string()).await;
        match documented(&sample.name) {
            Some(code) => assert_eq!(result.unwrap_err().code, Some(format!("{code:?}")), "{place}"),
            None if sample.status != 200 => assert_eq!(result.unwrap_err().status, Some(sample.status), "{place}"),
            None => {
                let read = result.unwrap_or_else(|error| panic!("{place}: {error:?}"));
                let mut texts = Vec::new();
                shown(&sample.body, "", &mut texts);
                for text in texts {
                    let Shown { debug, .. } = &read;
                    assert!(
                        debug.contains(&text) || debug.contains(&format!("{text:?}")),
                        "{place}: {text} in {debug}"
                    );
                }
                let mut found = Vec::new();
                let (answered, shown) = payload(&sample.method, &sample.body, &read.json);
                differences("", answered, shown, &mut found);
                added += take_added(&mut found);
                let declared =
                    NORMALISED.iter().find(|(normalised, _)| *normalised == place).map_or(&[][..], |it| it.1);
                assert_eq!(found, declared, "{place}");
            }
        }
        counts[usize::from(sample.is_constructed)] += 1;
    }
    assert_eq!(counts, [46, 31], "documented or observed, and constructed");
    assert_eq!(added, 9, "fields that these answers do not have");
}
