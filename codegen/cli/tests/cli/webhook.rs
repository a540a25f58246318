//! `codegen webhook`: what is signed is verified, and what was changed is not.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up its scene has failed")]

use crate::common::{Folder, Outcome, command, repository};

const SECRET: &str = "example-secret";

/// Runs a subcommand over a scheme and a body, with the secret in a variable.
fn webhook(subcommand: &str, scheme: &str, body: &str, more: &[&str]) -> Outcome {
    let folder = Folder::new();
    folder.write("body", body);
    let spec = repository("tests/webhooks").join(scheme);
    let file = folder.path().join("body");
    let mut arguments = vec!["webhook", subcommand, spec.to_str().unwrap(), "--body", file.to_str().unwrap()];
    arguments.extend(["--secret-env", "HOOK_SECRET"]);
    arguments.extend(more);
    let output =
        command(arguments).env("HOOK_SECRET", SECRET).env("OLD_SECRET", "old").env("EMPTY", "").output().unwrap();
    Outcome {
        status: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn what_is_signed_is_verified_until_it_is_changed() {
    let signed = webhook("sign", "stamped", "{}", &["--time", "1700000000"]);
    assert_eq!((signed.status, signed.stderr.as_str()), (Some(0), ""));
    assert!(signed.stdout.starts_with("Example-Signature: t=1700000000,v1="), "{}", signed.stdout);
    let header = signed.stdout.trim_end();
    let verify = |body: &str, more: &[&str]| {
        let outcome = webhook("verify", "stamped", body, &[&["--header", header], more].concat());
        (outcome.status, outcome.stdout + &outcome.stderr)
    };
    let refused = |why: &str| (Some(1), format!("refused: {why}\n"));
    let accepted = || (Some(0), "accepted\n".to_owned());
    assert_eq!(verify("{}", &["--time", "1700000300"]), accepted());
    assert_eq!(verify("{}", &["--time", "2023-11-14T23:18:20+01:00"]), accepted());
    assert_eq!(verify("{}", &["--time", "1700000300", "--secret-env", "OLD_SECRET"]), accepted());
    assert_eq!(verify("{} ", &["--time", "1700000000"]), refused("no signature matches"));
    assert_eq!(verify("{}", &["--time", "1700000301"]), refused("it was sent too long ago"));
    assert_eq!(verify("{}", &["--time", "1699999699"]), refused("it was sent in the future"));
    assert_eq!(verify("{}", &[]), refused("it was sent too long ago"));
}

#[test]
fn a_scheme_without_headers_gives_the_signature() {
    let url = "https://hooks.example/?timestamp=1700000000&nonce=7";
    let signed = webhook("sign", "values", "{}", &["--time", "1700000000", "--url", url]);
    assert_eq!((signed.status, signed.stdout.len()), (Some(0), 41));
    let url = format!("{url}&signature={}", signed.stdout.trim_end());
    assert_eq!(webhook("verify", "values", "{}", &["--time", "1700000000", "--url", &url]).status, Some(0));
}

/// The key is right, and a receiver could do nothing with it all the same.
#[test]
fn a_payload_that_cannot_be_read_is_told_apart_from_what_is_refused() {
    let judge = |body: &str| {
        let signed = webhook("sign", "stamped", body, &["--time", "1700000000"]);
        let header = ["--time", "1700000000", "--header", signed.stdout.trim_end()];
        let outcome = webhook("verify", "stamped", body, &header);
        (outcome.status, outcome.stdout + &outcome.stderr)
    };
    let unread = |why: &str| (Some(1), format!("verified, but the payload cannot be read: {why}\n"));
    assert_eq!(judge("not json"), unread("it is not JSON"));
    assert_eq!(judge(r#"{"type":"order.created"}"#), unread("`order` is missing"));
    assert_eq!(judge(r#"{"type":"order.created","order":{}}"#), unread("`order.id` is missing"));
    let id = r#"{"type":"order.created","order":{"id":[]}}"#;
    assert_eq!(judge(id), unread("`order.id` must be a whole number of 64 bits, and is a list"));
    // What is optional costs nothing, and what nobody documents is for its receiver.
    for body in [r#"{"type":"order.created","order":{"id":"7","email":[]}}"#, r#"{"type":"order.moved"}"#] {
        assert_eq!(judge(body), (Some(0), "accepted\n".to_owned()), "{body}");
    }
}

/// As the client does: names of a form or a CSV lead to the members.
#[test]
fn a_form_and_a_csv_are_read_by_their_names() {
    let judge = |kind: &str, body: &str| {
        let kind = format!("Content-Type: {kind}");
        let signed = webhook("sign", "forms", body, &["--header", &kind]);
        let outcome = webhook("verify", "forms", body, &["--header", &kind, "--header", signed.stdout.trim_end()]);
        (outcome.status, outcome.stdout + &outcome.stderr)
    };
    let (form, csv) = ("application/x-www-form-urlencoded", "text/csv");
    let accepted = || (Some(0), "accepted\n".to_owned());
    let unread = |why: &str| (Some(1), format!("verified, but the payload cannot be read: {why}\n"));
    assert_eq!(judge(form, "event[type]=integer&v=1"), accepted());
    assert_eq!(judge(form, "event[type]=integer&v=x"), unread("`v` must be a whole number of 64 bits, and is a text"));
    assert_eq!(judge(form, "event[type]=undivided&user.name=Ada&a[b]=x&a[n]=1"), accepted());
    assert_eq!(judge(csv, "event.type,v\nlist,1\n"), unread("`v` must be a list, and is a text"));
    assert_eq!(judge(csv, "event.type,v[]\nlist,1\n"), accepted());
}

#[test]
fn bytes_are_given_in_hexadecimal() {
    let url = "https://hooks.example/?ts=1700000000000";
    let signed = webhook("sign", "plain", "{}", &["--time", "1700000000", "--url", url]);
    let url = format!("{url}&sign={}", signed.stdout.trim_end());
    assert_eq!(webhook("verify", "plain", "{}", &["--time", "1700000000", "--url", &url]).status, Some(0));
}

#[test]
fn what_is_missing_is_said() {
    let outcome = |scheme: &str, more: &[&str]| {
        let outcome = webhook("verify", scheme, "{}", more);
        (outcome.status, outcome.stderr)
    };
    let (status, text) = outcome("stamped", &["--secret-env", "EMPTY"]);
    assert_eq!((status, text.as_str()), (Some(2), "error: the variable `EMPTY` is not set, empty or not text\n"));
    // The one in the variable is `example-secret`.
    let (status, text) = outcome("members", &[]);
    let not_hex = "error: the variable `HOOK_SECRET` is not hexadecimal, as verifying needs it\n";
    assert_eq!((status, text.as_str()), (Some(2), not_hex));
    let (status, text) = outcome("stamped", &[]);
    assert_eq!((status, text.as_str()), (Some(1), "refused: `parts`: there is no header `Example-Signature`\n"));
    let (status, text) = outcome("values", &[]);
    let no_address =
        "error: the address is signed, and it is not known: give `--url` with the one that the vendor calls\n";
    assert_eq!((status, text.as_str()), (Some(2), no_address));
    let not_absolute = "error: the address is not absolute: `--url` is the one that the vendor calls\n";
    for (url, expected) in [(&[][..], no_address), (&["--url", "hooks.example"], not_absolute)] {
        for command in ["sign", "verify"] {
            let outcome = webhook(command, "values", "{}", url);
            assert_eq!((outcome.status, outcome.stdout.as_str(), outcome.stderr.as_str()), (Some(2), "", expected));
        }
    }
    let signed = webhook("sign", "request", "{}", &["--url", "https://hooks.example/"]);
    let no_method = "error: the method is signed, and it is not known: give `--method`\n";
    assert_eq!((signed.status, signed.stdout.as_str(), signed.stderr.as_str()), (Some(2), "", no_method));
    let (status, text) = outcome("stamped", &["--time", "noon"]);
    assert!(status == Some(2) && text.contains("a time is written as seconds since 1970"), "{text}");
    let (status, text) = outcome("../../spec/proctorexam", &[]);
    assert_eq!(status, Some(2));
    assert!(text.ends_with("describes no webhooks\n"), "{text}");
}
