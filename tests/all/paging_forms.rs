//! Every way in which lists are cut into pages, between a generated client and the mock of the same spec, and against
//! servers that do not keep to it.

use std::path::Path;

use codegen::ir::Api;
use codegen_mock::Mock;
use tests::paging::{
    ByTimeThings, Call, Client, Credentials, DateTime, Environment, Error, OperationError, Paged, PagingError,
    Position, Row, Thing,
};

use crate::support::{Scripted, answer};

/// What the spec of these lists describes.
pub(crate) fn described() -> Api {
    codegen::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/good/paging")).unwrap()
}

async fn mock(things: u64, largest_page: u64) -> Mock {
    Mock::builder(described()).synthesise("things", things).largest_page(largest_page).start().await.unwrap()
}

pub(crate) fn client(address: &str) -> Client {
    Client::builder(Environment::custom(address).unwrap())
        .credentials(Credentials { key: "test-key".into() })
        .build()
        .unwrap()
}

/// Does the same to a call of every form, three things a page.
macro_rules! every_form {
    ($client:expr, $check:ident $(, $with:expr)*) => {
        let things = $client.things();
        $check(things.by_number().per_page(3) $(, $with)*).await;
        $check(things.by_count().limit(3) $(, $with)*).await;
        $check(things.by_offset().limit(3) $(, $with)*).await;
        $check(things.by_short_page().limit(3) $(, $with)*).await;
        $check(things.by_token(7).limit(3) $(, $with)*).await;
        $check(things.by_header().limit(3) $(, $with)*).await;
        $check(things.by_last().limit(3) $(, $with)*).await;
        $check(things.by_link().limit(3).filter("a&b c") $(, $with)*).await;
        $check(things.by_path().limit(3) $(, $with)*).await;
        $check(things.by_key().limit(3) $(, $with)*).await;
        $check(things.by_key_link().limit(3) $(, $with)*).await;
        $check(things.by_end().limit(3) $(, $with)*).await;
    };
}

/// The ids of all that a call lists, up to an error.
pub(crate) async fn listed<O: Paged<Item = Thing>>(call: Call<O>) -> (Vec<i64>, Option<Error<O::Error>>) {
    let (mut stream, mut ids) = (call.stream(), Vec::new());
    let error = loop {
        match stream.try_next().await {
            Ok(Some(thing)) => ids.push(thing.id),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    assert!(matches!(stream.try_next().await, Ok(None)), "the end is the end");
    (ids, error)
}

async fn lists_all<O: Paged<Item = Thing>>(call: Call<O>, things: i64) {
    let (ids, error) = listed(call).await;
    assert!(error.is_none(), "{}: {error:?}", O::ID);
    assert_eq!(ids, (1..=things).collect::<Vec<_>>(), "{}", O::ID);
}

#[tokio::test]
async fn every_form_lists_everything_once() {
    for things in [0, 1, 2, 3, 6, 10] {
        let mock = mock(things, u64::MAX).await;
        every_form!(client(mock.address()), lists_all, i64::try_from(things).unwrap());
    }
}

#[tokio::test]
async fn there_is_no_page_before_the_first() {
    let mock = mock(5, u64::MAX).await;
    let things = client(mock.address()).things();
    assert_eq!(things.by_count().page(1).await.unwrap().items.len(), 5);
    assert_eq!(things.by_count().page(0).await.unwrap_err().status().unwrap(), 422);
    assert_eq!(things.by_number().page(0).await.unwrap().items.len(), 5);
    assert_eq!(things.by_short_page().start(0).await.unwrap_err().status().unwrap(), 422);
}

#[tokio::test]
async fn a_lowered_page_size_loses_nothing() {
    for (things, largest) in [(2, 2), (7, 2), (4, 1), (3, 2)] {
        let mock = mock(things, largest).await;
        every_form!(client(mock.address()), lists_all, i64::try_from(things).unwrap());
        assert!(mock.requests().len() as u64 >= 9 * (things / largest));
    }
}

async fn resumes<O: Paged<Item = Thing>>(call: Call<O>, again: Call<O>) {
    let mut pages = call.pages();
    let first = pages.try_next().await.unwrap().unwrap();
    assert_eq!(first.items.iter().map(|thing| thing.id).collect::<Vec<_>>(), [1, 2, 3], "{}", O::ID);
    let kept = first.next().unwrap().to_text();
    drop(pages);
    let (ids, error) = listed(again.resume(kept.parse().unwrap())).await;
    assert!(error.is_none(), "{}: {error:?}", O::ID);
    assert_eq!(ids, [4, 5, 6, 7], "{} from {kept}", O::ID);
}

#[tokio::test]
async fn every_form_goes_on_from_a_position_that_was_kept() {
    let mock = mock(7, u64::MAX).await;
    let address = mock.address();
    let (one, two) = (client(address).things(), client(address).things());
    resumes(one.by_number().per_page(3), two.by_number().per_page(3)).await;
    resumes(one.by_count().limit(3), two.by_count().limit(3)).await;
    resumes(one.by_offset().limit(3), two.by_offset().limit(3)).await;
    resumes(one.by_short_page().limit(3), two.by_short_page().limit(3)).await;
    resumes(one.by_token(7).limit(3), two.by_token(7).limit(3)).await;
    resumes(one.by_header().limit(3), two.by_header().limit(3)).await;
    resumes(one.by_last().limit(3), two.by_last().limit(3)).await;
    resumes(one.by_link().limit(3), two.by_link().limit(3)).await;
    resumes(one.by_path().limit(3), two.by_path().limit(3)).await;
    resumes(one.by_key().limit(3), two.by_key().limit(3)).await;
    resumes(one.by_key_link().limit(3), two.by_key_link().limit(3)).await;
    resumes(one.by_end().limit(3), two.by_end().limit(3)).await;
}

#[tokio::test]
async fn one_page_has_its_totals_and_its_next() {
    let mock = mock(7, u64::MAX).await;
    let things = client(mock.address()).things();
    let page = things.by_count().limit(3).await.unwrap();
    assert_eq!((page.number, page.limit, page.total_items, page.total_pages), (Some(1), None, Some(7), Some(3)));
    let last = things.by_count().limit(3).resume("page:3".parse().unwrap()).await.unwrap();
    assert_eq!((last.items.len(), last.next()), (1, None));
    let page = things.by_number().per_page(3).await.unwrap();
    assert_eq!((page.limit, page.total_items), (Some(3), Some(7)));
    assert_eq!(things.by_path().limit(3).await.unwrap().total_items, Some(7));
}

#[tokio::test]
async fn the_next_call_repeats_what_it_must_alone() {
    let mock = mock(4, u64::MAX).await;
    let things = client(mock.address()).things();
    lists_all(things.by_token(7).limit(3), 4).await;
    let requests = mock.take_log();
    assert_eq!(requests[0].request.query, "limit=3&id=7");
    let token = requests[1].request.parameter("token").unwrap();
    assert_eq!(requests[1].request.query, format!("token={token}"), "not even what a call must have");
    lists_all(things.by_header().limit(3), 4).await;
    assert_eq!(mock.take_log()[1].request.body, br#"{"after":"c3.","limit":3}"#);
    lists_all(things.by_link().limit(3).filter("a&b c"), 4).await;
    let requests = mock.take_log();
    assert_eq!(requests[1].request.parameter("filter").as_deref(), Some("a&b c"), "it stands in the address");
    assert_eq!(requests[1].request.header("authorization"), Some("Bearer test-key"));
}

/// The ids of all rows, an error at the end, and what was asked for after the first page.
async fn rows(server: &str) -> (Vec<i64>, Option<PagingError>) {
    let (mut stream, mut ids) = (client(server).things().by_row().stream(), Vec::new());
    loop {
        match stream.try_next().await {
            Ok(Some(Row { id, .. })) => ids.push(id),
            Ok(None) => return (ids, None),
            Err(error) => return (ids, Some(stopped(Some(error)))),
        }
    }
}

#[tokio::test]
async fn the_last_item_is_asked_wherever_its_list_and_its_field_stand() {
    let mock = mock(7, 2).await;
    assert_eq!(rows(mock.address()).await, ((1..=7).collect(), None));
    let rows_of = |body: &str| answer(200, &[], body.as_bytes());
    let server = Scripted::start([
        rows_of(r#"{"rows":[{"no":1},{"ident":{"no":2}}]}"#),
        rows_of(r#"{"items":[{"ident":null,"no":3}]}"#),
        rows_of(r#"{"rows":{"no":4}}"#),
        rows_of(r#"{"rows":[]}"#),
    ]);
    assert_eq!(rows(server.address()).await, (vec![1, 2, 3, 4], None));
    let targets: Vec<_> = server.requests().iter().map(|it| it.split(' ').nth(1).unwrap().to_owned()).collect();
    assert_eq!(targets[1..], [2, 3, 4].map(|id| format!("/api/v3/by-row?after={id}")));
}

#[tokio::test]
async fn an_item_that_leads_nowhere_does_not_end_a_list_in_silence() {
    for item in ["{}", r#"{"id":null}"#, r#"{"id":""}"#] {
        let body = format!(r#"{{"data":[{{"id":1}},{item}],"has_more":true}}"#);
        let page = || answer(200, &[], body.as_bytes());
        let server = Scripted::start([page(), page()]);
        let things = client(server.address()).things();
        let mut pages = things.by_mark().pages();
        let next = pages.try_next().await.unwrap().unwrap().next().unwrap().to_text();
        assert_eq!(stopped(Some(pages.try_next().await.unwrap_err())), PagingError::Unsaid, "{item}");
        assert!(pages.try_next().await.unwrap().is_none());
        let error = things.by_mark().resume(next.parse().unwrap()).await.unwrap_err();
        assert_eq!(stopped(Some(error)), PagingError::Unsaid);
        assert_eq!(server.requests().len(), 1);
    }
}

/// The ids of all changes, and an error at the end.
async fn changes(call: Call<ByTimeThings>) -> (Vec<i64>, Option<PagingError>) {
    let (mut stream, mut ids) = (call.stream(), Vec::new());
    loop {
        match stream.try_next().await {
            Ok(Some(change)) => ids.push(change.id.unwrap()),
            Ok(None) => return (ids, None),
            Err(error) => return (ids, Some(stopped(Some(error)))),
        }
    }
}

#[tokio::test]
async fn what_a_page_has_again_is_dropped() {
    let mock = mock(0, u64::MAX).await;
    let things = client(mock.address()).things();
    for limit in [3, 4, 5, 10] {
        assert_eq!(changes(things.by_time().limit(limit)).await, ((1..=5).collect(), None), "{limit}");
    }
    let page = things.by_time().limit(3).await.unwrap();
    let since = page.next().unwrap().to_text();
    assert_eq!(since, "cursor:2024-05-01T12:00:01+02:00");
    let rest = changes(things.by_time().limit(3).resume(since.parse().unwrap())).await;
    assert_eq!(rest, (vec![2, 3, 4, 5], None), "whoever goes on later gets what stood there");
    let since = "2024-05-01T10:00:02Z".parse::<DateTime>().unwrap();
    assert_eq!(changes(things.by_time().since(since)).await, (vec![5], None), "no item has that time");
}

#[tokio::test]
async fn more_items_of_one_time_than_a_page_holds_are_an_error() {
    let mock = mock(0, u64::MAX).await;
    let things = client(mock.address()).things();
    assert_eq!(changes(things.by_time().limit(2)).await, (vec![1, 2, 3], Some(PagingError::Crowded)));
    assert_eq!(changes(things.by_time().limit(1)).await, (vec![1], Some(PagingError::Crowded)));
    // As many as the server gives unasked.
    let page = (1..=10).map(|id| format!(r#"{{"id":{id},"at":"2024-05-01T10:00:00Z"}}"#)).collect::<Vec<_>>().join(",");
    let page = answer(200, &[], format!(r#"{{"changes":[{page}]}}"#).as_bytes());
    let server = Scripted::start([page.clone(), page.clone(), page]);
    let all = changes(client(server.address()).things().by_time()).await;
    assert_eq!(all, ((1..=10).collect(), Some(PagingError::Crowded)));
}

#[tokio::test]
async fn a_page_that_always_begins_at_one_time_does_not_go_on_for_ever() {
    let page = |id: i64| {
        let body = format!(r#"{{"changes":[{{"id":{id},"at":"2024-05-01T10:00:00Z"}}]}}"#);
        answer(200, &[], body.as_bytes())
    };
    let server = Scripted::start((1..9).map(page));
    let (ids, error) = changes(client(server.address()).things().by_time()).await;
    assert_eq!((ids, error), (vec![1, 2, 3], Some(PagingError::Repeated)));
    let back = |id: i64, second: i64| {
        let body = format!(r#"{{"changes":[{{"id":{id},"at":"2024-05-01T10:00:0{second}Z"}}]}}"#);
        answer(200, &[], body.as_bytes())
    };
    let server = Scripted::start((1..90).map(|id| back(id, id % 2)));
    let (ids, error) = changes(client(server.address()).things().by_time()).await;
    assert_eq!(error, Some(PagingError::Repeated));
    assert!(ids.len() < 9, "{ids:?}");
}

#[tokio::test]
async fn a_flag_that_says_which_page_is_the_last_is_read_so() {
    for (flag, pages) in [("true", 1), ("\"true\"", 1), ("false", 2), ("null", 2)] {
        let page = |flag: &str, id: i64| {
            answer(200, &[], format!(r#"{{"data":[{{"id":{id}}}],"is_last":{flag}}}"#).as_bytes())
        };
        let server = Scripted::start([page(flag, 1), page("true", 2)]);
        let (ids, error) = listed(client(server.address()).things().by_end()).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(ids.len(), pages, "{flag}");
    }
}

pub(crate) fn tokens(next: &str) -> Vec<u8> {
    answer(200, &[], format!(r#"{{"data":{{"things":[{{"id":1}}]}},"meta":{{"next":{next}}}}}"#).as_bytes())
}

#[tokio::test]
async fn a_cursor_ends_a_list_in_every_way_that_it_may_be_missing() {
    let missing = answer(200, &[], br#"{"data":{"things":[{"id":1}]}}"#);
    for last in [tokens("null"), tokens(r#""""#), missing] {
        let server = Scripted::start([tokens(r#""a""#), last]);
        lists_twice(client(server.address()).things().by_token(7)).await;
    }
}

async fn lists_twice<O: Paged<Item = Thing>>(call: Call<O>) {
    let (ids, error) = listed(call).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ids, [1, 1]);
}

pub(crate) fn stopped<E: OperationError>(error: Option<Error<E>>) -> PagingError {
    match error {
        Some(Error::Paging(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn no_call_goes_to_another_host() {
    let other = Scripted::start([answer(200, &[], b"[]")]);
    let port = other.address().split(':').nth(2).unwrap().split('/').next().unwrap().to_owned();
    for address in [
        format!("http://127.0.0.1:{port}/api/v3/by-link"),
        format!("//127.0.0.1:{port}/api/v3/by-link"),
        format!("\\\\127.0.0.1:{port}\\api\\v3\\by-link"),
        format!("http://canary@127.0.0.1:{port}/api/v3/by-link"),
        "https://canary.example/api/v3/by-link".to_owned(),
        "data:canary".to_owned(),
    ] {
        let link = format!("<{address}>; rel=\"next\"");
        let server = Scripted::start([answer(200, &[("Link", &link)], br#"[{"id":1}]"#)]);
        let (ids, error) = listed(client(server.address()).things().by_link()).await;
        assert_eq!(ids, [1]);
        let text = format!("{error:?} {}", error.as_ref().unwrap());
        assert!(!text.contains("canary"), "{text}");
        assert_eq!(stopped(error), PagingError::ForeignHost, "{address}");
        assert_eq!(server.requests().len(), 1);
        let position: Position = format!("address:{address}").parse().unwrap();
        let error = client(server.address()).things().by_link().resume(position).await.unwrap_err();
        assert_eq!(stopped(Some(error)), PagingError::ForeignHost);
    }
    assert_eq!(other.requests(), [""; 0]);
}

#[tokio::test]
async fn an_address_may_be_whole_or_a_part_of_one() {
    for (next, sent) in [
        ("{base}/by-path/2?a=1&a=2&c=d+e%26", "/api/v3/by-path/2?a=1&a=2&c=d%20e%26"),
        ("/api/v3/x%2Fy?b", "/api/v3/x%2Fy?b="),
        ("/by-path?b=1", "/api/v3/by-path?b=1"),
        ("?b=1", "/api/v3/by-path?b=1"),
        ("more/{x}", "/api/v3/more/%7Bx%7D"),
    ] {
        let end = answer(200, &[], br#"{"things":[]}"#);
        let server = Scripted::start([end]);
        let base = server.address().to_owned();
        let position = format!("address:{}", next.replace("{base}", &base)).parse().unwrap();
        let page = client(&base).things().by_path().limit(9).resume(position).await.unwrap();
        assert_eq!((page.items.len(), page.next()), (0, None));
        let line = server.requests()[0].lines().next().unwrap().to_owned();
        assert_eq!(line, format!("GET {sent} HTTP/1.1"), "{next}");
    }
    let server = Scripted::start([]);
    for next in [format!("{}x/by-path", server.address()), "../../v3x/y".to_owned(), "?b=%ff".to_owned()] {
        let position = format!("address:{next}").parse().unwrap();
        let error = client(server.address()).things().by_path().resume(position).await.unwrap_err();
        assert_eq!(stopped(Some(error)), PagingError::UnfitAddress, "{next}");
    }
}

#[tokio::test]
async fn a_position_of_another_form_is_refused_before_anything_is_sent() {
    let server = Scripted::start([]);
    let things = client(server.address()).things();
    for text in ["offset:1", "cursor:a", "id:1", "address:/by-count"] {
        let error = things.by_count().resume(text.parse().unwrap()).await.unwrap_err();
        assert_eq!(stopped(Some(error)), PagingError::OtherList, "{text}");
    }
    let error = things.by_path().resume("page:1".parse().unwrap()).await.unwrap_err();
    assert_eq!(stopped(Some(error)), PagingError::OtherList);
    assert_eq!(server.requests(), [""; 0]);
}

#[tokio::test]
async fn a_list_that_says_it_goes_on_and_does_not_is_an_error() {
    let server = Scripted::start([answer(200, &[], br#"{"data":[],"has_more":true}"#)]);
    let (_, error) = listed(client(server.address()).things().by_last()).await;
    assert!(matches!(error, Some(Error::Decode(_))), "{error:?}");
    let counted = answer(200, &[], br#"{"things":[],"meta":{"pages":2}}"#);
    let server = Scripted::start([counted]);
    let (_, error) = listed(client(server.address()).things().by_count()).await;
    assert!(matches!(error, Some(Error::Decode(_))), "{error:?}");
}

#[tokio::test]
async fn a_page_size_that_changes_between_counted_pages_is_an_error() {
    let page = |size, id| answer(200, &[("X-Per-Page", size)], format!(r#"{{"things":[{{"id":{id}}}]}}"#).as_bytes());
    let server = Scripted::start([page("50", 1), page("100", 2)]);
    let (ids, error) = listed(client(server.address()).things().by_number()).await;
    assert_eq!((ids, stopped(error)), (vec![1], PagingError::SizeChanged));
}

#[tokio::test]
async fn an_error_ends_a_list_and_a_flag_that_says_no_does() {
    let server = Scripted::start([tokens(r#""a""#), answer(500, &[], b"")]);
    let (ids, error) = listed(client(server.address()).things().by_token(7)).await;
    assert_eq!((ids, error.unwrap().status().unwrap().as_u16()), (vec![1], 500));
    for flag in ["false", "0", "null", "\"no\""] {
        let body = format!(r#"{{"data":[{{"id":1}}],"has_more":{flag}}}"#);
        let server = Scripted::start([answer(200, &[], body.as_bytes())]);
        let (ids, error) = listed(client(server.address()).things().by_last()).await;
        assert!(error.is_none() && ids == [1], "{flag}: {error:?}");
    }
}
