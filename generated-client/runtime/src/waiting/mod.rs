//! Calls for programs in which nothing is async: the same calls, waited for on the thread that makes them.

mod calls;
mod download;
mod engine;
mod list;

pub use download::DownloadReader;
pub(crate) use engine::Engine;
pub use list::Iter;

/// Makes a call, or goes through a list or a download, on the thread that asks for it, which waits (feature `blocking`).
///
/// `call.wait()` is what `call.await` is elsewhere, `call.with_response().wait()` keeps the answer, `call.stream().wait()`
/// and `call.pages().wait()` are iterators, and a [`Download`](crate::Download) becomes a [`std::io::Read`].
///
/// It is the same client: its transport, its limits and its connections, which one thread for all clients of the process
/// keeps going from the first such call until the last client that made one is dropped. Within a Tokio runtime that would
/// hold up a thread of the runtime's, and is an error; there a call is awaited.
pub trait Wait {
    /// What there is when the waiting is over.
    type Waited;

    /// Waits.
    fn wait(self) -> Self::Waited;
}
