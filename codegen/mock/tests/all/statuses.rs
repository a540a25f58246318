//! The status of a success, where the spec says which one it has.

use codegen_mock::Mock;
use serde_json::json;

use crate::caller::{Answer, exchange};

const API: &str = "codegen: 1
name: statuses
title: Statuses
mock: {collections: {things: {key: id, items: [{id: 1, name: a}]}}}
";

const THINGS: &str = r#"types: {Thing: {fields: {id: {type: integer, required: true}, name: string}}}
operations:
  remove:
    http: DELETE /things/{id}
    envelope: {success: {status: 204}}
    params: {id: integer}
    returns: nothing
    mock: {delete: things}
  make:
    http: POST /things
    envelope: {success: {status: [201, 202], is: {ok: true}}}
    params: {name: {type: string, required: true}}
    returns: {thing: Thing}
    mock: {insert: things}
    examples:
      failed: {status: 404, response: {ok: false}}
      asked: {request: {name: b}}
  shown:
    http: GET /shown
    envelope: {success: {status: 203}}
    returns: Thing
    examples: {documented: {response: {id: 7}}}
  later:
    http: POST /later
    envelope: {success: {status: [200, 202]}}
    returns: {thing: Thing}
    examples: {documented: {status: 202, response: {thing: {id: 7}}}}
"#;

fn call(mock: &Mock, line: &str, body: &str) -> Answer {
    let head = "Host: x\r\nConnection: close\r\nContent-Type: application/json";
    let request = format!("{line} HTTP/1.1\r\n{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    Answer::parse(&exchange(mock.socket(), request.as_bytes()))
}

#[tokio::test]
async fn a_success_has_the_status_that_the_spec_says() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("api.yaml"), API).unwrap();
    std::fs::write(dir.path().join("things.yaml"), THINGS).unwrap();
    let mock = Mock::start(dir.path()).await.unwrap();
    let made = call(&mock, "POST /things", r#"{"name": "b"}"#);
    assert_eq!(made.both(), (201, json!({"ok": true, "thing": {"id": 2, "name": "b"}})));
    let removed = call(&mock, "DELETE /things/1", "");
    assert_eq!((removed.status, removed.body.as_str()), (204, ""), "HTTP has no body there");
    assert_eq!(call(&mock, "GET /shown", "").both(), (203, json!({"id": 7})), "an example that says none has it too");
    assert_eq!(call(&mock, "POST /later", "").both(), (202, json!({"thing": {"id": 7}})));
    assert_eq!(call(&mock, "DELETE /things/1", "").status, 404);
}
