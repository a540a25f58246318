//! Every request that anybody was seen to make, as an example of its operation: the check takes it, so that the client
//! would send it. What clients spell otherwise is put right first, in the ways that the spec decides.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Map, Value, json};

/// A request of one of the files.
struct Request {
    method: String,
    name: String,
    path: String,
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
            all.push(Request {
                method: method.to_owned(),
                name: example["name"].as_str().unwrap().to_owned(),
                path: json["path"].as_str().unwrap().to_owned(),
                values,
            });
        }
    }
    all
}

/// The name of a request, and what is sent.
type Named = (String, Map<String, Value>);

const FLAGS: [&str; 8] = ["takeitnow", "take_it_now", "isadhoc", "notify", "update", "active", "all", "escalated"];
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
        ("active", Some(flag)) if request.method == "addAdHocProcess" => (name.to_owned(), json!(flag)),
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

/// The spec with requests as the only examples, each under the operation of its path.
fn with_examples(folder: &std::path::Path, requests: &BTreeMap<String, Vec<Named>>) -> usize {
    let mut used = 0;
    for entry in fs::read_dir(super::spec()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let mut out = String::new();
        let mut is_skipped = false;
        for line in fs::read_to_string(&path).unwrap().lines() {
            let depth = line.len() - line.trim_start().len();
            is_skipped = line == "    examples:" || (is_skipped && (depth > 4 || line.is_empty()));
            if is_skipped {
                continue;
            }
            out.push_str(line);
            out.push('\n');
            let called = line.strip_prefix("    http: ").and_then(|http| http.split_once(' ')).map(|(_, path)| path);
            let examples = called.and_then(|path| requests.get(path)).map(Vec::as_slice).unwrap_or_default();
            if !examples.is_empty() {
                out.push_str("    examples:\n");
            }
            for (name, values) in examples {
                out.push_str(&format!("      {name}: {{evidence: observed, request: {}}}\n", json!(values)));
                used += 1;
            }
        }
        // What the mock answers is no longer there, and of no interest.
        fs::write(folder.join(path.file_name().unwrap()), out).unwrap();
    }
    used
}

#[test]
fn every_request_that_was_seen_is_one_that_the_client_sends() {
    let mut by_path: BTreeMap<String, Vec<Named>> = BTreeMap::new();
    let all = requests();
    for request in &all {
        let values = request.values.iter().filter_map(|(name, value)| normalised(request, name, value)).collect();
        by_path.entry(request.path.clone()).or_default().push((request.name.clone(), values));
    }
    let folder = tempfile::tempdir().unwrap();
    let used = with_examples(folder.path(), &by_path);
    assert_eq!((used, all.len()), (72, 72));
    if let Err(failure) = codegen::load(folder.path()) {
        panic!("{failure}");
    }
}
