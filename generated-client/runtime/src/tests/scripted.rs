//! What tests of an application give a client, as they would use it.

use std::error::Error as _;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use super::api::{Client, Credentials, Environment, Error, SigningError};
use super::stage::{Stage, new_user};
use crate::Builder;
use crate::seams::{Nonces, TransportError};
use crate::testing::{Fixed, Reply, Script};

fn fixed() -> Fixed {
    Fixed::new(UNIX_EPOCH + Duration::from_millis(1_527_500_365_052), 7)
}

fn builder(script: &Script) -> Builder<Client> {
    // The timer of these tests does not wait.
    Client::builder(Environment::custom("https://api.example.com").unwrap())
        .credentials(Credentials { api_token: "t0ken".into(), secret_key: "k3y".into() })
        .transport(script.clone())
        .clock(fixed())
        .nonces(fixed())
        .timer(Stage::new([]))
}

const USERS: &str = r#"{"users":[{"id":1}]}"#;

#[tokio::test]
async fn a_script_sees_every_attempt_and_answers_in_order() {
    let script = Script::new([
        Reply::status(503).header("retry-after", "2"),
        TransportError::broken("reset").into(),
        Reply::json(200, USERS).header("x-items", "41"),
    ]);
    let page = builder(&script).build().unwrap().users().list(1).await.unwrap();
    assert_eq!((page.items.len(), page.total_items), (1, Some(41)));
    let requests = script.requests();
    assert_eq!(requests.len(), 3);
    // Time and nonce stand still, and so does what is signed.
    let target = requests[0].uri().to_string();
    assert!(target.contains("&nonce=7&signature="), "{target}");
    assert!(requests.iter().all(|request| request.uri().to_string() == target));
}

#[tokio::test]
async fn a_request_beyond_the_script_is_an_error_that_says_so() {
    let script = Script::new([]);
    let error = builder(&script).build().unwrap().users().list(1).await.unwrap_err();
    let Error::Transport(interrupted) = &error else { panic!("{error:?}") };
    assert_eq!(interrupted.attempts(), 1);
    let cause = interrupted.cause().unwrap().source().unwrap().to_string();
    assert_eq!((cause.as_str(), script.requests().len()), ("the script has no more answers", 1));
}

#[tokio::test]
async fn a_script_answers_by_what_it_is_asked() {
    let asked = std::sync::Arc::new(AtomicU32::new(0));
    let count = asked.clone();
    let script = Script::by(move |request| {
        count.fetch_add(1, Ordering::Relaxed);
        match (request.method().as_str(), request.uri().path()) {
            ("POST", "/institutes/1/users") => Reply::json(201, request.body().clone()),
            ("GET", _) => Reply::silence(),
            other => panic!("{other:?}"),
        }
    });
    let client = builder(&script).build().unwrap();
    let error = client.users().create(new_user()).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "what was sent has no id: {error:?}");
    assert!(client.users().list(1).await.unwrap_err().is_timeout());
    assert_eq!(asked.load(Ordering::Relaxed), 2);
    let shown = format!("{script:?} {:?} {:?}", script.requests(), Reply::json(200, "c4nary"));
    assert!(!shown.contains("t0ken") && !shown.contains("Passw0rd") && !shown.contains("c4nary"), "{shown}");
}

#[tokio::test]
async fn what_is_no_answer_is_an_error_and_no_panic() {
    for reply in [Reply::status(9), Reply::status(200).header("a b", ""), Reply::status(200).header("a", "\n")] {
        let script = Script::new([reply]);
        assert!(builder(&script).build().unwrap().users().list(1).await.is_err());
        assert_eq!(script.requests().len(), 1);
    }
}

#[test]
fn what_is_drawn_of_a_fixed_nonce_is_the_same_again() {
    let once = fixed();
    assert_eq!(once.uuid(), Ok("00000000-0000-4007-8000-000000000007".to_owned()));
    assert_eq!(once.counter(9_999_999_999_999), Ok(1_527_500_365_052));
    assert_eq!(once.boundary().unwrap().len(), 40);
    assert_eq!((once.uuid(), once.boundary()), (fixed().uuid(), fixed().boundary()));
}

/// What is above signing stands in the way of nobody who wants to see a call signed.
#[tokio::test]
async fn a_call_of_a_client_that_is_answered_can_be_prepared() {
    let script = Script::new([Reply::json(200, USERS)]);
    let answered = builder(&script).answered_by(script.clone()).build().unwrap();
    let signed = builder(&script).build().unwrap().users().list(1).prepare().unwrap();
    let prepared = answered.users().list(1).prepare().unwrap();
    assert_eq!(prepared.request().uri(), signed.request().uri());
    assert_eq!(prepared.request().headers()["authorization"], "Token token=t0ken");
    assert_eq!(prepared.explanation().to_string(), signed.explanation().to_string());
    // What is answered is not signed all the same.
    answered.users().list(1).await.unwrap();
    assert_eq!(script.requests()[0].uri().query(), None);
    assert!(!script.requests()[0].headers().contains_key("authorization"));
    let bare = Client::builder(Environment::custom("https://api.example.com").unwrap()).answered_by(script);
    let error = bare.timer(Stage::new([])).build().unwrap().users().list(1).prepare().unwrap_err();
    assert!(matches!(error, Error::Signing(SigningError::NoCredentials)), "{error:?}");
}
