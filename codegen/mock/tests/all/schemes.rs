//! Other schemes than the real spec's: what a caller drew is read back from wherever it shows.

use std::time::{Duration, UNIX_EPOCH};

use codegen::ir::Api;
use codegen_mock::Mock;
use codegen_mock::interpret::{Moment, Place, Request, sign};

use crate::caller::{Answer, NOW, exchange};

/// An API with one operation, GET /things, and this signing.
fn api(signing: &str) -> Api {
    let dir = tempfile::tempdir().unwrap();
    let indented: String = signing.lines().map(|line| format!("  {line}\n")).collect();
    let head = "codegen: 1\nname: scheme\ntitle: Scheme\ncredentials: {key: {env: KEY}, secret: {env: SECRET}}\n";
    std::fs::write(dir.path().join("api.yaml"), format!("{head}signing:\n{indented}")).unwrap();
    let things = "operations: {list: {http: GET /things, params: {q: string}}}\n";
    std::fs::write(dir.path().join("things.yaml"), things).unwrap();
    codegen::load(dir.path()).unwrap_or_else(|failure| panic!("{failure}"))
}

/// A caller of the mock of a scheme.
struct Caller {
    mock: Mock,
    signing: Api,
}

impl Caller {
    async fn new(scheme: &str) -> Self {
        let mock = Mock::builder(api(scheme)).clock(|| UNIX_EPOCH + Duration::from_millis(NOW as u64)).start().await;
        Self { mock: mock.unwrap(), signing: api(scheme) }
    }

    /// The answer to a call that is signed at a moment, after its request line was changed.
    fn call(&self, moment: &Moment, change: impl Fn(String) -> String) -> u16 {
        let address = format!("{}/things", self.mock.address());
        let request = Request::new("GET", &address).unwrap().field(Place::Query, "q", "a b/ü");
        let credentials = ["test-key", "test-secret"].map(str::to_owned);
        let signed = sign(&self.signing.signing, &credentials, moment, request).unwrap();
        let (target, socket) = (change(signed.request.target()), self.mock.socket());
        let text = format!("GET {target} HTTP/1.1\r\nHost: {socket}\r\nConnection: close\r\n\r\n");
        Answer::parse(&exchange(socket, text.as_bytes())).status
    }

    fn send(&self, moment: &Moment) -> u16 {
        self.call(moment, |target| target)
    }
}

fn moment(number: i64) -> Moment {
    Moment {
        now: NOW,
        nonce: number,
        counter: NOW + number,
        uuid: format!("0f3e9c52-6d1b-4e8a-9c7f-{number:012x}"),
        nonce_hex: [(8, format!("{number:016x}"))].into(),
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
        // Two values without a text between them cannot be told apart.
        let readable = !shows.starts_with("concat(now.format(\"%Y-") && !shows.starts_with("concat(secret");
        let caller = Caller::new(&scheme).await;
        assert_eq!(caller.send(&moment(1)), if readable { 200 } else { 403 }, "{shows}");
        if readable {
            assert_eq!(caller.send(&moment(1)), 403, "{shows}: used before");
            assert_eq!(caller.send(&moment(2)), 200, "{shows}");
            let old = Moment { now: NOW - 2 * 86_400_000, ..moment(3) };
            assert_eq!(caller.send(&old), 403, "{shows}: old");
            let spoilt = caller.call(&moment(4), |target| target.replace("q=a", "q=b"));
            assert_eq!(spoilt, 403, "{shows}: spoilt");
        }
    }
}

#[tokio::test]
async fn without_a_clock_nothing_is_too_old() {
    let caller = Caller::new("steps: {sig: 'hmac_sha1(secret, target).hex()'}\nsend: {sig: sig}").await;
    let old = Moment { now: 0, ..moment(1) };
    assert_eq!((caller.send(&old), caller.send(&old)), (200, 200));
    assert_eq!(caller.call(&old, |target| target.replace("/things?", "/things?x=1&")), 403);
}

#[tokio::test]
async fn what_is_sent_counts_as_it_is_spelled() {
    let scheme = "inject: {t: now.epoch_s()}\nsteps: {sig: 'hmac_sha1(secret, query).hex()'}\nsend: {sig: sig}";
    let caller = Caller::new(scheme).await;
    assert_eq!(caller.send(&moment(1)), 200);
    // The query is signed as sent, so that another spelling of the same is another query.
    assert_eq!(caller.call(&moment(1), |target| target.replace("a%20b", "a+b")), 403);
    assert_eq!(caller.call(&moment(1), |target| target.replace("&t=", "&&t=")), 403);
    assert_eq!(caller.call(&moment(1), |target| target.replace("&t=", "&t=0")), 403);
}
