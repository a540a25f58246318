//! The mock takes every request that anybody was seen to make, as it was made: by the method, in the place and in the
//! spelling of that client.

use std::fmt::Write as _;

use codegen_mock::Mock;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use super::raw::{FORM, JSON, send};
use super::{each_request, spec};

/// A request of one of the files, before it is sent.
struct Seen {
    place: String,
    method: String,
    path: String,
    query: String,
    media_type: &'static str,
    body: String,
}

/// Parameters in a query or a form.
fn pairs(values: &Map<String, Value>) -> String {
    let mut pairs = String::new();
    for (name, value) in values {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let start = if pairs.is_empty() { "" } else { "&" };
        write!(pairs, "{start}{name}={}", utf8_percent_encode(&text, NON_ALPHANUMERIC)).unwrap();
    }
    pairs
}

fn map(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

fn seen() -> Vec<Seen> {
    let mut all = Vec::new();
    each_request(|_, file, example| {
        let of = |name: &str| example[name].as_str().or(file[name].as_str()).unwrap_or_default().to_owned();
        let params = map(&example["params"]);
        let (in_query, media_type, body) = match example["encoding"].as_str().unwrap() {
            "query" | "none" => (pairs(&params), FORM, String::new()),
            "json" => (pairs(&map(&example["query"])), JSON, Value::Object(params).to_string()),
            _ => (String::new(), FORM, pairs(&params)),
        };
        let segments = map(&example["path_params"]);
        let path = segments
            .iter()
            .fold(of("path"), |path, (name, value)| path.replace(&format!("{{{name}}}"), value.as_str().unwrap()));
        all.push(Seen {
            place: format!("{} {}", of("method"), example["name"].as_str().unwrap()),
            method: of("http_verb"),
            path,
            query: in_query,
            media_type,
            body,
        });
    });
    all
}

/// A mock at which it is whatever time a client says.
async fn mock() -> Mock {
    let mut api = codegen::load(&spec()).unwrap();
    api.mock.window = 0;
    Mock::builder(api).start().await.unwrap()
}

/// Whether an answer speaks of how the request was made, and not of what it asks for.
fn is_of_form(status: u16, answer: &Value) -> bool {
    let message = answer["message"].as_str().unwrap_or_default();
    let nothing_there = message == "there is no such object";
    message.contains(" is invalid") || message.starts_with("stale") || (status != 200 && !nothing_there)
}

#[tokio::test]
async fn every_request_that_was_seen_is_taken_as_it_was_made() {
    let mock = mock().await;
    let all = seen();
    assert_eq!(all.len(), 72);
    let mut refused = Vec::new();
    for Seen { place, method, path, query, media_type, body } in &all {
        for slash in ["", "/"] {
            let start = if query.is_empty() { "" } else { "?" };
            let (status, answer) = send(&mock, method, &format!("{path}{slash}{start}{query}"), media_type, body);
            if is_of_form(status, &answer) {
                refused.push(format!("{place}{slash}: {status} {answer}"));
            }
        }
    }
    // Of a server that is gone: nobody knows whether small letters still do.
    let strange = refused.iter().filter(|it| !it.starts_with("addBlueBirdExam json_old_server"));
    assert_eq!(strange.collect::<Vec<_>>(), [""; 0], "as the spec's README has it");
    assert_eq!(refused.len(), 2);
}

#[tokio::test]
async fn what_no_source_has_is_refused() {
    let mock = mock().await;
    for (method, target, media_type, body) in [
        ("GET", "/editStudent", FORM, "student_id=S-269"),
        ("PUT", "/getTimeZoneList", FORM, ""),
        ("GET", "/getTimeZoneList//", FORM, ""),
        ("POST", "/getTOS", "application/x-www-urlencoded", "student_id=S-269"),
        ("POST", "/getTOS", FORM, "student_Id=S-269"),
        ("POST", "/getTOS", FORM, "student_id=S-269&time_sent=soon"),
        ("POST", "/getTOS", FORM, "student_id=S-269&time_sent=2022-05-16T10:06:48Z&time_sent=2022-05-16T10:06:48Z"),
        ("POST", "/clientActivityReport", FORM, "start_date=2022&end_date=2022-01-02"),
        ("POST", "/getIsReservationAuthenticated", JSON, r#"{"reservation_no":null}"#),
    ] {
        let (status, answer) = send(&mock, method, target, media_type, body);
        assert!(is_of_form(status, &answer), "{method} {target} {body}: {status} {answer}");
    }
}

#[tokio::test]
async fn a_name_of_a_time_zone_in_capitals_is_one_that_is_known() {
    let mock = mock().await;
    let book = |zone: &str, id: &str, day: u32| {
        let body = format!(
            r#"{{"student_id":"S-1","first_name":"A","last_name":"B","email":"a@b.example","country":"US","phone1":5550100,
                "time_zone_id":"{zone}","description":"Exam","duration":"60","start_date":"2031-08-{day:02}T00:00:00.000",
                "reservation_id":"{id}","reservation_no":"","notes":null}}"#
        );
        send(&mock, "POST", "/addAdHocProcess", JSON, &body).1["message"].as_str().unwrap().to_owned()
    };
    assert_eq!(book("CENTRAL STANDARD TIME", "R-1", 1), "");
    assert_eq!(book("Central Standard Time", "R-2", 2), "");
    assert_eq!(book("CENTRAL STANDARD", "R-3", 3), "TimeZone not found.");
}
