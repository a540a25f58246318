//! Which codes are the same, in clients, in the mock and where a spec is checked.

use codegen::ir::{Json, takes_code};
use tests::answers::{CodedRoomError, Error};

use super::{client, spec};
use crate::support::{Scripted, json};

/// What an answer has for a code, and what it is: a success, an error, or nothing that the spec knows.
const CODES: [(&str, &str); 26] = [
    ("0", "success"),
    ("\"0\"", "success"),
    ("0.0", "success"),
    ("\"0.0\"", "success"),
    ("-0", "success"),
    ("0e5", "success"),
    ("\"OK\"", "success"),
    ("\" OK \"", "success"),
    ("true", "success"),
    ("\"true\"", "success"),
    ("\" true \"", "success"),
    ("\"True\"", ""),
    ("false", ""),
    ("\"0E000\"", "state"),
    ("\"0e5\"", ""),
    ("1000", "thousand"),
    ("\"1000\"", "thousand"),
    ("1000.0", "thousand"),
    ("\"+1000.00\"", "thousand"),
    ("1E3", "thousand"),
    ("100.0e+1", "thousand"),
    ("\"1E3\"", "exponent"),
    ("\"1e3\"", ""),
    ("1e400", ""),
    ("1.5", "fraction"),
    ("15e-1", ""),
];

fn value(text: &str) -> Json {
    match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(text) => Json::String(text.to_owned()),
        None => text.parse().map_or_else(|_| Json::Number(text.to_owned()), Json::Boolean),
    }
}

/// What the spec says of a code.
fn verdict(api: &codegen::ir::Api, code: &str) -> String {
    let (_, operation) = api.operations().find(|(_, operation)| operation.name.wire == "coded").unwrap();
    let body = Json::Object(vec![("c".to_owned(), value(code))]);
    if api.envelope_of(operation).success.accepts(200, Some(&body)) {
        return "success".to_owned();
    }
    let (value, errors) = (value(code), operation.errors.iter().map(|id| api.error(*id)));
    let found = value.code().unwrap();
    let mut found = errors.filter(|error| error.codes.iter().any(|code| takes_code(code, found.trim())));
    found.next().map_or_else(String::new, |error| error.name.wire.clone())
}

#[tokio::test]
async fn codes_are_the_same_everywhere() {
    let api = codegen::load(&spec()).unwrap();
    for (code, expected) in CODES {
        assert_eq!(verdict(&api, code), expected, "{code} in the spec");
        let server = Scripted::once(json(200, &format!(r#"{{"c":{code}}}"#)));
        let found = match client(server.address()).rooms().coded().await {
            Ok(()) => "success",
            Err(Error::Api(CodedRoomError::Thousand)) => "thousand",
            Err(Error::Api(CodedRoomError::Exponent)) => "exponent",
            Err(Error::Api(CodedRoomError::State)) => "state",
            Err(Error::Api(CodedRoomError::Fraction)) => "fraction",
            Err(Error::Unexpected(_)) => "",
            Err(other) => panic!("{code}: {other:?}"),
        };
        assert_eq!(found, expected, "{code} in an answer");
    }
}
