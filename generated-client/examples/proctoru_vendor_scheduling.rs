//! The workflow of institutions without screens of their own: the test-taker chooses a time on the vendor's site, and a
//! webhook tells that it happened.
//!
//! `cargo run --example proctoru_vendor_scheduling`

use codegen_mock::{Mock, interpret};
use generated_client::proctoru::{
    AddBlueBirdExamBooking, Client, Credentials, Environment, ReservationStatus, StudentId, WebhookEvent,
    WebhookRequest, WebhookVerifier, WindowsTimeZone,
};
use http::{HeaderMap, HeaderName, HeaderValue};

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/proctoru");
const SECRET: &str = "chosen where the webhook is set up";

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn std::error::Error>> {
    on(&Mock::start(SPEC).await?).await
}

pub(crate) async fn on(mock: &Mock) -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(Environment::custom(mock.base_url())?)
        .credentials(Credentials { api_key: mock.credential("api_key").into() })
        .build()?;
    let student = StudentId::from("alan");

    // A window, within which he chooses.
    let window = AddBlueBirdExamBooking {
        student_id: student.clone(),
        first_name: "Alan".into(),
        last_name: "Example".into(),
        email: "alan@example.com".into(),
        time_zone_id: WindowsTimeZone::PacificStandardTime,
        exam_id: "entry-test".into(),
        description: "Entry test".into(),
        duration: 120,
        start_date: "2031-01-01T00:00:00Z".parse()?,
        end_date: "2031-02-01T00:00:00Z".parse()?,
    };
    let launch = client.bookings().add_blue_bird_exam(window).exam_password("only for him").notify(true).await?;
    println!("invited; there is an address to start from: {}", launch.url.is_some());
    let pending = client.reservations().list(student.clone()).status(ReservationStatus::Pending).await?;
    println!("{} reservation waits to be scheduled", pending.len());

    // What a web framework hands over: the headers, and the bytes of the body.
    let (headers, body) =
        sent_by_vendor(r#"{"event": {"type": "event-reservation-confirmation"}, "reservation": {}}"#)?;
    let verifier = WebhookVerifier::new([SECRET])?;
    match verifier.verify(WebhookRequest::new(&headers, &body))? {
        WebhookEvent::EventReservationConfirmation(notice) => println!("confirmed: {:?}", notice.reservation),
        other => println!("something else: {other:?}"),
    }
    let forged = verifier.verify(WebhookRequest::new(&HeaderMap::new(), &body));
    println!("without a signature: {}", forged.is_err());

    client.reservations().cancel(student.clone()).exam_id("entry-test").await?;
    let report = client.reports().list_blue_bird_activity().student_id(student).await?;
    println!("cancelled, with {} lines of activity", report.len());
    Ok(())
}

/// The vendor's part, as the spec describes it.
fn sent_by_vendor(body: &str) -> Result<(HeaderMap, Vec<u8>), Box<dyn std::error::Error>> {
    let api = codegen::load(SPEC.as_ref()).map_err(|failure| failure.to_string())?;
    let webhooks = api.webhooks.ok_or("the spec has no webhooks")?;
    let delivery = interpret::Delivery { body: body.into(), ..Default::default() };
    let sent = interpret::send(&webhooks, SECRET, 0, "", &delivery).map_err(|failure| failure.to_string())?;
    let mut headers = HeaderMap::new();
    for (name, value) in sent.headers {
        headers.insert(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
    }
    Ok((headers, delivery.body))
}
