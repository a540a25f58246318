//! The body of an answer, at once or as a fault has it.

#![expect(clippy::disallowed_methods, reason = "the pauses of real sockets")]

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use crate::fault::Fault;

/// The body of an answer, of which the whole length is announced.
pub(crate) struct Answer {
    length: usize,
    left: Bytes,
    pace: Pace,
}

/// How a body comes.
enum Pace {
    AtOnce,
    /// It breaks off once what there is had time to leave.
    Cut {
        left: bool,
    },
    /// So many bytes at a time, with a pause before each.
    Slow {
        bytes: usize,
        pause: Duration,
        sleep: Option<Pin<Box<Sleep>>>,
    },
}

impl Answer {
    /// The bytes, as the fault has it come.
    pub(crate) fn new(bytes: Vec<u8>, fault: Option<&Fault>) -> Self {
        let left = Bytes::from(bytes);
        let length = left.len();
        match fault {
            Some(Fault::Truncate) => Self { length, left: left.slice(..length / 2), pace: Pace::Cut { left: false } },
            Some(Fault::SlowBody(bytes, pause)) => {
                Self { length, left, pace: Pace::Slow { bytes: (*bytes).max(1), pause: *pause, sleep: None } }
            }
            _ => Self { length, left, pace: Pace::AtOnce },
        }
    }
}

/// A connection that breaks because a fault says so.
pub(crate) fn dropped() -> io::Error {
    io::Error::other("dropped on demand")
}

impl Body for Answer {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = &mut *self;
        if this.left.is_empty() {
            return match &mut this.pace {
                Pace::AtOnce | Pace::Slow { .. } => Poll::Ready(None),
                // The connection writes what it has before it asks again.
                Pace::Cut { left: left @ false } => {
                    *left = true;
                    cx.waker().wake_by_ref();
                    Poll::Pending
                }
                Pace::Cut { left: true } => Poll::Ready(Some(Err(dropped()))),
            };
        }
        let next = match &mut this.pace {
            Pace::AtOnce | Pace::Cut { .. } => this.left.len(),
            Pace::Slow { bytes, pause, sleep: waiting } => {
                let sleep = waiting.get_or_insert_with(|| Box::pin(sleep(*pause)));
                if sleep.as_mut().poll(cx).is_pending() {
                    return Poll::Pending;
                }
                *waiting = None;
                (*bytes).min(this.left.len())
            }
        };
        Poll::Ready(Some(Ok(Frame::data(this.left.split_to(next)))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length as u64)
    }
}
