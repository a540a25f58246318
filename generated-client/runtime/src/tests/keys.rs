//! Keys by which a server knows a call that is made again: one for a call, whatever becomes of its attempts.

use super::api::{Call, Client, Error, ErrorCode};
use super::stage::{Act, Stage};
use crate::rt_for_generator_3 as rt;

/// What must be done once.
struct Pay;

impl rt::Operation for Pay {
    type Output = ();
    type Error = PayError;
    const TABLE: rt::Table = rt::post("/payments").id("payments.create");
    const PARAMS: &'static [rt::Param] = &[
        rt::InHeader("Idempotency-Key", &[rt::Optional, rt::IdempotencyKey, rt::MaxLength(40)]),
        rt::InBody("reference", &[rt::DefaultFrom("Idempotency-Key")]),
    ];
    const RETRY: rt::Retry = rt::Retry::Keyed;
}

static BUSY: rt::ErrorCase = rt::error("busy", &[429]).retry_safe();
static DECLINED: rt::ErrorCase = rt::error("declined", &[402]);

#[derive(Debug)]
enum PayError {
    Busy,
    Declined,
}

rt::documented_error!(PayError);

impl rt::OperationError for PayError {
    type Code = ErrorCode;
    const VARIANTS: &'static [rt::Variant<Self>] =
        &[rt::case(&BUSY, |_| Self::Busy), rt::case(&DECLINED, |_| Self::Declined)];
}

fn pay(client: &Client) -> Call<Pay> {
    client.0.call([])
}

fn pay_as(client: &Client, key: &str) -> Call<Pay> {
    let call: rt::Call<Pay> = client.0.call([]);
    Call(call.set("Idempotency-Key", key))
}

fn keys(stage: &Stage) -> Vec<String> {
    stage.requests().iter().map(|sent| sent.headers()["idempotency-key"].to_str().unwrap().to_owned()).collect()
}

async fn failed(script: impl IntoIterator<Item = Act>, key: Option<&str>) -> (Error<PayError>, usize) {
    let stage = Stage::new(script);
    let client = stage.client();
    let call = key.map_or_else(|| pay(&client), |key| pay_as(&client, key));
    (call.await.unwrap_err(), stage.requests().len())
}

#[tokio::test]
async fn every_attempt_of_a_call_has_its_key_and_every_call_another() {
    let stage = Stage::new([Act::Broken, Act::status(502, ""), Act::ok("{}"), Act::ok("{}")]);
    let client = stage.client();
    pay(&client).await.unwrap();
    pay(&client).await.unwrap();
    let keys = keys(&stage);
    assert_eq!(keys[0].len(), 36);
    assert!(keys[0] == keys[1] && keys[1] == keys[2] && keys[2] != keys[3], "{keys:?}");
    // What takes its value from the key has it too.
    let body = String::from_utf8(stage.requests()[0].body().to_vec()).unwrap();
    assert!(body.starts_with(&format!(r#"{{"reference":"{}""#, keys[0])), "{body}");
}

#[tokio::test]
async fn a_caller_may_give_the_key() {
    let stage = Stage::new([Act::Broken, Act::ok("{}")]);
    pay_as(&stage.client(), "order-17").await.unwrap();
    assert_eq!(keys(&stage), ["order-17", "order-17"]);
    pay(&stage.client()).validate().unwrap();
    assert!(pay_as(&stage.client(), &"k".repeat(41)).validate().is_err());
}

#[tokio::test]
async fn what_may_have_taken_effect_is_made_again_only_under_the_same_key() {
    let broken = || [Act::Broken, Act::Broken, Act::Broken];
    for (key, retryable) in [(None, false), (Some("order-17"), true)] {
        let (error, made) = failed(broken(), key).await;
        assert_eq!((made, error.is_outcome_unknown(), error.is_retryable()), (3, true, retryable), "{key:?}");
        assert_eq!(
            error.to_string(),
            "payments.create: no answer after 3 attempts; whether the call took effect is unknown"
        );
        // The last attempt says nothing of those before it.
        for last in [Act::Unsent, Act::status(503, ""), Act::status(429, ""), Act::status(400, "")] {
            let retries = !matches!(last, Act::Answer(400, ..));
            let (error, _) = failed([Act::Broken, Act::Unsent, last], key).await;
            assert!(error.is_outcome_unknown(), "{error:?}");
            assert_eq!(error.is_retryable(), retryable && retries, "{error:?}");
        }
    }
    // An answer that decides it counts, and one that only asks to come again does not.
    let (error, made) = failed([Act::Broken, Act::status(402, "")], None).await;
    assert!(matches!(error, Error::Api(PayError::Declined)) && made == 2, "{error:?}");
    let (error, _) = failed([Act::status(504, ""), Act::status(429, ""), Act::status(429, "")], None).await;
    assert_eq!((error.status().unwrap().as_u16(), error.is_outcome_unknown()), (504, true));
    // What it says of the time it says of the time when it came.
    let dated = Act::Answer(504, &[("Date", "Mon, 28 May 2018 09:39:25 GMT")], String::new());
    let patient = Act::Answer(429, &[("Retry-After", "7")], String::new());
    let (error, _) = failed([dated, patient, Act::status(429, "")], None).await;
    assert_eq!((error.status().unwrap().as_u16(), error.clock_skew()), (504, Some(0)));
    let (error, _) = failed([Act::status(429, ""), Act::status(429, ""), Act::status(429, "")], None).await;
    assert!(matches!(error, Error::Api(PayError::Busy)) && error.is_retryable(), "{error:?}");
    // Where nothing was sent, or the server says that nothing happened, nothing is open.
    let (error, made) = failed([Act::Unsent, Act::Unsent, Act::Unsent], None).await;
    assert_eq!((made, error.is_outcome_unknown(), error.is_retryable()), (3, false, true));
    let (error, made) = failed([Act::status(503, ""), Act::status(429, ""), Act::status(503, "")], None).await;
    assert_eq!((made, error.is_outcome_unknown(), error.is_retryable()), (3, false, true));
}

#[tokio::test]
async fn a_call_that_is_only_prepared_has_a_key_too() {
    let prepared = pay(&Stage::new([]).client()).prepare().unwrap();
    assert_eq!(prepared.request().headers()["idempotency-key"].len(), 36);
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn the_key_arrives_with_every_attempt() {
    let (address, told) = super::wire::server_of(|number| match number {
        // Whether it took effect nobody can say.
        0 => Vec::new(),
        1 => b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
        _ => b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}".to_vec(),
    })
    .await;
    let client = super::wire::client(&address);
    pay(&client).await.unwrap();
    pay(&client).await.unwrap();
    let key = |request: String| {
        let line = request.lines().find_map(|line| line.strip_prefix("idempotency-key: ").map(str::to_owned));
        line.unwrap_or_else(|| panic!("{request}"))
    };
    let keys: Vec<_> = told.try_iter().map(key).collect();
    assert_eq!(keys.len(), 4);
    assert!(keys[0] == keys[1] && keys[1] == keys[2] && keys[2] != keys[3], "{keys:?}");
}
