//! A credential in the path: put there for each attempt, as one segment, and shown nowhere.

use std::fmt::{Debug, Write as _};
use std::sync::Arc;

use client_runtime::testing::{Reply, Script};
use codegen_mock::Fault;
use tests::specs::telegram::{
    AnyError, Builder, Client, Credentials, DownloadFileError, Environment, Error, ErrorCode, Json, SendMessage,
    SendMessageError, SigningError,
};

use super::{Ears, described, documented, errors_are_read_back, mock};
use crate::samples::{Calling, calls};
use crate::support::{Hasty, Scripted, Spans, answer, json, provider, texts};

/// As the documentation of the vendor writes one, and what may be secret in it.
const TOKEN: &str = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11";
const CANARY: &str = "ABC-DEF1234";
const BOT: &str = r#"{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Bot"}}"#;

fn builder(address: &str, token: &str) -> Builder<Client> {
    let builder = Client::builder(Environment::custom(address).unwrap());
    builder.credentials(Credentials { token: token.into() }).timer(Hasty)
}

fn client(address: &str) -> Client {
    builder(address, TOKEN).build().unwrap()
}

fn hello() -> SendMessage {
    SendMessage { chat_id: "@channel".into(), text: "Hello".to_owned() }
}

/// Makes the call of a method.
fn calls(client: Client) -> impl Fn(&str) -> Calling {
    calls! { client:
        "bots.show" => client.bots().show();
        "messages.send" => client.messages().send(hello());
        "files.show" => client.files().show("AgAC".to_owned());
        "files.download" => async { client.files().download("photos/file 1.jpg".to_owned()).await.map(|it| it.len()) };
    }
}

#[tokio::test]
async fn every_call_has_the_token_in_its_path_as_one_segment() {
    let mock = mock("telegram", &[("token", TOKEN)]).await;
    let client = client(mock.address());
    assert_eq!(client.bots().show().await.unwrap().first_name, "Bot");
    assert_eq!(client.messages().send(hello()).await.unwrap().message_id, 7);
    let file = client.files().show("AgAC".to_owned()).await.unwrap();
    let bytes = client.files().download(file.file_path.unwrap()).await.unwrap();
    assert_eq!(&bytes[..], b"eleven byte");
    let answer = client.request("GET", "/bot{credentials.token}/getFile").query("file_id", "AgAC").await.unwrap();
    assert!(matches!(answer.json(), Ok(Json::Object(_))));
    let paths: Vec<_> = mock.requests().into_iter().map(|request| request.path).collect();
    let token = "123456%3AABC-DEF1234ghIkl-zyx57W2v1u123ew11";
    assert_eq!(
        paths,
        [
            format!("/bot{token}/getMe"),
            format!("/bot{token}/sendMessage"),
            format!("/bot{token}/getFile"),
            format!("/file/bot{token}/photos/file%201.jpg"),
            format!("/bot{token}/getFile"),
        ]
    );
}

#[tokio::test]
async fn a_wrong_token_is_refused() {
    let mock = mock("telegram", &[("token", TOKEN)]).await;
    for token in ["123456:ABC", "x", "a/b", "a?b#c", "{credentials.token}", "%2e%2e", "é"] {
        let client = builder(mock.address(), token).build().unwrap();
        let refused = client.files().download("a".to_owned()).await.unwrap_err();
        assert!(matches!(refused, Error::Api(DownloadFileError::Unauthorized)), "{token}: {refused:?}");
    }
}

#[tokio::test]
async fn what_would_be_another_path_is_never_sent() {
    let server = Scripted::start([]);
    for token in [".", ".."] {
        let client = builder(server.address(), token).build().unwrap();
        let refused = client.request("GET", "/{credentials.token}/getMe").await.unwrap_err();
        assert!(
            matches!(refused, Error::Signing(SigningError::Segment { credential: "token" })),
            "{token}: {refused:?}"
        );
    }
    let unknown = client(server.address()).request("GET", "/bot{credentials.secret}/getMe").await.unwrap_err();
    assert!(matches!(unknown, Error::Invalid(_)), "{unknown:?}");
    assert!(server.requests().is_empty());
}

/// The first token has expired, and the next attempt has another.
#[tokio::test]
async fn each_attempt_has_the_token_of_its_moment() {
    let server = Scripted::start([json(401, "{}"), json(200, BOT)]);
    let provider = provider(&Arc::default(), |asked| Credentials { token: format!("{asked}:t").as_str().into() });
    let client = Client::builder(Environment::custom(server.address()).unwrap());
    let client = client.credentials_from(provider).timer(Hasty).build().unwrap();
    client.bots().show().await.unwrap();
    let requests = server.requests();
    let lines: Vec<_> = requests.iter().filter_map(|request| request.lines().next()).collect();
    assert_eq!(lines, ["GET /api/v3/bot1%3At/getMe HTTP/1.1", "GET /api/v3/bot2%3At/getMe HTTP/1.1"]);
}

#[tokio::test]
async fn a_redirect_takes_the_token_nowhere() {
    let other = Scripted::start([]);
    let location = format!("{}/elsewhere", other.address());
    let server = Scripted::once(answer(302, &[("Location", &location)], b""));
    let redirected = client(server.address()).bots().show().await.unwrap_err();
    assert_eq!(redirected.status().unwrap(), 302);
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn the_token_is_in_no_text() {
    let mut seen = String::new();
    let mut see = |value: &dyn Debug| writeln!(seen, "{value:?} {value:#?}").unwrap();
    let (ears, spans) = (Ears::default(), Spans::default());
    let _guard = spans.listen();
    let mock = mock("telegram", &[("token", TOKEN)]).await;
    let client = builder(mock.address(), TOKEN).hooks(ears.clone()).build().unwrap();
    see(&client.bots().show());
    let prepared = client.bots().show().prepare().unwrap();
    see(&prepared);
    see(prepared.request());
    see(&prepared.explanation().to_string());
    assert_eq!(prepared.explanation().request_line(), format!("GET {}/bot~secret~/getMe", mock.address()));
    assert!(prepared.request().uri().path().contains(CANARY), "and yet it is sent");
    let undescribed = client.request("GET", "/bot{credentials.token}/nothing");
    see(&undescribed);
    see(&undescribed.await.unwrap_err());
    see(&client.bots().show().with_response().await.result.unwrap());
    let faults =
        [Fault::DropAfter, Fault::Truncate, Fault::Status(400, "no".into()), Fault::Redirect(302, "/x".into())];
    for fault in faults {
        mock.fail_next(fault);
        let failed = client.messages().send(hello()).with_response().await.into_result().unwrap_err();
        see(&failed);
        see(&texts(&failed));
        see(&texts(&AnyError::from(failed)));
    }
    let nobody = builder("http://127.0.0.1:1", TOKEN).max_attempts(1).build().unwrap();
    see(&texts(&nobody.bots().show().await.unwrap_err()));
    see(&mock.log());
    see(&mock.requests());
    see(&client);
    seen.push_str(&ears.0.lock().unwrap());
    let spans = spans.text();
    assert!(spans.contains("url.template=\"/bot{credentials.token}/getMe\""), "{spans}");
    seen.push_str(&spans);
    assert!(seen.contains("GET") && ears.0.lock().unwrap().contains("/bot{credentials.token}/getMe"));
    assert!(!seen.contains(CANARY), "{seen}");
}

#[tokio::test]
async fn every_documented_error_is_read_back() {
    assert_eq!(documented("telegram").len(), described("telegram").operations().count());
    let mock = mock("telegram", &[("token", TOKEN)]).await;
    let client = builder(mock.address(), TOKEN).max_attempts(1).build().unwrap();
    errors_are_read_back("telegram", &mock, calls(client.clone())).await;
    mock.fail_next(Fault::Documented("flood".into()));
    let flood = client.messages().send(hello()).await.unwrap_err();
    assert!(matches!(flood, Error::Api(SendMessageError::Flood)) && flood.is_retryable());
    assert_eq!(AnyError::from(flood).code(), Some(ErrorCode::Flood));
}

/// Whoever answers above signing is given what the path has of the caller, and a mask for what it has of the
/// credentials.
#[tokio::test]
async fn a_script_above_signing_is_not_given_the_token() {
    let script = Script::new([Reply::json(200, BOT)]);
    let client = builder("https://api.telegram.org", TOKEN).answered_by(script.clone()).build().unwrap();
    assert_eq!(client.bots().show().await.unwrap().first_name, "Bot");
    let uris: Vec<_> = script.requests().iter().map(|request| request.uri().to_string()).collect();
    assert_eq!(uris, ["https://api.telegram.org/bot~secret~/getMe"]);
}
