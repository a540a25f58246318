//! `codegen sign --check`: files of vectors, and what is said of those that do not come out.

use crate::common::{Folder, codegen, repository};
use crate::sign::{SECRET, check, fixture, sign};

#[test]
fn vectors_of_another_implementation_come_out() {
    let vectors = repository("tests/vectors/proctorexam-check.json");
    let outcome = sign(&["--check", vectors.to_str().expect("a path in UTF-8")]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
    assert_eq!(outcome.stdout, "119 vectors come out as they should\n");
}

#[test]
fn calls_are_those_of_generated_clients() {
    for (name, count) in [("encodings", 38), ("kinds", 2)] {
        let vectors = repository(&format!("tests/vectors/{name}-check.json"));
        let outcome = fixture(name, &["--check", vectors.to_str().expect("a path in UTF-8")]);
        assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
        assert_eq!(outcome.stdout, format!("{count} vectors come out as they should\n"));
    }
}

#[test]
fn a_difference_is_shown_with_its_first_byte() {
    let folder = Folder::new();
    let vector = |change: (&str, &str)| {
        let yaml = format!(
            "- name: one\n  operation: users.list\n  arguments: {{institute_id: 1}}\n  credentials: {{api_token: t, \
             secret_key: {SECRET}}}\n  time: 2018-05-28T09:39:25.052Z\n  nonce: 1527500365\n  expected:\n    steps:\n      \
             canonical: institute_id=1?nonce=1527500365?timestamp=1527500365052\n    headers: {{accept: \
             application/vnd.procwise.v3}}\n"
        );
        folder.write("vectors.yaml", &yaml.replace(change.0, change.1));
        let file = folder.path().join("vectors.yaml");
        sign(&["--check", file.to_str().expect("a path in UTF-8")])
    };
    assert_eq!(vector(("", "")).stdout, "1 vector comes out as it should\n");
    let outcome = vector(("1?nonce", "2?nonce"));
    assert_eq!((outcome.status, outcome.stdout.as_str()), (Some(1), ""));
    assert!(
        outcome.stderr.contains("one: step `canonical` differs at byte 13\n  expected 55 bytes: "),
        "{}",
        outcome.stderr
    );
    let outcome = vector(("accept", "x-other"));
    assert!(outcome.stderr.contains("one: header `x-other` is expected, and there is none"), "{}", outcome.stderr);
    let outcome = vector(("canonical", "canonicle"));
    assert_eq!((outcome.status, outcome.stdout.as_str()), (Some(1), ""));
    let help = "did you mean `canonical`? known here: `canonical`, `signature`";
    assert_eq!(outcome.stderr, format!("one: there is no step `canonicle`; {help}\n"));
    for (change, expected) in [
        (("nonce: 15", "nonse: 15"), "6:10: one: unknown key `nonse`; did you mean `nonce`? known here: `name`,"),
        (("steps:", "step:"), "8:5: one: unknown key `step`; did you mean `steps`? known here: `steps`, `headers`,"),
        (("  time: 2018-05-28T09:39:25.052Z\n", ""), "1:3: one: `time` is missing"),
        (("05-28T09", "02-31T09"), "5:9: one: `2018-02-31T09:39:25.052Z` is no time"),
        (("api_token: t", "api_token: ''"), "4:28: one: the credential `api_token` is empty"),
        (("api_token: t", "api_token: ' t'"), "4:28: one: the credential `api_token` has white space around it"),
        (("api_token: t, ", ""), "4:3: one: the credential `api_token` is missing"),
        (("api_token: t", "api_tokn: t"), "4:27: one: there is no credential `api_tokn`; did you mean `api_token`?"),
        (("api_token: t", "api_token: [t]"), "4:17: one: the credential `api_token` must be a text or a number"),
        (("users.list", "users.lst"), "2:14: one: there is no operation `users.lst`; did you mean `users.list`?"),
        (("users.list", "users.list\n  request: GET /"), "1:3: one: either `operation` or `request` is needed"),
        (("institute_id: 1", "institut_id: 1"), "3:3: one: there is no parameter `institut_id`; did you mean"),
        (("institute_id: 1", "institute_id: x"), "3:3: one: `institute_id` must be a whole number"),
        (("{institute_id: 1}", "[1]"), "3:3: one: `arguments` must be a map"),
        (("nonce: 1527500365", "nonce: soon"), "6:10: one: `nonce` is no whole number"),
        (("nonce: 1527500365", "nonce: null"), "6:10: one: `nonce` must be a text or a number"),
        (("nonce: 1527500365", "uuid: 7"), "6:9: one: `uuid` must be a text"),
        (("name: one", "name: [one]"), "1:3: vector 1: `name` must be a text"),
        (
            ("{accept: application/vnd.procwise.v3}", "{accept: [[a]]}"),
            "10:24: one: header `accept` must be a text or a number",
        ),
        (("- name: one\n", "one:\n"), "1:1: a file of vectors must be a list"),
        (("- name: one", "- name: one\n  name: two"), "2:3"),
    ] {
        let outcome = vector(change);
        // A call that cannot be made is a finding of its vector; what is wrong with the file is not.
        let is_call = ["3:3: one: there is no parameter", "3:3: one: `institute_id`"];
        let code = if is_call.iter().any(|call| expected.starts_with(call)) { 1 } else { 2 };
        assert_eq!((outcome.status, outcome.stdout.as_str()), (Some(code), ""), "{}", outcome.stderr);
        assert!(outcome.stderr.contains(&format!("vectors.yaml:{expected}")), "{change:?}: {}", outcome.stderr);
        assert!(!outcome.stderr.contains("spec") && !outcome.stderr.contains(SECRET), "{}", outcome.stderr);
    }
}

#[test]
fn a_difference_in_what_is_masked_shows_no_value() {
    let vectors = "- operation: things.create
  arguments: {name: Ann, phone: '0470', note: '', pin: '4711', open: seen}
  credentials: {user: c4nary, secret: c2VjcmV0LWMyVmpjbVYw}
  base: http://127.0.0.1/v1
  time: 0
  nonce_hex: {\"8\": 0011223344556677}
  expected:
    steps: {day_key: '00', decoded: c2VjcmV0X, members: name=Anx, body_hash: '0'}
    headers: {X-User: c4, X-Plain: '0', authorization: Basic c}
    target: /v1/x
    body: '{\"name\":\"Anx\"}'
";
    let outcome = check("tests/fixtures/good/derived", vectors, &[]);
    assert_eq!((outcome.status, outcome.stdout.as_str()), (Some(1), ""), "{}", outcome.stderr);
    let text = &outcome.stderr;
    assert!(
        text.contains("step `decoded` differs at byte 8\n  expected 9 bytes, computed 20 bytes; `--reveal`"),
        "{text}"
    );
    assert!(text.contains("step `members` differs at byte 7\n  expected 8 bytes, computed"), "{text}");
    assert!(
        text.contains("step `body_hash` differs at byte ") && text.contains("\n  expected 1 bytes: \"0\"\n"),
        "{text}"
    );
    assert!(text.contains("header `X-Plain` differs at byte ") && text.contains("computed 64 bytes: \""), "{text}");
    assert!(text.contains("target differs at byte 4\n  expected 5 bytes: \"/v1/x\"\n  computed 10 bytes: "), "{text}");
    let hidden = ["c4nary", "c2VjcmV0", "Ann", "Anx", "4711", "Basic"];
    for hidden in hidden {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
    let outcome = check("tests/fixtures/good/derived", vectors, &["--reveal"]);
    for seen in ["Ann", "c2VjcmV0", "Basic"] {
        assert!(outcome.stderr.contains(seen), "{seen}: {}", outcome.stderr);
    }
}

#[test]
fn bytes_are_compared_as_bytes() {
    let vector = |digits: &str| {
        let vectors = format!(
            "- request: POST /a\n  arguments: {{nonce: 1}}\n  credentials: {{api_key: k, private_key: c2VjcmV0}}\n  \
             time: 0\n  expected: {{steps: {{message: \"{digits}\"}}}}\n"
        );
        check("tests/specs/kraken", &vectors, &[])
    };
    // The path, in digits of the other case, and then a hash.
    let text = vector("2F302F612F782F00").stderr;
    assert!(text.contains("step `message` differs at byte 4\n  expected 8 bytes: \""), "{text}");
    assert!(text.contains("computed 36 bytes: \"2f302f61"), "{text}");
    let text = vector("xy").stderr;
    assert!(text.contains("5:31: vector 1: step `message` is bytes, and must be hexadecimal"), "{text}");
}

/// What somebody else has sent, byte for byte, is signed as it is; its fields are those that can be read in it.
#[test]
fn a_request_has_the_bytes_and_headers_that_it_had() {
    let of = |request: &str| {
        let vectors =
            format!("- request: POST /a\n  credentials: {{api_key: k, private_key: c2VjcmV0}}\n  time: 0\n{request}\n");
        let outcome = check("tests/specs/kraken", &vectors, &[]);
        (outcome.status, outcome.stderr)
    };
    let form = "Content-Type: application/x-www-form-urlencoded";
    let good = [
        format!(
            "  body: 'nonce=1&a=%20b'\n  headers: {{{form}}}\n  expected: {{body: 'nonce=1&a=%20b', fields: {{nonce: 1, a: ' b'}}}}"
        ),
        format!("  body: {{hex: 6e6f6e63653d31}}\n  headers: {{{form}}}\n  expected: {{body: nonce=1}}"),
        "  body: '{ \"nonce\" : 1 }'\n  headers: {Content-Type: application/json, X-A: [b, c]}\n  \
         expected: {body: '{ \"nonce\" : 1 }', fields: {nonce: 1}, headers: {x-a: [b, c]}}"
            .to_owned(),
    ];
    for vector in good {
        assert_eq!(of(&vector), (Some(0), String::new()), "{vector}");
    }
    for (vector, expected) in [
        ("  body: [1]\n  expected: {method: POST}", "`body`, unless it is a text, must be a map"),
        ("  body: {hex: 0}\n  expected: {method: POST}", "this is not hexadecimal"),
        ("  body: {base64: QQ==}\n  expected: {method: POST}", "unknown key `base64`"),
        ("  body: a\n  json: {}\n  expected: {method: POST}", "`body` is for a `request` without `json`"),
        (
            "  body: nonce=1\n  arguments: {b: 1}\n  expected: {method: POST}",
            "a body with parameters must not be given as bytes",
        ),
        (
            "  body: '[1]'\n  headers: {Content-Type: application/json}\n  expected: {method: POST}",
            "the body has no fields that could be read",
        ),
        ("  expected: {}", "vector 1: nothing is expected: there is nothing to compare"),
        ("  expected: {headers: {}}", "nothing is expected"),
        ("  headers: {X-A: [[1]]}\n  expected: {method: POST}", "header `X-A` must be a text or a number"),
    ] {
        let (status, text) = of(vector);
        // A call that cannot be signed is a finding; what is wrong with the file is not.
        let code = if expected.contains("fields that") || expected.contains("given as bytes") { 1 } else { 2 };
        assert!(status == Some(code) && text.contains(expected), "{vector}: {text}");
    }
    let headers = "  body: '{\"nonce\": 1}'\n  headers: {Content-Type: application/json, X-A: [b, c]}\n  \
                   expected: {headers: ";
    for (expected, difference) in [
        ("{X-A: b}", "header `X-A` is expected 1 times, and sent 2 times"),
        ("{x-a: [b]}", "header `x-a` is expected 1 times, and sent 2 times"),
        ("{x-a: [b, d]}", "header `x-a` differs at byte 0"),
        ("{x-b: [b, d]}", "header `x-b` is expected, and there is none"),
    ] {
        let (status, text) = of(&format!("{headers}{expected}}}"));
        assert!(status == Some(1) && text.contains(difference), "{expected}: {text}");
    }
    let vector = "- operation: orders.add\n  body: a\n  time: 0\n  expected: {headers: {API-Key: k}}\n";
    let outcome = check("tests/specs/kraken", vector, &[]);
    assert_eq!(outcome.status, Some(2));
    assert!(outcome.stderr.contains("`body` is for a `request` without `json`"), "{}", outcome.stderr);
}

#[test]
fn a_file_of_vectors_has_vectors_of_which_everything_can_be_used() {
    let outcome = check("spec/proctorexam", "[]\n", &[]);
    assert_eq!((outcome.status, outcome.stdout.as_str()), (Some(2), ""));
    assert!(outcome.stderr.contains("vectors.yaml:1:1: there are no vectors in the list"), "{}", outcome.stderr);
    for (nonce, expected) in [
        ("\"4\": 0f1e2d3c", None),
        ("\"4\": 0F1E2D3C", None),
        ("\"4\": 00112233", None),
        ("\"4\": zz", Some("`zz` are no hexadecimal digits of whole bytes")),
        ("\"4\": 0f1e2d3", Some("`0f1e2d3` are no hexadecimal digits of whole bytes")),
        ("\"5\": 0f1e2d3c", Some("these are not the digits of `5` bytes, as their key says")),
        ("x: 0f", Some("these are not the digits of `x` bytes, as their key says")),
    ] {
        let vectors = format!(
            "- operation: users.list\n  arguments: {{institute_id: 1}}\n  credentials: {{api_token: t, secret_key: s}}\n  \
             time: 0\n  nonce_hex: {{{nonce}}}\n  expected: {{method: GET}}\n"
        );
        let outcome = check("spec/proctorexam", &vectors, &[]);
        assert_eq!(outcome.status, Some(if expected.is_some() { 2 } else { 0 }), "{nonce}: {}", outcome.stderr);
        assert!(outcome.stderr.contains(expected.unwrap_or_default()), "{nonce}: {}", outcome.stderr);
    }
}

/// Whoever repairs one is told of all.
#[test]
fn a_vector_that_cannot_be_signed_hides_no_other() {
    let vector = |name: &str, body: &str, target: &str| {
        format!(
            "- name: {name}\n  request: POST /a\n  credentials: {{api_key: k, private_key: c2VjcmV0}}\n  time: 0\n  \
             body: '{body}'\n  headers: {{Content-Type: application/json}}\n  expected: {{target: {target}}}\n"
        )
    };
    let good = "{\"nonce\": 1}";
    let vectors = [vector("first", good, "/b"), vector("second", "[1]", "/a"), vector("third", good, "/c")].concat();
    let outcome =
        check("tests/specs/kraken", &[vectors.as_str(), vector("fourth", good, "/0/a").as_str()].concat(), &[]);
    assert_eq!((outcome.status, outcome.stdout.as_str()), (Some(1), ""));
    for finding in [
        "first: target differs",
        "second: the call cannot be signed: `digest`: the body has no fields",
        "third: target differs",
    ] {
        assert!(outcome.stderr.contains(finding), "{finding}: {}", outcome.stderr);
    }
    assert!(!outcome.stderr.contains("fourth"), "{}", outcome.stderr);
}

#[test]
fn lists_and_fields_are_compared_and_shown_as_json() {
    let steps = "{all: 'params.sort()', names: all.names(), parts: 'list(sha256(\"\").first(2), key)', sig: 'hmac_sha1(key, \
                 concat(all.pairs(\"=\").join_or(\"&\", \"\"), names.join_or(\",\", \"\"), parts.join(\"\"))).hex()'}";
    let spec = Folder::signed_with(steps);
    let arguments = ["sign", spec.text(), "--request", "GET /a?b=%22&a=1", "--credential", "key=k", "--reveal"];
    let outcome = codegen(arguments);
    let shown = "all: [[\"a\",\"1\"],[\"b\",\"\\\"\"]]\nnames: [\"a\",\"b\"]\nparts: [\"e3b0\",\"6b\"]\nsig: \"";
    assert!(outcome.stdout.starts_with(shown), "{}{}", outcome.stdout, outcome.stderr);
    let vector = "- request: GET /a?b=%22&a=1\n  credentials: {key: k}\n  time: 0\n  expected: {steps: {names: '[\"a\",\"b\"]'}}\n";
    spec.write("vectors", vector);
    let file = spec.path().join("vectors");
    let outcome = codegen(["sign", spec.text(), "--check", file.to_str().unwrap_or_default()]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
}
