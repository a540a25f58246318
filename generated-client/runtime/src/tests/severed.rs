//! Servers that hang up hard, keep silent or never end, over a real socket.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use super::api::Error;
use super::leaks::{settles, tasks};
use super::stage::new_user;
use super::wire::{builder, client, server};
use crate::sending::{
    Body, BoxFuture, CONNECT_TIMEOUT, ReqwestTransport, Timer, Transport, TransportError, default_transport,
};

/// A server that does with each connection what it is told to, and counts them.
async fn each<F>(with: impl Fn(TcpStream) -> F + Send + 'static) -> (String, Arc<AtomicUsize>)
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/api", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(with(socket));
        }
    });
    (address, count)
}

/// Closes so that the other side is told of a reset.
#[expect(deprecated, reason = "it blocks for no time at all where there is none to linger")]
fn reset(socket: TcpStream) {
    socket.set_linger(Some(Duration::ZERO)).unwrap();
}

async fn request(socket: &mut TcpStream) {
    let mut buffer = [0; 4096];
    assert_ne!(socket.read(&mut buffer).await.unwrap(), 0);
}

#[tokio::test]
async fn a_reset_is_final_for_a_change_and_not_for_a_read() {
    let at_once = each(|socket| async { reset(socket) }).await;
    let asked = each(|mut socket| async {
        request(&mut socket).await;
        reset(socket);
    })
    .await;
    for (address, count) in [at_once, asked] {
        let error = client(&address).users().create(new_user()).await.unwrap_err();
        assert!(error.is_outcome_unknown() && !error.is_retryable(), "{error:?}");
        assert_eq!(count.swap(0, Ordering::Relaxed), 1);
        let error = client(&address).users().list(1).await.unwrap_err();
        assert!(!error.is_outcome_unknown() && error.is_retryable(), "{error:?}");
        assert_eq!(count.load(Ordering::Relaxed), 3);
    }
}

/// The default transport, and a timer whose time is over as soon as an answer has begun.
#[derive(Clone)]
struct OverOnceAnswered {
    transport: ReqwestTransport,
    answered: Arc<Notify>,
}

impl Transport for OverOnceAnswered {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            let answer = self.transport.send(request).await;
            self.answered.notify_one();
            answer
        })
    }
}

impl Timer for OverOnceAnswered {
    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        let answered = self.answered.clone();
        Box::pin(async move { answered.notified().await })
    }
}

#[tokio::test]
async fn silence_in_the_middle_and_a_trickle_end_with_the_call() {
    let stalls = each(|mut socket| async move {
        request(&mut socket).await;
        socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"user\"").await.unwrap();
        // Until the other side hangs up.
        let _ = socket.read(&mut [0; 1]).await;
    })
    .await;
    let trickles = each(|mut socket| async move {
        request(&mut socket).await;
        socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n").await.unwrap();
        while socket.write_all(b" ").await.is_ok() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let at_first = tasks();
    for (address, count) in [stalls, trickles] {
        // The time of the call is over, or that of one attempt.
        for limit in [None, Some(Duration::from_secs(1))] {
            let transport = default_transport(true, CONNECT_TIMEOUT).unwrap();
            let over = OverOnceAnswered { transport, answered: Arc::default() };
            let client = builder(&address).transport(over.clone()).timer(over).build().unwrap();
            let call = client.users().create(new_user());
            let call = if let Some(limit) = limit { call.with_attempt_timeout(limit) } else { call };
            let error = call.await.unwrap_err();
            assert!(error.is_timeout() && error.is_outcome_unknown() && !error.is_retryable(), "{error:?}");
            let says =
                "users.create: the answer did not end in time, status 200; whether the call took effect is unknown";
            assert_eq!(error.to_string(), says);
            let cause = std::error::Error::source(&error).map(|cause| cause.source().unwrap().to_string());
            assert_eq!(cause.as_deref(), limit.map(|_| "the time of one attempt is over"));
            assert_eq!(count.swap(0, Ordering::Relaxed), 1);
            // The client is still there.
            settles(at_first).await;
            drop(client);
        }
    }
}

#[tokio::test]
async fn an_answer_without_an_end_is_left_and_its_connection_closed() {
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    for head in ["Content-Length: 10737418240\r\n", ""] {
        let tell = tell.clone();
        let (address, count) = each(move |mut socket| {
            let tell = tell.clone();
            async move {
                request(&mut socket).await;
                socket.write_all(format!("HTTP/1.1 200 OK\r\n{head}\r\n").as_bytes()).await.unwrap();
                let mut sent = 0_usize;
                while socket.write_all(&[b' '; 65536]).await.is_ok() {
                    sent += 65536;
                }
                tell.send(sent).unwrap();
            }
        })
        .await;
        let error = client(&address).users().create(new_user()).await.unwrap_err();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(cause, "the answer is larger than 16 MiB");
        assert!(error.to_string().ends_with("status 200; the call took effect"), "{error}");
        assert!(!error.is_outcome_unknown() && !error.is_retryable(), "{error:?}");
        assert_eq!(count.load(Ordering::Relaxed), 1, "it was sent once");
        let sent = told.recv().await.unwrap();
        assert!(sent < 64 << 20, "{sent}");
    }
}

#[tokio::test]
async fn a_redirect_is_followed_nowhere() {
    let (other, asked) = server("HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"user\":{\"id\":7}}").await;
    for status in [301, 302, 303, 307, 308] {
        for to in [other.clone(), "/api/users".to_owned(), "//evil.example/".to_owned()] {
            let (address, told) = server(format!(
                "HTTP/1.1 {status} X\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            ))
            .await;
            let error = client(&address).users().create(new_user()).await.unwrap_err();
            assert_eq!(error.status().unwrap().as_u16(), status);
            assert!(client(&address).users().list(1).await.is_err());
            assert_eq!(told.try_iter().count(), 2);
        }
    }
    assert_eq!(asked.try_iter().count(), 0);
}

#[tokio::test]
async fn what_is_left_of_an_answer_is_not_the_next() {
    // More than is announced, on a connection that stays open.
    let (address, _) = each(|mut socket| async move {
        let mut buffer = [0; 4096];
        while matches!(socket.read(&mut buffer).await, Ok(read) if read > 0) {
            let body = "{\"user\":{\"id\":7}}HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"user\":{\"id\":8}}";
            let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{body}");
            socket.write_all(answer.as_bytes()).await.unwrap();
        }
    })
    .await;
    let client = client(&address);
    for _ in 0..50 {
        assert_eq!(client.users().create(new_user()).await.unwrap().id, 7);
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn too_deep_is_an_error_wherever_it_stands() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let inner = [open.repeat(100_000), "1".into(), close.repeat(100_000)].concat();
        for (status, body) in [
            (200, format!("{{\"user\":{inner}}}")),
            (200, format!("{{\"user\":{{\"id\":7,\"more\":{inner}}}}}")),
            (200, inner.clone()),
            (422, inner.clone()),
            (422, format!("{{\"errors\":{inner}}}")),
        ] {
            let length = body.len();
            let (address, told) =
                server(format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"))
                    .await;
            let error = client(&address).users().create(new_user()).await.unwrap_err();
            assert!(!error.is_retryable(), "{error:?}");
            assert_eq!(told.try_iter().count(), 1, "it was sent once");
            match status {
                200 => assert!(matches!(error, Error::Decode(_)), "{error:?}"),
                _ => assert_eq!(error.status().unwrap().as_u16(), status),
            }
        }
    }
}
