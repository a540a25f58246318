//! A scheme that signs every header and the body as it is, over a real socket: the mock verifies whatever arrives.

use codegen_mock::Mock;
use tests::headers::{AnyError, Client, Credentials, Environment, Error, Json, SigningError};

use crate::support::{last, sources};

async fn start() -> (Mock, Client) {
    let mock = Mock::start(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/good/headers")).await.unwrap();
    let client = Client::builder(Environment::custom(mock.address()).unwrap())
        .credentials(Credentials { key: mock.credential("key").into() })
        .build()
        .unwrap();
    (mock, client)
}

/// All headers of a name, as they arrived.
fn received(mock: &Mock, name: &str) -> Vec<String> {
    last(mock).headers.into_iter().filter(|(header, _)| header == name).map(|(_, value)| value).collect()
}

#[tokio::test]
async fn headers_of_the_caller_are_signed() {
    let (mock, client) = start().await;
    let things = client.things();
    things.list().q("a b").with_header("X-Trace", " é, \t1 ").with_header("x-first", "").await.unwrap();
    assert_eq!((received(&mock, "x-trace"), received(&mock, "x-first")), (vec!["é, \t1".into()], vec![String::new()]));
    things.list().with_header("X-Trace", 1).with_header("X-Trace", 2).await.unwrap();
    assert_eq!(received(&mock, "x-trace"), ["2"]);
    things.create("é".to_owned()).with_header("X-Trace", "t").with_header("X-A", "a").await.unwrap();
    client.request("GET", "/things").query("q", "ü").header("X-Trace", "t").await.unwrap();
    client.request("POST", "/things").body("name", "n").header("Z", "z").header("A", "a").await.unwrap();
    assert_eq!((received(&mock, "z"), received(&mock, "x-name")), (vec!["z".into()], vec!["n".into()]));
}

#[tokio::test]
async fn two_headers_of_one_name_are_signed_in_their_order() {
    let (mock, client) = start().await;
    let tags = || vec!["b".to_owned(), "a".to_owned(), "b".to_owned()];
    client.things().list().x_tags(tags()).await.unwrap();
    assert_eq!(received(&mock, "x-tags"), tags());
    client.things().list().with_header("X-Last", "z").x_tags(tags()).with_header("X-First", "a").await.unwrap();
    client.request("GET", "/things").header("X-Tags", "one").await.unwrap();
    let prepared = client.things().list().x_tags(tags()).prepare().unwrap();
    let line = prepared.explanation().steps()[0].text();
    assert!(line.starts_with("x-client:shop\nx-tags:b\nx-tags:a\nx-tags:b\nx-time:"), "{line}");
}

/// A transport asks for anything where the caller asks for nothing.
#[tokio::test]
async fn what_the_caller_accepts_is_signed() {
    let (mock, client) = start().await;
    client.things().list().with_header("Accept", "text/csv").await.unwrap();
    assert_eq!(received(&mock, "accept"), ["text/csv"]);
    client.things().list().await.unwrap();
    assert_eq!(received(&mock, "accept"), ["*/*"]);
}

#[tokio::test]
async fn a_body_is_signed_as_it_is_sent_whatever_it_is() {
    let (mock, client) = start().await;
    client.things().send("é &=".to_owned()).tags(vec!["+".to_owned(), "%".to_owned()]).await.unwrap();
    assert_eq!(last(&mock).body, b"name=%C3%A9%20%26%3D&tags%5B%5D=%2B&tags%5B%5D=%25");
    client.things().create("é\"".to_owned()).tags(vec!["\u{7}".to_owned()]).await.unwrap();
    assert_eq!(last(&mock).body, "{\"name\":\"é\\\"\",\"tags\":[\"\\u0007\"]}".as_bytes());
}

#[tokio::test]
async fn a_body_without_members_is_refused_where_members_are_signed() {
    let (mock, client) = start().await;
    let error = client.request("POST", "/things").json(Json::Array(vec![Json::Null])).await.unwrap_err();
    assert!(matches!(error, Error::Signing(SigningError::NoFields)), "{error:?}");
    assert!(mock.requests().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_header_with_a_line_break_is_refused_before_anything_is_sent() {
    const EVIL: &str = "c4nary\r\nX-Evil: 1";
    let (mock, client) = start().await;
    let message = "`X-Trace` must be a text that a header can hold";
    let refused = |error: String| assert!(error.contains(message) && !error.contains("c4nary"), "{error}");
    refused(client.things().list().with_header("X-Trace", EVIL).await.unwrap_err().to_string());
    refused(client.request("GET", "/things").header("X-Trace", EVIL).await.unwrap_err().to_string());
    refused(AnyError::from(client.things().list().with_header("X-Trace", EVIL).prepare().unwrap_err()).to_string());
    let tags = client.things().list().x_tags(vec!["a".to_owned(), EVIL.to_owned()]);
    assert_eq!(tags.await.unwrap_err().to_string(), message.replace("Trace", "Tags"));
    // One that signing makes of what the caller gives.
    let error = client.things().create(EVIL.to_owned()).await.unwrap_err();
    assert!(matches!(error, Error::Signing(SigningError::Header { header: "X-Name" })), "{error:?}");
    assert!(!format!("{error} {error:?} {:?}", sources(&error)).contains("c4nary"));
    assert!(mock.requests().is_empty(), "nothing was sent");
}
