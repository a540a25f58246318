//! What `codegen sign` shows of secrets and personal data: masks in their place.

use crate::common::{codegen, command, repository};
use crate::sign::{CREATE, SECRET, fixture, run, sign};

/// Of the vector `create`, which another implementation computed.
const SIGNATURE: &str = "7869d9ba83186b9c7531c610e886c9017f9c78b7c45586d2b1925d827449fc24";

#[test]
fn a_call_is_signed_and_its_secrets_masked() {
    let outcome = sign(&CREATE);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
    let lines: Vec<_> = outcome.stdout.lines().collect();
    assert!(lines[0].starts_with("canonical: \"email=~masked~?institute_id=1?"), "{}", lines[0]);
    assert_eq!(lines[1], format!("signature: \"{SIGNATURE}\""));
    assert_eq!(lines[3], "POST /api/v3/institutes/1/users");
    assert!(lines.contains(&"authorization: Token token=~masked~"));
    assert!(lines.last().is_some_and(|body| body.ends_with(&format!("\"signature\":\"{SIGNATURE}\"}}"))));
    for hidden in ["Passw0rd", "teacher@institute.com", "Teacher name", "jq560vN9", SECRET] {
        assert!(!outcome.stdout.contains(hidden), "{hidden}");
    }
}

#[test]
fn what_is_masked_is_shown_on_demand() {
    let outcome = sign(&[&CREATE[..], &["--reveal"]].concat());
    assert!(outcome.stdout.contains("password=Passw0rd!?password_confirmation=Passw0rd!?role=teacher"));
    assert!(outcome.stdout.contains("authorization: Token token=jq560vN9KZdAdFtOYH5xXw"));
}

#[test]
fn what_is_personal_within_a_value_is_masked_alone() {
    let one = r#"one={"name":"seen","count":1,"inner":{"on":true,"note":"c4nary"}}"#;
    for operation in ["things.send_json", "things.send_brackets", "things.find_texts"] {
        let outcome = fixture("encodings", &[operation, "id=1", one, "--base", "http://127.0.0.1"]);
        assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
        assert!(outcome.stdout.contains("seen") && outcome.stdout.contains("~masked~"), "{}", outcome.stdout);
        assert!(!outcome.stdout.contains("c4nary"), "{}", outcome.stdout);
    }
}

#[test]
fn keys_are_masks_and_what_is_made_of_them_is_shown_where_it_is_sent() {
    let spec = repository("tests/fixtures/good/derived");
    let explain = |more: &[&str]| {
        let call = ["sign", spec.to_str().expect("a path in UTF-8"), "things.create", "name=Ann", "note=", "pin=4711"];
        let rest = [
            "open=seen",
            "phone=0301234",
            "--base",
            "http://127.0.0.1/v1",
            "--time",
            "0",
            "--nonce-hex",
            "0011223344556677",
        ];
        let mut command = command([&call[..], &rest, more].concat());
        command.env("DERIVED_USER", "c4nary").env("DERIVED_SECRET", "c2VjcmV0LWMyVmpjbVYw");
        let outcome = run(command);
        assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
        outcome.stdout
    };
    let (masked, real) = (explain(&[]), explain(&["--reveal"]));
    let line = |text: &str, name: &str| {
        let found = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ").map(str::to_owned));
        found.unwrap_or_else(|| panic!("{name} is in no line of {text}"))
    };
    for name in
        ["lone_key", "plain", "signature", "lone", "open_choice", "x-signature", "x-plain", "x-lone", "x-inline"]
    {
        assert_eq!(line(&masked, name), line(&real, name), "{name}");
    }
    let keys = ["day_key", "nonce_key", "decoded", "basic", "inline", "pin_hash", "token", "choice"];
    for name in keys.iter().chain(&["body_hash", "named", "called", "short"]) {
        assert_eq!(line(&masked, name), "\"~masked~\"", "{name}");
    }
    assert_eq!(line(&masked, "joined"), "\"~masked~//v1/things/~masked~\"");
    assert_eq!(line(&masked, "members"), "\"name=~masked~&pin=~masked~&open=seen&phone=~masked~\"");
    assert_eq!(line(&masked, "message"), "\"POST\\nname=~masked~&pin=~masked~&open=seen&phone=~masked~\\n~masked~\"");
    assert_eq!((line(&masked, "authorization"), line(&masked, "x-user")), ("Basic ~masked~".into(), "~masked~".into()));
    for name in ["x-named", "x-called", "x-short", "x-pin", "x-pin-too", "x-token"] {
        assert_eq!(line(&masked, name), "~masked~", "{name}");
    }
    assert_eq!((line(&masked, "x-choice"), line(&real, "x-choice")), ("~masked~-no".into(), "no-no".into()));
    // What masks stand for says whether it is there.
    assert_eq!((masked.contains("x-other"), real.contains("x-other")), (false, false));
    for name in ["day_key", "nonce_key", "decoded", "basic", "inline", "pin_hash", "token", "x-user", "x-pin-too"] {
        assert!(!masked.contains(line(&real, name).trim_matches('"')), "{name}");
    }
    for value in ["c4nary", "c2VjcmV0", "Ann", "4711", "0301234"] {
        assert!(!masked.contains(value), "{value}");
    }
}

/// A code of four digits is found by trying all there are, in the hash of a body that is nothing else.
#[test]
fn the_hash_of_a_body_is_shown_where_nothing_is_hidden_in_it() {
    let spec = repository("tests/fixtures/good/derived");
    let hash = |call: &[&str]| {
        let rest = ["--base", "http://127.0.0.1", "--credential", "user=u", "--credential", "secret=c2VjcmV0"];
        let outcome = run(command([&["sign", spec.to_str().expect("a path in UTF-8")], call, &rest].concat()));
        assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
        let line = outcome.stdout.lines().find_map(|line| line.strip_prefix("body_hash: ").map(str::to_owned));
        line.expect("a line of the hash")
    };
    assert_eq!(hash(&["--request", "POST /things", "name=Ann", "phone=1", "pin=4711", "open=3"]).len(), 66);
    assert_eq!(hash(&["things.create", "name=Ann", "phone=1", "pin=4711", "open=3"]), "\"~masked~\"");
}

#[test]
fn a_credential_in_the_path_is_masked_and_one_segment() {
    let spec = repository("tests/specs/telegram");
    let sign = |call: &[&str], more: &[&str]| {
        let credential = ["--credential", "token=1:c4nary/x"];
        let outcome = codegen([&["sign", spec.to_str().expect("a path in UTF-8")], call, &credential, more].concat());
        assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
        outcome.stdout.lines().next().expect("a request line").to_owned()
    };
    for call in [&["bots.show"][..], &["--request", "GET /bot{credentials.token}/getMe"]] {
        assert_eq!(sign(call, &[]), "GET /bot~masked~/getMe");
        assert_eq!(sign(call, &["--reveal"]), "GET /bot1%3Ac4nary%2Fx/getMe");
    }
}

#[test]
fn a_path_names_credentials_as_a_client_knows_them() {
    let spec = repository("tests/specs/telegram");
    let sign = |line: &str, token: &str| {
        let credential = format!("token={token}");
        let path = spec.to_str().expect("a path in UTF-8");
        let call = ["sign", path, "--request", line, "--credential", &credential, "--reveal"];
        let outcome = codegen(call);
        outcome.stdout.lines().next().map_or(outcome.stderr, str::to_owned)
    };
    assert_eq!(sign("GET /bot{credentials.token}/a", "."), "GET /bot./a");
    assert_eq!(sign("GET /b/{credentials.token}.json", "."), "GET /b/..json");
    // What stands in a value, or is written encoded, is text.
    assert_eq!(sign("GET /b/{credentials.token}", "{credentials.token}"), "GET /b/%7Bcredentials.token%7D");
    assert_eq!(sign("GET /b/%7Bcredentials.token%7D", "x"), "GET /b/%7Bcredentials.token%7D");
    let refused = "error: the credential `token` can be no segment of a path\n";
    for (line, token) in [
        ("GET /b/{credentials.token}/a", ".."),
        ("GET /b/{credentials.token}{credentials.token}", "."),
        ("GET /b/.{credentials.token}", "."),
    ] {
        assert_eq!(sign(line, token), refused, "{line}");
    }
    let empty = "error: the credential `token` is empty\n";
    assert_eq!(sign("GET /bot{credentials.token}/a", ""), empty);
    assert_eq!(sign("GET /b/{credentials.tokn}", "x"), "error: this API has no credential `tokn`\n");
}
