//! Lists between two times that are asked for in stretches, against the mock of the same spec.

use std::time::{Duration, SystemTime};

use codegen_mock::Mock;
use tests::paging::{
    ByClosedWindowWindows, BySparseWindowWindows, ByWindowWindows, Call, CivilDate, Client, Credentials, DateTime,
    Environment, Event, Paged, PagingError, Windows, seams::Clock,
};

use crate::paging_forms::{client, described, stopped};
use crate::support::{Scripted, answer, json};

/// The first of all changes.
const FIRST: &str = "2024-05-01T10:00:00Z";

fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

async fn mock() -> Mock {
    Mock::builder(described()).start().await.unwrap()
}

/// The ids of all events, and an error at the end.
async fn events<O: Paged<Item = Event>>(call: Call<O>) -> (Vec<i64>, Option<PagingError>) {
    let (mut stream, mut ids) = (call.stream(), Vec::new());
    loop {
        match stream.try_next().await {
            Ok(Some(event)) => ids.push(event.id),
            Ok(None) => return (ids, None),
            Err(error) => return (ids, Some(stopped(Some(error)))),
        }
    }
}

/// The parameters of a name in all requests so far, none for where there was none.
fn asked(mock: &Mock, name: &str) -> Vec<Option<String>> {
    mock.take_log().iter().map(|exchange| exchange.request.parameter(name)).collect()
}

#[tokio::test]
async fn a_list_goes_from_window_to_window_up_to_the_end_of_the_call() {
    let mock = mock().await;
    let windows = client(mock.address()).windows();
    let call = || windows.by_window().from(at("2024-05-01T07:30:00+02:00")).to(at("2024-05-02T00:15:00Z"));
    assert_eq!(events(call()).await, ((1..=5).collect(), None), "windows without anything in them are no end");
    let requests = mock.take_log();
    let query = |at: usize| requests[at].request.query.replace("%3A", ":").replace("%2B", "+");
    assert_eq!(requests.len(), 19, "of an hour each, and the last of what is left");
    assert_eq!(query(0), "from=2024-05-01T07:30:00+02:00&to=2024-05-01T08:30:00+02:00");
    assert_eq!(query(1), "from=2024-05-01T08:30:00+02:00&to=2024-05-01T09:30:00+02:00");
    assert_eq!(query(18), "from=2024-05-02T01:30:00+02:00&to=2024-05-02T00:15:00Z", "the end is as the caller gave it");
}

fn sparse(windows: &Windows, from: &str, to: &str) -> Call<BySparseWindowWindows> {
    windows.by_sparse_window(BySparseWindowWindows { from: at(from), to: at(to) })
}

#[tokio::test]
async fn an_answer_that_there_is_nothing_then_is_no_end() {
    let event = format!(r#"{{"changes":[{{"id":5,"at":"{FIRST}"}}]}}"#);
    let server = Scripted::start([json(404, "{}"), json(200, &event), json(404, ""), answer(204, &[], b"")]);
    let windows = client(server.address()).windows();
    let call = || sparse(&windows, "2024-05-01T09:00:00Z", "2024-05-01T13:00:00Z");
    assert_eq!(events(call()).await, (vec![5], None));
    assert_eq!(server.requests().len(), 4);
    let mock = mock().await;
    let windows = client(mock.address()).windows();
    assert_eq!(
        events(sparse(&windows, "2024-05-01T08:00:00Z", "2024-05-02T02:00:00Z")).await,
        ((1..=5).collect(), None)
    );
    let log = mock.take_log();
    assert_eq!((log.len(), log.iter().filter(|it| it.handled).count()), (18, 2), "the other windows are a 404");
    let server = Scripted::start([json(404, "{}")]);
    let windows = client(server.address()).windows();
    let page = sparse(&windows, FIRST, "2024-05-01T12:00:00Z").await.unwrap();
    assert_eq!((page.items.len(), page.next().unwrap().to_text().as_str()), (0, "cursor:2024-05-01T11:00:00Z"));
}

#[tokio::test]
async fn a_window_of_the_caller_is_sent_as_it_is() {
    let mock = mock().await;
    let windows = client(mock.address()).windows();
    let end = "2024-05-01T10:00:01Z";
    assert_eq!(events(windows.by_window().from(at(FIRST)).to(at(end))).await, (vec![1], None), "its end is not in it");
    assert_eq!(asked(&mock, "to"), [Some(end.to_owned())]);
    let whole = windows.by_window().from(at(FIRST)).to(at("2024-05-01T11:00:00Z")).await.unwrap();
    assert_eq!((whole.items.len(), whole.next()), (4, None));
    assert_eq!(asked(&mock, "to"), [Some("2024-05-01T11:00:00Z".to_owned())]);
    let empty = windows.by_window().from(at(end)).to(at(FIRST)).await.unwrap();
    assert_eq!((empty.items.len(), empty.next()), (0, None));
    // Without a start there is nothing to go on from.
    assert_eq!(events(windows.by_window().to(at(end))).await, (vec![1], None));
    assert_eq!(events(windows.by_window()).await, ((1..=5).collect(), None));
    mock.take_log();
    // The server takes no longer ones, which the client does not rely on.
    let long = client(mock.address()).request("GET", "/by-window").query("from", at(FIRST));
    assert_eq!(long.query("to", at("2024-05-01T11:00:01Z")).await.unwrap_err().status().unwrap(), 422);
}

#[tokio::test]
async fn a_list_goes_on_from_a_window_that_was_kept() {
    let mock = mock().await;
    let call = |windows: &Windows| -> Call<ByWindowWindows> {
        windows.by_window().from(at("2024-05-01T09:00:00Z")).to(at("2024-05-02T01:00:00Z"))
    };
    let mut pages = call(&client(mock.address()).windows()).pages();
    let first = pages.try_next().await.unwrap().unwrap();
    assert_eq!(first.items.len(), 0);
    let second = pages.try_next().await.unwrap().unwrap();
    assert_eq!(second.items.len(), 4);
    let kept = second.next().unwrap().to_text();
    assert_eq!(kept, "cursor:2024-05-01T11:00:00Z");
    mock.take_log();
    let rest = call(&client(mock.address()).windows()).resume(kept.parse().unwrap());
    assert_eq!(events(rest).await, (vec![5], None));
    assert_eq!(asked(&mock, "from").len(), 14, "nothing comes again that was there");
    let page = call(&client(mock.address()).windows()).resume(first.next().unwrap().clone()).await.unwrap();
    assert_eq!(page.items.len(), 4, "also without a stream");
    let error = call(&client(mock.address()).windows()).resume("page:1".parse().unwrap()).await.unwrap_err();
    assert_eq!(stopped(Some(error)), PagingError::OtherList);
}

/// A clock that stands still.
#[derive(Debug)]
struct Still(&'static str);

impl Clock for Still {
    fn now(&self) -> SystemTime {
        at(self.0).into()
    }
}

fn client_at(address: &str, now: &'static str) -> Client {
    let builder = Client::builder(Environment::custom(address).unwrap());
    builder.credentials(Credentials { key: "test-key".into() }).clock(Still(now)).build().unwrap()
}

#[tokio::test]
async fn a_list_without_an_end_goes_up_to_now() {
    let mock = mock().await;
    let client = client_at(mock.address(), "2024-05-01T12:30:00Z");
    assert_eq!(events(client.windows().by_window().from(at(FIRST))).await, ((1..=5).collect(), None));
    let ends = asked(&mock, "to");
    let given = ["2024-05-01T11:00:00Z", "2024-05-01T12:00:00Z"].map(|end| Some(end.to_owned()));
    assert_eq!(ends[..2], given);
    assert_eq!(ends[2..], [None], "what is there by then is for the server to say");
    let start = SystemTime::from(at(FIRST)) + Duration::from_secs(9_000);
    assert_eq!(events(client.windows().by_window().from(DateTime::from(start))).await, (vec![5], None), "it is now");
}

fn closed(windows: &Windows, from: &str, to: &str) -> Call<ByClosedWindowWindows> {
    windows.by_closed_window(at(from)).to(at(to))
}

#[tokio::test]
async fn what_stands_at_both_ends_of_closed_windows_comes_once() {
    let mock = mock().await;
    let client = client(mock.address());
    let windows = client.windows();
    let end = "2024-05-01T10:00:03Z";
    assert_eq!(events(closed(&windows, FIRST, end)).await, ((1..=4).collect(), None));
    let requests = mock.take_log();
    let bodies: Vec<_> = requests.iter().map(|it| String::from_utf8_lossy(&it.request.body).into_owned()).collect();
    assert_eq!(bodies[0], r#"{"from":1714557600000,"to":1714557601000}"#);
    assert_eq!(
        bodies[1..],
        [r#"{"from":1714557601000,"to":1714557602000}"#, r#"{"from":1714557602000,"to":1714557603000}"#,]
    );
    // A window in which nothing is new is no end either.
    assert_eq!(events(closed(&windows, "2024-05-01T09:59:59Z", end)).await, ((1..=4).collect(), None));
}

#[tokio::test]
async fn more_than_fits_into_a_window_is_an_error_and_no_gap() {
    let mock = mock().await;
    let client = client(mock.address());
    let call = closed(&client.windows(), FIRST, "2024-05-01T10:00:03Z").limit(3);
    assert_eq!(events(call).await, (vec![1, 2, 3], Some(PagingError::Crowded)));
}

#[tokio::test]
async fn a_window_of_as_many_as_the_server_gives_unasked_is_an_error_and_no_gap() {
    let mock = mock().await;
    let windows = client(mock.address()).windows();
    let call = || windows.by_full_window(at(FIRST)).to(at("2024-05-01T12:45:00Z"));
    assert_eq!(events(call()).await, (vec![1, 2, 3], Some(PagingError::Crowded)), "there are four in this hour");
    mock.take_log();
    assert_eq!(events(call().limit(5)).await, ((1..=4).collect(), None));
    let limits = asked(&mock, "limit");
    assert_eq!(limits, vec![Some("5".to_owned()); 3], "every window is as large as it is taken for");
}

#[tokio::test]
async fn a_server_that_says_that_a_page_has_no_room_says_nothing() {
    let page =
        |size: &str, ids: &str| answer(200, &[("x-per-page", size)], format!(r#"{{"changes":[{ids}]}}"#).as_bytes());
    let one = r#"{"id":1,"at":"2024-05-01T10:00:00Z"}"#;
    let server = Scripted::start([page("0", one), page("0", ""), page("1", one)]);
    let windows = client(server.address()).windows();
    let call = || windows.by_full_window(at(FIRST)).to(at("2024-05-01T12:00:00Z"));
    assert_eq!(events(call()).await, (vec![1], None));
    assert_eq!(events(call()).await, (vec![1], Some(PagingError::Crowded)), "there is room for one");
}

#[tokio::test]
async fn windows_of_days_end_on_the_day_before_the_next() {
    let mock = mock().await;
    let day = |text: &str| text.parse::<CivilDate>().unwrap();
    let client = client_at(mock.address(), "2024-03-08T23:59:59Z");
    let (from, to) = (day("2024-02-28"), day("2024-03-02"));
    let mut days = client.windows().by_days(from).to(to).stream();
    let mut ids = Vec::new();
    while let Some(day) = days.try_next().await.unwrap() {
        ids.push(day.id);
    }
    assert_eq!(ids, [1, 2, 3, 4]);
    let queries = || mock.take_log().into_iter().map(|it| it.request.query).collect::<Vec<_>>();
    assert_eq!(queries(), ["from=2024-02-28&to=2024-02-29", "from=2024-03-01&to=2024-03-02"]);
    let page = client.windows().by_days(day("2024-03-07")).await.unwrap();
    assert_eq!((page.items.len(), page.next()), (1, None), "today is in it");
    let page = client.windows().by_days(day("2024-03-06")).await.unwrap();
    assert_eq!(page.next().unwrap().to_text(), "cursor:2024-03-08");
    queries();
    let open = client.windows().by_open_days(from).to(to).pages();
    let (mut open, mut counts) = (open, Vec::new());
    while let Some(page) = open.try_next().await.unwrap() {
        counts.push(page.items.len());
    }
    assert_eq!(counts, [1, 2], "the last day is not in it");
    assert_eq!(queries(), ["from=2024-02-28&to=2024-03-01", "from=2024-03-01&to=2024-03-02"]);
}

#[tokio::test]
async fn a_window_says_where_the_list_ends_whatever_is_repeated() {
    let mock = mock().await;
    let windows = client(mock.address()).windows();
    let call = windows.by_window().from(at(FIRST)).to(at("2024-05-01T12:00:00Z")).x_view("wide");
    assert_eq!(events(call).await, ((1..=4).collect(), None));
    let requests = mock.take_log();
    let views: Vec<_> = requests.iter().map(|it| it.request.header("x-view")).collect();
    assert_eq!(views, [Some("wide"), None]);
    assert!(requests[1].request.query.contains("&to="));
}
