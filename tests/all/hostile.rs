//! Answers that are broken or meant to do harm: each is an error that says where, and none panics or hangs.

use std::time::Duration;

use generated_client::proctorexam::{Error, ListUsersError, UserSummary};

use crate::support::{INSTITUTE, Scripted, answer, client, json, sources};

type Listed = Result<Vec<UserSummary>, Error<ListUsersError>>;

/// What a list of users comes to, soon.
async fn list(answer: Vec<u8>) -> Listed {
    let server = Scripted::once(answer);
    let call = client(server.address()).users().list(INSTITUTE).into_future();
    tokio::time::timeout(Duration::from_secs(30), call).await.unwrap().map(|page| page.items)
}

/// Path, expectation and finding of an answer that cannot be read.
async fn cause(body: &[u8]) -> (String, String, String) {
    let error = list(answer(200, &[], body)).await.unwrap_err();
    assert!(!error.is_retryable() && !error.is_outcome_unknown());
    assert_eq!(error.status().unwrap().as_u16(), 200);
    let is_json = error.response().unwrap().json().is_ok();
    let says =
        ["an answer that cannot be read, status 200", "the call succeeded (200), but its answer could not be read"];
    assert_eq!(error.to_string(), format!("users.list: {}", says[usize::from(is_json)]), "{}", body.escape_ascii());
    assert_eq!(error.response().unwrap().body(), body);
    let Error::Decode(answer) = error else { panic!("{error:?}") };
    let cause = answer.cause();
    assert!(cause.offset() <= body.len());
    (cause.path().to_owned(), cause.expected().to_owned(), cause.found().to_owned())
}

/// A list whose second user is this.
fn second(user: &str) -> String {
    format!(r#"{{"users":[{{"id":1,"email":"e","name":"n","role":"teacher"}},{user}]}}"#)
}

#[tokio::test]
async fn wrong_types_have_a_path() {
    let id = |id: &str| format!(r#"{{"id":{id},"email":"e","name":"n","role":"teacher"}}"#);
    let integer = "a 64-bit integer";
    let cases = [
        (id(r#""seven""#), "users[1].id", integer, "a text"),
        (id("null"), "users[1].id", integer, "null"),
        (id("true"), "users[1].id", integer, "a boolean"),
        (id("1.5"), "users[1].id", integer, "a number"),
        (id("9223372036854775808"), "users[1].id", integer, "a number"),
        (id("1e400"), "users[1].id", integer, "a number"),
        (id("[7]"), "users[1].id", integer, "a list"),
        (id(r#""0x10""#), "users[1].id", integer, "a text"),
        (r#"{"id":2,"email":{},"name":"n","role":"r"}"#.into(), "users[1].email", "a text", "an object"),
        (r#"{"id":2,"email":"e","name":"n","role":[]}"#.into(), "users[1].role", "a text", "a list"),
        (r#"{"id":2,"email":"e","name":null,"role":"r"}"#.into(), "users[1].name", "a text", "null"),
        (r#"{"id":2,"email":"e","role":"r"}"#.into(), "users[1].name", "a value", "nothing"),
        ("7".into(), "users[1]", "an object", "a number"),
        ("null".into(), "users[1]", "an object", "null"),
    ];
    for (user, path, expected, found) in cases {
        let cause = cause(second(&user).as_bytes()).await;
        assert_eq!((cause.0.as_str(), cause.1.as_str(), cause.2.as_str()), (path, expected, found), "{user}");
    }
    let error = list(json(200, &second(&id("{}")))).await.unwrap_err();
    let [line] = sources(&error).try_into().unwrap();
    assert_eq!(line, "`users[1].id`: expected a 64-bit integer, found an object at byte 65");
}

#[tokio::test]
async fn what_is_no_list_of_users_is_an_error() {
    let cases = [
        ("", "", "an object", "the end of the answer"),
        ("   ", "", "an object", "the end of the answer"),
        ("<!DOCTYPE html><html><body>Maintenance</body></html>", "", "an object", "HTML or XML"),
        ("[]", "", "an object", "a list"),
        ("null", "", "an object", "null"),
        (r#""users""#, "", "an object", "a text"),
        ("{}", "users", "a value", "nothing"),
        (r#"{"users":{}}"#, "users", "a list", "an object"),
        (r#"{"users":null}"#, "users", "a list", "null"),
        (r#"{"user":[]}"#, "users", "a value", "nothing"),
        (r#"{"users":[]}{}"#, "", "the end of the answer", "something after it"),
        (r#"{"users":[],}"#, "", "an object", "malformed JSON"),
        ("{'users':[]}", "", "an object", "malformed JSON"),
        (r#"{"users":[undefined]}"#, "users[0]", "an object", "malformed JSON"),
    ];
    for (text, path, expected, found) in cases {
        let cause = cause(text.as_bytes()).await;
        assert_eq!((cause.0.as_str(), cause.1.as_str(), cause.2.as_str()), (path, expected, found), "{text}");
    }
}

#[tokio::test]
async fn numbers_that_json_does_not_have_are_an_error() {
    for number in ["NaN", "Infinity", "-Infinity", "-", "+1", "01", "1.", ".5", "1e", "0x10", "1_000", "--1"] {
        for user in [
            format!(r#"{{"id":{number},"email":"e","name":"n","role":"teacher"}}"#),
            format!(r#"{{"id":2,"email":{number},"name":"n","role":"teacher"}}"#),
            format!(r#"{{"id":2,"email":"e","name":"n","role":"teacher","more":{number}}}"#),
        ] {
            let error = list(json(200, &second(&user))).await.unwrap_err();
            assert!(matches!(error, Error::Decode(_)), "{user}: {error:?}");
        }
    }
}

#[tokio::test]
async fn an_optional_member_that_is_no_json_is_an_error() {
    for (broken, found) in [
        (r#"[1,{"a" 2}]"#, "malformed JSON"),
        (r#""\x""#, "malformed JSON"),
        ("[1,]", "malformed JSON"),
        ("[", "the end of the answer"),
    ] {
        let user = format!(r#"{{"id":2,"email":"e","name":"n","role":"teacher","omniauth_config_id":{broken}"#);
        let (path, _, cause) = cause(second(&user).strip_suffix("]}").unwrap().as_bytes()).await;
        assert_eq!((path.as_str(), cause.as_str()), ("users[1].omniauth_config_id", found), "{broken}");
    }
}

#[tokio::test]
async fn an_answer_cut_anywhere_is_an_error() {
    let whole = second(r#"{"id":"2","email":"\u00e9\n","name":"é","role":"teacher","x":[1.5e3,{"y":null}]}"#);
    assert_eq!(list(json(200, &whole)).await.unwrap().len(), 2);
    for length in (0..whole.len()).step_by(3) {
        let (_, _, found) = cause(&whole.as_bytes()[..length]).await;
        assert!(found == "the end of the answer" || found == "malformed JSON", "{length}: {found}");
    }
}

#[tokio::test]
async fn any_changed_byte_is_an_answer_or_an_error() {
    let whole = second(r#"{"id":2,"email":"e","name":"n","role":"teacher"}"#);
    for (index, byte) in [0, b'"', b'{', b']', b',', b'\\', b'-', 0x80, 0xff].into_iter().enumerate() {
        for at in (index..whole.len()).step_by(7) {
            let mut bytes = whole.clone().into_bytes();
            bytes[at] = byte;
            if let Err(error) = list(answer(200, &[], &bytes)).await {
                assert!(matches!(error, Error::Decode(_)), "{error:?}");
            }
        }
    }
}

#[tokio::test]
async fn deep_nesting_is_an_error_and_no_overflow() {
    let deep = |open: &str, close: &str| [open.repeat(100_000), "0".into(), close.repeat(100_000)].concat();
    let (lists, objects) = (deep("[", "]"), deep(r#"{"a":"#, "}"));
    for inner in [&lists, &objects] {
        for text in [inner.clone(), format!(r#"{{"users":{inner}}}"#), format!(r#"{{"other":{inner},"users":[]}}"#)] {
            let error = list(json(200, &text)).await.unwrap_err();
            assert!(matches!(error, Error::Decode(_)), "{error:?}");
        }
        let user = format!(r#"{{"id":1,"email":"e","name":"n","role":"teacher","more":{inner}}}"#);
        let (path, _, found) = cause(second(&user).as_bytes()).await;
        assert_eq!((path.as_str(), found.as_str()), ("users[1]", "too many levels of nesting"));
        // In a failed answer messages are searched for, and the answer is kept whatever it is.
        let text = format!(r#"{{"error":{inner}}}"#);
        let error = list(json(403, &text)).await.unwrap_err();
        assert_eq!(error.response().unwrap().body().len(), text.len());
    }
}

#[tokio::test]
async fn an_answer_without_end_is_left() {
    let large = vec![b' '; 20 << 20];
    let chunks = |head: &str| {
        let chunk = [b"100000\r\n", &large[..1 << 20], b"\r\n"].concat();
        [format!("HTTP/1.1 {head}\r\nTransfer-Encoding: chunked\r\n\r\n").into_bytes(), chunk.repeat(20)].concat()
    };
    for answer in [answer(200, &[], &large), chunks("200 OK"), chunks("403 Forbidden")] {
        let error = list(answer).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert_eq!(sources(&error), ["the answer is larger than 16 MiB"]);
        let status = error.status().unwrap().as_u16();
        let line = format!("users.list: the answer is too large, status {status}");
        assert_eq!(error.to_string(), line, "it is not asked for again");
        assert!(!error.is_retryable());
    }
    // What is large but allowed is read.
    let padded = [&large[..15 << 20], br#"{"users":[]}"#].concat();
    assert_eq!(list(answer(200, &[], &padded)).await.unwrap(), []);
}

#[tokio::test]
async fn a_head_without_end_is_left() {
    let many: String = (0..10_000).map(|number| format!("X-{number}: x\r\n")).collect();
    let long = format!("X-Long: {}\r\n", "x".repeat(4 << 20));
    for headers in [many, long] {
        let error = list(format!("HTTP/1.1 200 OK\r\n{headers}\r\n").repeat(3).into_bytes()).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
    }
}

#[tokio::test]
async fn texts_that_are_no_utf8_are_an_error() {
    for bytes in
        [&b"\xff"[..], b"\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\\ud800", b"\\ud800\\u0041", b"\x01"]
    {
        let user = [br#"{"id":2,"email":""#, bytes, br#"","name":"n","role":"teacher"}"#].concat();
        let body = [br#"{"users":["#, &user[..], b"]}"].concat();
        let (path, _, found) = cause(&body).await;
        assert_eq!((path.as_str(), found.as_str()), ("users[0].email", "malformed JSON"), "{bytes:?}");
    }
}

#[tokio::test]
async fn many_and_long_things_take_no_time() {
    let number = format!(r#"{{"id":1{},"email":"e","name":"n","role":"teacher"}}"#, "0".repeat(1 << 20));
    assert!(matches!(list(json(200, &second(&number))).await.unwrap_err(), Error::Decode(_)));
    let members = r#""k":1,"#.repeat(100_000);
    let user = format!(r#"{{{members}"id":2,"email":"e","name":"n","role":"teacher"}}"#);
    assert_eq!(list(json(200, &second(&user))).await.unwrap().len(), 2);
    let messages =
        format!(r#"{{"errors":[{}"x"]}}"#, r#""You are not quite authorized to access this page.","#.repeat(50_000));
    assert!(matches!(list(json(403, &messages)).await.unwrap_err(), Error::Unexpected(_)));
    let message = format!(r#"{{"error":"{}"}}"#, "Couldn't find 'id'='".repeat(50_000));
    assert!(matches!(list(json(404, &message)).await.unwrap_err(), Error::Unexpected(_)));
}
