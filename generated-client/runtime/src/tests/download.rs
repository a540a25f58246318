//! Answers that are read while they arrive, by callers who give up waiting.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use tokio::task::yield_now;
use tokio::time::{Instant, timeout};

use super::api::Call;
use super::wire::{builder, client, server};
use crate::rt_for_generator_3 as rt;
use crate::seams::{Body, BoxFuture, Chunks, Transport, TransportError};

/// An answer that is read while it arrives.
struct Fetch;

impl rt::Operation for Fetch {
    type Output = rt::Download;
    type Error = super::api::ErrorCode;
    const TABLE: rt::Table = rt::get("/file").id("files.fetch").gives(rt::Payload::Stream);
}

/// Answers with pieces that come slowly, and after the last of them breaks off or never ends, or ends.
#[derive(Clone)]
struct Slow {
    pieces: VecDeque<&'static str>,
    end: fn() -> BoxFuture<'static, Result<Option<Bytes>, TransportError>>,
}

impl Transport for Slow {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(std::future::ready(Ok(http::Response::new(Body::chunks(self.clone())))))
    }
}

/// Each piece is taken before it is waited for, so that whoever drops the future has lost it.
impl Chunks for Slow {
    fn next_chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        let (piece, end) = (self.pieces.pop_front(), self.end);
        Box::pin(async move {
            for _ in 0..3 {
                yield_now().await;
            }
            if piece.is_some() { Ok(piece.map(Bytes::from)) } else { end().await }
        })
    }
}

const PIECES: [&str; 5] = ["not ", "a ", "byte ", "is ", "lost"];

async fn download(end: fn() -> BoxFuture<'static, Result<Option<Bytes>, TransportError>>) -> rt::Download {
    let slow = Slow { pieces: PIECES.into(), end };
    let client = builder("http://127.0.0.1:1/api").transport(slow).timeout(Duration::from_secs(25));
    let call: Call<Fetch> = client.build().unwrap().0.call([]);
    call.await.unwrap()
}

#[tokio::test]
async fn whoever_drops_it_at_any_of_its_polls_has_every_byte() {
    for polls in 1..=5 {
        let mut download = download(|| Box::pin(async { Ok(None) })).await;
        let (mut all, mut dropped) = (Vec::new(), 0);
        loop {
            let (mut next, mut left) = (pin!(download.try_next()), polls);
            let next = poll_fn(|cx| match next.as_mut().poll(cx) {
                Poll::Ready(next) => Poll::Ready(Some(next)),
                Poll::Pending => {
                    left -= 1;
                    if left == 0 { Poll::Ready(None) } else { Poll::Pending }
                }
            });
            match next.await.transpose().unwrap() {
                Some(Some(piece)) => all.extend_from_slice(&piece),
                Some(None) => break,
                None => dropped += 1,
            }
        }
        assert_eq!(String::from_utf8(all).unwrap(), PIECES.concat());
        assert_eq!(dropped > 0, polls <= 3, "{polls}");
        assert_eq!(download.try_next().await.unwrap(), None);
    }
}

async fn pieces(download: &mut rt::Download) {
    for piece in PIECES {
        assert_eq!(download.try_next().await.unwrap().unwrap(), piece);
    }
}

#[expect(clippy::disallowed_methods, reason = "it is what callers wait with")]
#[tokio::test(start_paused = true)]
async fn whoever_gives_up_waiting_for_a_piece_gives_it_no_more_time() {
    let mut download = download(|| Box::pin(std::future::pending())).await;
    pieces(&mut download).await;
    let start = Instant::now();
    for _ in 0..2 {
        timeout(Duration::from_secs(10), download.try_next()).await.unwrap_err();
    }
    let error = timeout(Duration::from_secs(10), download.try_next()).await.unwrap().unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(start.elapsed(), Duration::from_secs(25));
    assert_eq!(again(&mut download).await, "it had broken off before");
}

/// Why there is nothing more.
async fn again(download: &mut rt::Download) -> String {
    let error = download.try_next().await.unwrap_err();
    std::error::Error::source(&error).unwrap().to_string()
}

#[tokio::test]
async fn what_breaks_off_does_not_end_as_if_it_were_whole() {
    let mut download = download(|| Box::pin(async { Err(TransportError::broken("reset")) })).await;
    pieces(&mut download).await;
    assert_eq!(again(&mut download).await, "reset");
    for _ in 0..2 {
        assert_eq!(again(&mut download).await, "it had broken off before");
    }
}

#[test]
fn a_download_that_is_taken_out_of_its_runtime_ends_with_an_error_and_no_panic() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut download = runtime.block_on(async {
        let (address, _told) = server(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab").await;
        let call: Call<Fetch> = client(&address).0.call([]);
        call.await.unwrap()
    });
    let mut next = std::pin::pin!(download.try_next());
    let Poll::Ready(Err(error)) = next.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("it does not end at once");
    };
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "the timer needs a Tokio runtime, or another timer must be given");
}
