//! Every request that anybody was seen to make is built by its generated call, which finds nothing wrong with it, and
//! sends what the example has. What clients spell otherwise is put right first, in the ways that the spec decides; the
//! snapshot says what and why.

#[macro_use]
mod arguments;
mod calls;

use std::collections::BTreeMap;

use generated_client::proctoru::Prepared;
use serde_json::{Map, Value, json};

use super::{client, each_request, url_pairs};
use arguments::Arguments;
use calls::make;

/// A request of one of the files.
struct Request {
    method: String,
    name: String,
    values: Map<String, Value>,
}

fn requests() -> Vec<Request> {
    let mut all = Vec::new();
    each_request(|method, _, example| {
        let mut values = Map::new();
        for place in ["path_params", "query", "params"] {
            values.extend(example[place].as_object().cloned().unwrap_or_default());
        }
        let name = example["name"].as_str().unwrap().to_owned();
        all.push(Request { method: method.to_owned(), name, values });
    });
    all
}

const FLAGS: [&str; 6] = ["takeitnow", "take_it_now", "isadhoc", "notify", "update", "active"];
const NUMBERS: [&str; 3] = ["duration", "reservation_no", "max_attempt"];
const TIMES: [&str; 5] = ["start_date", "end_date", "active_date", "start_time", "end_time"];

/// What the client sends in the place of a value, or nothing; and why, by the number of a contradiction in the spec if
/// it has one.
fn normalised(request: &Request, name: &str, value: &Value) -> (Option<(String, Value)>, &'static str) {
    let text = value.as_str();
    let test_center = request.method.starts_with("v2.");
    let (value, why) = match (name, text) {
        ("time_sent", _) => return (None, "20: the client says the time of the call itself"),
        (_, Some("")) => return (None, "what is empty is not sent"),
        _ if value.is_null() => return (None, "what is empty is not sent"),
        ("reservation_no", Some("0")) => return (None, "18: without a number none is sent"),
        ("active", Some(flag)) if test_center => (json!(flag == "true"), ""),
        ("active", Some(_)) if request.method == "addAdHocProcess" => (value.clone(), ""),
        ("all", Some(_)) => (value.clone(), ""),
        (_, Some(flag)) if FLAGS.contains(&name) => {
            (json!(if ["Y", "T", "1"].contains(&flag) { "Y" } else { "N" }), "5: flags are `Y` and `N`")
        }
        (_, Some(number)) if NUMBERS.contains(&name) => {
            (json!(number.parse::<i64>().unwrap()), "6: numbers are numbers")
        }
        (_, Some(time)) if TIMES.contains(&name) => (json!(in_utc(time)), "21: times are whole seconds and `Z`"),
        ("time_slot", None) => {
            let slot = value.as_object().unwrap().iter().map(|(name, value)| match value.as_str() {
                Some(time) if TIMES.contains(&name.as_str()) => (name.clone(), json!(in_utc(time))),
                _ => (name.clone(), value.clone()),
            });
            (Value::Object(slot.collect()), "21: times are whole seconds and `Z`")
        }
        ("instructors", Some("Demo Instructor")) => {
            (json!([{"first_name": "Demo", "last_name": "Instructor"}]), "16: instructors are a list")
        }
        ("instructors" | "whitelist_urls", Some(list)) => (serde_json::from_str(list).unwrap(), ""),
        ("time_zone_id", Some("PACIFIC STANDARD TIME")) => (json!("Pacific Standard Time"), "19: Windows names"),
        ("time_zone_id", Some("CENTRAL STANDARD TIME" | "America/Chicago" | "42")) => {
            (json!("Central Standard Time"), "19: Windows names")
        }
        _ => (value.clone(), ""),
    };
    (Some((name.to_owned(), value)), why)
}

/// Whole seconds and `Z`; what has no zone is in UTC.
fn in_utc(time: &str) -> String {
    match (time.len(), time.strip_suffix(".000Z")) {
        (10, _) => format!("{time}T00:00:00Z"),
        (16, _) => format!("{time}:00Z"),
        (19, _) => format!("{time}Z"),
        (20, _) if time.ends_with('Z') => time.to_owned(),
        (24, Some(seconds)) => format!("{seconds}Z"),
        _ => panic!("how is {time} sent?"),
    }
}

/// What of a value is sent otherwise than it stands in the example.
fn rewritten(name: &str, seen: &Value, sent: &Value, changes: &mut Vec<String>) {
    match (seen, sent) {
        (Value::Object(seen), Value::Object(sent)) => {
            seen.iter()
                .for_each(|(member, value)| rewritten(&format!("{name}.{member}"), value, &sent[member], changes));
        }
        _ if as_text(seen) == as_text(sent) => {}
        // The same JSON, spelled otherwise.
        (Value::String(text), _) if serde_json::from_str::<Value>(text).is_ok_and(|seen| seen == *sent) => {}
        _ => changes.push(format!("{name}: {seen} is {sent}")),
    }
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
    // What is sent otherwise than it was seen, by why.
    let mut changes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for request in &all {
        let place = format!("{} {}", request.method, request.name);
        let mut expected = Map::new();
        for (name, value) in &request.values {
            let (sent, why) = normalised(request, name, value);
            let mut found = Vec::new();
            match &sent {
                None if name == "time_sent" => {}
                None => found.push(format!("{name}: {value}")),
                Some((other, _)) if other != name => found.push(format!("{name} is {other}")),
                Some((_, sent)) => rewritten(name, value, sent, &mut found),
            }
            assert!(found.is_empty() || !why.is_empty(), "{place}: why? {found:?}");
            if !found.is_empty() {
                changes.entry(why).or_default().extend(found.iter().map(|change| format!("{place}: {change}")));
            }
            expected.extend(sent);
        }
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
    let listed = |(why, changes): (&str, Vec<String>)| format!("{why}\n  {}\n", changes.join("\n  "));
    let mut settings = crate::generated::settings();
    settings.set_snapshot_path("../../../snapshots");
    settings.bind(|| {
        insta::assert_snapshot!("proctoru@requests", changes.into_iter().map(listed).collect::<String>());
    });
}
