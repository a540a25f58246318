//! Files on disk, a piece at a time.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::{Body, BoxFuture, Chunks, TransportError};

/// So much is read at once.
const PIECE: usize = 64 << 10;

/// How many bytes a file has.
pub(super) fn length(path: &Path) -> Option<u64> {
    std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len())
}

/// A file from its beginning.
pub(super) async fn open(path: PathBuf) -> io::Result<Body> {
    let file = apart(move || File::open(path)).await?;
    Ok(Body::chunks(Pieces(Some(file))))
}

/// A file that is being read; nothing while somebody else has it, and after its end.
struct Pieces(Option<File>);

impl Chunks for Pieces {
    fn next_chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(async {
            let Some(mut file) = self.0.take() else { return Ok(None) };
            let read = apart(move || {
                let mut piece = vec![0; PIECE];
                let count = file.read(&mut piece)?;
                piece.truncate(count);
                Ok((file, piece))
            });
            let (file, piece) = read.await.map_err(TransportError::unreadable)?;
            self.0 = Some(file).filter(|_| !piece.is_empty());
            Ok(Some(Bytes::from(piece)).filter(|piece| !piece.is_empty()))
        })
    }
}

/// Work that blocks, on a thread for such work where there is one.
#[cfg(feature = "reqwest")]
async fn apart<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    match tokio::runtime::Handle::try_current() {
        Ok(runtime) => runtime.spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error))),
        Err(_) => work(),
    }
}

/// Work that blocks.
#[cfg(not(feature = "reqwest"))]
async fn apart<T>(work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    work()
}
