//! What a draft reads and where it writes, through requests that are signed by hand.

use std::time::{Duration, UNIX_EPOCH};

use http::header::{HeaderMap, HeaderValue};

use super::moment::{Counter, Moment};
use super::request::Materials;
use super::{Draft, Explanation, SigningError, base64, hex, hmac_sha256, join, sha256, shown, text};
use crate::args::{BodyKind, Field, Kind, Location, Sensitivity};
use crate::seams::{NoNonce, Nonces};
use crate::tables::{ApiSpec, Endpoint, Line, Payload, Table, get, post};
use crate::values::Secret;

type Sign = fn(&mut Draft<'_>) -> Result<(), SigningError>;

/// A request to be signed.
struct Case {
    line: Line,
    fields: Vec<Field<'static>>,
    is_form: bool,
    signed: bool,
    secret: &'static str,
}

struct Fixed;

impl Nonces for Fixed {
    fn nonce(&self) -> Result<i64, NoNonce> {
        Ok(0x0102_0304_0506_0708)
    }
}

impl Case {
    fn new(table: Table) -> Self {
        Self { line: table.line, fields: Vec::new(), is_form: false, signed: true, secret: "c2VjcmV0" }
    }

    fn field(mut self, location: Location, name: &'static str, text: &'static str) -> Self {
        let sensitivity = if name == "password" { Sensitivity::Secret } else { Sensitivity::Public };
        self.fields.push(Field { sensitivity, ..Field::new(name, text.into(), Kind::Text, location) });
        self
    }

    fn explain(&self, sign: Sign) -> Result<(http::Request<bytes::Bytes>, Explanation), SigningError> {
        let api: &'static ApiSpec = Box::leak(Box::new(ApiSpec::new("any", "", sign)));
        let endpoint = Endpoint {
            api,
            id: "any",
            line: self.line,
            params: &[],
            payload: Payload::Nothing,
            paging: None,
            last: &[],
            retry: self.line.retry(),
            encoding: None,
            envelope: &api.envelope,
            empty_on: &[],
            empty_after: &[],
            error: |_| None,
            signed: self.signed,
            also_under: &[],
            or_one: false,
            anonymous: false,
            below_host: false,
        };
        let (credentials, user_agent) = ([Secret::from(self.secret)], HeaderValue::from_static("test"));
        let own = HeaderMap::from_iter([(http::header::FROM, HeaderValue::from_static("me"))]);
        let (nonces, counter) = (Fixed, Counter::default());
        let moment = Moment::new(UNIX_EPOCH + Duration::from_millis(1_527_500_365_052), &nonces, &counter);
        let materials = Materials {
            endpoint: &endpoint,
            base: "https://API.example.com:8443",
            origin: None,
            path: "/v1/a%20b",
            fields: &self.fields,
            body_kind: if self.is_form { BodyKind::Form } else { BodyKind::Json },
            files: &[],
            headers: &own,
            credentials: Some(&credentials),
            user_agent: &user_agent,
        };
        let (request, explanation) = materials.explain("/v1/a%20b", &own, &moment)?;
        Ok((request.map(|body| body.bytes().cloned().unwrap_or_default()), explanation))
    }

    fn request(&self, sign: Sign) -> http::Request<bytes::Bytes> {
        self.explain(sign).unwrap().0
    }

    fn error(&self, sign: Sign) -> SigningError {
        self.explain(sign).unwrap_err()
    }
}

fn header(request: &http::Request<bytes::Bytes>, name: &str) -> String {
    String::from_utf8(request.headers()[name].as_bytes().to_vec()).unwrap()
}

#[test]
fn a_call_is_read_as_it_is_sent() {
    let case = Case::new(post("")).field(Location::Query, "q", "a b").field(Location::Body, "é", "\"");
    let request = case.request(|call| {
        call.header("X-Fixed", &["1"])?;
        call.inject_query("t", 5);
        call.inject_body("n", 7)?;
        let seen = join(
            "|",
            &[
                call.method(),
                call.scheme(),
                call.host(),
                &super::decimal(call.port()),
                &call.authority(),
                call.path(),
                call.query(),
                &call.target(),
                &call.url(),
                &call.utf8(call.body(), "body")?,
                &call.headers().pairs(":").join(","),
                &call.injected().pairs("=").join(","),
                &call.params()?.pairs("=").join(","),
                &call.query_params().names().join(","),
                &call.body_params()?.values().join(","),
                &call.path_params().names().join(","),
                &call.header_value("host")?,
            ],
        );
        call.inject_header("X-Seen", super::escape(seen, super::Escape::Rfc3986))?;
        // The same buffers are sent, whatever comes later goes behind.
        call.inject_query("s", "x&");
        Ok(())
    });
    let seen = percent_encoding::percent_decode_str(&header(&request, "x-seen")).decode_utf8().unwrap().into_owned();
    let body = "{\"é\":\"\\\"\",\"n\":7}";
    let authority = "api.example.com:8443";
    assert_eq!(
        seen,
        format!(
            "POST|https|api.example.com|8443|{authority}|/v1/a%20b|q=a%20b&t=5|/v1/a%20b?q=a%20b&t=5|\
             https://{authority}/v1/a%20b?q=a%20b&t=5|{body}|\
             x-fixed:1,from:me,content-type:application/json,host:{authority}|t=5,n=7|\
             q=a b,é=\",t=5,n=7|q,t|\",7||{authority}"
        )
    );
    assert_eq!(request.body(), body);
    assert_eq!(request.uri().query(), Some("q=a%20b&t=5&s=x%26"));
    assert!(request.headers()["x-seen"].is_sensitive());
}

#[test]
fn a_signed_body_stays_as_it_was() {
    let sign: Sign = |call| {
        let digest = hex(sha256(call.body()));
        call.inject_body("digest", digest)
    };
    let case = Case::new(post("")).field(Location::Body, "a", "1");
    assert_eq!(case.error(sign), SigningError::BodyChanged { parameter: "digest" });
    let case = Case { is_form: true, ..case };
    let request = case.request(sign);
    assert_eq!(request.body(), format!("a=1&digest={}", hex(sha256("a=1"))).as_str());
    assert_eq!(header(&request, "content-type"), "application/x-www-form-urlencoded");
    let whole = Case::new(post("")).field(Location::Document, "", "text");
    assert_eq!(whole.error(|call| call.inject_body("a", 1)), SigningError::WholeBody);
    assert_eq!(whole.error(|call| call.body_params().map(drop)), SigningError::NoFields);
    assert_eq!(whole.error(|call| call.params().map(drop)), SigningError::NoFields);
}

#[test]
fn what_cannot_be_signed_is_named_and_not_shown() {
    let case = Case { secret: "canary!", ..Case::new(get("")) };
    let errors = [
        case.error(|call| call.decode_base64(call.credential(0), "secret").map(drop)),
        case.error(|call| call.decode_base64url(call.credential(0), "secret").map(drop)),
        case.error(|call| call.decode_hex(call.credential(0), "secret").map(drop)),
        case.error(|call| call.utf8([0xff], "bytes").map(drop)),
        case.error(|call| call.header_value("x-none").map(drop)),
        case.error(|call| call.get(call.params()?, "none").map(drop)),
        case.error(|call| call.inject_header("X-Two", "canary\nlines")),
        case.error(|call| call.inject_header("From", "canary")),
    ];
    assert_eq!(
        errors.map(|error| {
            assert!(!format!("{error:?}").contains("canary"));
            error.to_string()
        }),
        [
            "`secret` is not base64, as signing needs it",
            "`secret` is not base64url, as signing needs it",
            "`secret` is not hexadecimal, as signing needs it",
            "`bytes` is not UTF-8, as signing needs it",
            "there is no header `x-none` to sign",
            "there is no field `none` to sign",
            "the header `X-Two` cannot hold its value",
            "the header `from` is set on every call, as the spec says",
        ]
    );
}

#[test]
fn what_is_drawn_for_an_attempt_is_drawn_once() {
    let request = Case::new(get("")).request(|call| {
        assert_eq!(
            (call.nonce()?, call.nonce_hex(4)?, call.uuid()?),
            (call.nonce()?, call.nonce_hex(4)?, call.uuid()?)
        );
        assert_eq!(call.counter()?, call.counter()?);
        call.inject_query("hex", call.nonce_hex(10)?);
        call.inject_query("uuid", call.uuid()?);
        call.inject_query("counter", call.counter()?);
        Ok(())
    });
    assert_eq!(
        request.uri().query(),
        Some("hex=01020304050607080102&uuid=01020304-0506-4708-8102-030405060708&counter=1527500365052")
    );
}

#[test]
fn random_nonces_have_the_form_they_should() {
    let nonces = crate::seams::OsNonces;
    let uuid = nonces.uuid().unwrap();
    let parts: Vec<usize> = uuid.split('-').map(str::len).collect();
    assert_eq!((parts, &uuid[14..15]), (vec![8, 4, 4, 4, 12], "4"));
    assert!("89ab".contains(&uuid[19..20]), "{uuid}");
    let hex = nonces.nonce_hex(64).unwrap();
    assert!(hex.len() == 128 && hex != nonces.nonce_hex(64).unwrap());
}

#[test]
fn an_explanation_masks_secrets_and_keys_but_not_what_is_sent_of_them() {
    let case = Case::new(post("")).field(Location::Body, "password", "canary");
    let (request, explanation) = case
        .explain(|call| {
            let key = call.decode_base64(call.credential(0), "secret")?;
            let key = call.hidden("key", key);
            let order = call.get(super::split_pairs("a=1", ";", "="), "a")?;
            let _order = call.step("order", order);
            let fields = call.body_params()?.own();
            let _fields = call.step("fields", fields);
            let mac = hmac_sha256(&key, call.body());
            let mac = call.digest("mac", mac);
            call.inject_header("X-Mac", shown(base64(&mac)))?;
            call.inject_header("Authorization", super::concat(&["Scheme ", call.credential(0), ":", &hex(&mac)]))?;
            call.inject_query("copy", text(call.credential(0)));
            call.inject_query("basic", super::hidden(base64(call.credential(0))));
            call.inject_header("X-Key", super::hidden(super::join("/", &["v1", &hex(&key)])))?;
            Ok(())
        })
        .unwrap();
    let body = r#"{"password":"canary"}"#;
    assert_eq!(request.body(), body);
    let mac = hmac_sha256("secret", body);
    assert_eq!(
        explanation.to_string(),
        format!(
            "key: ~secret~\norder: 1\nfields: password=~secret~\nmac: {}\n\
             POST https://API.example.com:8443/v1/a%20b?copy=~secret~&basic=~secret~\nfrom: me\nx-mac: {}\n\
             authorization: Scheme ~secret~:{}\nx-key: ~secret~\nuser-agent: test\ncontent-type: application/json\n\n\
             {{\"password\":\"~secret~\"}}\n",
            hex(&mac),
            &*base64(&mac),
            hex(&mac),
        )
    );
}

#[test]
fn what_is_not_signed_says_so_before_it_is() {
    let sign: Sign = |call| {
        call.header("Accept", &["text/plain"])?;
        match call.is_unsigned() {
            true => Ok(()),
            false => call.inject("signature", 1),
        }
    };
    assert_eq!(Case::new(get("")).request(sign).uri().query(), Some("signature=1"));
    let request = Case { signed: false, ..Case::new(get("")) }.request(sign);
    assert_eq!((request.uri().query(), &*header(&request, "accept")), (None, "text/plain"));
}
