//! Nothing is left of a call that has ended: no task, and no connection, which is a task on both its sides here.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::Handle;

use super::api::Client;
use super::stage::new_user;
use super::wire::{client, server, server_of};

pub(super) fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

/// Waits until no more runs than at first. What leaks never ends.
#[expect(clippy::disallowed_methods, reason = "sockets close in a time of their own")]
pub(super) async fn settles(at_first: usize) {
    let settled = async {
        while tasks() > at_first {
            tokio::task::yield_now().await;
        }
    };
    let in_time = tokio::time::timeout(Duration::from_secs(60), settled).await;
    assert!(in_time.is_ok(), "{} tasks are left", tasks() - at_first);
}

/// A thousand calls at once, each with an end of its own: of one in ten nobody knows whether it took effect.
pub(super) async fn a_thousand(client: &Client) {
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..1000 {
        let client = client.clone();
        calls.spawn(async move { client.users().create(new_user()).await });
    }
    let results = calls.join_all().await;
    let (right, wrong): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!((right.len(), wrong.len()), (900, 100));
    assert!(wrong.into_iter().all(|result| result.unwrap_err().is_outcome_unknown()));
}

fn user(connection: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Length: 17\r\n{connection}\r\n{{\"user\":{{\"id\":7}}}}").into_bytes()
}

#[tokio::test]
async fn a_dropped_call_leaves_nothing_wherever_it_was() {
    let (address, told) = server(user("Connection: close\r\n")).await;
    let at_first = tasks();
    for polls in 0..64 {
        let client = client(&address);
        let has_ended = {
            let mut call = pin!(client.users().create(new_user()).into_future());
            let mut left = polls;
            poll_fn(|cx| match call.as_mut().poll(cx) {
                Poll::Ready(result) => Poll::Ready(result.is_ok()),
                Poll::Pending if left == 0 => Poll::Ready(false),
                Poll::Pending => {
                    left -= 1;
                    Poll::Pending
                }
            })
            .await
        };
        // The client is still there, and has no connection to keep: its servers close each.
        settles(at_first).await;
        drop(client);
        if has_ended {
            assert!(told.try_iter().count() <= polls + 1);
            return;
        }
    }
    panic!("a call needs more than 64 polls");
}

#[tokio::test]
async fn a_connection_that_is_kept_ends_with_the_last_clone_of_its_client() {
    let (address, _told) = server(user("")).await;
    let at_first = tasks();
    let client = client(&address);
    let clone = client.clone();
    assert_eq!(client.users().create(new_user()).await.unwrap().id, 7);
    drop((client, clone));
    settles(at_first).await;
}

#[tokio::test]
async fn calls_that_fail_leave_no_more_than_those_that_do_not() {
    let answers = |number| match number % 5 {
        0 => Vec::new(),
        1 => b"HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"user\"".to_vec(),
        2 => b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".to_vec(),
        3 => b"HTTP/1.1 500 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
        _ => user("Connection: close\r\n"),
    };
    let (address, told) = server_of(answers).await;
    let at_first = tasks();
    let client = client(&address);
    for _ in 0..100 {
        let _ = client.users().create(new_user()).await;
    }
    assert_eq!(told.try_iter().count(), 100);
    settles(at_first).await;
    drop(client);
}

/// Over one connection, which has a place for each: over one connection for each there would be more open files than a
/// process may have on many systems.
#[cfg(feature = "rustls")]
#[tokio::test]
async fn a_thousand_calls_at_the_same_time_end_each_in_its_own_way_and_leave_nothing() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    // None is answered before all are there.
    let all = Arc::new(tokio::sync::Barrier::new(1000));
    let asked = Arc::new(AtomicUsize::new(0));
    let (count, meet) = (asked.clone(), all.clone());
    let answer = move |_: http::Request<hyper::body::Incoming>| {
        let (number, all) = (count.fetch_add(1, Ordering::Relaxed), meet.clone());
        async move {
            if number > 0 {
                all.wait().await;
            }
            // The stream of every tenth is reset without a word.
            let body = format!(r#"{{"user":{{"id":{number}}}}}"#);
            if number % 10 == 1 { Err("no") } else { Ok(http::Response::new(body)) }
        }
    };
    let (address, connections) = super::http2::server_of(answer).await;
    let at_first = tasks();
    let client = super::tls::client(address);
    // The first finds out that there is one connection for all.
    assert_eq!(client.users().create(new_user()).await.unwrap().id, 0);
    a_thousand(&client).await;
    assert_eq!((asked.load(Ordering::Relaxed), connections.load(Ordering::Relaxed)), (1001, 1));
    drop(client);
    settles(at_first).await;
}
