//! What signing costs beside the same work by hand; `tests/signing_cost.py` runs both under valgrind.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::header::{HeaderMap, HeaderValue};

use super::moment::{Counter, Moment};
use super::request::Materials;
use super::{epoch_ms, hmac_sha256};
use crate::args::{BodyKind, Field, Kind, Location, Sensitivity};
use crate::rt;
use crate::seams::{NoNonce, Nonces};
use crate::tables::{ApiSpec, Endpoint, Payload, Retry, post};
use crate::values::Secret;

/// How often the work is done; once unless somebody measures.
fn rounds() -> usize {
    std::env::var("SIGNING_COST_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1)
}

const PAIRS: [(&str, &str); 9] = [
    ("institute_id", "17"),
    ("email", "teacher@institute.example.com"),
    ("name", "Teacher name"),
    ("password", "Passw0rd!Passw0rd!"),
    ("password_confirmation", "Passw0rd!Passw0rd!"),
    ("role", "teacher"),
    ("identity_provider_id", "3"),
    ("receives_reports", "true"),
    ("report_frequency", "weekly"),
];
const KEY: &str = "0123456789abcdef0123456789abcdef";
const NONCE: i64 = 7_263_847_102_938_471;

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(1_527_500_365_052)
}

struct Fixed;

impl Nonces for Fixed {
    fn nonce(&self) -> Result<i64, NoNonce> {
        Ok(NONCE)
    }
}

/// As it is generated, but for what is accepted: the tests of the workspace compare the two.
#[rustfmt::skip]
fn authenticate_whole(call: &mut rt::Draft<'_>) -> Result<(), rt::SigningError> {
    call.header("Accept", &["application/vnd.invoices.v3"])?;
    call.secret_header("Authorization", &["Token token=", call.credential(0)])?;
    if call.is_unsigned() {
        return Ok(());
    }
    call.inject("timestamp", rt::epoch_ms(call.now()))?;
    call.inject("nonce", call.nonce()?)?;
    let canonical = call
        .step(
            "canonical",
            call.filled(call.params()?.sort().pairs("="), "params")?.join("?"),
        );
    let signature = call
        .digest("signature", rt::hex(rt::hmac_sha256(call.credential(1), &canonical)));
    call.inject("signature", rt::shown(&signature))?;
    Ok(())
}

/// The same but for the headers, which are sent whether a call is signed or not.
#[rustfmt::skip]
fn authenticate(call: &mut rt::Draft<'_>) -> Result<(), rt::SigningError> {
    call.inject("timestamp", rt::epoch_ms(call.now()))?;
    call.inject("nonce", call.nonce()?)?;
    let canonical = call
        .step(
            "canonical",
            call.filled(call.params()?.sort().pairs("="), "params")?.join("?"),
        );
    let signature = call
        .digest("signature", rt::hex(rt::hmac_sha256(call.credential(1), &canonical)));
    call.inject("signature", rt::shown(&signature))?;
    Ok(())
}

fn by_hand(pairs: &[(&str, &str)]) -> String {
    let (timestamp, nonce) = (epoch_ms(now()).to_string(), NONCE.to_string());
    let mut sorted = Vec::with_capacity(pairs.len() + 2);
    sorted.extend_from_slice(pairs);
    sorted.extend([("timestamp", timestamp.as_str()), ("nonce", nonce.as_str())]);
    sorted.sort_unstable();
    let length = sorted.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
    let mut canonical = String::with_capacity(length);
    for (index, (name, value)) in sorted.iter().enumerate() {
        canonical.push_str(if index == 0 { "" } else { "?" });
        canonical.push_str(name);
        canonical.push('=');
        canonical.push_str(value);
    }
    hex::encode(hmac_sha256(KEY, &canonical))
}

static SIGNED: ApiSpec = ApiSpec::new("any", "", authenticate);
static WHOLE: ApiSpec = ApiSpec::new("any", "", authenticate_whole);
static ENDPOINTS: [Endpoint; 2] = [endpoint(&SIGNED), endpoint(&WHOLE)];

const fn endpoint(api: &'static ApiSpec) -> Endpoint {
    Endpoint {
        api,
        id: "any",
        line: post("/users").line,
        params: &[],
        payload: Payload::Nothing,
        paging: None,
        last: &[],
        retry: Retry::Never,
        encoding: None,
        envelope: &api.envelope,
        empty_on: &[],
        empty_after: &[],
        error: |_| None,
        signed: true,
        also_under: &[],
        or_one: false,
        anonymous: false,
        below_host: false,
    }
}

#[test]
fn compiled() {
    sign(&ENDPOINTS[0]);
}

#[test]
fn compiled_with_headers() {
    sign(&ENDPOINTS[1]);
}

fn sign(endpoint: &'static Endpoint) {
    let field = |(name, text): (&'static str, &'static str)| {
        let (kind, location, sensitivity) = (Kind::Text, Location::Body, Sensitivity::Public);
        Field { sensitivity, ..Field::new(name, text.into(), kind, location) }
    };
    let fields = PAIRS.map(field);
    let (headers, credentials) = (HeaderMap::new(), [Secret::from("0123456789abcdef"), Secret::from(KEY)]);
    let (user_agent, counter) = (HeaderValue::from_static("cost"), Counter::default());
    let materials = Materials {
        endpoint,
        base: "https://example.com",
        origin: None,
        path: "/users",
        fields: &fields,
        body_kind: BodyKind::Json,
        files: &[],
        headers: &headers,
        credentials: Some(&credentials),
        user_agent: &user_agent,
    };
    let expected = by_hand(&PAIRS);
    for _ in 0..rounds() {
        let moment = Moment::new(now(), &Fixed, &counter);
        let draft = std::hint::black_box(&materials).signed(&moment).unwrap();
        assert_eq!(draft.injected.last().map(|field| &*field.text), Some(&*expected));
    }
}

#[test]
fn raw() {
    let expected = by_hand(&PAIRS);
    for _ in 0..rounds() {
        assert_eq!(by_hand(std::hint::black_box(&PAIRS)), expected);
    }
}
