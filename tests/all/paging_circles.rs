//! Lists that lead back into themselves.

use tests::paging::PagingError;

use crate::paging_forms::{client, listed, stopped, tokens};
use crate::support::{Scripted, answer};

#[tokio::test]
async fn a_cursor_that_was_there_already_is_an_error() {
    let around = |before: usize, length: usize| -> Vec<String> {
        (0..before + 3 * length)
            .map(|at| if at < before { at } else { before + (at - before) % length }.to_string())
            .collect()
    };
    for (before, length) in [(0, 1), (0, 2), (1, 2), (1, 3), (2, 5), (7, 64)] {
        let answers: Vec<_> = around(before, length).iter().map(|next| tokens(&format!("{next:?}"))).collect();
        let server = Scripted::start(answers);
        let (ids, error) = listed(client(server.address()).things().by_token(7)).await;
        assert_eq!(stopped(error), PagingError::Repeated);
        // The first page, and one for each cursor: none is asked for twice, and no item comes twice.
        let calls = 1 + before + length;
        assert_eq!((server.requests().len(), ids.len()), (calls, calls), "{before} {length}");
    }
    let server = Scripted::start(around(0, 65).iter().map(|next| tokens(&format!("{next:?}"))));
    let (ids, error) = listed(client(server.address()).things().by_token(7)).await;
    assert_eq!(stopped(error), PagingError::Repeated, "a longer circle is found later");
    assert!((67..3 * 66).contains(&ids.len()), "{}", ids.len());
    let same = || answer(200, &[], br#"{"data":[{"id":5}],"has_more":true}"#);
    let server = Scripted::start([same(), same(), same()]);
    assert_eq!(stopped(listed(client(server.address()).things().by_last()).await.1), PagingError::Repeated);
    let server = Scripted::start([tokens(r#""a""#)]);
    let (_, error) = listed(client(server.address()).things().by_token(7).token("a")).await;
    assert_eq!(stopped(error), PagingError::Repeated, "it is what the caller asked for");
}
