//! What every client makes of samples that were changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Api, Canned, Sample, TEXT, changed, deep, written};
use crate::boundaries::{taken, to_serde};
use crate::described::Described;

/// Every change of every sample is a value or a typed error, that shows nothing of what is in it, and soon.
async fn survives(api: Api) {
    let deep = deep();
    let mut count = 0;
    for sample in &api.samples {
        for body in changed(&sample.body).iter().flat_map(|body| written(body, &deep)) {
            let place = format!("{} {}: {:.300}", api.name, sample.place(), body);
            let started = Instant::now();
            if let Err(failure) = api.ask(&sample.method, sample.status, body).await {
                assert!(failure.is_about_an_answer, "{place}: {failure:?}");
                assert!(!failure.texts.contains(TEXT), "{place}: {failure:?}");
            }
            assert!(started.elapsed() < Duration::from_secs(5), "{place}");
            count += 1;
        }
    }
    assert!(count >= 16 * api.samples.len(), "{} {count}", api.name);
}

/// A test for each API whose answers are kept in files or made by hand, and the list of them.
macro_rules! survive {
    ($($name:ident: $samples:path;)*) => {
        $(#[tokio::test]
        async fn $name() {
            survives($samples()).await;
        })*

        fn kept() -> Vec<Api> {
            vec![$($samples()),*]
        }
    };
}

survive! {
    answers: crate::answers::samples;
    proctorexam: crate::examples::samples;
    proctoru: crate::proctoru::all_answers;
    okx: crate::specs::okx::samples;
    salesforce: crate::specs::salesforce::samples;
    slack: crate::specs::slack::samples;
    stripe: crate::specs::stripe::samples;
}

/// The answers that the examples and the errors of a spec have, without those that are `known`.
fn of_spec(described: &'static Described, known: &[Value]) -> Api {
    let api = described.load();
    let (mut samples, mut calls) = (Vec::new(), BTreeMap::new());
    for (resource, operation) in api.operations() {
        let method = format!("{}.{}", resource.name.wire, operation.name.wire);
        let examples = operation.examples.iter().filter_map(|it| Some((&it.name, it.status, it.answer()?)));
        let errors = operation.errors.iter().map(|id| api.error(*id)).filter_map(|error| {
            let status = error.statuses.first().copied().unwrap_or(200);
            Some((&error.name.wire, status, &error.example.as_ref()?.json))
        });
        let new = examples.chain(errors).map(|(name, status, body)| Sample {
            method: method.clone(),
            name: name.clone(),
            error: None,
            is_constructed: false,
            status,
            body: to_serde(body),
        });
        samples.extend(new.filter(|sample| !known.contains(&sample.body)));
        calls.insert(method, operation);
    }
    let canned = Canned::default();
    let call = described.caller("http://127.0.0.1:9", Some(canned.clone()));
    Api::new(described.name, samples, canned, move |method| call(method, &taken(api, calls[method])))
}

#[tokio::test]
async fn what_specs_publish() {
    let kept: Vec<Value> = kept().into_iter().flat_map(|api| api.samples).map(|sample| sample.body).collect();
    let mut names = Vec::new();
    for api in crate::described::all().iter().map(|described| of_spec(described, &kept)) {
        if !api.samples.is_empty() {
            names.push((api.name, api.samples.len()));
            survives(api).await;
        }
    }
    let everywhere = ["akamai", "bitstamp", "gateio", "kraken", "slack_files", "telegram", "tencent_ai", "twitter"];
    assert!(everywhere.iter().all(|name| names.iter().any(|(found, _)| found == name)), "{names:?}");
}

/// Files of `tests/data` that are no answers.
const NO_ANSWERS: [&str; 4] = [
    "INDEX.json",
    // These are changed where webhooks are.
    "webhook.event-reservation-confirmation.json",
    "webhook.event-system-metrics-test-it-out-log.json",
    "webhook.signature.json",
];

/// What is below a folder, in order.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

#[test]
fn every_answer_that_is_kept_in_a_file_is_changed() {
    let kept = kept();
    let mut count = 0;
    for folder in entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data")) {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let api = kept.iter().find(|api| api.name == name).unwrap_or_else(|| panic!("nobody changes what {name} has"));
        for path in entries(&folder) {
            let file = path.file_name().unwrap().to_str().unwrap();
            if file.ends_with(".request.json") || NO_ANSWERS.contains(&file) {
                continue;
            }
            let json: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let bodies = match json["examples"].as_array() {
                Some(examples) => examples.iter().map(|example| example["body"].clone()).collect(),
                None => vec![json],
            };
            for body in bodies {
                assert!(api.samples.iter().any(|sample| sample.body == body), "{name}/{file} is not changed: {body}");
                count += 1;
            }
        }
    }
    assert!(count > 100, "{count}");
}
