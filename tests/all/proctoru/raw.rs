//! Calls by hand, as clients make them that nobody generated.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use codegen_mock::Mock;
use serde_json::Value;

pub(super) const FORM: &str = "application/x-www-form-urlencoded";
pub(super) const JSON: &str = "application/json";

/// The status and the body that a mock answers, null where that is no JSON; the target stands below the address of the
/// API.
pub(super) fn send(mock: &Mock, method: &str, target: &str, media_type: &str, body: &str) -> (u16, Value) {
    let request = format!(
        "{method} /api{target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization-Token: test-api_key\r\n\
         Content-Type: {media_type}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(mock.socket()).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let is_json = head.contains("application/json");
    (status, if is_json { serde_json::from_str(body).unwrap() } else { Value::Null })
}
