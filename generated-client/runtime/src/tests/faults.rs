//! Servers that answer wrongly, over a real socket: each gets a change once, and the error says what happened.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use tokio::sync::Semaphore;

use super::api::{CreateUserError, Error, User};
use super::stage::{USER, chain, new_user};
use super::wire::{builder, client, server};
use crate::sending::{
    Body, BoxFuture, CONNECT_TIMEOUT, ReqwestTransport, Transport, TransportError, default_transport,
};

async fn create(answer: &[u8]) -> Result<User, Error<CreateUserError>> {
    let (address, told) = server(answer.to_vec()).await;
    let result = client(&address).users().create(new_user()).await;
    assert_eq!(told.try_iter().count(), 1, "{}", String::from_utf8_lossy(answer));
    result
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\n{head}Content-Length: {length}\r\nConnection: close\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// How an error begins, and whether it leaves open if the call took effect.
async fn fails(sent: &[u8], says: &str, open: bool) {
    let error = create(sent).await.unwrap_err();
    let text = chain(&error);
    assert!(text.contains(says), "{:?}: {text}", String::from_utf8_lossy(sent));
    assert_eq!(error.is_outcome_unknown(), open, "{text}");
    assert!(!error.is_retryable(), "{text}");
}

#[tokio::test]
async fn what_is_right_in_an_odd_form_is_read() {
    let user = USER.as_bytes();
    let hint = b"HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n".as_slice();
    for sent in [
        [hint, &answer("", user)].concat(),
        answer("Content-Type: text/html\r\n", user),
        answer("", &[b"\xef\xbb\xbf", user].concat()),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"user\":\r\n9\r\n{\"id\":7}}\r\n0\r\n\r\n"
            .to_vec(),
        [b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", user].concat(),
    ] {
        assert_eq!(create(&sent).await.unwrap().id, 7, "{}", String::from_utf8_lossy(&sent));
    }
}

#[tokio::test]
async fn what_breaks_off_leaves_the_outcome_open() {
    fails(b"", "users.create: ", true).await;
    fails(b"HTTP/1.1 20", "users.create: ", true).await;
    fails(b"HTTP/1.1 302 Found\r\nContent-Length: 50\r\nConnection: close\r\n\r\nx", "users.create: ", true).await;
    fails(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 50\r\nConnection: close\r\n\r\nx", "users.create: ", false).await;
    fails(b"SSH-2.0-OpenSSH\r\n", "users.create: ", true).await;
    let says = "the answer broke off, status 200; whether the call took effect is unknown";
    fails(b"HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"user\"", says, true).await;
    fails(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"user\":\r\n", says, true).await;
    // With such a status nothing is left open but why.
    let says = "the answer broke off, status 422";
    fails(b"HTTP/1.1 422 X\r\nContent-Length: 17\r\n\r\n{\"errors\"", says, false).await;
    let says = "the answer broke off, status 500; whether the call took effect is unknown";
    fails(b"HTTP/1.1 500 X\r\nContent-Length: 17\r\n\r\n{\"errors\"", says, true).await;
    let says = "the answer broke off, status 200; whether the call took effect is unknown";
    fails(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{\"user\":\r\n", says, true).await;
}

#[tokio::test]
async fn what_cannot_be_read_took_effect() {
    let deep = [b"{\"user\":".to_vec(), vec![b'['; 100_000]].concat();
    for body in [
        b"".as_slice(),
        b"<html><body>Please wait</body></html>",
        b"{\"user\":{\"id\":\"\xff\"}}",
        b"{\"user\":{\"id\":7",
        b"{\"user\":{\"id\":[]}}",
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
        &deep,
    ] {
        let error = create(&answer("", body)).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn a_call_may_be_dropped_at_any_time() {
    for polls in 0..64 {
        let (address, told) = server(answer("", USER.as_bytes())).await;
        let client = client(&address);
        let ended = {
            let mut call = pin!(client.users().create(new_user()).into_future());
            let mut left = polls;
            poll_fn(|cx| match call.as_mut().poll(cx) {
                Poll::Ready(result) => Poll::Ready(Some(result)),
                Poll::Pending if left == 0 => Poll::Ready(None),
                Poll::Pending => {
                    left -= 1;
                    Poll::Pending
                }
            })
            .await
        };
        // The client is none the worse for it.
        assert_eq!(client.users().create(new_user()).await.unwrap().id, 7);
        assert!(told.try_iter().count() <= 2);
        if let Some(result) = ended {
            assert_eq!(result.unwrap().id, 7);
            return;
        }
    }
    panic!("a call needs more than 64 polls");
}

/// The default transport with few connections at a time: each is two open files of this process, and many systems allow
/// a process 1024, or 256.
struct FewConnections {
    transport: ReqwestTransport,
    free: Semaphore,
}

impl Transport for FewConnections {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            let _taken = self.free.acquire().await.unwrap();
            let (parts, mut body) = self.transport.send(request).await?.into_parts();
            Ok(http::Response::from_parts(parts, body.read(1 << 20).await?.into()))
        })
    }
}

#[tokio::test]
async fn a_thousand_calls_over_connections_of_their_own_end_each_in_its_own_way() {
    // The server closes every tenth connection without a word.
    let (address, told) = super::wire::server_of(|number| match number % 10 {
        0 => Vec::new(),
        _ => answer("", USER.as_bytes()),
    })
    .await;
    let transport =
        FewConnections { transport: default_transport(true, CONNECT_TIMEOUT).unwrap(), free: Semaphore::new(50) };
    let client = builder(&address).transport(transport).build().unwrap();
    let at_first = super::leaks::tasks();
    super::leaks::a_thousand(&client).await;
    assert_eq!(told.try_iter().count(), 1000, "each was sent once");
    super::leaks::settles(at_first).await;
}
