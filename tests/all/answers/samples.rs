//! Answers of every shape that there is: what they say must not be shown by errors, whatever is changed in them.

use serde_json::{Value, json};
use tests::answers::{Call, Client, Credentials, Environment, Error, Operation};

use crate::samples::{Api, Canned, Sample, TEXT, calls};

/// Answers as the spec has them, and who makes what of them.
pub(crate) fn samples() -> Api {
    let room = json!({"id": 7, "name": TEXT, "more": [TEXT]});
    let answers = [
        ("show", json!({"response_code": 1, "message": "", "data": room, "warnings": [{"code": 1, "text": TEXT}]})),
        ("show", json!({"response_code": 4, "reason": 7, "message": TEXT, "data": ""})),
        ("book", json!({"response_code": 2, "message": "Overlaps Kestrel : Error count 3 of 50", "retry_in": 1})),
        ("list", json!({"response_code": 1, "data": {"rooms": [room, room]}})),
        ("listed", json!({"status": "ok", "errors": [{"code": "TAKEN", "text": TEXT, "source": {"pointer": "name"}}]})),
        ("mirrored", json!({"errors": {"rooms": {"0": {"name": [{"code": "TAKEN"}, TEXT]}}}, "id": 7})),
        ("each", json!({"ok": false, "rows": [null, {"errors": [{"code": "TAKEN", "text": TEXT, "about": "name"}]}]})),
        ("absent", json!({"error": {"code": "AUTH.Kestrel", "text": TEXT}, "id": 7})),
    ];
    let with_status = |status| {
        move |(method, body): &(&str, Value)| Sample {
            method: (*method).to_owned(),
            name: format!("with {status}"),
            error: None,
            is_constructed: true,
            status,
            body: body.clone(),
        }
    };
    let samples = answers.iter().map(with_status(200)).chain(answers.iter().map(with_status(422))).collect();
    let canned = Canned::default();
    let builder = Client::builder(Environment::custom("http://127.0.0.1:9").unwrap()).credentials(Credentials {});
    let client = builder.transport(canned.clone()).max_attempts(1).build().unwrap();
    let calls = calls! { client:
        "show" => asked(client.rooms().show(7));
        "list" => asked(client.rooms().list());
        "listed" => asked(client.rooms().listed());
        "mirrored" => asked(client.rooms().mirrored());
        "each" => asked(client.rooms().each());
        "absent" => asked(client.rooms().absent());
        "book" => asked(client.rooms().book());
    };
    Api::new("answers", samples, canned, calls)
}

/// Makes a call, and asks for all that its answer says besides.
async fn asked<O: Operation>(call: Call<O>) -> Result<O::Output, Error<O::Error>> {
    let answered = call.with_response().await;
    drop((answered.errors(), answered.warnings(), answered.request_id(), answered.retry_after()));
    answered.result
}
