//! A file that goes to an address which an answer gives: over a socket, between two calls of the API.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use client_runtime::Upload;
use client_runtime::testing::Script;
use tests::specs::slack_files::{AnyError, Builder, Client, Credentials, Environment, Error, FileId, Uploaded};

use super::Ears;
use crate::support::{Hasty, Scripted, answer, json, provider, texts};

/// Part of every address to upload to, and of nothing that is printed.
const CANARY: &str = "c4nary";
const TARGET: &str = "/upload/v1/ABC?sig=c4nary%2F%2b&exp=1&x={y}";

fn builder(address: &str) -> Builder<Client> {
    let builder = Client::builder(Environment::custom(address).unwrap());
    builder.credentials(Credentials { token: "t0ken".into() }).timer(Hasty)
}

/// A client of a machine of its own, where nothing is asked of the API.
fn client() -> Client {
    builder("http://127.0.0.1:9").build().unwrap()
}

fn url(storage: &Scripted) -> String {
    let origin = storage.address().strip_suffix("/api/v3").unwrap();
    format!("{origin}{TARGET}")
}

fn cat() -> Upload {
    Upload::bytes("cat.jpg", "a cat").content_type("image/jpeg")
}

#[tokio::test]
async fn a_file_goes_where_an_answer_says_and_the_api_hears_of_it() {
    let storage = Scripted::once(answer(200, &[], b"OK - 5"));
    let slot = format!(r#"{{"ok":true,"upload_url":"{}","file_id":"F1"}}"#, url(&storage));
    let api = Scripted::start([json(200, &slot), json(200, r#"{"ok":true,"files":[{"id":"F1","title":"A cat"}]}"#)]);
    let client = builder(api.address()).build().unwrap();

    let slot = client.files().start("cat.jpg".to_owned(), 5).await.unwrap();
    let stored = client.request_to("POST", slot.upload_url.expose()).body(cat()).await.unwrap();
    assert_eq!(&stored.body()[..], b"OK - 5");
    let files = client.files().complete(vec![Uploaded::new(slot.file_id).title("A cat")]).await.unwrap();
    assert_eq!(files[0].id, FileId("F1".into()));

    let uploaded = storage.requests().pop().unwrap();
    let (head, body) = uploaded.split_once("\r\n\r\n").unwrap();
    let head = head.to_ascii_lowercase();
    assert!(head.starts_with("post /upload/v1/abc?sig=c4nary%2f%2b&exp=1&x=%7by%7d http/1.1\r\n"), "{head}");
    assert!(head.contains("content-type: image/jpeg") && head.contains("content-length: 5"), "{head}");
    assert!(!head.contains("authorization") && !uploaded.contains("t0ken"), "{head}");
    assert_eq!(body, "a cat");
    let asked = api.requests();
    assert!(asked.iter().all(|request| request.contains("Bearer t0ken")));
    assert!(asked[1].ends_with("files=%5B%7B%22id%22%3A%22F1%22%2C%22title%22%3A%22A%20cat%22%7D%5D"), "{}", asked[1]);
}

#[tokio::test]
async fn a_form_has_its_fields_before_the_file() {
    let storage = Scripted::once(answer(204, &[], b""));
    let call = client().request_to("POST", &url(&storage)).part("key", "a/b").part("policy", "p");
    call.header("X-Trace", "7").part("file", cat()).await.unwrap();
    let uploaded = storage.requests().pop().unwrap();
    let at = |text: &str| uploaded.find(text).unwrap_or_else(|| panic!("{text} is not in {uploaded}"));
    assert!(uploaded.to_ascii_lowercase().contains("x-trace: 7\r\n"));
    assert!(at("name=\"key\"\r\n\r\na/b") < at("name=\"policy\"\r\n\r\np"));
    assert!(at("name=\"policy\"") < at("name=\"file\"; filename=\"cat.jpg\"\r\nContent-Type: image/jpeg\r\n\r\na cat"));
}

#[tokio::test]
async fn a_file_alone_and_parts_take_the_place_of_each_other() {
    let storage = Scripted::start([answer(204, &[], b""), answer(204, &[], b"")]);
    client().request_to("PUT", &url(&storage)).part("key", "a/b").body(cat()).await.unwrap();
    client().request_to("POST", &url(&storage)).body(cat()).part("key", "a/b").await.unwrap();
    let [alone, parts] = storage.requests().try_into().unwrap();
    assert!(alone.ends_with("\r\n\r\na cat"), "{alone}");
    assert!(parts.contains("name=\"key\"\r\n\r\na/b") && !parts.contains("a cat"), "{parts}");
}

#[tokio::test]
async fn nothing_is_followed_repeated_or_refreshed() {
    let asked = Arc::new(AtomicUsize::new(0));
    let provider = provider(&asked, |_| Credentials { token: "t0ken".into() });
    let client = Client::builder(Environment::custom("http://127.0.0.1:9").unwrap());
    let client = client.credentials_from(provider).timer(Hasty).build().unwrap();
    let other = Scripted::start([answer(200, &[], b"")]);
    for status in [307, 401, 500, 503] {
        let storage = Scripted::start([answer(status, &[("Location", other.address())], b""), answer(200, &[], b"")]);
        let failed = client.request_to("PUT", &url(&storage)).body(cat()).await.unwrap_err();
        assert!(matches!(&failed, Error::Unexpected(it) if it.response().status() == status), "{failed:?}");
        assert_eq!(failed.is_outcome_unknown(), status == 500, "{status}");
        assert_eq!(storage.requests().len(), 1);
    }
    assert!(other.requests().is_empty());
    assert_eq!(asked.load(Ordering::Relaxed), 0, "nobody needs credentials for it");
    // What only reads is asked for again.
    let storage = Scripted::start([answer(503, &[], b""), answer(200, &[], b"a cat")]);
    assert_eq!(&client.request_to("GET", &url(&storage)).await.unwrap().body()[..], b"a cat");
}

/// A stream that can be read only once, of so many bytes.
struct Once(Option<Bytes>);

impl futures_core::Stream for Once {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(Ok))
    }
}

#[tokio::test]
async fn a_file_is_read_while_it_is_sent() {
    let storage = Scripted::once(answer(200, &[], b""));
    let file = Upload::stream("cat.jpg", Once(Some("a cat".into()))).sized(5);
    client().request_to("PUT", &url(&storage)).body(file).await.unwrap();
    let uploaded = storage.requests().pop().unwrap();
    let head = uploaded.to_ascii_lowercase();
    assert!(head.contains("content-type: application/octet-stream") && head.contains("content-length: 5"), "{head}");
    assert!(uploaded.ends_with("\r\n\r\na cat"));

    let short = Upload::stream("cat.jpg", Once(Some("a cat".into()))).sized(6);
    let storage = Scripted::once(answer(200, &[], b""));
    let failed = client().request_to("PUT", &url(&storage)).body(short).await.unwrap_err();
    assert!(matches!(failed, Error::Transport(_)) && texts(&failed).contains("it ends before it should"), "{failed:?}");
}

#[tokio::test]
async fn an_address_in_the_open_or_none_at_all_is_refused_unseen() {
    let encrypted = builder("https://api.example").transport(Script::new([])).build().unwrap();
    for (client, url) in [
        (&encrypted, "http://files.example/c4nary"),
        (&encrypted, "http://127.0.0.1:9/c4nary"),
        (&client(), "http://files.example/c4nary"),
        (&client(), "/c4nary"),
        (&client(), "https://u:c4nary@files.example/"),
        (&client(), "https://files.example/c4nary#x"),
        (&client(), "https://files.example\\c4nary"),
        (&client(), ""),
    ] {
        let refused = client.request_to("PUT", url).body(cat()).await.unwrap_err();
        assert!(matches!(refused, Error::Invalid(_)), "{url}: {refused:?}");
        assert!(!texts(&refused).contains(CANARY), "{url}: {refused:?}");
    }
    let refused = client().request_to("BREW", "https://files.example/c4nary").await.unwrap_err();
    assert!(matches!(refused, Error::Invalid(_)) && !texts(&refused).contains(CANARY), "{refused:?}");
}

#[tokio::test]
async fn the_address_is_in_no_text() {
    let ears = Ears::default();
    let client = builder("http://127.0.0.1:9").hooks(ears.clone()).build().unwrap();
    let storage = Scripted::start([
        answer(403, &[("Location", "/c4nary")], b"c4nary"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nc4nary".to_vec(),
    ]);
    let mut seen = String::new();
    for _ in 0..3 {
        let call = client.request_to("PUT", &url(&storage)).body(cat());
        write!(seen, "{call:?}").unwrap();
        let failure = call.await.unwrap_err();
        write!(seen, "{}", texts(&failure)).unwrap();
        write!(seen, "{}", texts(&AnyError::from(failure))).unwrap();
    }
    seen.push_str(&ears.0.lock().unwrap());
    assert!(seen.contains("elsewhere") && seen.contains("403"), "{seen}");
    assert!(!seen.contains(CANARY), "{seen}");
    // What the application says to the API is said to nobody else.
    assert!(storage.requests().iter().all(|request| !request.contains("t3nant")));
}
