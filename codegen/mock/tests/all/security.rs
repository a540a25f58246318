//! Headers, signature, timestamp and nonce.

use std::io::ErrorKind;

use serde_json::json;

use crate::caller::{Call, NOW, builder, create, start, system_now};

fn show() -> Call {
    Call::new("GET", "/institutes/1/users/1")
}

#[tokio::test]
async fn fixed_headers_are_checked() {
    let mock = start().await;
    let denied = (401, json!({"error": "HTTP Token Access denied."}));
    assert_eq!(show().header("Authorization", "Token token=other").send(&mock).both(), denied);
    assert_eq!(show().header("Authorization", "Token token=\"test-api_token").send(&mock).both(), denied);
    assert_eq!(show().with(|call| drop(call.headers.pop())).send(&mock).both(), denied);
    assert_eq!(show().header("Accept", "application/json").send(&mock).status, 406);
}

#[tokio::test]
async fn signatures_cover_everything() {
    let mock = start().await;
    let bad = (403, json!({"error": "Signature is not valid."}));
    assert_eq!(show().send(&mock).status, 200);
    assert_eq!(show().with(|call| call.secret = "other".to_owned()).send(&mock).both(), bad);
    assert_eq!(show().with(|call| call.signature = Some(String::new())).send(&mock).both(), bad);
    assert_eq!(show().with(|call| call.in_path.truncate(1)).send(&mock).both(), bad);
    let swapped = show().with(|call| call.path = "/institutes/1/users/2".to_owned());
    assert_eq!(swapped.send(&mock).both(), bad);
    let spoilt = create("s@x.test").with(|call| call.parameters[0].2 = "\"t@x.test\"".to_owned());
    assert_eq!(spoilt.send(&mock).both(), bad);
}

#[tokio::test]
async fn a_documented_vector_of_our_own_is_accepted() {
    // Computed with another implementation:
    // python3 -c 'import hmac; print(hmac.new(b"NNAK", b"id=1?institute_id=1?nonce=7?timestamp=1700000000000", "sha256").hexdigest())'
    let vector = "b635fc25c2a8f967404b7e3241dffe3435a3fb22acd654a1664f16c1676a855e";
    let mock = builder().credential("secret_key", "NNAK").start().await.unwrap();
    let call = show().with(|call| {
        call.nonce = "7".to_owned();
        call.signature = Some(vector.to_owned());
    });
    assert_eq!(call.send(&mock).status, 200);
}

#[tokio::test]
async fn old_and_future_calls_are_stale() {
    let mock = start().await;
    let at = |ms: i64| show().with(|call| call.timestamp = ms.to_string()).send(&mock);
    assert_eq!(at(NOW - 300_000).status, 200);
    assert_eq!(at(NOW + 300_000).status, 200);
    let stale = (403, json!({"error": "Timestamp is too old."}));
    for ms in [NOW - 300_001, NOW + 300_001, NOW / 1000, i64::MIN, i64::MAX] {
        assert_eq!(at(ms).both(), stale, "{ms}");
    }
}

#[tokio::test]
async fn a_nonce_counts_once() {
    let mock = start().await;
    let first = show();
    assert_eq!(first.send(&mock).status, 200);
    assert_eq!(first.send(&mock).both(), (403, json!({"error": "Nonce was used before."})));
    // A call that fails its signature does not use its nonce up.
    let second = show();
    let forged = show().with(|call| {
        call.nonce = second.nonce.clone();
        call.secret = "other".to_owned();
    });
    assert_eq!(forged.send(&mock).status, 403);
    assert_eq!(second.send(&mock).status, 200);
}

#[tokio::test]
async fn timestamp_and_nonce_must_be_there_and_be_numbers() {
    let mock = start().await;
    let missing = |name: &str| (422, json!({"error": format!("Param is missing or the value is empty: '{name}'")}));
    assert_eq!(show().with(|call| call.nonce.clear()).send(&mock).both(), missing("nonce"));
    assert_eq!(show().with(|call| call.timestamp.clear()).send(&mock).both(), missing("timestamp"));
    let invalid = |name: &str| (422, json!({"error": format!("Invalid parameter: {name}")}));
    for nonce in ["x", "-1", "1e3", "9223372036854775808", "007"] {
        assert_eq!(show().with(|call| call.nonce = nonce.to_owned()).send(&mock).both(), invalid("nonce"), "{nonce}");
    }
    assert_eq!(show().with(|call| call.timestamp = "now".to_owned()).send(&mock).both(), invalid("timestamp"));
    assert_eq!(show().with(|call| call.nonce = i64::MAX.to_string()).send(&mock).status, 200);
}

#[tokio::test]
async fn credentials_and_clock_can_be_replaced() {
    let mock = builder().credential("api_token", "t").clock(std::time::SystemTime::now).start().await.unwrap();
    assert_eq!(mock.credential("api_token"), "t");
    let call = show().header("Authorization", "Token token=t").with(|call| call.timestamp = system_now().to_string());
    assert_eq!(call.send(&mock).status, 200);
    let unknown = builder().credential("other", "x").start().await.unwrap_err();
    assert_eq!(unknown.kind(), ErrorKind::InvalidInput);
    assert_eq!(unknown.to_string(), "the spec declares no credential `other`");
}

#[tokio::test]
async fn debug_shows_no_credential() {
    let mock = start().await;
    assert!(!format!("{mock:?} {:?}", builder().credential("api_token", "test-")).contains("test-"));
}
