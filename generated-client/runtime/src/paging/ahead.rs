//! Pages that are fetched before they are wanted.

use std::future::poll_fn;
use std::task::{Context, Poll};

use tokio::runtime::Handle;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;

use super::pages::Next;
use super::{Page, Pages};
use crate::error::Error;
use crate::sending::{Report, TransportError, broken};
use crate::tables::Paged;

/// Whether pages are fetched ahead of those that are wanted.
pub(super) enum Ahead<O: Paged> {
    Never,
    /// So many at most, from the first that is wanted on. Only lists that ask for it are compiled with what does it.
    Asked(usize, fn(Pages<O>, usize) -> Going<O>),
    Going(Going<O>),
}

/// A task that fetches pages, as long as somebody wants them.
pub(super) struct Going<O: Paged> {
    pages: mpsc::Receiver<Next<Page<O::Item>, O>>,
    task: JoinHandle<()>,
}

impl<O: Paged> Pages<O> {
    /// Fetches up to so many pages before they are wanted, one after the other, on a task of the Tokio runtime that the
    /// list is read in. None unless given; a list that is read outside of any runtime is fetched page by page.
    ///
    /// No page is asked for that comes after the last or after an error, and dropping the list stops what is under way.
    #[must_use]
    pub fn prefetch(mut self, pages: usize) -> Self {
        if let Ahead::Never | Ahead::Asked(..) = self.ahead {
            self.ahead = if pages == 0 { Ahead::Never } else { Ahead::Asked(pages, Going::start) };
        }
        self
    }

    /// The next page, where a task fetches them.
    pub(super) fn poll_ahead(&mut self, cx: &mut Context<'_>) -> Option<Poll<Next<Page<O::Item>, O>>> {
        if let (Ahead::Asked(pages, start), true) = (&self.ahead, Handle::try_current().is_ok()) {
            let (pages, start) = (*pages, *start);
            let rest = Self::new(self.plan.clone());
            self.ahead = Ahead::Going(start(std::mem::replace(self, rest), pages));
        }
        let Ahead::Going(going) = &mut self.ahead else { return None };
        let Poll::Ready(next) = going.pages.poll_recv(cx) else { return Some(Poll::Pending) };
        // A list never ends unnoticed.
        let next = next.unwrap_or_else(|| Some(Err(self.cut_off())));
        if !matches!(next, Some(Ok(_))) {
            self.end();
        }
        Some(Poll::Ready(next))
    }

    /// The task has gone without an end.
    fn cut_off(&self) -> Error<O::Error> {
        let report = Report::new(self.plan.client.0.means.clock.now());
        let cause = TransportError::broken("the task that fetched pages ahead is gone, as its runtime may be");
        Error::from_failure(broken(self.plan.endpoint, report, None, Some(cause)))
    }
}

impl<O: Paged> Going<O> {
    fn start(mut list: Pages<O>, pages: usize) -> Self {
        list.ahead = Ahead::Never;
        let (tell, told) = mpsc::channel(pages.min(Semaphore::MAX_PERMITS));
        let work = async move {
            // Room is made before a page is fetched: there are never more than were asked for.
            while let Ok(room) = tell.reserve().await {
                let next = poll_fn(|cx| list.poll_page(cx)).await;
                let is_over = !matches!(next, Some(Ok(_)));
                room.send(next);
                if is_over {
                    break;
                }
            }
        };
        #[cfg(feature = "tracing")]
        let work = tracing::Instrument::in_current_span(work);
        Self { pages: told, task: tokio::spawn(work) }
    }
}

impl<O: Paged> Drop for Going<O> {
    fn drop(&mut self) {
        self.task.abort();
    }
}
