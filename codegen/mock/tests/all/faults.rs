//! Misbehaviour on demand, the log, and the life of the server.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use codegen_mock::{Fault, Fields, Mock, Verdict};
use serde_json::json;

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
async fn a_body_can_come_slowly() {
    let mock = start().await;
    let whole = show().send(&mock).body;
    mock.fail_next(Fault::SlowBody(50, Duration::from_millis(20)));
    let before = Instant::now();
    assert_eq!(show().send(&mock).body, whole);
    let pieces = u32::try_from(whole.len().div_ceil(50)).unwrap();
    assert!(pieces > 2 && before.elapsed() >= Duration::from_millis(20) * pieces);
    // No bytes at a time would never end.
    mock.fail_next(Fault::SlowBody(0, Duration::ZERO));
    assert_eq!(show().send(&mock).body, whole);
}

#[tokio::test]
async fn answers_can_lead_elsewhere() {
    let mock = start().await;
    mock.fail_next(Fault::Redirect(307, "http://127.0.0.1:9/".to_owned()));
    let answer = create("f@x.test").send(&mock);
    assert_eq!((answer.status, answer.header("location")), (307, Some("http://127.0.0.1:9/")));
    assert_eq!(create("f@x.test").send(&mock).status, 200, "nothing was created before");
}

#[tokio::test]
async fn answers_can_have_other_members() {
    let mock = start().await;
    let user = |fault: Fault| {
        mock.fail_next(fault);
        show().send(&mock).json()["user"].clone()
    };
    let name = || Fields::Named("name".to_owned());
    let wrong = user(Fault::WrongTypes(name()));
    assert_eq!((&wrong["id"], &wrong["name"]), (&json!(1), &json!([])));
    let wrong = user(Fault::WrongTypes(Fields::Every));
    assert_eq!((&wrong["id"], &wrong["omniauth_config_id"]), (&json!("of another type"), &json!({})));
    assert_eq!(user(Fault::MissingFields(name())).get("name"), None);
    assert_eq!(user(Fault::MissingFields(Fields::Every)), json!({}));
    let extended = user(Fault::ExtraFields);
    assert_eq!((&extended["id"], &extended["unexpected"]), (&json!(1), &json!({"nested": [null, 1]})));
}

#[tokio::test]
async fn chance_is_the_same_in_every_run() {
    let run = async || {
        let mock = start().await;
        mock.fail_at_random(3, [(0.2, Fault::DropBefore), (0.3, Fault::Status(503, String::new()))]);
        let statuses: Vec<u16> = (0..60).map(|_| show().send(&mock).status).collect();
        mock.fail_at_random(3, []);
        assert_eq!(show().send(&mock).status, 200);
        statuses
    };
    let statuses = run().await;
    assert_eq!(statuses, run().await);
    for status in [0, 200, 503] {
        assert!(statuses.contains(&status), "{status}");
    }
}

#[tokio::test]
async fn the_log_says_what_became_of_a_request() {
    let mock = start().await;
    for fault in [Fault::DropBefore, Fault::DropAfter, Fault::Status(503, String::new())] {
        mock.fail_next(fault);
        create("f@x.test").send(&mock);
    }
    create("f@x.test").send(&mock);
    show().send(&mock);
    Call::new("GET", "/nowhere").send(&mock);
    let log = mock.take_log();
    // One that is there already is refused for that, and not for its values.
    let is_accepted: Vec<_> = log.iter().map(|it| it.verdict == Verdict::Accepted).collect();
    assert_eq!(is_accepted, [false, true, false, true, true, false]);
    let told: Vec<_> = log.iter().map(|it| (it.operation.as_deref(), it.handled, it.fault.clone())).collect();
    assert_eq!(
        told,
        [
            (Some("users.create"), false, Some(Fault::DropBefore)),
            (Some("users.create"), true, Some(Fault::DropAfter)),
            (Some("users.create"), false, Some(Fault::Status(503, String::new()))),
            (Some("users.create"), false, None),
            (Some("users.show"), true, None),
            (None, false, None),
        ]
    );
    assert_eq!(mock.log(), []);
}

#[tokio::test]
async fn the_log_says_which_value_is_refused() {
    let mock = start().await;
    Call::new("GET", "/institutes/1/users").text("limit", "many").send(&mock);
    create("f@x.test").without("email").send(&mock);
    create("f@x.test").with(|call| call.secret = "another".to_owned()).send(&mock);
    let verdicts: Vec<_> = mock.take_log().into_iter().map(|it| it.verdict).collect();
    let expected = [Verdict::Invalid("limit".to_owned()), Verdict::Missing("email".to_owned()), Verdict::Unjudged];
    assert_eq!(verdicts, expected);
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
