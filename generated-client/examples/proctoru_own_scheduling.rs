//! The workflow of institutions with screens of their own: each session has a password of its own, and test-taker, exam
//! and reservation are sent at once.
//!
//! `cargo run --example proctoru_own_scheduling`

use codegen_mock::Mock;
use generated_client::proctoru::{
    AddAdHocProcessBooking, AddAdHocProcessBookingError as Refused, Client, Credentials, DateTime, Environment, Error,
    ListSlotsSchedules, Payment, WindowsTimeZone,
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

    // What the screens show: time zones, and what is free on a day. A day without any is an error of its own.
    let zones = client.schedules().list_time_zones().await?;
    println!("{} time zones", zones.len());
    let day = ListSlotsSchedules {
        time_zone_id: WindowsTimeZone::EasternStandardTime,
        start_date: "2031-08-29T00:00:00Z".parse()?,
        take_it_now: false,
        duration: 60,
    };
    let slots = client.schedules().list_slots(day).is_ad_hoc(true).await?;
    for slot in &slots {
        println!("  free: {} for {:?}", slot.start_date, slot.fee);
    }
    let [first, .., last] = slots.as_slice() else { return Err("there are too few free times".into()) };

    let booked = client
        .bookings()
        .add_ad_hoc_process(certificate("cert-1", &first.start_date))
        .exam_password("only for this session")
        .exam_url("https://exam.example/start")
        .notify(true)
        .await?;
    println!("booked: {:?}", booked.reservation_no);
    if let Payment::Due { amount, .. } = booked.payment() {
        println!("  {amount} dollars are to be paid");
    }

    // Its id is unique for ever, and nobody sits two exams at once.
    match client.bookings().add_ad_hoc_process(certificate("cert-1", &last.start_date)).await {
        Err(Error::Api(Refused::ReservationIdExists)) => println!("booked again: the id is taken"),
        other => return Err(format!("expected ReservationIdExists, got {other:?}").into()),
    }
    match client.bookings().add_ad_hoc_process(certificate("cert-2", &first.start_date)).await {
        Err(Error::Api(Refused::Overlap)) => println!("booked beside it: they overlap"),
        other => return Err(format!("expected Overlap, got {other:?}").into()),
    }

    let number = booked.reservation_no.ok_or("the reservation has no number")?;
    let moved = client.reservations().reschedule(number, booked.reservation_id, last.start_date).await?;
    println!("moved: {:?}", moved.reservation_no);
    let list = client.reservations().list("grace".into()).await?;
    println!("{} reservation of hers", list.len());
    let number = moved.reservation_no.ok_or("the reservation has no number")?;
    client.reservations().cancel("grace".into()).reservation_no(number).explanation("She is ill.").await?;
    let activity = client.reports().list_activity().student_id("grace").await?;
    println!("cancelled, with {} lines of activity", activity.len());
    Ok(())
}

fn certificate(id: &str, start: &DateTime) -> AddAdHocProcessBooking {
    AddAdHocProcessBooking {
        student_id: "grace".into(),
        first_name: "Grace".into(),
        last_name: "Example".into(),
        email: "grace@example.com".into(),
        country: "US".into(),
        phone1: "5550100".into(),
        time_zone_id: WindowsTimeZone::EasternStandardTime,
        description: "Example certificate".into(),
        duration: 60,
        start_date: *start,
        reservation_id: id.into(),
    }
}
