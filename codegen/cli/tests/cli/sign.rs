//! `codegen sign` as people run it.

#![expect(clippy::expect_used, reason = "a test that cannot set up its scene has failed")]

use std::process::Command;

use crate::common::{Folder, Outcome, codegen, command, repository};

pub(crate) const SECRET: &str = "NNAK4kQK3hveFpuuRMeC-DFRgn0nnUn4XpPSWofvXxY";

pub(crate) fn run(mut command: Command) -> Outcome {
    let output = command
        .env("PROCTOREXAM_API_TOKEN", "jq560vN9KZdAdFtOYH5xXw")
        .env("PROCTOREXAM_SECRET_KEY", SECRET)
        .output()
        .expect("the command starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Outcome { status: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

pub(crate) fn sign(arguments: &[&str]) -> Outcome {
    let spec = repository("spec/proctorexam");
    let spec = spec.to_str().expect("a path in UTF-8");
    run(command([&["sign", spec], arguments].concat()))
}

pub(crate) const CREATE: [&str; 10] = [
    "users.create",
    "institute_id=1",
    "email=teacher@institute.com",
    "name=Teacher name",
    "password=Passw0rd!",
    "role=teacher",
    "--time",
    "1527500365052",
    "--nonce",
    "1527500365",
];

#[test]
fn what_the_spec_does_not_describe_is_signed_too() {
    let outcome = sign(&["--request", "GET /student_sessions/1/reviewable", "a=b c", "--time", "5", "--nonce", "1"]);
    assert!(outcome.stdout.starts_with("canonical: \"a=b c?nonce=1?timestamp=5\"\n"), "{}", outcome.stdout);
    assert!(
        outcome.stdout.contains("GET /api/v3/student_sessions/1/reviewable?a=b%20c&timestamp=5&nonce=1&signature=")
    );
}

/// As a client makes it of a call that the spec does not describe.
#[test]
fn parameters_of_a_request_are_members_where_bodies_are_lists() {
    let spec = Folder::signed_with(r#"{sig: 'hmac_sha1(key, body.text()).hex()'}"#);
    spec.replace("api.yaml", "signing:", "encoding: {body: list}\nsigning:");
    let rest = ["--credential", "key=k", "--time", "5"];
    let outcome = run(command([&["sign", spec.text(), "--request", "POST /x", "a=1", "b=2"], &rest[..]].concat()));
    assert!(outcome.stdout.trim_end().ends_with(r#"{"a":"1","b":"2"}"#), "{}{}", outcome.stdout, outcome.stderr);
}

#[test]
fn what_was_sent_is_signed_as_it_was_written() {
    let fields = r#"fields: 'query_params.pairs("~").join_or(",", "")'"#;
    let spec = Folder::signed_with(&format!("{{{fields}, sig: 'hmac_sha1(key, concat(target, fields)).hex()'}}"));
    for (written, sent, fields) in [
        ("/a?a[]=1&a[]=2&b", "/a?a[]=1&a[]=2&b", "a[]~1,a[]~2,b~"),
        ("/a%2fb/c%2Fd?q=%2f+%2B%e9", "/a%2fb/c%2Fd?q=%2f+%2B%e9", "q~/ +\u{fffd}"),
        ("/100%/a b?q=50%&q=\u{e9}", "/100%25/a%20b?q=50%25&q=%C3%A9", "q~50%,q~\u{e9}"),
        ("/a:b@c!$'(),;=~?x=/?:@!$'(),;&x==", "/a:b@c!$'(),;=~?x=/?:@!$'(),;&x==", "x~/?:@!$'(),;,x~="),
    ] {
        let request = format!("GET {written}");
        let arguments = ["sign", spec.text(), "--request", &request, "--credential", "key=k", "--time", "5"];
        let outcome = codegen(arguments);
        assert_eq!(outcome.stderr, "", "{written}");
        assert!(outcome.stdout.contains(&format!("fields: {fields:?}\n")), "{written}: {}", outcome.stdout);
        assert!(outcome.stdout.contains(&format!("\nGET {sent}\n")), "{written}: {}", outcome.stdout);
    }
}

#[test]
fn a_call_of_ones_own_has_a_query_headers_and_a_body() {
    let folder = Folder::new();
    folder.write("body.json", r#"{"a": [1, {"b": null}], "c": "d"}"#);
    folder.write("list.json", "[1, 2]");
    let file = |name| folder.path().join(name).to_str().map(str::to_owned).expect("a path in UTF-8");
    let more = ["--header", "X-Trace: 7", "--time", "5", "--nonce", "1", "--json"];
    let outcome = sign(&[&["--request", "POST /a b?q=%C3%A9&r"], &more[..], &[&file("body.json")]].concat());
    assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
    for line in ["POST /api/v3/a%20b?q=%C3%A9&r", "x-trace: 7", "content-type: application/json"] {
        assert!(outcome.stdout.lines().any(|found| found == line), "{line}: {}", outcome.stdout);
    }
    let body = outcome.stdout.lines().last().unwrap_or_default();
    assert!(body.starts_with(r#"{"a":[1,{"b":null}],"c":"d","timestamp":5,"nonce":1,"#), "{body}");
    let outcome = sign(&[&["--request", "POST /a"], &more[..], &[&file("list.json")]].concat());
    assert_eq!(outcome.status, Some(2));
    assert_eq!(outcome.stderr, "error: signing adds parameters to the body, which must be an object\n");
    let outcome = sign(&["--request", "POST /a", "b=1", "--json", &file("list.json")]);
    assert_eq!(outcome.stderr, "error: a body with parameters must be an object\n");
    folder.write("taken.json", r#"{"nonce": 1}"#);
    let outcome = sign(&["--request", "POST /a", "--json", &file("taken.json")]);
    assert!(outcome.stderr.contains("the parameter `nonce` is added to every call"), "{}", outcome.stderr);
    // With parameters in the query nothing joins the body; it has no members that could be signed all the same.
    let outcome = sign(&[&["--request", "DELETE /a"], &more[..], &[&file("list.json")]].concat());
    let unsigned = "error: the call cannot be signed: `canonical`: the body has no fields that could be read\n";
    assert_eq!((outcome.status, outcome.stdout.as_str(), outcome.stderr.as_str()), (Some(2), "", unsigned));
    folder.write("text", "a=1");
    let outcome = sign(&["--request", "DELETE /a", "--time", "5", "--body", &file("text")]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(2), unsigned));
    let outcome = sign(&["users.list", "institute_id=1", "--header", "X-Trace: 7"]);
    assert!(outcome.stdout.contains("\nx-trace: 7\n"), "{}{}", outcome.stdout, outcome.stderr);
    // Nothing is parsed and written anew.
    folder.write("bytes", "{ \"a\" :1}\n");
    let raw = ["--header", "Content-Type: application/json", "--time", "5", "--nonce", "1", "--body"];
    let outcome = sign(&[&["--request", "DELETE /a"], &raw[..], &[&file("bytes")]].concat());
    assert!(outcome.stdout.ends_with("\n\n{ \"a\" :1}\n\n"), "{}{}", outcome.stdout, outcome.stderr);
    assert!(outcome.stdout.starts_with("canonical: \"a=1?nonce=1?timestamp=5\"\n"), "{}", outcome.stdout);
    let outcome = sign(&[&["--request", "POST /a"], &raw[..], &[&file("bytes")]].concat());
    assert_eq!(outcome.stderr, "error: signing adds parameters to the body, which must not be given as bytes\n");
    let vectors = "- request: POST /a?q=1
  json: {a: [1]}
  headers: {X-Trace: 7}
  credentials: {api_token: t, secret_key: s}
  time: 0
  nonce: 1
  expected: {target: /api/v3/a?q=1, headers: {x-trace: 7}, fields: {q: 1, a: '[1]'}}
";
    let outcome = check("spec/proctorexam", vectors, &[]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
    let outcome = check("spec/proctorexam", &vectors.replace("request: POST /a?q=1", "operation: users.list"), &[]);
    assert!(outcome.stderr.contains("2:3: vector 1: `json` is for a `request`"), "{}", outcome.stderr);
}

#[test]
fn a_call_that_cannot_be_made_is_wrong_use() {
    for (arguments, expected) in [
        (
            &["users.shw"][..],
            "there is no operation `users.shw`; did you mean `users.show`? known here: `attachments.list`,",
        ),
        (&["nothing.here"], "there is no operation `nothing.here`; known here: `attachments.list`,"),
        (&["users.show", "id=1"], "`institute_id` must be given"),
        (
            &["users.show", "institute_id=1", "id=1", "x=1"],
            "there is no parameter `x`; known here: `institute_id`, `id`",
        ),
        (
            &["users.show", "institut_id=1", "id=1"],
            "there is no parameter `institut_id`; did you mean `institute_id`? known here: `institute_id`, `id`",
        ),
        (&["users.list", "institute_id=.."], "`institute_id` must be a whole number"),
        (&["users.show", "institute_id"], "`institute_id` is not NAME=VALUE"),
        (&["users.list", "institute_id=1", "--time", "noon"], "`noon` is no time: give milliseconds since 1970"),
        (
            &["users.list", "institute_id=1", "--credential", "key=x"],
            "there is no credential `key`; known here: `api_token`, `secret_key`",
        ),
        (
            &["users.list", "institute_id=1", "--base", "ftp://a"],
            "the base address does not do: it does not start with",
        ),
        (&["users.list", "institute_id=1", "--base", "https://a?b"], "the base address does not do: it has a query"),
        (&["users.list", "institute_id=1", "--base", "https://c4nary@a"], "the base address does not do: it has cred"),
        (
            &["users.list", "institute_id=1", "--credential", "api_token=c4nary\r\nX-Evil: 1"],
            "the credential `api_token` has a control character in it, which no header can hold",
        ),
        (
            &["users.list", "institute_id=1", "--credential", "api_token=c4nary\n"],
            "the credential `api_token` has white space around it",
        ),
        (&["users.list", "institute_id=1", "--credential", "secret_key="], "the credential `secret_key` is empty"),
        (
            &["users.list", "institute_id=1", "--credential", "secret_key=@/dev/null"],
            "the credential `secret_key` is empty",
        ),
        (&["users.list", "institute_id=1", "institute_id=2"], "`institute_id` is given more than once"),
        (&["--request", "GET /a", "a=1", "a=2"], "`a` is given more than once"),
        (&["--request", "GET /a?nonce=1"], "the parameter `nonce` is added to every call, as the spec says"),
        (&["--request", "GET /a?signature=2"], "the parameter `signature` is added to every call, as the spec says"),
        (&["--request", "GET /a", "nonce=1"], "the parameter `nonce` is added to every call, as the spec says"),
        (&["--request", "POST /a", "nonce=1"], "the parameter `nonce` is added to every call, as the spec says"),
        (&["--request", "POST /a?nonce=1"], "the parameter `nonce` is added to every call, as the spec says"),
        (&["--request", "GET a"], "`GET a` is no request: a path starts with `/`"),
        (&["--request", "GET /a/../b"], "a segment of its path is empty, `.` or `..`"),
        (&["--request", "GET /a#b"], "it has a fragment, which is not sent"),
        (&["--request", "GET /a/%2E%2e/b"], "a segment of its path is empty, `.` or `..`"),
        (&["--request", "GET /a?b=c", "b=d"], "`b` is given more than once"),
        (&["--request", "GET /a", "--header", "authorization: x"], "the header `authorization` is set by the spec"),
        (&["--request", "GET /a", "--header", "X-A: b\r\nX-B: c"], "the header `X-A` must be a text that a header"),
        (&["--request", "GET /a", "--header", "host: b"], "the header `host` is set by the client itself"),
    ] {
        let outcome = sign(arguments);
        assert_eq!((outcome.status, outcome.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(outcome.stderr.contains(expected) && !outcome.stderr.contains("c4nary"), "{}", outcome.stderr);
    }
    let spec = repository("spec/proctorexam");
    for value in [None, Some("")] {
        let mut bare = command(["sign", spec.to_str().expect("a path in UTF-8"), "users.list", "institute_id=1"]);
        bare.env_remove("PROCTOREXAM_API_TOKEN").envs(value.map(|value| ("PROCTOREXAM_API_TOKEN", value)));
        let outcome = bare.output().expect("the command starts");
        let text = String::from_utf8_lossy(&outcome.stderr).into_owned();
        assert_eq!(outcome.status.code(), Some(2));
        assert_eq!(text, "error: set `PROCTOREXAM_API_TOKEN`, or give `--credential api_token=@FILE`\n");
    }
}

/// Vectors of a spec of the workspace's tests.
pub(crate) fn check(spec: &str, vectors: &str, more: &[&str]) -> Outcome {
    let folder = Folder::new();
    folder.write("vectors.yaml", vectors);
    let (spec, file) = (repository(spec), folder.path().join("vectors.yaml"));
    let arguments = ["sign", spec.to_str().expect("a path in UTF-8"), "--check", file.to_str().expect("UTF-8")];
    run(command([&arguments, more].concat()))
}

/// A fixture of the workspace's tests, with the credential that it names.
pub(crate) fn fixture(name: &str, arguments: &[&str]) -> Outcome {
    let spec = repository(&format!("tests/fixtures/good/{name}"));
    let spec = spec.to_str().expect("a path in UTF-8");
    let mut command = command([&["sign", spec], arguments].concat());
    command.env("ENCODINGS_KEY", "a key");
    run(command)
}

#[test]
fn what_no_client_could_send_is_not_signed() {
    const ELSEWHERE: [&str; 5] = ["things.elsewhere", "ids=[1]", "name=x", "--base", "http://127.0.0.1"];
    const SEND: [&str; 3] = ["things.send_json", "--base", "http://127.0.0.1"];
    const COMMAS: [&str; 4] = ["things.find_commas", "id=1", "--base", "http://127.0.0.1"];
    for (call, argument, expected) in [
        (&SEND[..], "id=1e3", "`id` must be a whole number"),
        (&SEND, "id=c4nary", "`id` must be a whole number"),
        (&SEND, "tags=c4nary", "`tags` must be a list"),
        (&SEND, "tags=[[c4nary]]", "`tags[0]` must be a text"),
        (&SEND, "tags=[c4nary", "`tags` must be written in JSON"),
        (&SEND, r#"one={"name":"x"}"#, "`one.count` must be given"),
        (
            &SEND,
            r#"one={"name":"x","count":1,"c4n":2}"#,
            "there is no `one.c4n`; known here: `name`, `count`, `tags`, `inner`",
        ),
        (&SEND, r#"one={"name":null,"count":1}"#, "`one.name` must be a text"),
        (&SEND, r#"lines=[{"name":"","count":1,"inner":{"on":1}}]"#, "`lines[0].inner.on` must be `true` or `false`"),
        (&SEND, "notes=[1]", "`notes` must be an object"),
        (
            &COMMAS,
            "tags=[\"a\", \"c4n,ary\"]",
            "`tags[1]` must not contain a comma, which is what stands between items",
        ),
        (&COMMAS, "tags=[\"\"]", "`tags[0]` must not be empty where it is the only item"),
        (&ELSEWHERE, "X-Tags=[\"a\\n\"]", "the header `X-Tags` must be a text that a header can hold"),
        (&ELSEWHERE, "X-Meta-={\"a b\": c}", "the header `X-Meta-a b` has a name that no header can have"),
        (&ELSEWHERE, "x_=[1]", "`x_` must be an object"),
        (&ELSEWHERE, "name=..", "`name` can be no segment of a path"),
        (&ELSEWHERE, "ids=[]", "`ids` can be no segment of a path"),
    ] {
        let needed: &[&str] = if call == SEND && !argument.starts_with("id") { &["id=1"] } else { &[] };
        let name = argument.split('=').next();
        let call: Vec<_> = call.iter().copied().filter(|other| other.split('=').next() != name).collect();
        let outcome = fixture("encodings", &[&call, needed, &[argument]].concat());
        assert_eq!((outcome.status, outcome.stdout.as_str()), (Some(2), ""), "{argument}");
        assert!(outcome.stderr.contains(expected), "{}", outcome.stderr);
        assert!(!outcome.stderr.contains("c4nary"), "{}", outcome.stderr);
    }
}

/// As a client sends a list in a header, and signs it.
#[test]
fn headers_of_one_name_are_signed_in_their_order() {
    let signed = |call: &[&str]| {
        let rest = ["--base", "http://127.0.0.1", "--credential", "key=k", "--time", "1"];
        let outcome = fixture("headers", &[call, &rest].concat());
        assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
        outcome.stdout.lines().next().unwrap_or_default().to_owned()
    };
    let lines = "lines: \"x-client:shop\\nx-tags:b\\nx-tags:a\\nx-last:z\\nx-time:1";
    let raw = ["--request", "GET /things", "--header", "X-Tags: b", "--header", "X-Last: z", "--header", "x-tags: a"];
    for call in [&raw[..], &["things.list", "X-Tags=[\"b\", \"a\"]", "--header", "X-Last: z"]] {
        assert!(signed(call).starts_with(lines), "{}", signed(call));
    }
}

#[test]
fn a_credential_that_does_not_decode_is_named() {
    let spec = repository("tests/specs/kraken");
    let spec = spec.to_str().expect("a path in UTF-8");
    let request = ["sign", spec, "--request", "POST /a", "nonce=1", "--credential", "api_key=k", "--credential"];
    let outcome = run(command([&request[..], &["private_key=c4-nary"]].concat()));
    assert_eq!((outcome.status, outcome.stdout.as_str()), (Some(2), ""));
    assert_eq!(outcome.stderr, "error: the credential `private_key` is not base64, as signing needs it\n");
}

#[test]
fn a_value_with_parts_is_written_in_the_style_of_its_parameter() {
    let parts =
        [r#"tags=["a", "b c"]"#, r#"one={"name": "n", "count": 1, "inner": {"on": true}}"#, r#"notes={"k": "v"}"#];
    let message = |operation| {
        let outcome = fixture("encodings", &[&[operation, "id=7", "--base", "http://127.0.0.1"], &parts[..]].concat());
        assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
        let (_, message) = outcome.stdout.split_once("\n\n").expect("the request stands behind the steps");
        message.split("signature").next().unwrap_or_default().to_owned()
    };
    let json = r#"{"id":7,"tags":["a","b c"],"one":{"name":"n","count":1,"inner":{"on":true}},"notes":{"k":"v"},""#;
    let sent = message("things.send_json");
    assert!(sent.starts_with("POST /send/json\ncontent-type: application/json\n") && sent.ends_with(json), "{sent}");
    let query = "id=7&tags[]=a&tags[]=b c&one[name]=n&one[count]=1&one[inner][on]=true&notes[k]=v&";
    let query = query.replace('[', "%5B").replace(']', "%5D").replace(' ', "%20");
    assert_eq!(message("things.find_brackets"), format!("GET /find/brackets?{query}"));
}

#[test]
fn parts_are_shown_without_the_bytes_of_files() {
    let outcome = sign(&["attachments.create", "exam_id=1", "document=a\"b.jpg", "--time", "1", "--nonce", "2"]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (Some(0), ""));
    assert!(outcome.stdout.starts_with("canonical: \"exam_id=1?nonce=2?timestamp=1\"\n"), "{}", outcome.stdout);
    let first = "content-type: multipart/form-data; boundary=boundary\nhost: fun.proctorexam.com\n\n--boundary\n\
        Content-Disposition: form-data; name=\"document\"; filename=\"a%22b.jpg\"\n\
        Content-Type: application/octet-stream\n\n[the file]\n--boundary\n\
        Content-Disposition: form-data; name=\"timestamp\"\n\n1\n--boundary\n";
    assert!(outcome.stdout.contains(first), "{}", outcome.stdout);
    assert!(outcome.stdout.ends_with("\n--boundary--\n"), "{}", outcome.stdout);
}

#[test]
fn a_call_without_credentials_asks_for_none_and_goes_below_the_host() {
    let spec = repository("spec/proctorexam");
    let spec = spec.to_str().expect("a path in UTF-8");
    let mut command =
        command(["sign", spec, "users.sign_in", r#"user={"email":"ann@institute.com","password":"Passw0rd!"}"#]);
    let output = command.env_remove("PROCTOREXAM_API_TOKEN").env_remove("PROCTOREXAM_SECRET_KEY").output();
    let output = output.expect("the command starts");
    let shown = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(shown.contains("POST /users/sign_in.json\n"), "{shown}");
    assert!(!shown.contains("authorization") && !shown.contains("Passw0rd") && !shown.contains("signature"), "{shown}");
}
