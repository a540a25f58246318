//! What the examples of ProctorU's workflows print is what happened: the calls that the mock received, and what it
//! remembers of them.

use codegen_mock::Mock;
use generated_client::proctoru::{Client, Credentials, Environment, Json, ReservationStatus, StudentId};

use super::{own_scheduling, record_plus, shared_password, vendor_scheduling};

async fn mock() -> (Mock, Client) {
    let mock = Mock::start(concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/proctoru")).await.unwrap();
    let client = Client::builder(Environment::custom(mock.base_url()).unwrap())
        .credentials(Credentials { api_key: mock.credential("api_key").into() })
        .build()
        .unwrap();
    (mock, client)
}

/// The operations that were called, each with whether it took effect.
fn called(mock: &Mock) -> Vec<(String, bool)> {
    mock.log().into_iter().map(|exchange| (exchange.operation.unwrap(), exchange.handled)).collect()
}

/// Operations that all took effect, but for some.
fn all_but(refused: &[usize], operations: &[&str]) -> Vec<(String, bool)> {
    (0..).zip(operations).map(|(at, operation)| ((*operation).to_owned(), !refused.contains(&at))).collect()
}

/// The numbers, starts and states of a test-taker's reservations.
async fn reservations(client: &Client, student: &str) -> Vec<(String, String, bool)> {
    let all = client.reservations().list(StudentId::from(student)).await.unwrap();
    let gone = client.reservations().list(StudentId::from(student)).status(ReservationStatus::Cancelled).await.unwrap();
    let row = |it: generated_client::proctoru::Reservation| {
        let is_gone = gone.iter().any(|other| other.reservation_no == it.reservation_no);
        (it.reservation_id.unwrap().0, it.start_date.unwrap().to_string(), is_gone)
    };
    all.into_iter().map(row).collect()
}

/// What the report says of a test-taker, a line for each thing that was done.
async fn notes(client: &Client, student: &str) -> Vec<String> {
    let lines = client.reports().list_activity().student_id(student).await.unwrap();
    lines.into_iter().map(|line| line.proctor_notes.unwrap().as_str().to_owned()).collect()
}

#[tokio::test]
async fn a_shared_password_leads_to_a_reservation_that_is_moved_and_cancelled() {
    let (mock, client) = mock().await;
    shared_password::on(&mock).await.unwrap();
    let expected = [
        "exams.edit",
        "users.edit",
        "users.accept_terms",
        "schedules.list_exams",
        "schedules.list_slots",
        "bookings.add_process",
        "reservations.reschedule",
        "reservations.begin",
        "reservations.cancel",
        "reservations.list",
        "reports.list_activity",
    ];
    assert_eq!(called(&mock), all_but(&[7], &expected), "a session cannot begin before its time");
    assert_eq!(client.users().terms("ada".into()).await.unwrap().terms_accepted, Some(true));
    let last = ("spring-ada-1".to_owned(), "2031-08-29T05:45:00Z".to_owned(), true);
    assert_eq!(reservations(&client, "ada").await, [last]);
    let done = ["Fulfillment created; ", "Reservation moved; ", "Reservation cancelled; "];
    assert_eq!(notes(&client, "ada").await, done, "three lines of activity");
}

#[tokio::test]
async fn own_scheduling_leads_to_one_reservation_whose_id_is_used_up() {
    let (mock, client) = mock().await;
    own_scheduling::on(&mock).await.unwrap();
    let expected = [
        "schedules.list_time_zones",
        "schedules.list_slots",
        "bookings.add_ad_hoc_process",
        "bookings.add_ad_hoc_process",
        "bookings.add_ad_hoc_process",
        "reservations.reschedule",
        "reservations.list",
        "reservations.cancel",
        "reports.list_activity",
    ];
    assert_eq!(called(&mock), all_but(&[3, 4], &expected), "the id is taken, and the times overlap");
    let last = ("cert-1".to_owned(), "2031-08-29T05:45:00Z".to_owned(), true);
    assert_eq!(reservations(&client, "grace").await, [last]);
    let done = ["Fulfillment created; ", "Reservation moved; ", "Reservation cancelled; "];
    assert_eq!(notes(&client, "grace").await, done);
}

#[tokio::test]
async fn vendor_scheduling_leads_to_an_invitation_that_is_taken_back() {
    let (mock, client) = mock().await;
    vendor_scheduling::on(&mock).await.unwrap();
    let expected =
        ["bookings.add_blue_bird_exam", "reservations.list", "reservations.cancel", "reports.list_blue_bird_activity"];
    assert_eq!(called(&mock), all_but(&[], &expected));
    let pending = client.reservations().list("alan".into()).status(ReservationStatus::Pending).await.unwrap();
    assert_eq!(pending.len(), 0);
    let [(_, start, is_cancelled)] = &reservations(&client, "alan").await[..] else { panic!("one reservation") };
    assert_eq!((start.as_str(), is_cancelled), ("2031-01-01T00:00:00Z", &true));
    let report = client.reports().list_blue_bird_activity().student_id("alan").await.unwrap();
    let note = |line: &Json| {
        let Json::Object(members) = line else { panic!("{line:?}") };
        members.iter().find(|(name, _)| name == "ProctorNotes").map(|(_, value)| value.clone())
    };
    let done = ["Reservation created; ", "Reservation cancelled; "].map(|text| Some(Json::String(text.into())));
    assert_eq!(report.iter().map(note).collect::<Vec<_>>(), done);
}

#[tokio::test]
async fn a_recorded_session_is_created_and_is_over() {
    let (mock, client) = mock().await;
    record_plus::on(&mock).await.unwrap();
    assert_eq!(called(&mock), all_but(&[], &["record_plus.create", "record_plus.fulfill"]));
    let body = String::from_utf8(mock.log().pop().unwrap().request.body).unwrap();
    let session = body.strip_prefix("reservation_uuid=").unwrap();
    client.record_plus().fulfill(session.into()).await.unwrap();
    assert!(client.record_plus().fulfill("another".into()).await.is_err(), "it was that session");
}
