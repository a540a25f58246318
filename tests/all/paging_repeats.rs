//! What the call for the next page repeats of what stands in headers.

use codegen_mock::Mock;

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
