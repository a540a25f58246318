//! What a server refuses before it looks at a call, and what the client makes of it.
//!
//! None of these answers is documented, so each arrives as an unexpected one with everything it had.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use codegen_mock::Mock;
use generated_client::proctorexam::seams::{Clock, NoNonce, Nonces, SystemClock};
use generated_client::proctorexam::{BuildError, Client, Error, ListUsersError, SigningError};

use crate::support::{Fixed, INSTITUTE, builder, client, credentials, mock, sources, teacher};

/// The answer to a call that the mock refuses.
async fn refusal(client: Client) -> (u16, String) {
    match client.users().list(INSTITUTE).await.unwrap_err() {
        Error::Unexpected(answer) => {
            let response = answer.response();
            assert_eq!(response.headers()["content-type"], "application/json; charset=utf-8");
            (response.status().as_u16(), String::from_utf8(response.body().to_vec()).unwrap())
        }
        other => panic!("{other:?}"),
    }
}

fn refused(status: u16, message: &str) -> (u16, String) {
    (status, format!(r#"{{"error":"{message}"}}"#))
}

/// A clock that is some minutes ahead of the machine's, or behind.
struct Off(i64);

impl Clock for Off {
    fn now(&self) -> std::time::SystemTime {
        let minutes = Duration::from_secs(self.0.unsigned_abs() * 60);
        if self.0 > 0 { SystemClock.now() + minutes } else { SystemClock.now() - minutes }
    }
}

#[tokio::test]
async fn wrong_credentials_are_an_unexpected_answer() {
    let mock = mock().await;
    let with = |token, key| builder(mock.address()).credentials(credentials(token, key)).build().unwrap();
    assert_eq!(refusal(with("other", "test-secret_key")).await, refused(401, "HTTP Token Access denied."));
    assert_eq!(refusal(with("test-api_token", "other")).await, refused(403, "Signature is not valid."));
    assert!(with("test-api_token", "test-secret_key").users().list(INSTITUTE).await.is_ok());
}

#[tokio::test]
async fn a_clock_that_is_off_is_an_unexpected_answer() {
    let mock = mock().await;
    let with = |clock| builder(mock.address()).clock(clock).build().unwrap();
    for minutes in [10, -10] {
        assert_eq!(refusal(with(Off(minutes))).await, refused(403, "Timestamp is too old."));
    }
    for minutes in [4, -4] {
        assert!(with(Off(minutes)).users().list(INSTITUTE).await.is_ok());
    }
}

#[tokio::test]
async fn a_nonce_is_good_for_one_call() {
    let api = codegen::load(&crate::support::spec()).unwrap();
    let mock: Mock = Mock::builder(api).clock(|| Fixed::DOCUMENTED.time()).start().await.unwrap();
    let fixed = builder(mock.address()).clock(Fixed::DOCUMENTED).nonces(Fixed::DOCUMENTED).build().unwrap();
    assert!(fixed.users().create(teacher(1)).await.is_ok());
    assert_eq!(refusal(fixed).await, refused(403, "Nonce was used before."));
    let other = builder(mock.address()).clock(Fixed::DOCUMENTED).build().unwrap();
    assert!(other.users().list(INSTITUTE).await.is_ok());
}

#[tokio::test]
async fn without_a_nonce_nothing_is_sent() {
    struct Dry;
    impl Nonces for Dry {
        fn nonce(&self) -> Result<i64, NoNonce> {
            Err(NoNonce)
        }
    }
    let mock = mock().await;
    let error = builder(mock.address()).nonces(Dry).build().unwrap().users().list(INSTITUTE).await.unwrap_err();
    assert!(matches!(error, Error::<ListUsersError>::Signing(SigningError::Nonce)), "{error:?}");
    assert_eq!(error.to_string(), "the request could not be made");
    assert_eq!((error.status(), error.is_retryable(), error.is_outcome_unknown()), (None, false, false));
    assert_eq!(mock.requests(), []);
}

#[test]
fn credentials_that_cannot_be_any_make_no_client() {
    let with = |token, key| builder("http://127.0.0.1:1").credentials(credentials(token, key)).build().unwrap_err();
    for (token, key, name) in [
        ("two\r\nlines", "key", "api_token"),
        ("", "key", "api_token"),
        ("token", "key\n", "secret_key"),
        ("token", " key", "secret_key"),
    ] {
        let error = with(token, key);
        assert!(matches!(error, BuildError::Credential { name: found, .. } if found == name), "{error:?}");
        assert!(error.to_string().starts_with(&format!("the credential `{name}` ")), "{error}");
    }
}

#[tokio::test]
async fn nobody_at_home_is_a_transport_error() {
    let address = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/api/v3", listener.local_addr().unwrap())
    };
    let error = client(&address).users().create(teacher(1)).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    // Nothing was sent, so even a call that changes things was tried three times and may be tried again.
    assert_eq!(error.to_string(), "users.create: no answer after 3 attempts");
    assert!(error.is_retryable() && !error.is_outcome_unknown() && !error.is_timeout());
}

#[test]
fn without_a_runtime_nothing_is_sent() {
    let call = client("http://127.0.0.1:1/api/v3").users().list(INSTITUTE).into_future();
    let mut context = Context::from_waker(Waker::noop());
    let Poll::Ready(Err(error)) = pin!(call).poll(&mut context) else { panic!("it waits for ever") };
    assert_eq!(error.to_string(), "users.list: nothing was sent");
    let expected = ["the request cannot be sent", "the timer needs a Tokio runtime, or another timer must be given"];
    assert_eq!(sources(&error), expected);
}
