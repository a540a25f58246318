//! Misbehaviour on demand, the log, and the life of the server.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use codegen_mock::{Fault, Mock};

use crate::caller::{Call, create, start};

fn show() -> Call {
    Call::new("GET", "/institutes/1/users/1")
}

#[tokio::test]
async fn faults_meet_one_request_each() {
    let mock = start().await;
    mock.fail_next(Fault::Status(503, "busy".to_owned()));
    mock.fail_next(Fault::DropBefore);
    let busy = show().send(&mock);
    assert_eq!((busy.status, busy.body.as_str()), (503, "busy"));
    assert_eq!(create("f@x.test").send(&mock).status, 0);
    assert_eq!(create("f@x.test").send(&mock).status, 200);
}

#[tokio::test]
async fn a_dropped_answer_had_its_effect() {
    let mock = start().await;
    mock.fail_next(Fault::DropAfter);
    assert_eq!(create("f@x.test").send(&mock).status, 0);
    assert_eq!(create("f@x.test").send(&mock).status, 422);
}

#[tokio::test]
async fn answers_can_be_late_or_break_off() {
    let mock = start().await;
    mock.fail_next(Fault::Delay(Duration::from_millis(150)));
    let before = Instant::now();
    assert_eq!(show().send(&mock).status, 200);
    assert!(before.elapsed() >= Duration::from_millis(150));

    mock.fail_next(Fault::Truncate);
    let cut = show().send(&mock);
    let announced: usize = cut.header("content-length").unwrap().parse().unwrap();
    assert_eq!(cut.status, 200);
    assert_eq!(cut.body.len(), announced / 2);
}

#[tokio::test]
async fn the_log_has_what_arrived() {
    let mock = start().await;
    create("log@x.test").send(&mock);
    Call::new("GET", "/institutes/1/users").text("limit", "5").send(&mock);
    let requests = mock.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!((requests[0].method.as_str(), requests[0].path.as_str()), ("POST", "/api/v3/institutes/1/users"));
    assert_eq!(requests[0].header("accept"), Some("application/vnd.procwise.v3"));
    assert_eq!(requests[0].parameter("email").as_deref(), Some("log@x.test"));
    assert_eq!(requests[1].parameter("limit").as_deref(), Some("5"));
    assert!(!format!("{requests:?}").contains("test-api_token"));
}

#[tokio::test]
async fn dropping_it_stops_it() {
    let mock = start().await;
    let socket = mock.socket();
    let idle = TcpStream::connect(socket).unwrap();
    drop(mock);
    assert!(TcpStream::connect(socket).is_err());
    drop(idle);
}

#[tokio::test]
async fn a_spec_that_is_not_there_is_an_error() {
    let error = Mock::start("no/such/folder").await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
}
