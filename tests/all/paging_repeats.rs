//! What the call for the next page repeats of what stands in headers.

use std::collections::BTreeSet;

use codegen_mock::Mock;
use tests::paging::ByShownThings;

use crate::paging_forms::{client, described, listed};

#[tokio::test]
async fn the_next_call_repeats_no_header_that_it_need_not() {
    let mock = Mock::builder(described()).synthesise("things", 5).start().await.unwrap();
    let things = client(mock.address()).things();
    let call = things.by_viewed("wide".into()).limit(2).x_account("a").x_note("n").with_header("X-Own", "mine");
    let (ids, error) = listed(call).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ids, [1, 2, 3, 4, 5]);
    let requests = mock.take_log();
    let headers = |at: usize| {
        ["x-view", "x-account", "x-note", "x-own", "authorization"].map(|name| requests[at].request.header(name))
    };
    assert_eq!(headers(0), [Some("wide"), Some("a"), Some("n"), Some("mine"), Some("Bearer test-key")]);
    for next in 1..requests.len() {
        assert_eq!(headers(next), [None, Some("a"), None, Some("mine"), Some("Bearer test-key")]);
    }
    assert_eq!(requests.len(), 3);
}

#[tokio::test]
async fn an_address_that_is_followed_needs_no_header_that_is_not_repeated() {
    let mock = Mock::builder(described()).synthesise("things", 5).start().await.unwrap();
    let things = client(mock.address()).things();
    let (ids, error) = listed(things.by_viewed_link("wide".into()).limit(2).x_account("a")).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ids, [1, 2, 3, 4, 5]);
    let requests = mock.take_log();
    let headers: Vec<_> =
        requests.iter().map(|it| ["x-view", "x-account"].map(|name| it.request.header(name))).collect();
    assert_eq!(headers, [[Some("wide"), Some("a")], [None, Some("a")], [None, Some("a")]]);
    let bare = client(mock.address()).request("GET", "/by-viewed-link").query("limit", 2).await.unwrap_err();
    assert_eq!(bare.status().unwrap(), 422, "the first call has nothing to go on from");
}

#[tokio::test]
async fn counted_pages_have_one_size_and_each_a_key_of_its_own_whatever_is_repeated() {
    for given in [None, Some("mine")] {
        let mock = Mock::builder(described()).synthesise("things", 5).start().await.unwrap();
        let call = client(mock.address()).things().by_keyed().limit(2);
        let call = if let Some(key) = given { call.x_key(key) } else { call };
        let (ids, error) = listed(call).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(ids, [1, 2, 3, 4, 5]);
        let requests = mock.take_log();
        let asked = |name: &str| requests.iter().map(|it| it.request.parameter(name)).collect::<Vec<_>>();
        assert_eq!(asked("limit"), vec![Some("2".to_owned()); 4], "and an empty page is the last");
        let keys: Vec<_> = requests.iter().filter_map(|it| it.request.header("x-key")).collect();
        assert_eq!(keys.len(), requests.len());
        assert_eq!(BTreeSet::from_iter(&keys).len(), keys.len(), "under the same key the same page would come");
        assert_eq!(keys[0] == "mine", given.is_some());
    }
}

#[tokio::test]
async fn a_cursor_takes_the_place_of_what_it_excludes() {
    let mock = Mock::builder(described()).synthesise("things", 5).start().await.unwrap();
    let (ids, error) = listed(client(mock.address()).things().by_search().filter("a").limit(2)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ids, [1, 2, 3, 4, 5]);
    let requests = mock.take_log();
    let asked = |name: &str| requests.iter().map(|it| it.request.parameter(name).is_some()).collect::<Vec<_>>();
    assert_eq!((asked("filter"), asked("token")), (vec![true, false, false], vec![false, true, true]));
}

/// A number or an item says nothing of what was asked for with the first page.
#[tokio::test]
async fn a_later_page_needs_nothing_that_is_not_repeated() {
    let mock = Mock::builder(described()).synthesise("things", 5).start().await.unwrap();
    let things = client(mock.address()).things();
    let lists = [
        listed(
            things
                .by_shown(ByShownThings { view: "wide".into(), x_kind: "new".into() })
                .limit(2)
                .last("x")
                .again("wide"),
        )
        .await,
        listed(things.by_shown_from("wide".into()).limit(2)).await,
        listed(things.by_shown_after("wide".into()).limit(2)).await,
    ];
    for (ids, error) in lists {
        assert!(error.is_none(), "{error:?}");
        assert_eq!(ids, [1, 2, 3, 4, 5]);
    }
    let requests = mock.take_log();
    let views: Vec<_> = requests.iter().filter(|it| it.request.parameter("view").is_some()).collect();
    assert_eq!(views.len(), 3, "each of the first calls alone has it");
    let bare = client(mock.address());
    for (path, name, page, status) in [
        ("/by-shown", "page", 1, 422),
        ("/by-shown", "page", 2, 200),
        ("/by-shown-from", "start", 1, 422),
        ("/by-shown-from", "start", 3, 200),
        ("/by-shown-after", "limit", 2, 422),
        ("/by-shown-after", "after", 2, 200),
    ] {
        let failed = bare.request("GET", path).query(name, page).await.err();
        assert_eq!(failed.map_or(200, |error| error.status().unwrap().as_u16()), status, "{path} {name} {page}");
    }
}
