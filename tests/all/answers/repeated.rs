//! Which answers let a call be made again.

use tests::answers::{AnyError, BookRoomError, EraseRoomError, Error, ErrorCode, FirstRoomError, ShowRoomError};

use super::client;
use crate::support::{Scripted, json};

const BOOKED: &str = r#"{"response_code":1,"data":{"id":7}}"#;
const STALE: &str = r#"{"response_code":2,"message":"stale request"}"#;
const BUSY: &str = r#"{"response_code":3}"#;

#[tokio::test]
async fn a_stale_request_is_made_once_more_where_that_is_safe() {
    let server = Scripted::start([json(200, STALE), json(200, BOOKED)]);
    client(server.address()).rooms().show(7).await.unwrap();
    assert_eq!(server.requests().len(), 2);

    let server = Scripted::start([json(200, STALE), json(200, STALE), json(200, BOOKED)]);
    let error = client(server.address()).rooms().show(7).await.unwrap_err();
    assert!(matches!(error, Error::Api(ShowRoomError::Stale)), "{error:?}");
    assert!(!error.is_retryable(), "another time would be as wrong");
    assert_eq!(server.requests().len(), 2);

    // Nobody says that nothing happened.
    let server = Scripted::start([json(200, STALE), json(200, BOOKED)]);
    let error = client(server.address()).rooms().book().await.unwrap_err();
    assert!(matches!(error, Error::Api(BookRoomError::Stale)), "{error:?}");
    assert!(!error.is_retryable() && !error.is_outcome_unknown());
    assert_eq!(server.requests().len(), 1, "what changes things is not repeated");
}

#[tokio::test]
async fn what_never_happened_may_be_repeated() {
    let server = Scripted::start([json(200, BUSY), json(200, BUSY), json(200, BOOKED)]);
    client(server.address()).rooms().book().await.unwrap();
    assert_eq!(server.requests().len(), 3);
    let server = Scripted::start([json(200, BUSY), json(200, STALE), json(200, BOOKED)]);
    client(server.address()).rooms().show(7).await.unwrap();
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn what_may_have_happened_is_never_repeated() {
    let in_doubt = r#"{"response_code":-32603}"#;
    for status in [200, 503] {
        let server = Scripted::start([json(status, in_doubt), json(200, BOOKED)]);
        let error = client(server.address()).rooms().show(7).await.unwrap_err();
        assert!(matches!(error, Error::Api(ShowRoomError::InDoubt)), "{error:?}");
        assert!(error.is_outcome_unknown() && !error.is_retryable());
        assert_eq!(server.requests().len(), 1);
    }
    let server = Scripted::start([json(503, r#"{"response_code":4,"reason":7}"#), json(200, BOOKED)]);
    let error = client(server.address()).rooms().show(7).await.unwrap_err();
    assert!(matches!(error, Error::Api(ShowRoomError::Forbidden)) && !error.is_retryable(), "{error:?}");
    assert_eq!(server.requests().len(), 1, "the error counts before the status does");
}

/// The two operations document the same errors, and mean something else by one of them.
#[tokio::test]
async fn a_documented_status_leaves_open_what_an_undocumented_one_does() {
    for status in [502, 504] {
        let server = Scripted::once(json(status, "{}"));
        let error = client(server.address()).rooms().erase(7).await.unwrap_err();
        assert!(matches!(error, Error::Api(EraseRoomError::Gateway)), "{error:?}");
        let says = "gateway (502 or 504): A gateway gave up on the way; whether the call took effect is unknown";
        assert_eq!((error.is_outcome_unknown(), error.to_string()), (true, says.to_owned()));
        assert!(AnyError::from(error).is_outcome_unknown());

        let server = Scripted::start([json(status, "{}"), json(status, "{}"), json(status, "{}")]);
        let error = client(server.address()).rooms().first().await.unwrap_err();
        assert!(matches!(error, Error::Api(FirstRoomError::Gateway)), "{error:?}");
        let says = "gateway (502 or 504): A gateway gave up on the way";
        assert_eq!((error.is_outcome_unknown(), error.to_string()), (false, says.to_owned()));

        // What reads as it is described may change something as it is sent.
        let server = Scripted::once(json(status, "{}"));
        let error = client(server.address()).rooms().touch().with_method("POST").await.unwrap_err();
        assert!(matches!(error, Error::Api(EraseRoomError::Gateway)) && error.is_outcome_unknown(), "{error:?}");

        // Nobody knows what a call does that is not described.
        let server = Scripted::once(json(status, "{}"));
        let error = client(server.address()).request("POST", "/rooms/erase").await.unwrap_err();
        assert!(matches!(error, Error::Api(ErrorCode::Gateway)) && error.is_outcome_unknown(), "{error:?}");
        // But to read is to read.
        let server = Scripted::start([json(status, "{}"), json(status, "{}"), json(status, "{}")]);
        let error = client(server.address()).request("GET", "/rooms/first").await.unwrap_err();
        assert!(!error.is_outcome_unknown() && error.is_retryable(), "{error:?}");
        let says = format!("request: an answer that is not documented, status {status}");
        assert_eq!((error.to_string(), server.requests().len()), (says, 3));
    }
}

/// Of what is documented the generator says it, and of all else the client knows it.
#[tokio::test]
async fn every_status_leaves_open_what_the_generator_says_of_it() {
    for status in 400..=599 {
        let server = Scripted::once(json(status, r#"{"response_code":99}"#));
        let error = client(server.address()).rooms().erase(7).await.unwrap_err();
        assert_eq!(error.is_outcome_unknown(), codegen::ir::leaves_open(status), "{status}: {error:?}");
    }
}

#[tokio::test]
async fn who_asks_for_too_much_patience_is_not_waited_for() {
    let server = Scripted::start([json(200, r#"{"response_code":3,"retry_in":3600000}"#), json(200, BOOKED)]);
    let error = client(server.address()).rooms().book().await.unwrap_err();
    assert!(matches!(error, Error::Api(BookRoomError::Busy)), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}
