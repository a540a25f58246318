//! Files that callers give: where their bytes come from, and whether they can be had again.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;

use super::{Body, BoxFuture, Chunks, TransportError, path};
use crate::args::{ValueWriter, Wire};

/// A file to be sent. It is read while it is sent, and never held whole unless it was given so.
///
/// A copy is of the same file: of a [stream](Upload::stream), which can be read only once, either is sent.
#[derive(Clone)]
pub struct Upload {
    source: Source,
    name: String,
    content_type: Option<String>,
    length: Option<u64>,
}

#[derive(Clone)]
enum Source {
    Whole(Bytes),
    Path(PathBuf),
    Again(Arc<dyn Fn() -> Body + Send + Sync>),
    /// Taken out by whoever reads it.
    Once(Arc<Mutex<Option<Body>>>),
}

impl Upload {
    /// A file that is in memory, under the name that the server is told.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let length = Some(bytes.len() as u64);
        Self { length, ..Self::new(name, Source::Whole(bytes)) }
    }

    /// A file on disk, opened for each attempt at the call and told to the server under the name that it has there.
    ///
    /// In a Tokio runtime it is read on the threads for blocking work; elsewhere where the call is made.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().map_or_else(|| "file".to_owned(), |name| name.to_string_lossy().into_owned());
        Self::new(name, Source::Path(path))
    }

    /// A file that can be had only once. As soon as the client has begun to read it, the call is not made again by
    /// itself, whatever happens.
    pub fn stream<S, E>(name: impl Into<String>, stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        Self::new(name, Source::Once(Arc::new(Mutex::new(Some(Body::chunks(Streamed(Box::pin(stream))))))))
    }

    /// A file that can be had as often as it takes: `open` gives it from its beginning, for each attempt at the call.
    pub fn reopening<S, E>(name: impl Into<String>, open: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        Self::new(name, Source::Again(Arc::new(move || Body::chunks(Streamed(Box::pin(open()))))))
    }

    fn new(name: impl Into<String>, source: Source) -> Self {
        Self { source, name: name.into(), content_type: None, length: None }
    }

    /// The name that the server is told, in place of that of the path.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The media type that the server is told: `image/jpeg`.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// How many bytes a stream has. The server is told beforehand, and one that turns out to have more or fewer breaks
    /// the call off.
    #[must_use]
    pub fn sized(mut self, length: u64) -> Self {
        self.length = Some(length);
        self
    }

    /// What the server is told that it is called.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn media_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// How many bytes it has, if that can be known before it is read.
    pub(crate) fn length(&self) -> Option<u64> {
        match &self.source {
            Source::Path(path) => self.length.or_else(|| path::length(path)),
            Source::Whole(_) | Source::Again(_) | Source::Once(_) => self.length,
        }
    }

    /// Whether it was read already, and cannot be read again.
    pub(crate) fn is_spent(&self) -> bool {
        match &self.source {
            Source::Once(body) => body.lock().unwrap_or_else(PoisonError::into_inner).is_none(),
            Source::Whole(_) | Source::Path(_) | Source::Again(_) => false,
        }
    }

    /// Its bytes, from the beginning.
    pub(super) async fn open(&self) -> Result<Body, TransportError> {
        match &self.source {
            Source::Whole(bytes) => Ok(bytes.clone().into()),
            Source::Path(path) => path::open(path.clone()).await.map_err(TransportError::unreadable),
            Source::Again(open) => Ok(open()),
            Source::Once(body) => body
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take()
                .ok_or_else(|| TransportError::unreadable("it can be read only once, and was read already")),
        }
    }
}

impl Wire for Upload {
    fn write(&self, out: &mut ValueWriter<'_>) {
        out.file(self);
    }
}

impl fmt::Debug for Upload {
    /// Its name may say something about a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("length", &self.length()).finish_non_exhaustive()
    }
}

/// A stream as the pieces of a body.
struct Streamed<S>(Pin<Box<S>>);

impl<S, E> Chunks for Streamed<S>
where
    S: Stream<Item = Result<Bytes, E>> + Send + 'static,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    fn next_chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(async {
            let next = poll_fn(|cx| self.0.as_mut().poll_next(cx)).await;
            next.transpose().map_err(TransportError::unreadable)
        })
    }
}
