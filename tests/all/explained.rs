//! What explanations show of keys, and of what is made of them, searched for every real value that nobody may see.

use std::path::Path;

use client_runtime::seams::{NoNonce, Nonces};
use codegen_mock::interpret::{Moment, Place, Request, Value, sign};
use tests::derived::{Client, Credentials, Environment, Prepared};

const USER: &str = "c4nary";
const SECRET: &str = "c2VjcmV0LWMyVmpjbVYw";
const NONCE: &str = "0011223344556677";
const BASE: &str = "http://127.0.0.1:8080/v1";

/// A moment that stands still.
struct At;

impl client_runtime::seams::Clock for At {
    fn now(&self) -> std::time::SystemTime {
        std::time::UNIX_EPOCH
    }
}

impl Nonces for At {
    fn nonce(&self) -> Result<i64, NoNonce> {
        Err(NoNonce)
    }

    fn nonce_hex(&self, _: usize) -> Result<String, NoNonce> {
        Ok(NONCE.to_owned())
    }
}

fn prepared() -> Prepared {
    let credentials = Credentials { user: USER.into(), secret: SECRET.into() };
    let client = Client::builder(Environment::custom(BASE).unwrap()).credentials(credentials).clock(At).nonces(At);
    let call = client.build().unwrap().things().create("Ann".into()).note("").pin("4711").open("seen");
    let call = call.phone("0301234");
    call.prepare().unwrap()
}

/// The real value of every step, by the interpreter.
fn real() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/good/derived");
    let signing = codegen::load(&folder).unwrap_or_else(|failure| panic!("{failure}")).signing;
    let request = Request::new("POST", &format!("{BASE}/things")).unwrap();
    let members = [("name", "Ann"), ("note", ""), ("pin", "4711"), ("open", "seen"), ("phone", "0301234")];
    let request = members.iter().fold(request, |request, (name, text)| request.field(Place::Body, name, text));
    let moment = Moment { nonce_hex: [(8, NONCE.to_owned())].into(), ..Moment::default() };
    let signed = sign(&signing, &[USER.to_owned(), SECRET.to_owned()], &moment, request).unwrap();
    let readable = |value: &Value| match value {
        Value::Bytes(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        Value::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    signing.steps.iter().zip(&signed.steps).map(|(step, value)| (step.name.wire.clone(), readable(value))).collect()
}

#[test]
fn keys_are_masks_and_what_is_made_of_them_is_shown_where_it_is_sent() {
    let prepared = prepared();
    let explanation = prepared.explanation();
    let shown: Vec<_> = explanation.steps().iter().map(|step| (step.name(), step.text())).collect();
    let real = real();
    let real = |name: &str| real.iter().find(|(step, _)| step == name).unwrap().1.as_str();
    let members = "name=~personal~&pin=~secret~&open=seen&phone=~personal~";
    assert_eq!(
        shown,
        [
            ("day_key", "~secret~"),
            ("nonce_key", "~secret~"),
            ("lone_key", real("lone_key")),
            ("decoded", "~secret~"),
            ("body_hash", "~secret~"),
            ("joined", "~secret~//v1/things/~secret~"),
            ("plain", real("plain")),
            ("members", members),
            ("message", &format!("POST\n{members}\n~secret~")),
            ("signature", real("signature")),
            ("lone", real("lone")),
            ("basic", "~secret~"),
            ("inline", "~secret~"),
            ("named", "~secret~"),
            ("called", "~secret~"),
            ("short", "~secret~"),
            ("pin_hash", "~secret~"),
            ("token", "~secret~"),
            ("choice", "~secret~"),
            ("open_choice", "no"),
        ]
    );
    let header = |name: &str| &*explanation.headers().iter().find(|(header, _)| header == name).unwrap().1;
    let sent = |name: &str| prepared.request().headers()[name].to_str().unwrap();
    assert_eq!((header("authorization"), header("x-user")), ("Basic ~secret~", "~secret~"));
    for name in ["x-signature", "x-plain", "x-lone", "x-inline"] {
        assert_eq!(header(name), sent(name));
    }
    for name in ["x-named", "x-called", "x-short", "x-pin", "x-pin-too", "x-token"] {
        assert_eq!(header(name), "~secret~", "{name}");
    }
    assert_eq!((header("x-choice"), sent("x-choice")), ("~secret~-no", "no-no"));
    // What masks stand for says whether it is there.
    let has = |name: &str| explanation.headers().iter().any(|(header, _)| header == name);
    assert_eq!((has("x-other"), prepared.request().headers().contains_key("x-other")), (false, false));
    assert_eq!(
        explanation.body(),
        r#"{"name":"~personal~","note":"","pin":"~secret~","open":"seen","phone":"~personal~"}"#
    );
}

#[test]
fn no_real_value_is_printed() {
    let prepared = prepared();
    let all = format!("{} {:?}", prepared.explanation(), prepared);
    // The others are shown, or too short to be looked for.
    let others = ["lone_key", "plain", "signature", "lone", "short", "choice", "open_choice"];
    for (name, value) in real().into_iter().filter(|(name, _)| !others.contains(&name.as_str())) {
        assert!(!all.contains(&value), "{name}: {all}");
    }
    let sent = |name: &str| prepared.request().headers()[name].to_str().unwrap();
    for value in [USER, SECRET, "Ann", "4711", "0301234", "secret-c2VjcmV0", sent("x-user"), sent("x-pin-too")] {
        assert!(!all.contains(value), "{value}: {all}");
    }
}
