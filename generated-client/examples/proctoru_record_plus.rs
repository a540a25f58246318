//! Record+: a session that is recorded and not attended.
//!
//! `cargo run --example proctoru_record_plus`

use codegen_mock::Mock;
use generated_client::proctoru::{Client, CreateRecordPlusSession, Credentials, Environment, Preset, WindowsTimeZone};

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/proctoru");

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn std::error::Error>> {
    on(&Mock::start(SPEC).await?).await
}

pub(crate) async fn on(mock: &Mock) -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(Environment::custom(mock.base_url())?)
        .credentials(Credentials { api_key: mock.credential("api_key").into() })
        .build()?;
    let session = CreateRecordPlusSession {
        student_id: "edsger".into(),
        first_name: "Edsger".into(),
        last_name: "Example".into(),
        email: "edsger@example.com".into(),
        country: "US".into(),
        phone1: "5550100".into(),
        time_zone_id: WindowsTimeZone::Utc,
        description: "Final".into(),
        exam_id: "final".into(),
        exam_url: "https://exam.example/final".into(),
        duration: 60,
    };
    let session = client.record_plus().create(session).preset(Preset::Medium).await?;
    println!("send the browser to its address: {}", session.url.is_some());

    // … the exam is sat …

    client.record_plus().fulfill(session.reservation_uuid.clone()).await?;
    println!("session {} is over", session.reservation_uuid);
    Ok(())
}
