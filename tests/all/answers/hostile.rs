//! Sample answers with one node missing, of another type, there twice or very deep: a value or a typed error.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::answers::{AnyError, Client, Credentials, Environment};

use crate::support::{Scripted, json as answer, texts};

/// Stands for a value that is nested 100,000 deep.
const DEEP: &str = "a value that is very deep";
/// Marks a member that is there twice.
const AGAIN: &str = " once more";
/// Stands in every text of the samples, and must not be shown.
const TEXT: &str = "Kestrel";

type Call = for<'a> fn(&'a Client) -> std::pin::Pin<Box<dyn Future<Output = Result<(), AnyError>> + 'a>>;

/// Answers as the spec has them, and who makes what of them.
fn samples() -> Vec<(Value, Call)> {
    let room = json!({"id": 7, "name": TEXT, "more": [TEXT]});
    vec![
        (json!({"response_code": 1, "message": "", "data": room, "warnings": [{"code": 1, "text": TEXT}]}), |client| {
            Box::pin(async { Ok(client.rooms().show(7).await.map(drop)?) })
        }),
        (json!({"response_code": 4, "reason": 7, "message": TEXT, "data": ""}), |client| {
            Box::pin(async { Ok(client.rooms().show(7).await.map(drop)?) })
        }),
        (json!({"response_code": 2, "message": "Overlaps Kestrel : Error count 3 of 50", "retry_in": 1}), |client| {
            Box::pin(async {
                let answered = client.rooms().book().with_response().await;
                drop((answered.errors(), answered.warnings(), answered.request_id(), answered.retry_after()));
                Ok(answered.result.map(drop)?)
            })
        }),
        (json!({"response_code": 1, "data": {"rooms": [room, room]}}), |client| {
            Box::pin(async { Ok(client.rooms().list().await.map(drop)?) })
        }),
        (
            json!({"status": "ok", "errors": [{"code": "TAKEN", "text": TEXT, "source": {"pointer": "name"}}]}),
            |client| Box::pin(async { Ok(client.rooms().listed().await.map(drop)?) }),
        ),
        (json!({"errors": {"rooms": {"0": {"name": [{"code": "TAKEN"}, TEXT]}}}, "id": 7}), |client| {
            Box::pin(async { Ok(client.rooms().mirrored().await.map(drop)?) })
        }),
        (json!({"error": {"code": "AUTH.Kestrel", "text": TEXT}, "id": 7}), |client| {
            Box::pin(async { Ok(client.rooms().absent().await.map(drop)?) })
        }),
    ]
}

/// The value with one change, for every node and every change.
pub(crate) fn changed(value: &Value) -> Vec<Value> {
    let others = [Value::Null, json!(true), json!(-1.5), json!(TEXT), json!([]), json!({}), json!([[]]), json!(DEEP)];
    let mut all = others.to_vec();
    match value {
        Value::Array(items) => {
            for at in 0..items.len() {
                let with = |change: &dyn Fn(&mut Vec<Value>)| {
                    let mut items = items.clone();
                    change(&mut items);
                    Value::Array(items)
                };
                all.push(with(&|items| drop(items.remove(at))));
                all.push(with(&|items| items.insert(at, items[at].clone())));
                all.extend(changed(&items[at]).into_iter().map(|item| with(&|items| items[at] = item.clone())));
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let mut without = members.clone();
                without.remove(name);
                all.push(Value::Object(without));
                for other in others.iter().chain([member]) {
                    let mut twice = members.clone();
                    twice.insert(format!("{name}{AGAIN}"), other.clone());
                    all.push(Value::Object(twice));
                }
                all.extend(changed(member).into_iter().map(|other| {
                    let mut members = members.clone();
                    members.insert(name.clone(), other);
                    Value::Object(members)
                }));
            }
        }
        _ => {}
    }
    all
}

/// A client that never repeats a call: there is one answer for each.
fn once(address: &str) -> Client {
    let builder = Client::builder(Environment::custom(address).unwrap());
    builder.credentials(Credentials {}).max_attempts(1).build().unwrap()
}

pub(crate) fn written(value: &Value) -> String {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    value.to_string().replace(&format!("{AGAIN}\":"), "\":").replace(&format!("\"{DEEP}\""), &deep)
}

#[tokio::test]
async fn every_change_gives_a_value_or_a_typed_error() {
    for (sample, call) in samples() {
        let bodies: Vec<String> = changed(&sample).iter().map(written).collect();
        assert!(bodies.len() > 30);
        for (status, bodies) in [(200, &bodies[..]), (422, &bodies[..20])] {
            let server = Scripted::start(bodies.iter().map(|body| answer(status, body)));
            let client = once(server.address());
            for body in bodies {
                let started = Instant::now();
                let shown = call(&client).await.map_err(|error| {
                    assert!(error.response().is_some() || error.code().is_some(), "{error:?}");
                    texts(&error)
                });
                let start: String = body.chars().take(200).collect();
                assert!(!shown.is_err_and(|shown| shown.contains(TEXT)), "{start}");
                assert!(started.elapsed() < Duration::from_secs(5), "{start}");
            }
        }
    }
}
