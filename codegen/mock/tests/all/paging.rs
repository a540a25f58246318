//! What a cursor stands for besides its page: what the next call leaves out.

use codegen_mock::Mock;
use serde_json::{Value, json};

use crate::caller::{Answer, exchange};

const API: &str = "\
codegen: 1
name: x
environments: {test: 'https://example.com'}
pagination: {params: {size: {type: integer, in: body}, after: {type: string, in: body}}, limit: size,
  cursor: {param: after, at: next}, repeats: []}
mock:
  collections:
    things: {key: id, items: [{id: 1, level: 3}, {id: 2, level: 4}, {id: 3, level: 3}, {id: 4, level: 3}]}
";
const THINGS: &str = "\
types: {Thing: {fields: {id: {type: integer, required: true}, level: integer}}}
operations:
  json:
    http: POST /json
    params: {level: {type: integer, required: true}, tags: {type: [string], required: true}}
    paged: true
    returns: {things: [Thing]}
    mock: {list: things, where: {level: '{level}'}}
";

async fn start() -> Mock {
    let folder = tempfile::tempdir().unwrap();
    let (_, form) = THINGS.split_once("  json:").unwrap();
    let form = format!("  form:{}    encoding: {{body: form}}\n", form.replace("/json", "/form"));
    std::fs::write(folder.path().join("api.yaml"), API).unwrap();
    std::fs::write(folder.path().join("things.yaml"), format!("{THINGS}{form}")).unwrap();
    Mock::start(folder.path()).await.unwrap()
}

fn call(mock: &Mock, path: &str, media_type: &str, body: &str) -> (u16, Value) {
    let length = body.len();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    );
    Answer::parse(&exchange(mock.socket(), request.as_bytes())).both()
}

#[tokio::test]
async fn a_cursor_stands_for_what_the_next_call_leaves_out_of_its_body() {
    let mock = start().await;
    let json = |body: Value| call(&mock, "/json", "application/json", &body.to_string());
    let form = |body: &str| call(&mock, "/form", "application/x-www-form-urlencoded", body);
    let ids = |answer: &Value| -> Vec<u64> {
        answer["things"].as_array().unwrap().iter().filter_map(|thing| thing["id"].as_u64()).collect()
    };
    let (_, first) = json(json!({"level": 3, "tags": ["a,b", "é&="], "size": 2}));
    assert_eq!(ids(&first), [1, 3]);
    let (status, second) = json(json!({"after": first["next"], "size": 1}));
    assert_eq!((status, ids(&second)), (200, vec![4]), "{second}");
    assert_eq!(json(json!({"size": 1})).0, 422, "the first call has nothing to go on from");

    let (_, first) = form("level=3&tags[]=a&tags[]=b&size=1");
    let mut next = first["next"].as_str().unwrap().to_owned();
    assert_eq!(ids(&first), [1]);
    for id in [3, 4] {
        let (status, page) = form(&format!("after={next}&size=1"));
        assert_eq!((status, ids(&page)), (200, vec![id]), "{page}");
        next = page["next"].as_str().unwrap_or_default().to_owned();
    }
    assert_eq!(form("size=1").0, 422);
}
