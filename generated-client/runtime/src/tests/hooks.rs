//! What an application is told of its calls, and may add to them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::header::{HeaderMap, HeaderValue};

use super::api::{Error, Response};
use super::stage::{Act, Stage, begin, new_user};
use crate::seams::{Attempt, Hooks, TransportError};
use crate::signing::SigningError;

#[derive(Clone, Default)]
struct Diary(Arc<Mutex<Vec<String>>>);

impl Diary {
    fn write(&self, attempt: &Attempt<'_>, what: &str) {
        let (operation, number) = (attempt.operation(), attempt.number());
        let (method, template, host) = (attempt.method(), attempt.template(), attempt.base_address());
        assert!(host.as_str().starts_with("https://api.example.com") && !method.is_empty());
        self.0.lock().unwrap().push(format!("{operation} {method} {template} {number}: {what}"));
    }
}

impl Hooks for Diary {
    fn before_signing(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
        self.write(attempt, "signing");
        headers.insert("traceparent", HeaderValue::from(attempt.number()));
    }

    fn after_response(&self, attempt: &Attempt<'_>, result: Result<&Response, &TransportError>) {
        let what = result.map_or_else(ToString::to_string, ToString::to_string);
        self.write(attempt, &what);
    }

    fn on_retry(&self, attempt: &Attempt<'_>, pause: Duration) {
        self.write(attempt, &format!("{pause:?}"));
    }
}

#[tokio::test]
async fn hooks_are_told_of_every_attempt() {
    let diary = Diary::default();
    let stage = Stage::new([Act::Broken, Act::status(503, ""), Act::ok(r#"{"users":[]}"#)]);
    let client = stage.builder().hooks(diary.clone()).build().unwrap();
    client.users().list(1).search("c4nary").await.unwrap();
    let list = |number, what| format!("users.list GET /institutes/{{institute_id}}/users {number}: {what}");
    assert_eq!(
        *diary.0.lock().unwrap(),
        [
            list(1, "signing"),
            list(1, "the connection to the server broke"),
            list(1, "200ms"),
            list(2, "signing"),
            list(2, "status 503, 0 bytes"),
            list(2, "400ms"),
            list(3, "signing"),
            list(3, "status 200, 12 bytes"),
        ]
    );
    let sent = stage.requests();
    assert_eq!([0, 1, 2].map(|at: usize| sent[at].headers()["traceparent"].clone()), ["1", "2", "3"]);
}

#[tokio::test]
async fn a_call_that_is_cut_off_is_told_of_too() {
    let diary = Diary::default();
    let client = Stage::new([Act::Silence]).builder().hooks(diary.clone()).build().unwrap();
    client.request("DELETE", "/c4nary").await.unwrap_err();
    assert_eq!(
        *diary.0.lock().unwrap(),
        ["request DELETE  1: signing", "request DELETE  1: the connection to the server broke"]
    );
}

#[tokio::test]
async fn a_hook_replaces_nothing_that_is_signed() {
    struct Other;
    impl Hooks for Other {
        fn before_signing(&self, _: &Attempt<'_>, headers: &mut HeaderMap) {
            headers.insert("authorization", HeaderValue::from_static("other"));
        }
    }
    let stage = Stage::new([]);
    let client = stage.builder().hooks(Other).build().unwrap();
    let error = client.users().create(new_user()).await.unwrap_err();
    assert!(matches!(error, Error::Signing(SigningError::HeaderTaken { .. })), "{error:?}");
}

struct Adds(fn(&mut HeaderMap));

impl Hooks for Adds {
    fn before_signing(&self, _: &Attempt<'_>, headers: &mut HeaderMap) {
        self.0(headers);
    }
}

#[tokio::test]
async fn what_a_hook_adds_passes_what_the_headers_of_a_call_pass() {
    let added = |add: fn(&mut HeaderMap)| async move {
        let stage = Stage::new([Act::ok(r#"{"users":[]}"#)]);
        let client = stage.builder().hooks(Adds(add)).build().unwrap();
        let result = client.users().list(1).with_header("X-Own", "o").await;
        (result.map_err(|error| error.to_string()).map(drop), stage.requests().pop())
    };
    for (add, what) in [
        (
            (|all| drop(all.insert("host", HeaderValue::from_static("h")))) as fn(&mut HeaderMap),
            "`host` is set by the client itself, from what it sends",
        ),
        (
            |all| drop(all.insert("content-length", 1.into())),
            "`content-length` is set by the client itself, from what it sends",
        ),
        (
            |all| drop(all.insert("x-a", HeaderValue::from_bytes(b"\xff").unwrap())),
            "`x-a` must be a text that a header can hold",
        ),
        (HeaderMap::clear, "`x-own` is a header of the call itself, which no hook may change"),
        (
            |all| assert!(all.append("x-own", HeaderValue::from_static("another"))),
            "`x-own` is a header of the call itself, which no hook may change",
        ),
    ] {
        let (result, sent) = added(add).await;
        assert_eq!(result.unwrap_err(), what);
        assert!(sent.is_none());
    }
    let (result, sent) = added(|all| drop(all.insert("x-a", HeaderValue::from_bytes(b" \xc3\xa9\t").unwrap()))).await;
    result.unwrap();
    let sent = sent.unwrap();
    assert_eq!(
        (sent.headers()["x-a"].as_bytes(), &sent.headers()["x-own"]),
        (&b"\xc3\xa9"[..], &HeaderValue::from_static("o"))
    );
}

#[tokio::test]
async fn a_call_that_is_dropped_is_told_of_too() {
    let diary = Diary::default();
    let client = Stage::new([Act::Silence]).builder().hooks(diary.clone()).build().unwrap();
    let mut call = client.users().list(1).into_future();
    begin(&mut call).await;
    drop(call);
    let list = |what| format!("users.list GET /institutes/{{institute_id}}/users 1: {what}");
    assert_eq!(*diary.0.lock().unwrap(), [list("signing"), list("the connection to the server broke")]);
}

#[tokio::test]
async fn a_retry_that_the_limits_leave_no_time_for_is_not_told_of() {
    let diary = Diary::default();
    let stage = Stage::new([Act::status(503, "")]);
    let builder = stage.builder().hooks(diary.clone()).rate_limit(1, Duration::from_secs(600));
    let error = builder.build().unwrap().users().list(1).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    let list = |what| format!("users.list GET /institutes/{{institute_id}}/users 1: {what}");
    assert_eq!(*diary.0.lock().unwrap(), [list("signing"), list("status 503, 0 bytes")]);
    assert!(stage.slept().is_empty());
}
