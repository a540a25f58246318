//! ProctorU: what its envelope, its names and its rules make of calls and answers.

mod booking;
mod calls;
mod contradictions;
mod examples;
mod requests;
mod time_zones;
mod webhooks;
mod workflows;

use std::path::PathBuf;

use codegen_mock::{Mock, Received};
use generated_client::proctoru::{
    AddAdHocProcessBooking, Builder, Client, Credentials, Environment, ReservationId, StudentId, WindowsTimeZone,
};

use crate::support::{Hasty, Scripted, json};

/// The folder of the spec.
fn spec() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../spec/proctoru")
}

async fn mock() -> Mock {
    Mock::start(spec()).await.unwrap()
}

fn builder(address: &str) -> Builder<Client> {
    Client::builder(Environment::custom(address).unwrap())
        .credentials(Credentials { api_key: "test-api_key".into() })
        .timer(Hasty)
}

fn client(address: &str) -> Client {
    builder(address).build().unwrap()
}

/// A server that gives these answers, all with status 200.
fn answering<const N: usize>(answers: [&str; N]) -> Scripted {
    Scripted::start(answers.map(|body| json(200, body)))
}

/// The last request that a mock received.
fn last(mock: &Mock) -> Received {
    mock.requests().pop().unwrap()
}

/// The fields of a form.
fn form(request: &Received) -> Vec<(String, String)> {
    url_pairs(std::str::from_utf8(&request.body).unwrap())
}

fn url_pairs(text: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| percent_decoded(text);
    let pair = |pair: &str| pair.split_once('=').map(|(name, value)| (decoded(name), decoded(value)));
    text.split('&').filter_map(pair).collect()
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((byte, more)) = rest.split_first() {
        match (byte, more) {
            (b'%', [high, low, more @ ..]) => {
                let digits = [*high, *low];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
                rest = more;
            }
            _ => {
                bytes.push(*byte);
                rest = more;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn value(pairs: &[(String, String)], name: &str) -> Option<String> {
    pairs.iter().find(|(given, _)| given == name).map(|(_, value)| value.clone())
}

fn student() -> StudentId {
    "S-269".into()
}

fn time(text: &str) -> generated_client::proctoru::DateTime {
    text.parse().unwrap()
}

/// A booking of an exam that comes along with it.
fn ad_hoc(reservation: &str, start: &str) -> AddAdHocProcessBooking {
    AddAdHocProcessBooking {
        student_id: student(),
        first_name: "Test".into(),
        last_name: "Taker".into(),
        email: "test.taker@example.com".into(),
        country: "US".into(),
        phone1: "5550100".into(),
        time_zone_id: WindowsTimeZone::CentralStandardTime,
        description: "Example Certification Exam".into(),
        duration: 60,
        start_date: time(start),
        reservation_id: ReservationId::from(reservation),
    }
}
