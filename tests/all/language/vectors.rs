//! The vectors through the interpreter and through compiled code.

use std::path::Path;

use codegen::ir::Api;
use codegen_mock::interpret::{Value, sign};
use serde_json::{Value as Json, json};

use super::Scheme;
use super::cases::{Case, cases, list, text};
use super::compiled::{Prepared, client, prepare};
use super::random::{fault, reason};

#[allow(clippy::possible_missing_else, reason = "they are on one line each")]
mod schemes {
    //! A function for each case, in the order of the file.
    include!(concat!(env!("OUT_DIR"), "/language/cases.rs"));
}

#[allow(clippy::possible_missing_else, reason = "they are on one line each")]
mod before {
    //! One for each of those that fail, up to the statement at which it does.
    include!(concat!(env!("OUT_DIR"), "/language/before.rs"));
}

/// A value as the vectors write it.
fn shown(value: &Value) -> Json {
    match value {
        Value::Text(text) => json!({"text": text}),
        Value::Bytes(bytes) => json!({"bytes": hex(bytes)}),
        Value::Number(number) => json!({"number": number}),
        Value::Time(ms) => json!({"time": ms}),
        Value::Fields(fields) => json!({"fields": fields}),
        Value::List(items) => json!({"list": items}),
        Value::ByteList(items) => json!({"list": items.iter().map(|item| hex(item)).collect::<Vec<_>>()}),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The spec of a case.
fn api(index: usize) -> Api {
    let dir = Path::new(env!("OUT_DIR")).join("language/cases").join(index.to_string());
    codegen::load(&dir).unwrap_or_else(|failure| panic!("{failure}"))
}

fn has_no_secret(case: &Case, error: &str) {
    for secret in case.credentials().iter().filter(|secret| secret.len() > 2) {
        assert!(!error.contains(secret), "{}: {error}", case.name);
    }
}

/// What both readings call the reason for which a case fails.
fn because(case: &Case) -> &'static str {
    let rows = list(&case.json["covers"]).iter().map(text);
    let row = rows.filter_map(|row| row.strip_prefix("failure: ").map(str::to_owned)).next().unwrap_or_default();
    match row.as_str() {
        "secret does not decode" | "bytes are no text" => "undecodable",
        "missing header" => "no header",
        "missing field" => "no field",
        "empty list" => "empty list",
        "line break in a header" => "header",
        "body without members" => "no fields",
        other => panic!("{}: {other}", case.name),
    }
}

fn compiled(case: &Case, scheme: Scheme) -> Prepared {
    let request = &case.json["request"];
    let client = client(&text(&request["base"]), scheme, &case.credentials(), &case.moment());
    prepare(&client, &text(&request["method"]), &text(&request["path"]), &case.parameters())
}

#[test]
fn the_interpreter_agrees_with_every_vector() {
    for (index, case) in cases().into_iter().enumerate() {
        let expected = &case.json["expected"];
        let name = &case.name;
        let api = api(index);
        let signed = sign(&api.signing, &case.credentials(), &case.moment(), case.request());
        if let Some(failing) = expected["fails_at"].as_str() {
            let failure = signed.unwrap_err();
            assert_eq!((failure.name.as_str(), fault(&failure.fault).0), (failing, because(&case)), "{name}");
            has_no_secret(&case, &format!("{failure} {failure:?}"));
            continue;
        }
        let signed = signed.unwrap_or_else(|failure| panic!("{name}: {failure}"));
        let names = api.signing.steps.iter().map(|step| &step.name.wire);
        let steps: Vec<_> = names.zip(&signed.steps).map(|(name, value)| json!([name, shown(value)])).collect();
        assert_eq!(Json::Array(steps), expected["steps"], "{name}");
        for (statements, values, part) in
            [(&api.signing.inject, &signed.inject, "inject"), (&api.signing.send, &signed.send, "send")]
        {
            let wanted = list(&expected[part]);
            let names = statements.iter().map(|statement| &statement.name.wire);
            let made = names.zip(values).map(|(name, value)| json!([name, value.as_ref().map(shown)]));
            // The steps that are sent besides come last.
            assert_eq!(made.take(wanted.len()).collect::<Vec<_>>(), wanted, "{name}");
        }
        assert_eq!(signed.request.target(), text(&expected["target"]), "{name}");
        assert_eq!(String::from_utf8(signed.request.body()).unwrap(), text(&expected["body"]), "{name}");
        let headers = signed.request.headers();
        for header in list(&expected["headers"]) {
            assert!(headers.contains(&(text(&header[0]), text(&header[1]))), "{name}: {header}");
        }
    }
}

/// The header that shows a step, and what it must be.
fn shown_step(step: &Json) -> (String, String) {
    let (kind, value) = step[1].as_object().unwrap().iter().next().unwrap();
    let shown = match (kind.as_str(), value) {
        ("text", Json::String(text)) => hex(text.as_bytes()),
        ("bytes", Json::String(digits)) => digits.clone(),
        (_, number) => number.to_string(),
    };
    (format!("x-step-{}", text(&step[0]).replace('_', "-").to_lowercase()), shown)
}

#[test]
fn compiled_code_agrees_with_every_vector() {
    let cases = cases();
    assert_eq!(cases.len(), schemes::SCHEMES.len());
    let mut before = before::SCHEMES.iter();
    for (case, scheme) in cases.iter().zip(schemes::SCHEMES) {
        let (expected, name) = (&case.json["expected"], &case.name);
        let prepared = compiled(case, *scheme);
        if expected["fails_at"].is_string() {
            let error = prepared.unwrap_err();
            assert_eq!(reason(&error).0, because(case), "{name}");
            has_no_secret(case, &crate::support::texts(&error));
            // An error does not say which statement it is of: all before that one must come to something.
            assert_eq!(compiled(case, *before.next().unwrap()).map(drop), Ok(()), "{name}");
            continue;
        }
        let request = prepared.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(request.uri().path_and_query().unwrap().as_str(), text(&expected["target"]), "{name}");
        assert_eq!(String::from_utf8_lossy(request.body()), text(&expected["body"]), "{name}");
        // The transport writes the host; expressions see it before.
        let sent = list(&expected["headers"]).iter().filter(|header| header[0] != "host");
        let sent = sent.map(|header| (text(&header[0]), text(&header[1])));
        for (header, value) in sent.chain(list(&expected["steps"]).iter().map(shown_step)) {
            let found = request.headers().get(&header).map(|value| String::from_utf8_lossy(value.as_bytes()));
            assert_eq!(found.as_deref(), Some(value.as_str()), "{name}: {header}");
        }
    }
    assert!(before.next().is_none());
}
