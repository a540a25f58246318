//! Values that are JSON in one text.

use codegen_mock::Mock;

use crate::caller::{Answer, exchange};

const API: &str = "\
codegen: 1
name: x
environments: {test: 'https://example.com'}
types:
  Named: {fields: {name: {type: string, required: true}, tags: [string]}}
";
const THINGS: &str = "\
operations:
  find:
    http: GET /things
    encoding: {nesting: json, lists: json}
    params: {named: Named, words: [string], labels: {map: integer}}
    returns: nothing
  create:
    http: POST /things
    encoding: {body: multipart, nesting: json, lists: json}
    params: {named: Named}
    returns: nothing
";

async fn start() -> Mock {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("api.yaml"), API).unwrap();
    std::fs::write(folder.path().join("things.yaml"), THINGS).unwrap();
    Mock::start(folder.path()).await.unwrap()
}

fn find(mock: &Mock, query: &str) -> u16 {
    let request = format!("GET /things?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    Answer::parse(&exchange(mock.socket(), request.as_bytes())).status
}

fn create(mock: &Mock, parts: &str) -> u16 {
    let body = format!("{parts}--b--\r\n");
    let request = format!(
        "POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    );
    Answer::parse(&exchange(mock.socket(), request.as_bytes())).status
}

#[tokio::test]
async fn text_that_is_no_json_is_refused() {
    let mock = start().await;
    for query in ["", "named=%7B%22name%22:%22a%22%7D", "words=%5B%22a%22%5D", "labels=%7B%22a%22:1%7D"] {
        assert_eq!(find(&mock, query), 200, "{query}");
    }
    for query in
        ["named=zzz", "named=%7B%22name%22:%22a%22%7Dx", "named=", "words=a,b", "words=", "labels=a", "labels="]
    {
        assert_eq!(find(&mock, query), 422, "{query}");
    }
    let part = |text: &str| format!("--b\r\nContent-Disposition: form-data; name=\"named\"\r\n\r\n{text}\r\n");
    assert_eq!(create(&mock, &part("{\"name\":\"a\"}")), 200);
    assert_eq!((create(&mock, &part("zzz")), create(&mock, &part(""))), (422, 422));
}
