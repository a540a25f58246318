//! Other schemes than the real spec's: what a caller drew is read back from wherever it shows.

use std::time::{Duration, UNIX_EPOCH};

use codegen::ir::Api;
use codegen_mock::Mock;
use codegen_mock::interpret::{Moment, Place, Request, sign};

use crate::caller::{Answer, NOW, exchange};

/// An API with a few operations and this signing.
pub(crate) fn api(signing: &str) -> Api {
    let dir = tempfile::tempdir().unwrap();
    let indented: String = signing.lines().map(|line| format!("  {line}\n")).collect();
    let head = "codegen: 1\nname: scheme\ntitle: Scheme\ncredentials: {key: {env: KEY}, secret: {env: SECRET}}\n";
    std::fs::write(dir.path().join("api.yaml"), format!("{head}signing:\n{indented}")).unwrap();
    let things = "operations:
  list: {http: GET /things, params: {q: string}}
  create: {http: POST /things, params: {q: string}}
  open: {http: GET /open, signed: false}
";
    std::fs::write(dir.path().join("things.yaml"), things).unwrap();
    codegen::load(dir.path()).unwrap_or_else(|failure| panic!("{failure}"))
}

/// A caller of the mock of a scheme.
pub(crate) struct Caller {
    pub(crate) mock: Mock,
    signing: Api,
}

/// A request as it is sent.
pub(crate) struct Sent {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

#[tokio::test]
async fn a_secret_is_what_signing_decodes_it_from() {
    let scheme =
        |value: &str| api(&format!("steps:\n  raw: {value}\n  s: hmac_sha256(raw, path).hex()\nsend:\n  s: s"));
    let message = |mock: std::io::Result<Mock>| mock.err().map(|error| error.to_string());
    // `test-secret` has an odd number of letters, and base64 has four digits for three of them.
    for (value, made_up) in [
        ("secret.decode_hex()", "746573742d73656372657400"),
        ("secret.decode_base64()", "746573742d73656372657400"),
        ("secret.lower().decode_base64url()", "test-secret"),
        ("concat(secret, key)", "test-secret"),
        ("if_empty(query, secret, secret.decode_hex().hex())", "test-secret"),
    ] {
        let mock = Mock::builder(scheme(value)).start().await.unwrap();
        assert_eq!(mock.credential("secret"), made_up, "{value}");
        assert_eq!(mock.credential("key"), "test-key", "{value}");
    }
    let given = Mock::builder(scheme("secret.decode_hex()")).credential("secret", "xyz").start().await;
    let expected = "the credential `secret` is not hexadecimal, as signing needs it: give one that is";
    assert_eq!(message(given).as_deref(), Some(expected));
    let nothing = Mock::builder(scheme("concat(\"-\", secret).decode_base64()")).start().await;
    assert!(message(nothing).is_some_and(|text| text.starts_with("the credential `secret` is not ")));
}

impl Caller {
    pub(crate) async fn new(scheme: &str) -> Self {
        let mock = Mock::builder(api(scheme)).clock(|| UNIX_EPOCH + Duration::from_millis(NOW as u64)).start().await;
        Self { mock: mock.unwrap(), signing: api(scheme) }
    }

    /// The answer to a call that is signed at a moment, and then changed.
    pub(crate) fn call(&self, method: &str, moment: &Moment, change: impl Fn(&mut Sent)) -> u16 {
        let address = format!("{}/things", self.mock.address());
        let place = if method == "GET" { Place::Query } else { Place::Body };
        let request = Request::new(method, &address).unwrap().field(place, "q", "a b/\u{fc}");
        let credentials = ["test-key", "test-secret"].map(str::to_owned);
        let signed = sign(&self.signing.signing, &credentials, moment, request).unwrap().request;
        let mut sent = Sent {
            line: format!("{method} {}", signed.target()),
            headers: signed.headers(),
            body: String::from_utf8(signed.body()).unwrap(),
        };
        change(&mut sent);
        let headers: String = sent.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let Sent { line, body, .. } = sent;
        let length = body.len();
        let text = format!("{line} HTTP/1.1\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}");
        Answer::parse(&exchange(self.mock.socket(), text.as_bytes())).status
    }

    /// The answer to a GET whose request line was changed.
    pub(crate) fn get(&self, moment: &Moment, change: impl Fn(&str) -> String) -> u16 {
        self.call("GET", moment, |sent| sent.line = change(&sent.line))
    }

    pub(crate) fn send(&self, moment: &Moment) -> u16 {
        self.get(moment, str::to_owned)
    }
}

pub(crate) fn moment(number: i64) -> Moment {
    Moment {
        now: NOW,
        nonce: number,
        counter: NOW + number,
        uuid: format!("0f3e9c52-6d1b-4e8a-9c7f-{number:012x}"),
        nonce_hex: [4_u8, 8, 16]
            .map(|bytes| (bytes.into(), format!("{number:0width$x}", width = 2 * usize::from(bytes))))
            .into(),
    }
}

#[tokio::test]
async fn clocks_and_nonces_are_read_back_from_wherever_they_show() {
    let digest = "hmac_sha256(secret, join(\"\\n\", method, target, seen)).hex()";
    for shows in [
        "concat(now.epoch_ms(), \";\", nonce())",
        "join(\"/\", \"v1\", key, uuid(), now.epoch_s(), \"\")",
        "concat(now.plus(60).format(\"%a, %d %b %Y %H:%M:%S GMT\"), \" \", nonce_hex(8))",
        "concat(now.format(\"%Y-%m-%dT%H:%M:%S.%fZ\").lower(), counter()).base64url_unpadded()",
        "concat(now.minus(5).format(\"%H:%M %Y%m%d\"), \":\", nonce_hex(8).upper())",
        "concat(counter(), \"/\", now.format(\"%Y%m%d\"))",
        "concat(secret.lower(), uuid(), \"-\", now.epoch_ms())",
    ] {
        let scheme = format!("steps: {{seen: '{shows}', sig: '{digest}'}}\nsend: {{shown: seen, sig: sig}}");
        let caller = Caller::new(&scheme).await;
        assert_eq!(caller.send(&moment(1)), 200, "{shows}");
        assert_eq!(caller.send(&moment(1)), 403, "{shows}: used before");
        assert_eq!(caller.send(&moment(2)), 200, "{shows}");
        let old = Moment { now: NOW - 2 * 86_400_000, ..moment(3) };
        assert_eq!(caller.send(&old), 403, "{shows}: old");
        let spoilt = caller.get(&moment(4), |line| line.replace("q=a", "q=b"));
        assert_eq!(spoilt, 403, "{shows}: spoilt");
    }
}

#[tokio::test]
async fn without_a_clock_nothing_is_too_old() {
    let caller = Caller::new("steps: {sig: 'hmac_sha1(secret, target).hex()'}\nsend: {sig: sig}").await;
    let old = Moment { now: 0, ..moment(1) };
    assert_eq!((caller.send(&old), caller.send(&old)), (200, 200));
    assert_eq!(caller.get(&old, |line| line.replace("/things?", "/things?x=1&")), 403);
}

#[tokio::test]
async fn what_is_sent_counts_as_it_is_spelled() {
    let scheme = "inject: {t: now.epoch_s()}\nsteps: {sig: 'hmac_sha1(secret, query).hex()'}\nsend: {sig: sig}";
    let caller = Caller::new(scheme).await;
    assert_eq!(caller.send(&moment(1)), 200);
    // The query is signed as sent, so that another spelling of the same is another query.
    assert_eq!(caller.get(&moment(1), |line| line.replace("a%20b", "a+b")), 403);
    assert_eq!(caller.get(&moment(1), |line| line.replace("&t=", "&&t=")), 403);
    assert_eq!(caller.get(&moment(1), |line| line.replace("&t=", "&t=0")), 403);
}

fn drop_header(name: &str) -> impl Fn(&mut Sent) + '_ {
    move |sent| sent.headers.retain(|(header, _)| header != name)
}

pub(crate) fn set_header<'a>(name: &'a str, value: &'a str) -> impl Fn(&mut Sent) + 'a {
    move |sent| sent.headers.iter_mut().filter(|(header, _)| header == name).for_each(|it| it.1 = value.to_owned())
}

#[tokio::test]
async fn what_travels_in_headers_is_checked() {
    let scheme = r#"inject:
  X-Date: {in: header, value: 'now.format("%a, %d %b %Y %H:%M:%S GMT")'}
  X-Nonce: {in: header, value: uuid()}
  X-Hash: {in: header, value: sha256(body).base64(), only_for: [POST]}
  X-Type: {in: header, value: '"json"', unless_empty: body}
steps:
  canonical: join("\n", method, target, header("X-Date"), headers.keep_prefix("x-h").values().join_or("", ""))
  signature: hmac_sha256(secret, canonical).base64()
  basic: concat(key, ":", signature).base64()
send:
  Authorization: {in: header, template: "Basic {basic}"}"#;
    let caller = Caller::new(scheme).await;
    let mut number = 0;
    let mut call = |method: &str, change: &dyn Fn(&mut Sent)| {
        number += 1;
        caller.call(method, &moment(number), change)
    };
    for method in ["GET", "POST"] {
        assert_eq!(call(method, &|_| ()), 200, "{method}");
        assert_eq!(call(method, &drop_header("authorization")), 403, "{method}");
        assert_eq!(call(method, &set_header("authorization", "Basic e30=")), 403, "{method}");
        assert_eq!(call(method, &drop_header("x-date")), 403, "{method}: it is signed");
        assert_eq!(call(method, &drop_header("x-nonce")), 422, "{method}: it is not signed, but must be there");
        assert_eq!(call(method, &set_header("x-nonce", "1")), 422, "{method}");
    }
    assert_eq!(call("POST", &drop_header("x-type")), 422);
    assert_eq!(call("POST", &drop_header("x-hash")), 403);
    assert_eq!(call("POST", &|sent| sent.body = sent.body.replace("a b", "b a")), 422, "the hash is of another body");
    assert_eq!(caller.call("GET", &Moment { now: NOW - 301_000, ..moment(99) }, |_| ()), 403);
    assert_eq!((caller.send(&moment(100)), caller.send(&moment(100))), (200, 403));
}

#[tokio::test]
async fn blanks_at_the_ends_of_a_header_do_not_arrive() {
    let scheme = r#"inject:
  X-Time: {in: header, value: 'concat(" \t", now.epoch_ms(), "  ")'}
steps:
  signature: hmac_sha256(secret, join("\n", method, target, header("X-Time"))).hex()
  padded: concat(" ", signature)
send:
  X-Signature: {in: header, value: padded}
  X-Padded: {in: header, template: "{padded} "}"#;
    let caller = Caller::new(scheme).await;
    let spaced = |sent: &mut Sent| sent.headers.iter_mut().for_each(|(_, value)| *value = format!(" \t{value} \t"));
    assert_eq!(caller.call("GET", &moment(1), |_| ()), 200);
    assert_eq!(caller.call("GET", &moment(2), spaced), 200);
    assert_eq!(caller.call("GET", &moment(3), set_header("x-time", "soon")), 403);
    assert_eq!(caller.call("GET", &Moment { now: NOW - 301_000, ..moment(4) }, spaced), 403, "its time was read");
}

#[tokio::test]
async fn what_signing_adds_is_there_once_and_where_the_spec_says() {
    let scheme = r#"inject:
  t: {in: query, value: now.epoch_s()}
  X-Nonce: {in: header, value: nonce_hex(8)}
steps: {sig: 'hmac_sha1(secret, target).hex()', kind: 'concat("v", "1")'}
send:
  sig: {in: query, value: sig}
  kind: {in: query, value: kind}
  X-Kind: {in: header, value: kind}"#;
    let caller = Caller::new(scheme).await;
    let mut number = 0;
    let mut get = |change: &dyn Fn(&str) -> String| {
        number += 1;
        caller.get(&moment(number), change)
    };
    let part = |line: &str, name: &str| {
        let start = line.find(&format!("&{name}=")).unwrap();
        let end = line[start + 1..].find('&').map_or(line.len(), |end| start + 1 + end);
        line[start..end].to_owned()
    };
    assert_eq!(get(&str::to_owned), 200);
    // All of these have the right signature of what they say besides.
    for name in ["sig", "kind"] {
        assert_eq!(get(&|line| format!("{line}{}", part(line, name))), 403, "{name} twice");
    }
    assert_eq!(get(&|line| line.replace(&part(line, "t"), &part(line, "t").repeat(2))), 403, "the time twice");
    let first = |line: &str, name: &str| {
        let part = part(line, name);
        line.replace(&part, "").replace('?', &format!("?{}&", &part[1..]))
    };
    assert_eq!(get(&|line| first(line, "sig")), 403, "not behind the parameters");
    assert_eq!(get(&|line| first(line, "kind")), 403, "not behind the signature");
    assert_eq!(get(&|line| format!("{}{}", line.replace(&part(line, "sig"), ""), part(line, "sig"))), 403);

    let twice = |name: &'static str| {
        move |sent: &mut Sent| {
            let header = sent.headers.iter().find(|(header, _)| header == name).unwrap().clone();
            sent.headers.push(header);
        }
    };
    assert_eq!(caller.call("GET", &moment(90), twice("x-kind")), 403);
    assert_eq!(caller.call("GET", &moment(91), twice("x-nonce")), 422);
    assert_eq!(caller.call("GET", &moment(92), |_| ()), 200);
    // The signature is right, and says nothing of it.
    assert_eq!(caller.call("GET", &moment(93), set_header("x-nonce", "00ff")), 422);
}

#[tokio::test]
async fn what_goes_with_the_parameters_goes_anywhere_among_them_once() {
    let scheme = "steps: {sig: 'hmac_sha1(secret, params.pairs(\"=\").join_or(\"&\", \"\")).hex()'}\nsend: {sig: sig}";
    let caller = Caller::new(scheme).await;
    let signature = |line: &str| line.split_once("&sig=").unwrap().1.to_owned();
    assert_eq!(
        caller.get(&moment(1), |line| line.replace('?', &format!("?sig={}&", signature(line))).replacen(
            &format!("&sig={}", signature(line)),
            "",
            1
        )),
        200
    );
    assert_eq!(caller.get(&moment(2), |line| format!("{line}&sig={}", signature(line))), 403);
    let in_both = |sent: &mut Sent| sent.line = "POST /things?sig=0".to_owned();
    assert_eq!(caller.call("POST", &moment(3), |_| ()), 200);
    assert_eq!(caller.call("POST", &moment(4), in_both), 403);
    let twice = |sent: &mut Sent| sent.body = sent.body.replace('{', "{\"sig\":\"0\",");
    assert_eq!(caller.call("POST", &moment(5), twice), 403);
}

#[tokio::test]
async fn what_travels_in_a_body_is_checked() {
    let scheme = r#"inject:
  timestamp: now.epoch_ms()
  counter: counter()
steps:
  signature: hmac_sha256(secret, body_params.drop("counter").pairs("=").join_or("&", "")).hex()
  whole: hmac_sha256(secret, query).hex()
send:
  signature: {in: body, value: signature, only_for: [POST]}
  whole: {in: query, value: whole}"#;
    let caller = Caller::new(scheme).await;
    assert_eq!(caller.call("POST", &moment(1), |_| ()), 200);
    assert_eq!(caller.call("POST", &moment(1), |_| ()), 403, "counted before");
    let spaced = |sent: &mut Sent| sent.body = sent.body.replace(":", " : ");
    assert_eq!(caller.call("POST", &moment(2), spaced), 200, "only the members are signed");
    let spoilt = |sent: &mut Sent| sent.body = sent.body.replace("a b", "b a");
    assert_eq!(caller.call("POST", &moment(3), spoilt), 403);
    let recounted = |sent: &mut Sent| sent.body = sent.body.replace("\"counter\":", "\"counter\":0");
    assert_eq!(caller.call("POST", &moment(4), recounted), 400, "such a number is no JSON");
    assert_eq!(caller.send(&moment(5)), 200);
}

#[tokio::test]
async fn a_body_is_signed_as_it_is_spelled() {
    let scheme = r#"inject: {timestamp: now.epoch_ms()}
steps: {signature: 'hmac_sha512(secret, body).hex()'}
send: {X-Signature: {in: header, value: signature}}"#;
    let caller = Caller::new(scheme).await;
    assert_eq!(caller.call("POST", &moment(1), |_| ()), 200);
    assert_eq!(caller.call("POST", &moment(2), |sent| sent.body.push('\n')), 403);
    assert_eq!(caller.call("POST", &moment(3), |sent| sent.body = sent.body.replace("\":", "\": ")), 403);
}

#[tokio::test]
async fn what_is_not_signed_needs_no_signature() {
    let caller = Caller::new("steps: {sig: 'sha1(target).hex()'}\nsend: {sig: sig}").await;
    let open = |sent: &mut Sent| sent.line = "GET /open".to_owned();
    assert_eq!(caller.call("GET", &moment(1), open), 200);
    assert_eq!(caller.call("GET", &moment(1), |sent| sent.line = "GET /things".to_owned()), 403);
}
