//! Which answers let a call be made again.

use tests::answers::{BookRoomError, Error, ShowRoomError};

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

#[tokio::test]
async fn who_asks_for_too_much_patience_is_not_waited_for() {
    let server = Scripted::start([json(200, r#"{"response_code":3,"retry_in":3600000}"#), json(200, BOOKED)]);
    let error = client(server.address()).rooms().book().await.unwrap_err();
    assert!(matches!(error, Error::Api(BookRoomError::Busy)), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}
