//! Lists whose next page is at an address, with a credential in the path of every page: each page is asked for with the
//! credential of its moment, whichever one an answer repeats, and no position and no text has any of them.

use std::fmt::Write as _;
use std::sync::Arc;

use codegen_mock::Mock;
use tests::paging::{AnyError, Client, Credentials, Environment, Error, PagingError, Position};

use crate::paging_forms::described;
use crate::support::{Hasty, Scripted, answer, json, provider, texts};

const KEY: &str = "1:c4nary/ü";
const CANARY: &str = "c4nary";

fn client(address: &str, key: &str) -> Client {
    let builder = Client::builder(Environment::custom(address).unwrap());
    builder.credentials(Credentials { key: key.into() }).timer(Hasty).build().unwrap()
}

/// A client that has another key whenever it asks for one: 1, 2 and so on.
fn renewing(address: &str) -> Client {
    let provider = provider(&Arc::default(), |asked| Credentials { key: asked.to_string().as_str().into() });
    let builder = Client::builder(Environment::custom(address).unwrap());
    builder.credentials_from(provider).timer(Hasty).build().unwrap()
}

/// A page with one thing, and where the next one is.
pub(crate) fn page(id: i64, next: &str) -> Vec<u8> {
    json(200, &format!(r#"{{"things":[{{"id":{id}}}],"next":"{next}"}}"#))
}

pub(crate) fn last(id: i64) -> Vec<u8> {
    json(200, &format!(r#"{{"things":[{{"id":{id}}}]}}"#))
}

/// What was asked for.
fn targets(server: &Scripted) -> Vec<String> {
    server.requests().iter().map(|it| it.split(' ').nth(1).unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_next_address_of_any_kind_goes_on_below_the_key() {
    for (next, sent) in [
        ("?from=2", "/api/v3/botk%3A1/things?from=2"),
        ("things/2", "/api/v3/botk%3A1/things/2"),
        ("/botk:1/things?from=2", "/api/v3/botk%3A1/things?from=2"),
        ("/api/v3/botk%3a1/things?from=2", "/api/v3/botk%3A1/things?from=2"),
        ("/api/v3/botold/2", "/api/v3/botk%3A1/2"),
        ("{base}/botk:1/things?from=2", "/api/v3/botk%3A1/things?from=2"),
    ] {
        let server = Scripted::start([last(2)]);
        let position: Position = format!("address:{}", next.replace("{base}", server.address())).parse().unwrap();
        let things = client(server.address(), "k:1").things();
        assert_eq!(things.by_key().resume(position).await.unwrap().items[0].id, 2);
        assert_eq!(targets(&server), [sent], "{next}");
    }
}

#[tokio::test]
async fn a_relative_address_is_read_where_its_page_was() {
    let server = Scripted::start([page(1, "things/2/"), page(2, "3?a=b"), last(3)]);
    let mut items = client(server.address(), "k").things().by_key().stream();
    while items.try_next().await.unwrap().is_some() {}
    assert_eq!(targets(&server)[1..], ["/api/v3/botk/things/2/", "/api/v3/botk/things/2/3?a=b"]);
}

/// An answer repeats the key that has expired since.
#[tokio::test]
async fn each_page_has_the_key_of_its_moment() {
    let server = Scripted::start([
        page(1, "/api/v3/bot1/things?from=2"),
        json(401, "{}"),
        page(2, "/api/v3/bot1/things?from=3"),
        last(3),
    ]);
    let mut items = renewing(server.address()).things().by_key().stream();
    while items.try_next().await.unwrap().is_some() {}
    let paths = ["bot1/things", "bot1/things?from=2", "bot2/things?from=2", "bot2/things?from=3"];
    assert_eq!(targets(&server), paths.map(|path| format!("/api/v3/{path}")));
}

#[tokio::test]
async fn an_address_where_the_key_is_not_found_is_refused() {
    for (next, error) in [
        ("/api/v3/c4nary/things", PagingError::UnfitAddress),
        ("../c4nary", PagingError::UnfitAddress),
        ("/api/v3/bot", PagingError::UnfitAddress),
        ("https://example.com/botc4nary/things", PagingError::ForeignHost),
    ] {
        let server = Scripted::start([page(1, next)]);
        let things = client(server.address(), "c4nary").things();
        let mut pages = things.by_key().pages();
        let next = pages.try_next().await.unwrap().unwrap().next().unwrap().clone();
        let stopped = pages.try_next().await.unwrap_err();
        assert!(matches!(stopped, Error::Paging(it) if it == error), "{stopped:?}");
        let kept = next.to_text();
        let resumed = things.by_key().resume(kept.parse().unwrap()).await.unwrap_err();
        assert!(matches!(resumed, Error::Paging(it) if it == error), "{resumed:?}");
        let seen = format!("{next:?} {kept} {stopped:?} {stopped} {:?}", texts(&AnyError::from(resumed)));
        assert!(!seen.contains(CANARY), "{seen}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn no_text_has_the_key_of_a_page() {
    let mock = Mock::builder(described()).synthesise("things", 5).credential("key", KEY).start().await.unwrap();
    let things = client(mock.address(), KEY).things();
    let mut seen = String::new();
    let (whole, rooted) = (things.by_key_link().limit(2).await.unwrap(), things.by_key().limit(2).await.unwrap());
    writeln!(seen, "{whole:?} {rooted:?}").unwrap();
    let (whole, rooted) = (whole.next().unwrap(), rooted.next().unwrap());
    assert_eq!(whole.to_text(), "address:/v1/{credentials.key}/things?limit=2&page-begins-at=2");
    assert_eq!(rooted.to_text(), "address:/v1/bot{credentials.key}/things?limit=2&page-begins-at=2");
    for prepared in [
        things.by_key_link().resume(whole.clone()).prepare().unwrap(),
        things.by_key().resume(rooted.clone()).prepare().unwrap(),
        // As a caller may have it from elsewhere.
        things.by_key().resume("address:/bot1%3Ac4nary%2F%c3%bc/x".parse().unwrap()).prepare().unwrap(),
    ] {
        assert!(prepared.request().uri().path().contains("1%3Ac4nary%2F%C3%BC/"), "and yet it is sent");
        assert!(prepared.explanation().to_string().contains("~secret~"));
        write!(seen, "{prepared:?} {prepared:#?} {:?} {}", prepared.request(), prepared.explanation()).unwrap();
    }
    writeln!(seen, "{whole:?} {rooted:?} {:?}", things.by_key().resume(rooted.clone())).unwrap();
    let server = Scripted::once(answer(500, &[], b"no"));
    let failed = client(server.address(), KEY).things().by_key().resume(rooted.clone()).with_max_attempts(1);
    let failed = failed.with_response().await.into_result().unwrap_err();
    writeln!(seen, "{failed:?} {}", texts(&failed)).unwrap();
    seen.push_str(&texts(&AnyError::from(failed)));
    assert!(!seen.contains(CANARY), "{seen}");
}
