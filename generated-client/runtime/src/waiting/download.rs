//! An answer that is read while it arrives.

use std::io::{self, Read};

use bytes::{Buf as _, Bytes};

use super::Wait;
use super::engine::block_on;
use crate::bodies::Download;

/// The bytes of a download, each piece waited for when it is wanted. After an error every further one is read in vain:
/// what has broken off never ends as if it were whole.
#[derive(Debug)]
pub struct DownloadReader {
    download: Download,
    piece: Bytes,
}

impl Wait for Download {
    type Waited = DownloadReader;

    fn wait(self) -> DownloadReader {
        DownloadReader { download: self, piece: Bytes::new() }
    }
}

impl Read for DownloadReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() && !buffer.is_empty() {
            let client = self.download.client().cloned();
            let next = block_on(client.as_ref(), self.download.try_next()).and_then(|next| next);
            match next {
                Ok(Some(piece)) => self.piece = piece,
                Ok(None) => return Ok(0),
                Err(error) if error.is_timeout() => return Err(io::Error::new(io::ErrorKind::TimedOut, error)),
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        let count = buffer.len().min(self.piece.len());
        self.piece.split_to(count).copy_to_slice(buffer.get_mut(..count).unwrap_or_default());
        Ok(count)
    }
}
