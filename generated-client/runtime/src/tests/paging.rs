//! Lists over several pages: where they start and that they end.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;

use super::api::{Error, ListUsersError};
use super::stage::{Act, Stage};

type Headers = &'static [(&'static str, &'static str)];

const NONE: Headers = &[];
const TWO_PAGES: Headers = &[("X-Pages", "2"), ("X-Items", "3"), ("X-Page", "1"), ("X-Limit", "2")];

fn page(headers: Headers, ids: &[i64]) -> Act {
    let users: Vec<_> = ids.iter().map(|id| format!(r#"{{"id":{id}}}"#)).collect();
    Act::Answer(200, headers, format!(r#"{{"users":[{}]}}"#, users.join(",")))
}

async fn ids(stage: &Stage) -> Result<Vec<i64>, Error<ListUsersError>> {
    let mut ids = Vec::new();
    let mut items = stage.client().users().list(1).stream();
    while let Some(user) = items.try_next().await? {
        ids.push(user.id);
    }
    assert!(items.try_next().await?.is_none(), "after the end there is nothing");
    Ok(ids)
}

#[tokio::test]
async fn one_page_has_the_totals() {
    let stage = Stage::new([page(TWO_PAGES, &[1, 2])]);
    let page = stage.client().users().list(1).limit(2).await.unwrap();
    assert_eq!((page.total_items, page.total_pages, page.number, page.limit), (Some(3), Some(2), Some(1), Some(2)));
    assert_eq!((&page).into_iter().map(|user| user.id).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn the_headers_say_which_page_is_the_last() {
    let stage = Stage::new([page(TWO_PAGES, &[1, 2]), page(TWO_PAGES, &[3])]);
    assert_eq!(ids(&stage).await.unwrap(), [1, 2, 3]);
    let targets = stage.targets();
    assert!(targets[0].contains("?page=1&") && targets[0].contains("nonce=1&"), "{targets:?}");
    assert!(targets[1].contains("?page=2&") && targets[1].contains("nonce=2&"), "{targets:?}");
}

#[tokio::test]
async fn without_headers_an_empty_page_is_the_last() {
    for headers in [NONE, &[("X-Pages", "lots")]] {
        let stage = Stage::new([page(headers, &[1]), page(headers, &[2]), page(headers, &[])]);
        assert_eq!(ids(&stage).await.unwrap(), [1, 2]);
    }
}

#[tokio::test]
async fn a_server_that_ignores_the_page_is_not_asked_for_ever() {
    for headers in [NONE, &[("X-Pages", "18446744073709551615")], &[("X-Pages", "-2")]] {
        let stage = Stage::new([page(headers, &[1, 2]), page(headers, &[1, 2])]);
        assert_eq!(ids(&stage).await.unwrap(), [1, 2]);
    }
}

#[tokio::test]
async fn a_list_that_ends_before_its_totals_is_an_error() {
    const THREE: Headers = &[("X-Pages", "3")];
    let early = [
        vec![page(THREE, &[1]), page(THREE, &[1])],
        vec![page(THREE, &[1]), page(THREE, &[])],
        vec![page(THREE, &[1]), page(&[("X-Pages", "2")], &[1])],
        vec![page(THREE, &[])],
    ];
    for pages in early {
        let stage = Stage::new(pages);
        let mut items = stage.client().users().list(1).stream();
        let mut seen = 0;
        let error = loop {
            match items.try_next().await {
                Ok(item) => assert_eq!((item.unwrap().id, std::mem::replace(&mut seen, 1)), (1, 0)),
                Err(error) => break error,
            }
        };
        let Error::Decode(answer) = &error else { panic!("{error:?}") };
        assert_eq!(
            answer.cause().to_string(),
            "the answer: expected more items, as the answer says, found nothing new at byte 0"
        );
        assert!(!error.is_retryable());
        assert!(error.response().unwrap().headers().contains_key("x-pages"));
        assert!(items.try_next().await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_list_that_became_shorter_ends_in_peace() {
    const THREE: Headers = &[("X-Pages", "3")];
    const FEWER: [(Headers, &[i64]); 4] = [
        (&[("X-Pages", "0")], &[]),
        (&[("X-Pages", "1")], &[]),
        (&[("X-Pages", "2")], &[]),
        (&[("X-Pages", "1")], &[1]),
    ];
    for (headers, last) in FEWER {
        let stage = Stage::new([page(THREE, &[1]), page(headers, last)]);
        assert_eq!(ids(&stage).await.unwrap(), [1], "{headers:?} {last:?}");
    }
}

#[tokio::test]
async fn the_callers_page_is_the_first_and_its_limit_stays() {
    let stage = Stage::new([page(&[("X-Pages", "5")], &[9])]);
    let mut items = stage.client().users().list(1).page(5).limit(2).stream();
    assert_eq!(items.try_next().await.unwrap().unwrap().id, 9);
    assert!(items.try_next().await.unwrap().is_none());
    assert!(stage.targets()[0].contains("?page=5&limit=2&"));
    let stage = Stage::new([page(NONE, &[1])]);
    let mut items = stage.client().users().list(1).page(i64::MAX).stream();
    assert_eq!(items.try_next().await.unwrap().unwrap().id, 1);
    assert!(items.try_next().await.unwrap().is_none(), "there is no number after the largest");
}

#[tokio::test]
async fn an_error_is_given_once_and_ends_the_list() {
    let stage = Stage::new([page(NONE, &[1]), Act::status(500, "")]);
    let mut items = stage.client().users().list(1).stream();
    assert_eq!(items.try_next().await.unwrap().unwrap().id, 1);
    assert_eq!(items.try_next().await.unwrap_err().status().unwrap().as_u16(), 500);
    assert!(items.try_next().await.unwrap().is_none());
    let mut items = stage.client().users().list(1).page(0).stream();
    assert!(matches!(items.try_next().await, Err(Error::Invalid(_))));
}

#[tokio::test]
async fn it_is_a_stream_and_comes_page_by_page_too() {
    let stage = Stage::new([page(TWO_PAGES, &[1, 2]), page(TWO_PAGES, &[3])]);
    let mut items = stage.client().users().list(1).stream();
    let mut seen = 0;
    while let Some(item) = poll_fn(|cx| Pin::new(&mut items).poll_next(cx)).await {
        item.unwrap();
        seen += 1;
    }
    assert_eq!(seen, 3);
    let stage = Stage::new([page(TWO_PAGES, &[1, 2]), page(TWO_PAGES, &[3])]);
    let mut pages = stage.client().users().list(1).stream().pages();
    assert_eq!(pages.try_next().await.unwrap().unwrap().items.len(), 2);
    assert_eq!(pages.try_next().await.unwrap().unwrap().items.len(), 1);
    assert!(pages.try_next().await.unwrap().is_none());
}
