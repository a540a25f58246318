//! Where the bytes of a file come from: piece by piece, again for another attempt, or only once.

use std::io::{self, Read as _, Write as _};
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::thread;

use bytes::Bytes;
use codegen_mock::Fault;
use tests::bodies::{Error, FileId, Upload};

use super::{client, start};
use crate::support::{last, sources};

/// What is counted of a source while it is read.
#[derive(Default)]
struct Counted {
    opened: AtomicUsize,
    /// Bytes that somebody holds.
    held: AtomicUsize,
    most: AtomicUsize,
}

/// A piece that is counted until it is dropped.
struct Piece(Vec<u8>, Arc<Counted>);

impl AsRef<[u8]> for Piece {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        self.1.held.fetch_sub(self.0.len(), Ordering::SeqCst);
    }
}

/// So many pieces of so many bytes, and then perhaps an error.
struct Pieces {
    left: usize,
    size: usize,
    breaks: bool,
    counted: Arc<Counted>,
}

impl Pieces {
    fn new(left: usize, size: usize, counted: &Arc<Counted>) -> Self {
        counted.opened.fetch_add(1, Ordering::SeqCst);
        Self { left, size, breaks: false, counted: counted.clone() }
    }
}

impl futures_core::Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            let error = std::mem::take(&mut self.breaks).then(|| Err(io::Error::other("the disk is gone")));
            return Poll::Ready(error);
        }
        self.left -= 1;
        let held = self.counted.held.fetch_add(self.size, Ordering::SeqCst) + self.size;
        self.counted.most.fetch_max(held, Ordering::SeqCst);
        Poll::Ready(Some(Ok(Bytes::from_owner(Piece(vec![b'x'; self.size], self.counted.clone())))))
    }
}

/// A server that reads one request to its end and throws it away; then its head, and how much it was.
fn sink() -> (String, thread::JoinHandle<(String, usize)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let serving = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let (mut head, mut total, mut buffer) = (Vec::new(), 0, vec![0; 1 << 16]);
        let mut end = Vec::new();
        while !end.ends_with(b"--\r\n") && !end.ends_with(b"--\r\n\r\n0\r\n\r\n") {
            let count = stream.read(&mut buffer).unwrap();
            assert!(count > 0, "the request breaks off");
            if total < 4096 {
                head.extend_from_slice(&buffer[..count.min(4096)]);
            }
            total += count;
            end.extend_from_slice(&buffer[..count]);
            end.drain(..end.len().saturating_sub(16));
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"file\": {\"id\": \"1\"}}").unwrap();
        (String::from_utf8_lossy(&head).to_lowercase(), total)
    });
    (address, serving)
}

#[tokio::test]
async fn a_large_file_is_never_held_whole() {
    const PIECE: usize = 64 << 10;
    const PIECES: usize = 320;
    for sized in [true, false] {
        let (address, serving) = sink();
        let counted = Arc::new(Counted::default());
        let upload = Upload::stream("large", Pieces::new(PIECES, PIECE, &counted));
        let upload = if sized { upload.sized((PIECES * PIECE) as u64) } else { upload };
        client(&address).files().replace(FileId(1), upload).await.unwrap();
        let (head, total) = serving.join().unwrap();
        assert!(total > 20 << 20, "{total}");
        let most = counted.most.load(Ordering::SeqCst);
        assert!(most <= 2 << 20, "{most} bytes were held at once");
        assert_eq!(counted.held.load(Ordering::SeqCst), 0);
        assert_eq!((head.contains("content-length: 2"), head.contains("transfer-encoding: chunked")), (sized, !sized));
    }
}

#[tokio::test]
async fn a_file_that_can_be_had_again_is_sent_again() {
    let (mock, client) = start().await;
    let counted = Arc::new(Counted::default());
    let source = counted.clone();
    mock.fail_next(Fault::DropBefore);
    mock.fail_next(Fault::Status(503, "{}".into()));
    let upload = Upload::reopening("again", move || Pieces::new(3, 10, &source));
    client.files().replace(FileId(1), upload).await.unwrap();
    assert_eq!((mock.requests().len(), counted.opened.load(Ordering::SeqCst)), (3, 3));
    let part = last(&mock).parts().unwrap().remove(0);
    assert_eq!((part.bytes, part.file_name.as_deref()), (vec![b'x'; 30], Some("again")));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("on disk.txt");
    std::fs::write(&path, "one").unwrap();
    mock.fail_next(Fault::DropBefore);
    let file = client.files().replace(FileId(2), Upload::path(&path)).await.unwrap();
    assert_eq!(file.name.as_deref(), Some("on disk.txt"));
    let request = last(&mock);
    assert_eq!(request.parts().unwrap()[0].bytes, b"one");
    assert_eq!(request.header("content-length").unwrap(), request.body.len().to_string());
    let missing = Upload::path(folder.path().join("none"));
    let error = client.files().replace(FileId(2), missing).await.unwrap_err();
    assert!(sources(&error).contains(&"a part of the body could not be read".to_owned()), "{:?}", sources(&error));
}

#[tokio::test]
async fn a_file_that_can_be_had_only_once_is_not() {
    let (mock, client) = start().await;
    let counted = Arc::new(Counted::default());
    let once = || Upload::stream("once", Pieces::new(3, 10, &counted));
    mock.fail_next(Fault::DropBefore);
    let error = client.files().replace(FileId(1), once()).await.unwrap_err();
    let text =
        "files.replace: no answer; a file was read that can be read only once, so that the call was not made again";
    assert_eq!((error.to_string().as_str(), error.is_retryable()), (text, false));
    mock.fail_next(Fault::Status(503, "{}".into()));
    let error = client.files().replace(FileId(1), once()).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), mock.requests().len()), (503, 2));

    // As long as nothing of it was read, the call is made again.
    let refused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let upload = once();
    let error =
        super::client(&format!("http://{refused}")).files().replace(FileId(1), upload.clone()).await.unwrap_err();
    assert_eq!(error.to_string(), "files.replace: no answer after 3 attempts");
    client.files().replace(FileId(1), upload.clone()).await.unwrap();
    let error = client.files().replace(FileId(1), upload).await.unwrap_err();
    assert_eq!(sources(&error)[1], "a file can be read only once, and was sent already");
    assert_eq!(mock.requests().len(), 3);
}

#[tokio::test]
async fn what_a_source_turns_out_to_be_ends_the_call() {
    let (mock, client) = start().await;
    let counted = Arc::new(Counted::default());
    let source = |size| Pieces::new(2, size, &counted);
    let gone = Upload::stream("gone", Pieces { breaks: true, ..source(10) });
    for (upload, problem) in [
        (gone, "the disk is gone"),
        (Upload::stream("short", source(10)).sized(21), "it ends before it should"),
        (Upload::stream("long", source(10)).sized(19), "it does not end where it should"),
        (Upload::stream("large", source(501)), "it must have at most 1000 bytes, and has more"),
    ] {
        let error = client.files().create(upload).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)) && !error.is_retryable(), "{error:?}");
        let sources = sources(&error);
        assert_eq!(sources[0], "a part of the body could not be read");
        assert_eq!(sources.last().unwrap(), problem);
    }
    let again = counted.opened.load(Ordering::SeqCst);
    let source = counted.clone();
    let upload = Upload::reopening("gone", move || Pieces { breaks: true, ..Pieces::new(2, 10, &source) });
    client.files().replace(FileId(1), upload).await.unwrap_err();
    assert_eq!(counted.opened.load(Ordering::SeqCst), again + 1, "it would be gone again");
    assert!(mock.requests().is_empty());
}
