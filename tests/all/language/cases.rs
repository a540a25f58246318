//! The vectors of the other implementation.

use std::sync::LazyLock;

use client_runtime::rt::public::Json;
use codegen_mock::interpret::{Moment, Place, Request};
use serde_json::Value;

use super::compiled::{Parameters, Scalar};

/// How many there are. One that is added must be counted here, so that none is left out unseen.
const CASES: usize = 159;

static FILE: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../vectors/signing-language.json")).unwrap());

pub(super) fn rows() -> Vec<String> {
    list(&FILE["rows"]).iter().map(text).collect()
}

/// One invented scheme with one request.
pub(super) struct Case {
    pub(super) json: &'static Value,
    pub(super) name: String,
}

pub(super) fn cases() -> Vec<Case> {
    let cases: Vec<_> = list(&FILE["cases"]).iter().map(|json| Case { json, name: text(&json["name"]) }).collect();
    assert_eq!(cases.len(), CASES);
    cases
}

impl Case {
    /// Values of the credentials that a spec declares in this order.
    pub(super) fn credentials(&self) -> Vec<String> {
        self.json["credentials"].as_object().unwrap().values().map(text).collect()
    }

    pub(super) fn moment(&self) -> Moment {
        let drawn = &self.json["drawn"];
        let nonce_hex = drawn["nonce_hex"].as_object().unwrap();
        Moment {
            now: self.json["now"].as_i64().unwrap(),
            nonce: drawn["nonce"].as_i64().unwrap(),
            counter: drawn["counter"].as_i64().unwrap(),
            uuid: text(&drawn["uuid"]),
            nonce_hex: nonce_hex.iter().map(|(bytes, digits)| (bytes.parse().unwrap(), text(digits))).collect(),
        }
    }

    /// Place, name and value of each parameter.
    pub(super) fn fields(&self) -> impl Iterator<Item = (String, String, &'static Value)> {
        list(&self.json["request"]["fields"]).iter().map(|field| (text(&field[0]), text(&field[1]), &field[2]))
    }

    /// What a client makes the call with.
    pub(super) fn parameters(&self) -> Parameters {
        let is_form = self.json["request"]["body_kind"] == "form";
        let mut parameters =
            Parameters { fields: Vec::new(), id: String::new(), header: None, is_form, document: None };
        for (place, name, value) in self.fields() {
            if place == "document" {
                parameters.document = Some(json(value));
                continue;
            }
            let scalar = match value {
                Value::String(text) => Scalar::Text(text.clone()),
                Value::Bool(value) => Scalar::Boolean(*value),
                value => Scalar::Number(value.as_i64().unwrap()),
            };
            match (place.as_str(), scalar) {
                ("path", Scalar::Text(id)) => parameters.id = id,
                ("query", scalar) => parameters.fields.push(("query", name, scalar)),
                (_, scalar) => parameters.fields.push(("body", name, scalar)),
            }
        }
        parameters
    }

    /// The request before it is signed.
    pub(super) fn request(&self) -> Request {
        let request = &self.json["request"];
        let mut address = text(&request["base"]) + &text(&request["path"]);
        for (place, name, value) in self.fields().filter(|(place, ..)| place == "path") {
            assert_eq!(place, "path");
            address = address.replace(&format!("{{{name}}}"), &escaped(&text(value)));
        }
        let mut made = Request::new(&text(&request["method"]), &address).unwrap();
        if request["body_kind"] == "form" {
            made = made.form();
        }
        for header in list(&request["headers"]) {
            made = made.header(&text(&header[0]), &text(&header[1]));
        }
        for (place, name, value) in self.fields() {
            let plain = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            made = match place.as_str() {
                "path" => made.field(Place::Path, &name, &plain),
                "query" => made.field(Place::Query, &name, &plain),
                "document" => made.raw_body("application/json", value.to_string().into_bytes()),
                _ if value.is_string() || request["body_kind"] == "form" => made.field(Place::Body, &name, &plain),
                _ => made.json_field(&name, &plain),
            };
        }
        made
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(number) => Json::Number(number.to_string()),
        Value::String(text) => Json::String(text.clone()),
        Value::Array(items) => Json::Array(items.iter().map(json).collect()),
        Value::Object(members) => {
            Json::Object(members.iter().map(|(name, value)| (name.clone(), json(value))).collect())
        }
    }
}

pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn escaped(text: &str) -> String {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
