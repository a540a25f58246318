//! ProctorU: what its envelope, its names and its rules make of calls and answers.

mod booking;
mod calls;
mod contradictions;
mod envelope;
mod examples;
mod failures;
mod memory;
mod provenance;
mod raw;
mod requests;
mod taken;
mod time_zones;
mod webhooks;

pub(crate) use envelope::all_answers;
pub(crate) use examples::samples;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, UNIX_EPOCH};

use codegen_mock::{Mock, Received};
use generated_client::proctoru::{
    AddAdHocProcessBooking, AddBlueBirdExamBooking, AddProcessBooking, Builder, CenterSlot, CenterSlotNeeds,
    CenterUser, CenterUserNeeds, Client, CreateAppointmentTestCenter, CreateRecordPlusSession, Credentials, EditExam,
    EditUser, Environment, ListSlotsSchedules, ReservationId, StudentId, WindowsTimeZone,
};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::support::{Hasty, Scripted, json};

/// The folder of the spec.
fn spec() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../spec/proctoru")
}

async fn mock() -> Mock {
    Mock::start(spec()).await.unwrap()
}

/// One at which it is always the same time.
async fn mock_at(now: &str) -> Mock {
    let api = codegen::load(&spec()).unwrap_or_else(|failure| panic!("{failure}"));
    let clock = UNIX_EPOCH + Duration::from_millis(time(now).unix_millis().try_into().unwrap());
    Mock::builder(api).clock(move || clock).start().await.unwrap()
}

fn builder(address: &str) -> Builder<Client> {
    Client::builder(Environment::custom(address).unwrap())
        .credentials(Credentials { api_key: "test-api_key".into() })
        .timer(Hasty)
}

pub(crate) fn client(address: &str) -> Client {
    builder(address).build().unwrap()
}

/// Looks at every recorded request: the method that its file is named after, the file, and the request.
fn each_request(mut at: impl FnMut(&str, &Value, &Value)) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/proctoru");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let Some(method) = path.file_name().unwrap().to_str().unwrap().strip_suffix(".request.json") else { continue };
        let file: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        file["examples"].as_array().unwrap().iter().for_each(|example| at(method, &file, example));
    }
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
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let pair = |pair: &str| pair.split_once('=').map(|(name, value)| (decoded(name), decoded(value)));
    text.split('&').filter_map(pair).collect()
}

/// The times of the calls that a server received, by a query or a form.
fn times_sent(server: &Scripted) -> Vec<String> {
    let time = |request: String| {
        let after = request.split_once("time_sent=").unwrap().1.to_owned();
        let end = after.find(['&', ' ']).unwrap_or(after.len());
        percent_decode_str(&after[..end]).decode_utf8().unwrap().into_owned()
    };
    server.requests().into_iter().map(time).collect()
}

fn value(pairs: &[(String, String)], name: &str) -> Option<String> {
    pairs.iter().find(|(given, _)| given == name).map(|(_, value)| value.clone())
}

/// A booking into an exam that is known.
fn process(reservation: &str, start: &str) -> AddProcessBooking {
    AddProcessBooking {
        student_id: student(),
        exam_id: "E-940".into(),
        start_date: time(start),
        reservation_id: reservation.into(),
    }
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

fn user() -> EditUser {
    EditUser {
        student_id: student(),
        first_name: "Test".into(),
        last_name: "Taker".into(),
        country: "US".into(),
        phone1: "5550100".into(),
        time_zone_id: WindowsTimeZone::CentralStandardTime,
    }
}

pub(crate) fn appointment() -> CreateAppointmentTestCenter {
    CreateAppointmentTestCenter {
        institution_uuid: "I".into(),
        exam_uuid: "E".into(),
        time_slot: CenterSlot::new(CenterSlotNeeds {
            vendor_uuid: "V".into(),
            vendor_time_slot_id: "1".into(),
            test_center_location_id: "2".into(),
            start_time: time("2025-01-01T00:00:00Z"),
            end_time: time("2025-01-01T01:00:00Z"),
            delivery_window_uuid: "D".into(),
        }),
        user: center_user(),
    }
}

fn center_user() -> CenterUser {
    CenterUser::new(CenterUserNeeds {
        email: "test.taker@example.com".into(),
        external_id: student(),
        first_name: "Test".into(),
        last_name: "Taker".into(),
        timezone: "America/Chicago".into(),
        country: "US".into(),
        phone_mobile: "5550100".into(),
    })
}

fn exam() -> EditExam {
    EditExam {
        term_id: "T-1".into(),
        term_name: "Term".into(),
        exam_id: "E-1".into(),
        description: "Exam".into(),
        duration: 60,
    }
}

fn blue_bird() -> AddBlueBirdExamBooking {
    AddBlueBirdExamBooking {
        student_id: student(),
        first_name: "Test".into(),
        last_name: "Taker".into(),
        email: "test.taker@example.com".into(),
        time_zone_id: WindowsTimeZone::CentralStandardTime,
        exam_id: "E-1".into(),
        description: "Exam".into(),
        duration: 60,
        start_date: time("2025-01-01T00:00:00Z"),
        end_date: time("2025-01-02T00:00:00Z"),
    }
}

fn slots() -> ListSlotsSchedules {
    ListSlotsSchedules {
        time_zone_id: WindowsTimeZone::CentralStandardTime,
        start_date: time("2031-08-29T00:00:00Z"),
        take_it_now: true,
        duration: 60,
    }
}

/// A session that is recorded and not attended.
fn record_plus() -> CreateRecordPlusSession {
    CreateRecordPlusSession {
        student_id: student(),
        first_name: "Test".into(),
        last_name: "Taker".into(),
        email: "test.taker@example.com".into(),
        country: "US".into(),
        phone1: "5550100".into(),
        time_zone_id: WindowsTimeZone::CentralStandardTime,
        description: "Exam".into(),
        exam_id: "E".into(),
        exam_url: "https://exam.example".into(),
        duration: 60,
    }
}
