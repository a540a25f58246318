//! Every request that anybody was seen to make is built by its generated call, which finds nothing wrong with it, and sends
//! what the example has. What clients spell otherwise is put right first, in the ways that the spec decides.

#[macro_use]
mod arguments;
mod calls;

use std::fs;

use generated_client::proctoru::Prepared;
use serde_json::{Map, Value, json};

use super::{client, url_pairs};
use arguments::Arguments;
use calls::make;

/// A request of one of the files.
struct Request {
    method: String,
    name: String,
    values: Map<String, Value>,
}

fn requests() -> Vec<Request> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/proctoru");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let Some(method) = path.file_name().unwrap().to_str().unwrap().strip_suffix(".request.json") else { continue };
        let json: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for example in json["examples"].as_array().unwrap() {
            let mut values = Map::new();
            for place in ["path_params", "query", "params"] {
                values.extend(example[place].as_object().cloned().unwrap_or_default());
            }
            let name = example["name"].as_str().unwrap().to_owned();
            all.push(Request { method: method.to_owned(), name, values });
        }
    }
    all
}

const FLAGS: [&str; 6] = ["takeitnow", "take_it_now", "isadhoc", "notify", "update", "active"];
const NUMBERS: [&str; 3] = ["duration", "reservation_no", "max_attempt"];
const TIMES: [&str; 5] = ["start_date", "end_date", "active_date", "start_time", "end_time"];

/// What the client sends in the place of a value; nothing where it sends none.
fn normalised(request: &Request, name: &str, value: &Value) -> Option<(String, Value)> {
    let text = value.as_str();
    let test_center = request.method.starts_with("v2.");
    Some(match (name, text) {
        // The client's own part of every call.
        ("time_sent", _) => return None,
        // Nothing is left out; no number is no number.
        (_, Some("")) => return None,
        ("reservation_no", Some("0")) => return None,
        _ if value.is_null() => return None,
        // One half of one client writes these with capital letters.
        ("Address1" | "City" | "State" | "ZipCode", _) => (name.to_lowercase(), value.clone()),
        ("active", Some(flag)) if test_center => (name.to_owned(), json!(flag == "true")),
        // Where only one spelling was seen, it is sent as it is.
        ("active", Some(flag)) if request.method == "addAdHocProcess" => (name.to_owned(), json!(flag)),
        ("all", Some(flag)) => (name.to_owned(), json!(flag)),
        (_, Some(flag)) if FLAGS.contains(&name) => {
            (name.to_owned(), json!(if ["Y", "T", "1"].contains(&flag) { "Y" } else { "N" }))
        }
        (_, Some(number)) if NUMBERS.contains(&name) => (name.to_owned(), json!(number.parse::<i64>().unwrap())),
        (_, Some(time)) if TIMES.contains(&name) => (name.to_owned(), json!(in_utc(time))),
        ("time_slot", None) => {
            let slot = value.as_object().unwrap().iter().map(|(name, value)| match value.as_str() {
                Some(time) if TIMES.contains(&name.as_str()) => (name.clone(), json!(in_utc(time))),
                _ => (name.clone(), value.clone()),
            });
            (name.to_owned(), Value::Object(slot.collect()))
        }
        // A bare name where another newsletter has a list.
        ("instructors", Some("Demo Instructor")) => {
            (name.to_owned(), json!([{"first_name": "Demo", "last_name": "Instructor"}]))
        }
        ("instructors" | "whitelist_urls", Some(list)) => (name.to_owned(), serde_json::from_str(list).unwrap()),
        // Capitals, IANA's names and numbers stand for what the spec has a word for.
        ("time_zone_id", Some("PACIFIC STANDARD TIME")) => (name.to_owned(), json!("Pacific Standard Time")),
        ("time_zone_id", Some("CENTRAL STANDARD TIME" | "America/Chicago" | "42")) => {
            (name.to_owned(), json!("Central Standard Time"))
        }
        _ => (name.to_owned(), value.clone()),
    })
}

/// Whole seconds and `Z`, whatever there is.
fn in_utc(time: &str) -> String {
    let seconds = match time.len() {
        10 => format!("{time}T00:00:00"),
        16 => format!("{time}:00"),
        _ => time.get(..19).unwrap().to_owned(),
    };
    format!("{seconds}Z")
}

/// What a call sends but for its time: the pairs of query and form, or the members of its body, and its path.
fn sent(prepared: &Prepared) -> (Map<String, Value>, String) {
    let request = prepared.request();
    let is_json =
        request.headers().get("content-type").is_some_and(|it| it.as_bytes().starts_with(b"application/json"));
    let texts = |text: &str| url_pairs(text).into_iter().map(|(name, text)| (name, Value::String(text)));
    let mut sent: Map<String, Value> = texts(request.uri().query().unwrap_or_default()).collect();
    let body = std::str::from_utf8(request.body()).unwrap();
    match is_json {
        true => sent.extend(serde_json::from_str::<Map<_, _>>(body).unwrap()),
        false => sent.extend(texts(body)),
    }
    sent.remove("time_sent");
    (sent, request.uri().path().to_owned())
}

/// A value where there is room for a text only.
fn as_text(value: &Value) -> Value {
    Value::from(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

#[test]
fn every_request_that_was_seen_is_built_by_its_call() {
    let client = client("http://127.0.0.1:1/api");
    let all = requests();
    for request in &all {
        let place = format!("{} {}", request.method, request.name);
        let values = request.values.iter().filter_map(|(name, value)| normalised(request, name, value));
        let mut expected: Map<String, Value> = values.collect();
        let mut arguments = Arguments(expected.clone());
        // `prepare` validates.
        let prepared =
            make(&request.method, &mut arguments, &client).unwrap_or_else(|error| panic!("{place}: {error:?}"));
        arguments.done();
        let (mut sent, path) = sent(&prepared);
        for (name, value) in std::mem::take(&mut expected) {
            let found = sent.remove(&name);
            match (name.as_str(), found) {
                ("instructors" | "whitelist_urls", Some(Value::String(text))) => {
                    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value, "{place}: {name}");
                }
                (_, Some(found @ Value::Object(_))) => assert_eq!(found, value, "{place}: {name}"),
                (_, Some(found)) => assert_eq!(found, as_text(&value), "{place}: {name}"),
                (_, None) => {
                    let segment = format!("/{}", as_text(&value).as_str().unwrap());
                    assert!(path.contains(&segment), "{place}: {name} is not sent");
                }
            }
        }
        assert_eq!(sent, Map::new(), "{place}: nobody sends that");
    }
    assert_eq!(all.len(), 72);
}
