//! The signing vectors of another implementation, through the client and through the mock.

mod calls;
mod parameters;

use codegen::ir::Api;
use codegen_mock::Mock;
use serde_json::{Map, Value};

use crate::support::Fixed;

/// How many vectors there are of each kind. One that is added must be counted here, so that none is left out unseen.
const CALLS: usize = 32;
const PARAMETERS: usize = 87;

/// One vector: what is given, and what must come out.
struct Vector {
    name: String,
    members: Map<String, Value>,
}

impl Vector {
    fn text(&self, key: &str) -> &str {
        self.members[key].as_str().unwrap()
    }

    fn credential(&self, name: &str) -> &str {
        self.members["credentials"][name].as_str().unwrap()
    }

    fn moment(&self) -> Fixed {
        let number = |key: &str| self.members[key].as_i64().unwrap();
        Fixed { timestamp: number("timestamp").unsigned_abs(), nonce: number("nonce") }
    }
}

/// The vectors that have a key.
fn vectors(key: &str) -> Vec<Vector> {
    let all: Vec<Map<String, Value>> =
        serde_json::from_str(include_str!("../../vectors/proctorexam-signing.json")).unwrap();
    assert_eq!(all.len(), CALLS + PARAMETERS);
    let of_kind = all.into_iter().filter(|members| members.contains_key(key));
    of_kind.map(|members| Vector { name: members["name"].as_str().unwrap().to_owned(), members }).collect()
}

/// A mock that lives at the moment of a vector and knows its credentials.
async fn start(api: Api, vector: &Vector) -> Mock {
    let moment = vector.moment();
    let builder = Mock::builder(api).clock(move || moment.time());
    let names = ["api_token", "secret_key"];
    names
        .into_iter()
        .fold(builder, |builder, name| builder.credential(name, vector.credential(name)))
        .start()
        .await
        .unwrap()
}
