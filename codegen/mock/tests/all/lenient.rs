//! What a server takes besides what clients send: it is signed like anything else.

use std::time::{Duration, UNIX_EPOCH};

use codegen::ir::Api;
use codegen_mock::Mock;
use codegen_mock::interpret::{Place, Request, sign};
use serde_json::{Value, json};

use crate::caller::{Answer, NOW, exchange};
use crate::schemes::moment;

const API: &str = r#"codegen: 1
name: lenient
title: Lenient
credentials: {secret: {env: SECRET}}
signing:
  inject: {t: 'now.epoch_ms()'}
  send: {s: 'hmac_sha256(secret, params.pairs("=").sort().join("&")).hex()'}
pagination: {params: {size: integer, after: string}, limit: size, cursor: {param: after, at: next}, repeats: []}
mock:
  window: 300
  lenient: [times, blanks]
  collections: {things: {key: id, items: [{id: 1, level: 3}, {id: 2, level: 3}, {id: 3, level: 3}]}}
"#;

/// The time as the spec has it.
const NUMBER: &str = "now.epoch_ms()";

const THINGS: &str = r#"types: {Thing: {fields: {id: {type: integer, required: true}, level: integer}}}
operations:
  list:
    http: GET /things
    params: {level: integer}
    paged: true
    returns: {things: [Thing]}
    mock: {list: things, where: {level: "{level}"}}
  create:
    http: POST /things
    params: {level: integer, note: {type: string, clear: ''}, rank: {type: integer, required: true}}
    returns: Thing
    mock: {insert: things, set: {level: "{level}"}}
"#;

/// The API, to which calls say this for the time.
fn api(time: &str) -> Api {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("api.yaml"), API.replace(NUMBER, time)).unwrap();
    std::fs::write(dir.path().join("things.yaml"), THINGS).unwrap();
    codegen::load(dir.path()).unwrap_or_else(|failure| panic!("{failure}"))
}

async fn start() -> Mock {
    Mock::builder(api(NUMBER)).clock(|| UNIX_EPOCH + Duration::from_millis(NOW as u64)).start().await.unwrap()
}

/// The answer to a signed call with these parameters.
fn call(mock: &Mock, method: &str, parameters: Value) -> (u16, Value) {
    call_at(mock, NUMBER, method, parameters)
}

/// The same with this for the time.
fn call_at(mock: &Mock, time: &str, method: &str, parameters: Value) -> (u16, Value) {
    let place = if method == "GET" { Place::Query } else { Place::Body };
    let request = Request::new(method, &format!("{}/things", mock.address())).unwrap();
    let request = parameters.as_object().unwrap().iter().fold(request, |request, (name, value)| match value {
        Value::String(text) => request.field(place, name, text),
        other => request.json_field(name, &other.to_string()),
    });
    let signed = sign(&api(time).signing, &["test-secret".to_owned()], &moment(1), request).unwrap().request;
    let (target, body) = (signed.target(), String::from_utf8(signed.body()).unwrap());
    let headers: String = signed.headers().iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = body.len();
    let text =
        format!("{method} {target} HTTP/1.1\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}");
    Answer::parse(&exchange(mock.socket(), text.as_bytes())).both()
}

#[tokio::test]
async fn what_is_left_out_was_signed() {
    let mock = start().await;
    let all = json!([{"id": 1, "level": 3}, {"id": 2, "level": 3}, {"id": 3, "level": 3}]);
    let (status, answer) = call(&mock, "GET", json!({"level": ""}));
    assert_eq!((status, &answer["things"]), (200, &all), "{answer}");
    let (status, answer) = call(&mock, "POST", json!({"level": null, "rank": 1}));
    assert_eq!((status, &answer["id"]), (200, &json!(4)), "{answer}");
    let (status, answer) = call(&mock, "POST", json!({"level": "", "note": "", "rank": 1}));
    assert_eq!((status, &answer["id"]), (200, &json!(5)), "{answer}");
    for required in [Value::Null, json!("")] {
        let (status, answer) = call(&mock, "POST", json!({"rank": required}));
        assert_eq!(status, 422, "{answer}");
    }
}

#[tokio::test]
async fn parameters_of_paging_may_be_blank() {
    let mock = start().await;
    let (status, answer) = call(&mock, "GET", json!({"size": "", "after": ""}));
    assert_eq!((status, answer["things"].as_array().map(Vec::len)), (200, Some(3)), "{answer}");
}

#[tokio::test]
async fn what_was_blank_for_the_first_page_is_for_the_next() {
    let mock = start().await;
    let (_, first) = call(&mock, "GET", json!({"level": "", "size": "2"}));
    let next = first["next"].as_str().unwrap_or_else(|| panic!("{first}"));
    let (status, answer) = call(&mock, "GET", json!({"after": next}));
    assert_eq!((status, &answer["things"]), (200, &json!([{"id": 3, "level": 3}])), "{answer}");
}

#[tokio::test]
async fn a_time_may_be_spelled_in_any_way() {
    let mock = start().await;
    // It is 22:13:20.
    for (time, status) in [
        ("", 200),
        ("2023-11-14", 200),
        (" 2023-11-14 ", 200),
        ("2023-11-14T22:10Z", 200),
        (" 2023-11-14 23:13:20+01:00 ", 200),
        (" 2023-11-13 ", 403),
        ("2023-11-14 22:08", 403),
        ("soon", 422),
    ] {
        let (answered, answer) = call_at(&mock, &format!("{time:?}"), "GET", json!({}));
        assert_eq!(answered, status, "{time:?}: {answer}");
    }
}
