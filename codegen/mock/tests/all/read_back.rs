//! What the mock reads back of a call, what it takes as it came, and what it says that it cannot see.

use codegen_mock::Mock;
use codegen_mock::interpret::Moment;

use crate::caller::{Answer, NOW, exchange};
use crate::schemes::{Caller, Sent, moment, set_header};

/// Holds the mock's answers to calls that are right, used before, spoilt and old against what they should be.
fn is_judged(caller: &Caller, name: &str, shows_time: bool) {
    let spoil = |sent: &mut Sent| {
        sent.line = sent.line.replace("q=a", "q=b");
        sent.body = sent.body.replace("a b", "b a");
    };
    for method in ["GET", "POST"] {
        let number = if method == "GET" { 1 } else { 11 };
        let call = |number: i64, change: &dyn Fn(&mut Sent)| caller.call(method, &moment(number), change);
        assert_eq!(call(number, &|_| ()), 200, "{name}: {method}");
        assert_eq!(call(number, &|_| ()), 403, "{name}: {method}, used before");
        assert_eq!(call(number + 1, &|_| ()), 200, "{name}: {method}, another");
        assert_eq!(call(number + 2, &spoil), 403, "{name}: {method}, spoilt");
        let old = Moment { now: NOW - 86_400_000, ..moment(number + 3) };
        assert_eq!(caller.call(method, &old, |_| ()), if shows_time { 403 } else { 200 }, "{name}: {method}, old");
    }
}

#[tokio::test]
async fn what_cannot_be_read_back_is_taken_once() {
    let digest = "hmac_sha256(secret, concat(target, body, now.epoch_s()))";
    // What is injected, what is signed beside the call, and how all of it is sent.
    for (inject, seen, template) in [
        ("{n: 'uuid().replace(\"-\", \"\")', t: now.epoch_s()}", "params.get(\"n\")", "{sig}"),
        ("{n: 'uuid().replace(\"-\", \"\")', t: now.epoch_s()}", "uuid().replace(\"-\", \"\")", "{sig}"),
        ("{n: nonce_hex(16).decode_hex().base64(), t: now.epoch_s()}", "nonce_hex(16).decode_hex().base64()", "{sig}"),
        ("{n: 'concat(now.epoch_ms(), nonce_hex(4))', t: now.epoch_s()}", "injected.get(\"n\")", "{sig}"),
        ("{n: 'concat(now.epoch_ms(), nonce_hex(4))'}", "nonce_hex(4)", "{sig}"),
        ("{n: md5(uuid()).hex(), t: now.epoch_s()}", "md5(uuid()).hex()", "{sig}"),
        ("{n: nonce(), t: 'if_method(\"GET\", concat(now.epoch_s()), concat(now.epoch_ms()))'}", "key", "{sig}"),
        ("{n: nonce(), t: 'now.format(\"%Y-%m-%dT%H:%M:%SZ\").escape(\"rfc3986\")'}", "key", "{sig}"),
        ("{n: nonce(), t: 'now.format(\"%Y-%m-%d %H:%M:%S\").escape(\"form\")'}", "key", "{sig}"),
        ("{}", "uuid().replace(\"-\", \"\")", "{auth}, s={sig}"),
        ("{}", "md5(concat(uuid(), now.epoch_ms())).hex()", "{listed}:{sig}"),
        ("{}", "nonce()", "{sorted} {sig}"),
    ] {
        let mut statements = format!("inject: {inject}\nsteps:\n  nonce: '{seen}'\n");
        for step in [
            "auth: 'field(\"k\", key).and(field(\"t\", now.epoch_s())).and(field(\"n\", nonce)).pairs(\"=\").join(\", \")'",
            "listed: 'list(key, now.epoch_s(), nonce).join(\":\")'",
            "sorted: 'field(\"t\", now.epoch_s()).and(field(\"n!\", nonce)).escape(\"rfc3986\").sort()             .format(\"\", \"=\\\"\", \"\\\"\").join_or(\",\", \"\")'",
        ] {
            let name = step.split(':').next().unwrap();
            if template.contains(name) {
                statements.push_str(&format!("  {step}\n"));
            }
        }
        statements.push_str(&format!("  digest: '{}'\n", digest.replace(", now", ", nonce, now")));
        statements.push_str(&format!(
            "  sig: digest.base64()\nsend:\n  Authorization: {{in: header, template: '{template}'}}"
        ));
        let caller = Caller::new(&statements).await;
        assert_eq!(caller.mock.notices(), [""; 0], "{statements}");
        is_judged(&caller, &statements, true);
    }
}

#[tokio::test]
async fn a_time_behind_a_digest_is_taken_as_it_came() {
    let scheme = r#"inject: {t: md5(concat(now.epoch_s())).hex(), n: uuid()}
steps: {sig: 'hmac_sha1(secret, concat(target, body)).hex()'}
send: {X-Sig: {in: header, value: sig}}"#;
    let caller = Caller::new(scheme).await;
    assert_eq!(caller.mock.notices(), ["the mock cannot read the time of a call: it refuses none that is old"]);
    is_judged(&caller, scheme, false);
}

#[tokio::test]
async fn what_no_call_shows_is_said() {
    for scheme in [
        "steps: {sig: 'hmac_sha1(secret, uuid()).hex()'}\nsend: {sig: sig}",
        "steps: {seen: 'concat(nonce(), counter())', sig: 'hmac_sha1(secret, seen).hex()'}\nsend: {seen: seen, sig: sig}",
    ] {
        let caller = Caller::new(scheme).await;
        let expected = "the mock cannot read from a call what was drawn for `";
        assert!(caller.mock.notices().iter().all(|notice| notice.starts_with(expected)), "{scheme}");
        assert_eq!((caller.mock.notices().len(), caller.send(&moment(1))), (1, 403), "{scheme}");
    }
}

#[tokio::test]
async fn a_digest_over_what_was_taken_is_computed() {
    let scheme = r#"inject:
  X-Digest: {in: header, value: 'sha256(concat(body, target, uuid().replace("-", ""))).hex()'}
  X-Nonce: {in: header, value: 'uuid().replace("-", "")'}
steps: {sig: 'hmac_sha1(secret, header("X-Nonce")).hex()'}
send: {X-Sig: {in: header, value: sig}}"#;
    let caller = Caller::new(scheme).await;
    assert_eq!(caller.send(&moment(1)), 200);
    assert_eq!(caller.get(&moment(2), |line| line.replace("q=a", "q=b")), 422);
    assert_eq!(caller.call("GET", &moment(3), set_header("x-nonce", "")), 403);
}

#[tokio::test]
async fn fixed_headers_are_what_arrives_of_them() {
    let head = "codegen: 1\nname: fixed\ntitle: Fixed\ncredentials: {key: {env: KEY}}\n";
    let dir = tempfile::tempdir().unwrap();
    let headers = "headers: {X-Fix: \" a \", X-Key: \"  k {key}\"}\n";
    std::fs::write(dir.path().join("api.yaml"), format!("{head}{headers}")).unwrap();
    std::fs::write(dir.path().join("things.yaml"), "operations: {list: {http: GET /things}}\n").unwrap();
    let api = codegen::load(dir.path()).unwrap_or_else(|failure| panic!("{failure}"));
    let mock = Mock::builder(api).credential("key", "abc").start().await.unwrap();
    let status = |fixed: &str, key: &str| {
        let request =
            format!("GET /things HTTP/1.1\r\nhost: x\r\nx-fix:{fixed}\r\nx-key:{key}\r\nconnection: close\r\n\r\n");
        Answer::parse(&exchange(mock.socket(), request.as_bytes())).status
    };
    assert_eq!((status(" a ", " k abc "), status("a", "k abc")), (200, 200));
    assert_eq!((status("b", "k abc"), status("a", "k abd"), status("a", "k  abc")), (400, 401, 401));
}
