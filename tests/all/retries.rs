//! When the client makes a call again, seen from the mock: never twice with one signature, and never twice what
//! may have taken effect.

use std::collections::BTreeSet;
use std::time::Duration;

use codegen_mock::{Fault, Mock, Received};
use generated_client::proctorexam::seams::TokioTimer;
use generated_client::proctorexam::{AnyError, Client, Error, UserId};

use crate::support::{Counting, INSTITUTE, Scripted, answer, body, builder, client, json, mock, sources, teacher};

fn busy(status: u16) -> Fault {
    Fault::Status(status, String::new())
}

/// How many different values a parameter has in the requests.
fn different(requests: &[Received], name: &str) -> usize {
    requests.iter().map(|request| request.parameter(name).unwrap()).collect::<BTreeSet<_>>().len()
}

/// A client whose every call, and every attempt, is made in a millisecond of its own.
fn ticking(mock: &Mock) -> Client {
    builder(mock.address()).clock(Counting::default()).build().unwrap()
}

async fn ticking_mock() -> Mock {
    let api = codegen::load(&crate::support::spec()).unwrap();
    Mock::builder(api).clock(|| crate::support::Fixed::DOCUMENTED.time()).start().await.unwrap()
}

#[tokio::test]
async fn every_attempt_is_signed_anew() {
    for faults in [[busy(503), busy(429)], [busy(408), busy(502)], [Fault::DropBefore, busy(504)]] {
        let mock = ticking_mock().await;
        faults.into_iter().for_each(|fault| mock.fail_next(fault));
        // The mock accepts the third attempt, so its signature fits its nonce and timestamp.
        let page = ticking(&mock).users().list(INSTITUTE).limit(7).await.unwrap();
        assert_eq!(page.total_items, Some(2));
        let requests = mock.requests();
        assert_eq!(requests.len(), 3);
        for name in ["nonce", "timestamp", "signature"] {
            assert_eq!(different(&requests, name), 3, "{name}");
        }
        assert_eq!(different(&requests, "limit"), 1);
    }
}

#[tokio::test]
async fn a_read_is_made_again_after_its_answer_was_lost() {
    let mock = mock().await;
    for fault in [Fault::DropAfter, Fault::Truncate] {
        mock.fail_next(fault);
        let before = mock.requests().len();
        client(mock.address()).users().show(INSTITUTE, UserId(1)).await.unwrap();
        assert_eq!(mock.requests().len() - before, 2);
    }
}

#[tokio::test]
async fn a_change_that_may_have_arrived_is_not_made_again() {
    let cut = "the answer broke off, status 200";
    for (fault, what) in [(Fault::DropAfter, "no answer"), (Fault::DropBefore, "no answer"), (Fault::Truncate, cut)] {
        let mock = mock().await;
        let users = client(mock.address()).users();
        mock.fail_next(fault.clone());
        let error = users.create(teacher(1)).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert!(error.is_outcome_unknown() && !error.is_retryable() && !error.is_timeout());
        assert_eq!(error.to_string(), format!("users.create: {what}; whether the call took effect is unknown"));
        assert_eq!(error.status().is_some(), what == cut);
        assert_eq!(sources(&error)[0], "the connection to the server broke");
        assert_eq!(mock.requests().len(), 1);
        // What the caller cannot know: it did take effect, unless the connection broke before.
        let taken = users.create(teacher(1)).await.is_err();
        assert_eq!(taken, fault != Fault::DropBefore, "{fault:?}");
        assert!(AnyError::from(error).is_outcome_unknown());
    }
}

#[tokio::test]
async fn no_change_is_made_again_after_an_answer() {
    for status in [408, 429, 500, 502, 503, 504] {
        let mock = mock().await;
        let users = client(mock.address()).users();
        mock.fail_next(busy(status));
        mock.fail_next(busy(status));
        mock.fail_next(busy(status));
        let errors: [AnyError; 3] = [
            users.create(teacher(1)).await.unwrap_err().into(),
            users.update(INSTITUTE, UserId(2)).receives_reports(true).await.unwrap_err().into(),
            users.destroy(INSTITUTE, UserId(2)).await.unwrap_err().into(),
        ];
        for error in errors {
            assert_eq!(error.status().unwrap().as_u16(), status);
            // Its caller may, where nothing happened.
            assert_eq!(error.is_retryable(), matches!(status, 429 | 503), "{status}");
        }
        assert_eq!(mock.requests().len(), 3, "{status}");
    }
}

#[tokio::test]
async fn three_attempts_are_enough() {
    let mock = mock().await;
    (0..4).for_each(|_| mock.fail_next(busy(503)));
    let error = client(mock.address()).users().list(INSTITUTE).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 503);
    assert!(error.is_retryable());
    assert_eq!(mock.requests().len(), 3);
    let once = builder(mock.address()).max_attempts(1).build().unwrap();
    assert!(once.users().list(INSTITUTE).await.is_err());
    assert_eq!(mock.requests().len(), 4);
    assert!(once.users().list(INSTITUTE).await.is_ok());
}

#[tokio::test]
async fn what_is_final_is_not_made_again() {
    for status in [300, 301, 400, 401, 403, 404, 422, 500, 501] {
        let mock = mock().await;
        mock.fail_next(busy(status));
        let error = client(mock.address()).users().list(INSTITUTE).await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(!error.is_retryable());
        assert_eq!(mock.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_server_that_asks_for_too_much_patience_is_not_waited_for() {
    let server = Scripted::start([answer(503, &[("Retry-After", "3600")], b""), json(200, r#"{"users":[]}"#)]);
    let error = client(server.address()).users().list(INSTITUTE).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 503);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_late_answer_is_a_timeout() {
    let mock = mock().await;
    // Less than a second would be taken for a pause between attempts, which these tests skip.
    let hasty = || builder(mock.address()).timer(TokioTimer);
    let client = hasty().timeout(Duration::from_millis(50)).build().unwrap();
    mock.fail_next(Fault::Delay(Duration::from_secs(3)));
    let error = client.users().show(INSTITUTE, UserId(1)).await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert!(error.is_timeout() && error.is_retryable() && !error.is_outcome_unknown());
    assert_eq!((error.to_string().as_str(), error.status()), ("users.show: no answer in time", None));

    mock.fail_next(Fault::Delay(Duration::from_secs(3)));
    let error = client.users().create(teacher(1)).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_retryable() && error.is_outcome_unknown());
    assert_eq!(error.to_string(), "users.create: no answer in time; whether the call took effect is unknown");
}

#[tokio::test]
async fn an_answer_that_stalls_is_a_timeout() {
    for begun in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"users\":["] {
        let server = Scripted::stalling(begun.into());
        let timeout = Duration::from_millis(50);
        let client = builder(server.address()).timer(TokioTimer).timeout(timeout).build().unwrap();
        let error = client.users().list(INSTITUTE).await.unwrap_err();
        assert!(error.is_timeout(), "{begun}");
        let (line, status) = match begun.ends_with('[') {
            true => ("users.list: the answer did not end in time, status 200", Some(200)),
            false => ("users.list: no answer in time", None),
        };
        assert_eq!((error.to_string().as_str(), error.status().map(|status| status.as_u16())), (line, status));
    }
}

#[tokio::test]
async fn a_deadline_may_be_now_or_never() {
    let mock = mock().await;
    let within = |timeout| builder(mock.address()).timer(TokioTimer).timeout(timeout).build().unwrap();
    assert!(within(Duration::MAX).users().list(INSTITUTE).await.is_ok());
    mock.fail_next(Fault::Delay(Duration::from_secs(3)));
    assert!(within(Duration::ZERO).users().list(INSTITUTE).await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = mock().await;
    let location = format!("{}/institutes/1/users", elsewhere.address());
    for status in [301, 302, 303, 307, 308] {
        let server = Scripted::once(answer(status, &[("Location", &location)], b""));
        let error = client(server.address()).users().list(INSTITUTE).await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
    }
    assert_eq!(elsewhere.requests(), [], "signed parameters stay with whom they were made for");
}

#[tokio::test]
async fn calls_made_at_once_have_nonces_of_their_own() {
    let mock = mock().await;
    let users = client(mock.address()).users();
    let calls = (1..=20).map(|number| tokio::spawn(users.create(teacher(number)).into_future()));
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    let requests = mock.requests();
    assert_eq!(different(&requests, "nonce"), 20);
    for request in requests {
        assert!(body(&request)["nonce"].as_i64().unwrap() >= 0);
    }
}
