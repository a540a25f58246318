//! A body that comes whole or in pieces, and why it may not come.

use std::error::Error;
use std::pin::Pin;
use std::time::SystemTime;

use bytes::Bytes;

/// A future on the heap, as traits give it back.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The body of a request or of an answer: all of it, or piece by piece, so that nobody need hold it whole.
pub struct Body {
    source: Source,
    length: Option<u64>,
}

enum Source {
    Whole(Bytes),
    Chunks(Box<dyn Chunks>),
}

/// A body that arrives in pieces.
pub trait Chunks: Send + 'static {
    /// The next piece, or nothing after the last.
    fn next_chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>>;
}

impl Body {
    /// A body that arrives in pieces.
    pub fn chunks(chunks: impl Chunks) -> Self {
        Self { source: Source::Chunks(Box::new(chunks)), length: None }
    }

    /// The same, of so many bytes in all.
    #[must_use]
    pub fn with_length(mut self, length: u64) -> Self {
        self.length = Some(length);
        self
    }

    /// How many bytes there are in all, if that is known.
    pub fn length(&self) -> Option<u64> {
        match &self.source {
            Source::Whole(bytes) => Some(bytes.len() as u64),
            Source::Chunks(_) => self.length,
        }
    }

    /// All of it, where it does not come in pieces.
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Whole(bytes) => Some(bytes),
            Source::Chunks(_) => None,
        }
    }

    /// The next piece, or nothing after the last.
    ///
    /// # Errors
    ///
    /// When there is no more to be had although it is not at its end.
    pub async fn next_chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        match &mut self.source {
            Source::Whole(bytes) if bytes.is_empty() => Ok(None),
            Source::Whole(bytes) => Ok(Some(std::mem::take(bytes))),
            Source::Chunks(chunks) => chunks.next_chunk().await,
        }
    }

    /// Reads to the end, or until there is more than `limit`.
    pub(crate) async fn read(&mut self, limit: usize) -> Result<Bytes, TransportError> {
        let chunks = match &mut self.source {
            Source::Whole(bytes) if bytes.len() > limit => return Err(TransportError::too_large(limit as u64)),
            Source::Whole(bytes) => return Ok(std::mem::take(bytes)),
            Source::Chunks(chunks) => chunks,
        };
        // Most answers arrive in one piece, which then need not be copied.
        let Some(first) = chunks.next_chunk().await? else { return Ok(Bytes::new()) };
        let mut all = Vec::new();
        let mut total = first.len();
        while total <= limit {
            let Some(chunk) = chunks.next_chunk().await? else {
                return Ok(if all.is_empty() { first } else { all.into() });
            };
            if all.is_empty() {
                all.extend_from_slice(&first);
            }
            total = total.saturating_add(chunk.len());
            all.extend_from_slice(&chunk);
        }
        Err(TransportError::too_large(limit as u64))
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self { source: Source::Whole(bytes.into()), length: None }
    }
}

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Body")
    }
}

/// An exchange that did not come to its end.
///
/// Its sources must not name the address: parameters are part of it.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub struct TransportError {
    what: String,
    /// Certainly nothing was sent.
    unsent: bool,
    /// Another attempt would fare no better.
    lasting: bool,
    timeout: bool,
    too_large: bool,
    /// The answer is not signed as it must be.
    unproven: bool,
    /// When it was made, by what it says itself.
    date: Option<SystemTime>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl TransportError {
    /// No connection came about, so that nothing of the request was sent.
    pub fn not_sent(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { unsent: true, ..Self::new("no connection to the server", Some(source.into())) }
    }

    /// The exchange broke off after something may have been sent.
    pub fn broken(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new("the connection to the server broke", Some(source.into()))
    }

    /// The request cannot be sent this way, now or later.
    pub fn unfit(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { unsent: true, lasting: true, ..Self::new("the request cannot be sent", Some(source.into())) }
    }

    /// There is nothing to send it with.
    pub(crate) fn nowhere() -> Self {
        let what = "the client was made without a transport, and sends nothing";
        Self { unsent: true, lasting: true, ..Self::new(what, None) }
    }

    /// It was not the turn of the call within its time.
    pub(crate) fn late() -> Self {
        let what = "the limits of this client, or the server's wish for fewer calls, leave no time for it";
        Self { unsent: true, timeout: true, ..Self::new(what, None) }
    }

    /// There was nothing to sign the call with in its time.
    pub(crate) fn without_credentials() -> Self {
        Self { unsent: true, timeout: true, ..Self::new("the provider gave no credentials in time", None) }
    }

    /// The transport gave up waiting.
    #[must_use]
    pub fn timed_out(mut self) -> Self {
        self.timeout = true;
        self
    }

    /// What is to be sent could not be had, or was not what it was said to be: a file, most often. The exchange broke
    /// off, and another attempt would fare no better.
    pub fn unreadable(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { lasting: true, ..Self::new("a part of the body could not be read", Some(source.into())) }
    }

    pub(crate) fn too_large(limit: u64) -> Self {
        let what = match limit >> 20 {
            0 => format!("the answer is larger than {limit} bytes"),
            size => format!("the answer is larger than {size} MiB"),
        };
        Self { lasting: true, too_large: true, ..Self::new(&what, None) }
    }

    /// The answer is not shown to be the server's.
    pub(crate) fn unproven(source: impl Into<Box<dyn Error + Send + Sync>>, date: Option<SystemTime>) -> Self {
        Self {
            lasting: true,
            unproven: true,
            date,
            ..Self::new("the answer is not signed as it must be", Some(source.into()))
        }
    }

    fn new(what: &str, source: Option<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            what: what.to_owned(),
            unsent: false,
            lasting: false,
            timeout: false,
            too_large: false,
            unproven: false,
            date: None,
            source,
        }
    }

    /// Whether certainly nothing was sent.
    pub fn is_unsent(&self) -> bool {
        self.unsent
    }

    /// Whether waiting was given up.
    pub fn is_timeout(&self) -> bool {
        self.timeout
    }

    /// Whether there is more of an answer than anybody wants to hold.
    pub(crate) fn is_too_large(&self) -> bool {
        self.too_large
    }

    /// Whether there is an answer that may be anybody's.
    pub(crate) fn is_unproven(&self) -> bool {
        self.unproven
    }

    /// When that answer was made, if it says so.
    pub(crate) fn date(&self) -> Option<SystemTime> {
        self.date
    }

    /// Whether another attempt could fare better.
    pub fn is_transient(&self) -> bool {
        !self.lasting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Endless(usize);

    impl Chunks for Endless {
        fn next_chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
            self.0 += 1;
            Box::pin(async { Ok(Some(Bytes::from_static(&[b'x'; 1000]))) })
        }
    }

    struct Some3(usize);

    impl Chunks for Some3 {
        fn next_chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
            self.0 += 1;
            let chunk = (self.0 <= 3).then(|| Bytes::from(self.0.to_string()));
            Box::pin(async { Ok(chunk) })
        }
    }

    #[tokio::test]
    async fn an_endless_body_is_left_at_the_limit() {
        let error = Body::chunks(Endless(0)).read(1 << 20).await.unwrap_err();
        assert_eq!(error.to_string(), "the answer is larger than 1 MiB");
        assert_eq!(TransportError::too_large(1000).to_string(), "the answer is larger than 1000 bytes");
        assert!(!error.is_transient());
    }

    #[tokio::test]
    async fn pieces_are_put_together() {
        assert_eq!(Body::chunks(Some3(0)).read(3).await.unwrap(), "123");
        assert!(Body::chunks(Some3(0)).read(2).await.is_err());
        assert_eq!(Body::from("abc").read(3).await.unwrap(), "abc");
        assert!(Body::from("abc").read(2).await.is_err());
    }
}
