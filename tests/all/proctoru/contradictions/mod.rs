//! Where what is known of the API contradicts itself, the spec decides; each decision as it is seen on the wire.
//!
//! The numbers are those of the notes in the spec: each of them stands there, at every place that it concerns, and each
//! has a test of its name.

mod answers;
mod places;
mod sent;

use generated_client::proctoru::Prepared;
use serde_json::{Value, json};

use super::url_pairs;

const NOWHERE: &str = "http://127.0.0.1:1/api";

/// The fields of a call that is not sent.
fn fields(prepared: &Prepared) -> Vec<(String, String)> {
    url_pairs(std::str::from_utf8(prepared.request().body()).unwrap())
}

fn success(data: &Value) -> String {
    json!({"response_code": 1, "message": "", "data": data}).to_string()
}
