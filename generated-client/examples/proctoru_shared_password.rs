//! The workflow of universities: an exam whose password is shared, and test-takers, exams and reservations that are
//! sent one by one.
//!
//! `cargo run --example proctoru_shared_password`

use codegen_mock::Mock;
use generated_client::proctoru::{
    AddProcessBooking, Client, Credentials, EditExam, EditUser, Environment, Error, ListSlotsSchedules, Payment,
    ReservationStatus, StudentId, WindowsTimeZone,
};

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/proctoru");

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn std::error::Error>> {
    on(&Mock::start(SPEC).await?).await
}

pub(crate) async fn on(mock: &Mock) -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(Environment::custom(mock.base_url())?)
        .credentials(Credentials { api_key: mock.credential("api_key").into() })
        .build()?;
    let student = StudentId::from("ada");

    // The exam, and the term that it belongs to.
    let exam = EditExam {
        term_id: "spring".into(),
        term_name: "Spring term".into(),
        exam_id: "algebra-1".into(),
        description: "Algebra".into(),
        duration: 90,
    };
    let exam = client.exams().edit(exam).exam_password("shared by all of them").active(true).await?;
    println!("exam: {:?}", exam.exam_id);

    // The test-taker, who accepts the terms of service.
    let ada = EditUser {
        student_id: student.clone(),
        first_name: "Ada".into(),
        last_name: "Example".into(),
        country: "US".into(),
        phone1: "5550100".into(),
        time_zone_id: WindowsTimeZone::CentralStandardTime,
    };
    let ready = client.users().edit(ada).email("ada@example.com").await?;
    if ready.terms_accepted != Some(true) {
        client.users().accept_terms(student.clone()).await?;
    }

    // What she may sit, and when.
    let exams = client.schedules().list_exams(student.clone(), "spring".into()).await?;
    let exam = exams.first().ok_or("there is no exam")?;
    let day = ListSlotsSchedules {
        time_zone_id: WindowsTimeZone::CentralStandardTime,
        start_date: "2031-08-29T00:00:00Z".parse()?,
        take_it_now: false,
        duration: 90,
    };
    let slots = client
        .schedules()
        .list_slots(day)
        .is_ad_hoc(false)
        .student_id(student.clone())
        .exam_id(exam.exam_id.clone())
        .await?;
    let [first, .., last] = slots.as_slice() else { return Err("there are too few free times".into()) };

    // The reservation, which she may have to pay for; then it is moved, begun too early, and cancelled.
    let booking = AddProcessBooking {
        student_id: student.clone(),
        exam_id: exam.exam_id.clone(),
        start_date: first.start_date,
        reservation_id: "spring-ada-1".into(),
    };
    let booked = client.bookings().add_process(booking).url_return("https://institution.example/back").await?;
    match booked.payment() {
        Payment::Due { amount, .. } => println!("booked: {amount} dollars are to be paid"),
        Payment::None => println!("booked: nothing is to be paid"),
        _ => println!("booked: whether something is to be paid is not said"),
    }
    let number = booked.reservation_no.ok_or("the reservation has no number")?;
    let id = booked.reservation_id;
    let moved = client.reservations().reschedule(number, id.clone(), last.start_date).await?;
    let number = moved.reservation_no.ok_or("the reservation has no number")?;
    println!("moved: its number is {number} now");
    if let Err(Error::Api(error)) = client.reservations().begin(student.clone(), id).await {
        println!("begun: {error}");
    }
    let credit = client.reservations().cancel(student.clone()).reservation_no(number).await?;
    println!("cancelled: {:?} on account", credit.on_account);

    // What is left of it all.
    let cancelled = client.reservations().list(student.clone()).status(ReservationStatus::Cancelled).await?;
    let report = client.reports().list_activity().student_id(student).await?;
    println!("{} reservation cancelled, {} lines of activity", cancelled.len(), report.len());
    Ok(())
}
