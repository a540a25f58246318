//! Answers that are signed: the vendor publishes code and no signature, so that what must come out was computed with
//! Python's `hmac`.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use client_runtime::testing::{Reply, Script};
use codegen_mock::{Fault, Mock};
use tests::specs::bitstamp::{Balance, Builder, CancelOrderError, Client, Credentials, Environment, Error, OrderId};
use tests::specs::{kitchen_sink, kitchen_sink_by_offset};

use super::{At, at, body, described, header, mock, step};
use crate::support::{Hasty, provider, texts};

/// The nonce is `f93c979d-b00d-43a9-9b9c-fd4cd9547fa6`.
const MOMENT: At = At(1_567_755_304_968, "f93c979db00d43a99b9cfd4cd9547fa6");
const BALANCES: &str = r#"[{"currency":"usd","total":"100.00"}]"#;
const SIGNATURE: &str = "30259cda4512032ce97c376be0e201f246268999999f5fbb59c6cf8152b6e30b";

fn builder(environment: Environment) -> Builder<Client> {
    let credentials = Credentials { key: "key".into(), secret: "secret".into() };
    Client::builder(environment).credentials(credentials).timer(Hasty)
}

async fn server() -> (Mock, Client) {
    let mock = mock("bitstamp", &[("key", "key"), ("secret", "secret")]).await;
    let client = builder(Environment::custom(mock.address()).unwrap()).build().unwrap();
    (mock, client)
}

/// What a client makes of an answer at that moment, and how often it asked.
async fn read(moment: At, reply: Reply) -> (Result<Vec<Balance>, String>, usize) {
    let script = Script::new([reply, Reply::json(200, BALANCES)]);
    let client = builder(Environment::Live).clock(moment).nonces(moment).transport(script.clone()).build().unwrap();
    let result = client.accounts().balances().await;
    let result = result.map_err(|error| {
        assert!(matches!(error, Error::Unproven(_)), "{error:?}");
        assert!(!error.is_retryable() && !error.is_outcome_unknown());
        texts(&error)
    });
    (result, script.requests().len())
}

fn signed(body: &str, signature: &str) -> Reply {
    Reply::json(200, body.to_owned())
        .header("Content-Type", "application/json")
        .header("X-Server-Auth-Signature", signature)
}

/// A server that refuses a call for its time need not sign what it says.
#[tokio::test]
async fn what_is_not_signed_says_all_the_same_that_the_clock_is_wrong() {
    for (date, skew, says) in [
        ("Fri, 06 Sep 2019 06:35:05 GMT", 3600, "; by its date this machine's clock is 3600 s ahead of the server's"),
        ("Fri, 06 Sep 2019 08:35:05 GMT", -3600, "; by its date this machine's clock is 3600 s behind the server's"),
        ("Fri, 06 Sep 2019 07:35:05 GMT", 0, ""),
    ] {
        let refusal = || Reply::json(401, "{}").header("Date", date);
        let script = Script::new([refusal(), refusal()]);
        let client = builder(Environment::Live).clock(MOMENT).nonces(MOMENT).transport(script).build().unwrap();
        let error = client.accounts().balances().await.unwrap_err();
        let text = format!("accounts.balances: nothing shows that the answer is the server's, status 401{says}");
        assert_eq!((error.to_string(), error.clock_skew()), (text, Some(skew)));
        let answered = client.accounts().balances().with_response().await;
        assert_eq!(answered.clock_skew(), Some(skew));
        assert_eq!(answered.into_result().unwrap_err().clock_skew(), Some(skew));
    }
}

#[test]
fn calls_are_signed_as_described() {
    let client = at(builder(Environment::Live), MOMENT);
    let balances = client.accounts().balances().prepare().unwrap();
    assert_eq!(header(&balances, "x-auth"), "BITSTAMP key");
    assert_eq!(header(&balances, "x-auth-nonce"), "f93c979d-b00d-43a9-9b9c-fd4cd9547fa6");
    let signature = "4d45574c4a0eb8af4e79c2dded60a5044c5f621d3f2628f6c368edee1e0ac3f0";
    assert_eq!((step(&balances, "signature"), header(&balances, "x-auth-signature")), (signature, signature));
    let cancel = client.orders().cancel(OrderId(7)).prepare().unwrap();
    assert_eq!(body(&cancel), "id=7");
    let signature = "252ef42df42dd636d1c10fb8c44e06ea8e398ac561dd233ed004efa090812d64";
    assert_eq!(header(&cancel, "x-auth-signature"), signature);
}

#[tokio::test]
async fn an_answer_is_read_if_it_is_the_servers() {
    let (balances, asked) = read(MOMENT, signed(BALANCES, SIGNATURE)).await;
    assert_eq!((balances.unwrap()[0].currency.as_str(), asked), ("usd", 1));
}

/// A call that is safe to repeat is not made again either.
#[tokio::test]
async fn an_answer_that_may_be_anybodys_is_not_read_and_the_call_not_made_again() {
    let other = At(MOMENT.0, "00000000b00d43a99b9cfd4cd9547fa6");
    let later = At(MOMENT.0 + 1, MOMENT.1);
    let upper = SIGNATURE.to_uppercase();
    for (moment, reply, reason) in [
        (MOMENT, signed(&BALANCES.replace("100", "900"), SIGNATURE), "no signature matches"),
        (MOMENT, signed(BALANCES, &SIGNATURE.replace('3', "4")), "no signature matches"),
        (MOMENT, signed(BALANCES, &upper), "no signature matches"),
        (MOMENT, signed(BALANCES, &SIGNATURE[..63]), "no signature matches"),
        (MOMENT, signed(BALANCES, "x"), "no signature matches"),
        (MOMENT, signed(BALANCES, ""), "there is no header `x-server-auth-signature`"),
        (MOMENT, Reply::json(200, BALANCES), "there is no header `x-server-auth-signature`"),
        (MOMENT, Reply::status(503), "there is no header `x-server-auth-signature`"),
        // Somebody's copy of the answer to another call.
        (other, signed(BALANCES, SIGNATURE), "no signature matches"),
        (later, signed(BALANCES, SIGNATURE), "no signature matches"),
        (MOMENT, signed("not JSON", SIGNATURE), "no signature matches"),
    ] {
        let (result, asked) = read(moment, reply).await;
        let texts = result.unwrap_err();
        assert!(texts.contains(reason), "{texts}");
        for hidden in [&SIGNATURE[..10], "secret", "usd", "JSON"] {
            assert!(!texts.contains(hidden), "{texts}");
        }
        assert_eq!(asked, 1);
    }
}

/// A server cannot sign for a key that it does not know.
#[tokio::test]
async fn credentials_that_seem_to_be_refused_are_asked_for_again_by_the_next_call() {
    let mock = mock("bitstamp", &[("key", "key"), ("secret", "secret")]).await;
    let asked = Arc::new(AtomicUsize::new(0));
    let provider = provider(&asked, |_| Credentials { key: "key".into(), secret: "secret".into() });
    let client = Client::builder(Environment::custom(mock.address()).unwrap());
    let client = client.credentials_from(provider).timer(Hasty).build().unwrap();
    // A refusal that may be anybody's, or a forgery with another status, which says nothing of the credentials.
    for (fault, times) in [(Fault::Status(401, String::new()), 2), (Fault::Forge, 2), (Fault::Truncate, 2)] {
        mock.fail_next(fault);
        client.orders().cancel(OrderId(7)).await.unwrap_err();
        client.orders().cancel(OrderId(7)).await.unwrap();
        assert_eq!(asked.load(Ordering::Relaxed), times);
    }
    assert_eq!(mock.requests().len(), 6, "none was made again");
}

#[tokio::test]
async fn the_mock_signs_what_it_answers() {
    let (mock, client) = server().await;
    assert_eq!(client.accounts().balances().await.unwrap().len(), 1);
    let id = 1_453_282_316_578_816;
    assert_eq!(client.orders().cancel(OrderId(id)).await.unwrap().id, OrderId(id));
    client.request("POST", "/account_balances/").await.unwrap();
    mock.fail_next(Fault::Documented("not_found".into()));
    let refused = client.orders().cancel(OrderId(7)).await.unwrap_err();
    assert!(matches!(refused, Error::Api(CancelOrderError::NotFound)), "{refused:?}");
    mock.fail_next(Fault::ExtraFields);
    client.accounts().balances().await.unwrap();
}

#[tokio::test]
async fn what_is_forged_leaves_open_what_happened() {
    let (mock, client) = server().await;
    mock.fail_next(Fault::Forge);
    let forged = client.orders().cancel(OrderId(7)).await.unwrap_err();
    assert_eq!(
        forged.to_string(),
        "orders.cancel: nothing shows that the answer is the server's, status 200; whether the call took effect is unknown"
    );
    let Error::Unproven(broken) = &forged else { panic!("{forged:?}") };
    assert!(broken.is_outcome_unknown() && forged.is_outcome_unknown() && !forged.is_retryable());
    // Nobody can tell by a refusal either that nothing was done.
    for fault in [Fault::Status(404, r#"{"code":"x"}"#.into()), Fault::Status(429, String::new())] {
        mock.fail_next(fault);
        let forged = client.orders().cancel(OrderId(7)).await.unwrap_err();
        assert!(matches!(forged, Error::Unproven(_)) && forged.is_outcome_unknown(), "{forged:?}");
    }
    mock.fail_next(Fault::Forge);
    let forged = client.request("POST", "/account_balances/").await.unwrap_err();
    assert!(matches!(forged, Error::Unproven(_)), "{forged:?}");
    assert_eq!(mock.requests().len(), 4, "none was made again");
    mock.fail_next(Fault::Truncate);
    let broken = client.orders().cancel(OrderId(7)).await.unwrap_err();
    assert!(matches!(broken, Error::Transport(_)), "{broken:?}");
}

/// What steps came to is kept until the answer is there: bytes in one of these APIs, a text in the other.
#[tokio::test]
async fn answers_are_signed_with_what_steps_came_to() {
    let mock = Mock::builder(described("kitchen_sink_by_offset")).start().await.unwrap();
    let credentials = kitchen_sink_by_offset::Credentials { key: mock.credential("key").into() };
    let address = kitchen_sink_by_offset::Environment::custom(mock.address()).unwrap();
    let client = kitchen_sink_by_offset::Client::builder(address).credentials(credentials).build().unwrap();
    client.request("GET", "/rows").await.unwrap();
    mock.fail_next(Fault::Forge);
    let forged = client.request("GET", "/rows").await.unwrap_err();
    assert!(matches!(forged, kitchen_sink_by_offset::Error::Unproven(_)), "{forged:?}");

    let mock = Mock::builder(described("kitchen_sink")).start().await.unwrap();
    let (key_id, key) = (mock.credential("key_id").into(), mock.credential("key").into());
    let address = kitchen_sink::Environment::custom(mock.address()).unwrap();
    let credentials = kitchen_sink::Credentials { key_id, key };
    let client = kitchen_sink::Client::builder(address).credentials(credentials).build().unwrap();
    // Its example answer is no success of a call that nobody described, but the vendor's.
    let signed = client.request("GET", "/found").await.unwrap_err();
    assert!(matches!(signed, kitchen_sink::Error::Unexpected(_)), "{signed:?}");
    mock.fail_next(Fault::Forge);
    let forged = client.request("GET", "/found").await.unwrap_err();
    assert!(matches!(forged, kitchen_sink::Error::Unproven(_)), "{forged:?}");
    // Without a signature it is taken as it is.
    mock.fail_next(Fault::Status(418, String::new()));
    let unsigned = client.request("GET", "/found").await.unwrap_err();
    assert!(matches!(unsigned, kitchen_sink::Error::Unexpected(_)), "{unsigned:?}");
}
