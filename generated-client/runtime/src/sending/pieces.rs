//! A body of which each piece is asked for by polling, so that whoever gives up waiting loses nothing.

use std::task::{Context, Poll};

use bytes::Bytes;

use super::{Body, BoxFuture, TransportError};

/// What is still to come of a body.
pub(crate) struct Pieces(Reading);

/// A piece that is on its way is kept here and not by who waits for it: nobody knows what a body loses when it is left
/// half-way.
enum Reading {
    Rest(Body),
    Next(BoxFuture<'static, (Body, Result<Option<Bytes>, TransportError>)>),
    Ended,
    Broken,
}

impl Pieces {
    /// Takes no more: whatever is asked for from here on is an error.
    pub(crate) fn break_off(&mut self) {
        self.0 = Reading::Broken;
    }

    /// The next piece, or nothing after the last; after an error, errors.
    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, TransportError>> {
        // Should a body panic, there is no more of it.
        let mut next = match std::mem::replace(&mut self.0, Reading::Broken) {
            Reading::Rest(mut body) => Box::pin(async move {
                let piece = body.next_chunk().await;
                (body, piece)
            }),
            Reading::Next(next) => next,
            Reading::Ended => {
                self.0 = Reading::Ended;
                return Poll::Ready(Ok(None));
            }
            Reading::Broken => return Poll::Ready(Err(TransportError::broken("it had broken off before"))),
        };
        let Poll::Ready((body, piece)) = next.as_mut().poll(cx) else {
            self.0 = Reading::Next(next);
            return Poll::Pending;
        };
        self.0 = match piece {
            Ok(Some(_)) => Reading::Rest(body),
            Ok(None) => Reading::Ended,
            Err(_) => Reading::Broken,
        };
        Poll::Ready(piece)
    }
}

impl From<Body> for Pieces {
    fn from(body: Body) -> Self {
        Self(Reading::Rest(body))
    }
}
