//! Connections that are kept for the next call and are closed meanwhile, over a real socket.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use super::stage::new_user;
use super::wire::client;

/// How a server ends a connection over which it has answered once.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// While nobody wants anything.
    Idle,
    /// When there is another request.
    Asked,
}

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"user\":{\"id\":7}}";

/// A server, how many connections and requests it has had, and what says that it has closed one.
async fn server(end: End) -> (String, Arc<[AtomicUsize; 2]>, Arc<Notify>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/api", listener.local_addr().unwrap());
    let (counts, closed) = (Arc::<[AtomicUsize; 2]>::default(), Arc::new(Notify::new()));
    let (counted, close) = (counts.clone(), closed.clone());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            counted[0].fetch_add(1, Ordering::Relaxed);
            let (counted, close) = (counted.clone(), close.clone());
            tokio::spawn(async move {
                asked(&mut socket, &counted[1]).await;
                socket.write_all(ANSWER).await.unwrap();
                if end == End::Asked {
                    asked(&mut socket, &counted[1]).await;
                }
                drop(socket);
                close.notify_one();
            });
        }
    });
    (address, counts, closed)
}

/// Waits for a request, which arrives in one piece or ends with its body.
async fn asked(socket: &mut TcpStream, requests: &AtomicUsize) {
    let mut request = Vec::new();
    while !request.ends_with(b"}") {
        let mut buffer = [0; 4096];
        match socket.read(&mut buffer).await {
            Ok(read) if read > 0 => request.extend_from_slice(&buffer[..read]),
            _ => return,
        }
    }
    requests.fetch_add(1, Ordering::Relaxed);
}

#[tokio::test]
async fn a_request_over_a_connection_that_closes_under_it_is_sent_once() {
    let (address, counts, _) = server(End::Asked).await;
    let client = client(&address);
    client.users().create(new_user()).await.unwrap();
    let error = client.users().create(new_user()).await.unwrap_err();
    assert!(error.is_outcome_unknown() && !error.is_retryable(), "{error:?}");
    assert_eq!(counts.each_ref().map(|count| count.load(Ordering::Relaxed)), [1, 2]);
}

#[tokio::test]
async fn a_connection_that_was_closed_meanwhile_takes_no_request_with_it() {
    let (address, counts, closed) = server(End::Idle).await;
    let client = client(&address);
    for _ in 0..3 {
        client.users().create(new_user()).await.unwrap();
        closed.notified().await;
        // The client hears of it before its next call: a runtime looks at its sockets every so many turns.
        for _ in 0..200 {
            tokio::task::yield_now().await;
        }
    }
    assert_eq!(counts.each_ref().map(|count| count.load(Ordering::Relaxed)), [3, 3]);
}
