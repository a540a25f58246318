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

/// Answers with an error, all that it and what caused it say, and whether it leaves open if the call took effect.
async fn fails(sent: &[u8], says: &str, cause: &str, open: bool) {
    let error = create(sent).await.unwrap_err();
    let open_too = if open { "; whether the call took effect is unknown" } else { "" };
    assert_eq!(
        chain(&error),
        format!("users.create: {says}{open_too}: {cause}"),
        "{}",
        sent[..sent.len().min(200)].escape_ascii()
    );
    assert_eq!(error.is_outcome_unknown(), open, "{error:?}");
    assert!(!error.is_retryable(), "{error:?}");
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
    let closed = "connection closed before message completed";
    for (sent, cause) in [("", closed), ("HTTP/1.1 20", closed), ("SSH-2.0-OpenSSH\r\n", "invalid HTTP version parsed")]
    {
        let broke = "the connection to the server broke: error sending request: client error (SendRequest)";
        fails(sent.as_bytes(), "no answer", &format!("{broke}: {cause}"), true).await;
    }
    let short = "end of file before message length reached";
    let (chunked, sized) = ("Transfer-Encoding: chunked\r\n\r\n", "Content-Length: 50\r\n\r\n{\"user\"");
    for (status, rest, cause, open) in [
        (200, sized.to_owned(), short, true),
        (200, format!("{chunked}8\r\n{{\"user\":\r\n"), "unexpected EOF during chunk size line", true),
        (200, format!("{chunked}zz\r\n{{\"user\":\r\n"), "Invalid chunk size line: missing size digit", true),
        (302, sized.to_owned(), short, true),
        // With such a status nothing is left open but why.
        (403, sized.to_owned(), short, false),
        (422, sized.to_owned(), short, false),
        (500, sized.to_owned(), short, true),
    ] {
        let broke =
            "the connection to the server broke: error decoding response body: error reading a body from connection";
        let sent = format!("HTTP/1.1 {status} X\r\nConnection: close\r\n{rest}");
        let says = format!("the answer broke off, status {status}");
        fails(sent.as_bytes(), &says, &format!("{broke}: {cause}"), open).await;
    }
}

#[tokio::test]
async fn what_cannot_be_read_took_effect_if_it_is_json() {
    let says = "the call succeeded (200), but its answer could not be read";
    let cause = "`user.id`: expected a 64-bit integer, found a list at byte 14";
    fails(&answer("", b"{\"user\":{\"id\":[]}}"), says, cause, false).await;
    let deep = [b"{\"user\":".to_vec(), vec![b'['; 100_000]].concat();
    for (body, cause) in [
        (b"".as_slice(), "the answer: expected an object, found the end of the answer at byte 0"),
        (b"<html><body>Please wait</body></html>", "the answer: expected an object, found HTML or XML at byte 0"),
        (b"{\"user\":{\"id\":\"\xff\"}}", "`user.id`: expected a 64-bit integer, found malformed JSON at byte 15"),
        (b"{\"user\":{\"id\":7", "`user`: expected an object, found the end of the answer at byte 15"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "the answer: expected an object, found malformed JSON at byte 0"),
        (&deep, "`user`: expected an object, found a list at byte 8"),
    ] {
        fails(&answer("", body), "an answer that cannot be read, status 200", cause, true).await;
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
