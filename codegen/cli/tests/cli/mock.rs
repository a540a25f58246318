//! `codegen mock` as people run it.

#![expect(clippy::expect_used, reason = "a test that cannot set up its scene has failed")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};

use crate::common::{Folder, codegen, command, repository};

/// A server that is ended with the test, however the test ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn it_prints_where_it_is_and_answers_there() {
    let spec = repository("spec/proctorexam");
    let arguments = ["mock", spec.to_str().expect("a path in UTF-8")];
    let mut server = Server(command(arguments).stdout(Stdio::piped()).spawn().expect("the command starts"));
    let output = BufReader::new(server.0.stdout.take().expect("its output is a pipe"));
    let lines: Vec<String> = output.lines().take(3).map(|line| line.expect("a line of text")).collect();
    assert_eq!(lines[1..], ["PROCTOREXAM_API_TOKEN=test-api_token", "PROCTOREXAM_SECRET_KEY=test-secret_key"]);

    let (host, path) = lines[0].strip_prefix("http://").and_then(|rest| rest.split_once('/')).expect("an address");
    assert_eq!(path, "api/v3");
    let mut stream = TcpStream::connect(host).expect("it listens");
    let request = format!(
        "GET /{path}/institutes/1/users HTTP/1.1\r\nHost: {host}\r\nAccept: application/vnd.procwise.v3\r\n\
         Connection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    assert!(answer.starts_with("HTTP/1.1 401 "), "a call without credentials is refused:\n{answer}");
}

/// The lines that are printed first, of a mock of one of the tests' specs.
fn first_lines(spec: &str, more: &[&str], count: usize) -> Vec<String> {
    let spec = repository(spec);
    let arguments = [&["mock", spec.to_str().expect("a path in UTF-8")], more].concat();
    let mut server = Server(command(arguments).stdout(Stdio::piped()).spawn().expect("the command starts"));
    let output = BufReader::new(server.0.stdout.take().expect("its output is a pipe"));
    output.lines().take(count).map(|line| line.expect("a line of text")).collect()
}

#[test]
fn what_no_call_shows_is_said_at_the_start() {
    let spec = Folder::signed_with("{sig: 'hmac_sha1(key, uuid()).hex()'}");
    let mut started = command(["mock", spec.text()]);
    let mut server = Server(started.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command starts"));
    let said = BufReader::new(server.0.stderr.take().expect("its errors are a pipe"));
    let line = said.lines().next().expect("a line").expect("a line of text");
    let expected = "the mock cannot read from a call what was drawn for `X-Sig`: it refuses calls that are right";
    assert_eq!(line, format!("note: {expected}"));
}

#[test]
fn credentials_are_what_signing_can_decode() {
    let lines = first_lines("tests/specs/kraken", &[], 3);
    // `test-private_key` in digits.
    assert_eq!(lines[1..], ["KRAKEN_API_KEY=test-api_key", "KRAKEN_PRIVATE_KEY=746573742d707269766174655f6b6579"]);
    let lines = first_lines("tests/specs/kraken", &["--credential", "private_key=a2V5"], 2);
    assert_eq!(lines[1..], ["KRAKEN_API_KEY=test-api_key"]);

    let spec = repository("tests/specs/kraken");
    let spec = spec.to_str().expect("a path in UTF-8");
    for (credential, expected) in [
        (
            "private_key=c-nary",
            "error: the credential `private_key` is not base64, as signing needs it: give one that is\n",
        ),
        ("api_key=", "error: the credential `api_key` is empty\n"),
        ("api_key= x y ", "error: the credential `api_key` has white space around it\n"),
        ("key=x", "error: the spec declares no credential `key`\n"),
        ("key", "error: `key` is not NAME=VALUE\n"),
    ] {
        let outcome = codegen(["mock", spec, "--credential", credential]);
        assert_eq!((outcome.status, outcome.stdout.as_str(), outcome.stderr.as_str()), (Some(2), "", expected));
    }
}

#[test]
fn a_port_in_use_exits_with_2() {
    let taken = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr().map(|at| (listener, at)));
    let (_listener, at) = taken.expect("a free port");
    let spec = repository("spec/proctorexam");
    let outcome = codegen(["mock", spec.to_str().expect("a path in UTF-8"), "--port", &at.port().to_string()]);
    assert_eq!((outcome.status, outcome.stdout.as_str()), (Some(2), ""));
    assert!(outcome.stderr.contains(&at.port().to_string()), "{}", outcome.stderr);
}
