//! Lists over many pages: against the mock, and against servers that do not keep to the rules.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use generated_client::proctorexam::{Error, IdentityProviderId, UserId};

use crate::support::{INSTITUTE, Scripted, answer, client, json, last, mock, teacher};

/// A page of users with these ids, and what the headers say about the number of pages.
fn page(ids: &[i64], pages: Option<&str>) -> Vec<u8> {
    let users: Vec<String> =
        ids.iter().map(|id| format!(r#"{{"id":{id},"email":"e{id}","name":"n","role":"teacher"}}"#)).collect();
    let headers: Vec<_> = pages.map(|pages| ("X-Pagination-Page-Count", pages)).into_iter().collect();
    answer(200, &headers, format!(r#"{{"users":[{}]}}"#, users.join(",")).as_bytes())
}

/// Every id that a stream gives, and the request targets it took.
async fn ids(server: &Scripted) -> (Vec<i64>, Vec<String>) {
    let mut stream = client(server.address()).users().list(INSTITUTE).stream();
    let mut ids = Vec::new();
    while let Some(user) = stream.try_next().await.unwrap() {
        ids.push(user.id.0);
    }
    assert!(stream.try_next().await.unwrap().is_none(), "the end is the end");
    let requests = server.requests();
    let pages = requests.iter().map(|request| {
        let query = request.split(' ').nth(1).unwrap().split_once('?').unwrap().1.to_owned();
        query.split('&').find_map(|pair| pair.strip_prefix("page=")).unwrap().to_owned()
    });
    (ids, pages.collect())
}

#[tokio::test]
async fn a_stream_gives_every_item_of_every_page() {
    let mock = mock().await;
    let users = client(mock.address()).users();
    for number in 1..=5 {
        users.create(teacher(number)).await.unwrap();
    }
    let before = mock.requests().len();
    let mut stream = users.list(INSTITUTE).limit(2).stream();
    let mut emails = Vec::new();
    while let Some(user) = stream.try_next().await.unwrap() {
        emails.push(user.email.into_inner());
    }
    assert_eq!(emails.len(), 7);
    assert_eq!(emails[2..], (1..=5).map(|number| format!("teacher{number}@institute.com")).collect::<Vec<_>>());
    let requests = mock.requests().split_off(before);
    let pages: Vec<_> = requests.iter().map(|request| request.parameter("page").unwrap()).collect();
    assert_eq!(pages, ["1", "2", "3", "4"], "the headers tell which page is the last");
    let mut nonces: Vec<_> = requests.iter().map(|request| request.parameter("nonce").unwrap()).collect();
    nonces.dedup();
    assert_eq!(nonces.len(), 4, "each page is a call of its own");
}

#[tokio::test]
async fn a_stream_starts_where_the_call_says() {
    let mock = mock().await;
    let users = client(mock.address()).users();
    for number in 1..=3 {
        users.create(teacher(number)).await.unwrap();
    }
    let mut stream = users.list(INSTITUTE).limit(2).page(2).stream();
    let first = stream.try_next().await.unwrap().unwrap();
    assert_eq!(first.email, "teacher1@institute.com");
    assert_eq!(last(&mock).parameter("page").as_deref(), Some("2"));
    let mut pages = users.list(INSTITUTE).limit(2).page(2).stream().pages();
    let sizes = [pages.try_next().await.unwrap(), pages.try_next().await.unwrap(), pages.try_next().await.unwrap()]
        .map(|page| page.map(|page| (page.number, page.items.len())));
    assert_eq!(sizes, [Some((Some(2), 2)), Some((Some(3), 1)), None]);
    // Beyond the last page there is nothing, which is no error.
    assert!(users.list(INSTITUTE).page(9).stream().try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_page_that_vanishes_ends_the_list() {
    let mock = mock().await;
    let users = client(mock.address()).users();
    users.create(teacher(1)).await.unwrap();
    let mut stream = users.list(INSTITUTE).limit(1).stream();
    let first = stream.try_next().await.unwrap().unwrap();
    let page = users.list(INSTITUTE).await.unwrap();
    assert_eq!(page.total_items, Some(3));
    for user in &page {
        users.destroy(INSTITUTE, user.id).await.unwrap();
    }
    assert_eq!(first.id, UserId(1));
    assert!(stream.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn without_headers_a_list_ends_at_an_empty_page() {
    let server = Scripted::start([page(&[1, 2], None), page(&[3], Some("many")), page(&[], None)]);
    let (ids, pages) = ids(&server).await;
    assert_eq!((ids, pages.len()), (vec![1, 2, 3], 3));
}

#[tokio::test]
async fn a_server_that_ignores_the_page_is_left() {
    let server = Scripted::start([page(&[1, 2], None), page(&[1, 2], None)]);
    let (ids, pages) = ids(&server).await;
    assert_eq!((ids, pages), (vec![1, 2], vec!["1".to_owned(), "2".to_owned()]));
}

#[tokio::test]
async fn a_list_that_ends_before_its_totals_is_an_error() {
    for second in [page(&[1, 2], Some("1000000")), page(&[], Some("1000000"))] {
        let server = Scripted::start([page(&[1, 2], Some("1000000")), second]);
        let mut stream = client(server.address()).users().list(INSTITUTE).stream();
        for id in [1, 2] {
            assert_eq!(stream.try_next().await.unwrap().unwrap().id, UserId(id));
        }
        let error = stream.try_next().await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert!(stream.try_next().await.unwrap().is_none());
    }
}

#[tokio::test]
async fn totals_that_change_are_believed_anew() {
    let server = Scripted::start([page(&[1], Some("2")), page(&[2], Some("3")), page(&[3], Some("0"))]);
    let (ids, _) = ids(&server).await;
    assert_eq!(ids, [1, 2, 3]);
}

#[tokio::test]
async fn an_error_on_the_way_is_given_once() {
    let server = Scripted::start([page(&[1], Some("3")), json(404, "{}")]);
    let mut stream = client(server.address()).users().list(INSTITUTE).stream();
    assert_eq!(stream.try_next().await.unwrap().unwrap().id, UserId(1));
    assert!(matches!(stream.try_next().await.unwrap_err(), Error::Unexpected(_)));
    assert!(stream.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn totals_that_are_no_numbers_say_nothing() {
    let headers = [("X-Pagination-Item-Count", "-1"), ("X-Pagination-Page", "1e3"), ("X-Pagination-Limit", " 50 ")];
    let body = br#"{"users":[{"id":1,"email":"e","name":"n","role":"teacher","omniauth_config_id":3}]}"#;
    let server = Scripted::once(answer(200, &headers, body));
    let page = client(server.address()).users().list(INSTITUTE).await.unwrap();
    assert_eq!((page.total_items, page.total_pages, page.number, page.limit), (None, None, None, Some(50)));
    assert_eq!(page.items[0].omniauth_config_id, Some(IdentityProviderId(3)));
}

#[tokio::test]
async fn a_future_that_is_dropped_loses_nothing() {
    let mock = mock().await;
    let mut stream = client(mock.address()).users().list(INSTITUTE).limit(1).stream();
    // Polled once, it waits at least for the connection; then it is dropped.
    let waits = poll_fn(|cx| Poll::Ready(pin!(stream.try_next()).poll(cx).is_pending())).await;
    assert!(waits);
    let mut ids = Vec::new();
    while let Some(user) = stream.try_next().await.unwrap() {
        ids.push(user.id);
    }
    assert_eq!(ids, [UserId(1), UserId(2)]);
    assert_eq!(mock.requests().len(), 2, "no page was asked for twice");
}
