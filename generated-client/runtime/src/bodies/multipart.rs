//! Bodies in parts: `multipart/form-data`, as browsers write it.

use std::cell::OnceCell;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use super::Upload;
use crate::args::{Attached, Field, Kind, Location};
use crate::sending::{Body, BoxFuture, Chunks, TransportError};

/// What a file is that nobody says more of.
pub(crate) const OCTET_STREAM: &str = "application/octet-stream";

/// The media type of a body whose parts stand between lines of this.
pub(crate) fn content_type(boundary: &str) -> String {
    format!("multipart/form-data; boundary={boundary}")
}

/// A body in parts, of which each attempt makes one that can be sent.
#[derive(Default)]
pub(crate) struct Outline(Vec<Piece>);

enum Piece {
    Text(String),
    File {
        upload: Upload,
        /// It may have so many bytes at most.
        limit: Option<u64>,
    },
}

/// Why a body could not be made while it was sent: the transport that was told need not pass it on.
///
/// Most calls have no such body, and then there is nothing here.
#[derive(Default)]
pub(crate) struct Spoilt(OnceCell<Why>);

type Why = Arc<Mutex<Option<TransportError>>>;

/// A file that no part can hold.
#[derive(Debug)]
pub(crate) struct Unfit;

impl Outline {
    /// The parts of a body, in the order of the fields.
    ///
    /// # Errors
    ///
    /// When a part would be of a media type that a header cannot hold.
    pub(crate) fn new<'a>(
        fields: impl Iterator<Item = &'a Field<'a>>,
        files: &[Attached],
        boundary: &str,
    ) -> Result<Self, Unfit> {
        let mut outline = Self::default();
        let mut is_empty = true;
        for field in fields.filter(|field| field.location == Location::Body) {
            is_empty = false;
            let attached = match field.kind {
                Kind::File(index) => files.get(index),
                Kind::Text | Kind::Number | Kind::Boolean | Kind::Json | Kind::Unsayable => None,
            };
            let media_type = match attached {
                Some(Attached { upload, .. }) => upload.media_type().or(field.content_type).or(Some(OCTET_STREAM)),
                None => field.content_type,
            };
            if !media_type.is_none_or(is_header_value) {
                return Err(Unfit);
            }
            outline.text(&[
                "--",
                boundary,
                "\r\nContent-Disposition: form-data; name=\"",
                &name_of_part(field.name),
                "\"",
            ]);
            if attached.is_some() {
                outline.text(&["; filename=\"", &escaped(&field.text), "\""]);
            }
            if let Some(media_type) = media_type {
                outline.text(&["\r\nContent-Type: ", media_type]);
            }
            outline.text(&["\r\n\r\n"]);
            match attached {
                Some(Attached { upload, limit }) => {
                    outline.0.push(Piece::File { upload: upload.clone(), limit: *limit });
                }
                None => outline.text(&[&field.text]),
            }
            outline.text(&["\r\n"]);
        }
        if !is_empty {
            outline.text(&["--", boundary, "--\r\n"]);
        }
        Ok(outline)
    }

    /// The bytes of one file.
    pub(crate) fn whole(file: &Attached) -> Self {
        Self(vec![Piece::File { upload: file.upload.clone(), limit: file.limit }])
    }

    fn text(&mut self, texts: &[&str]) {
        if !matches!(self.0.last(), Some(Piece::Text(_))) {
            self.0.push(Piece::Text(String::new()));
        }
        if let Some(Piece::Text(all)) = self.0.last_mut() {
            texts.iter().for_each(|text| all.push_str(text));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The body to send. Its length is known if that of every file is; each file is opened when its turn comes.
    pub(crate) fn body(self, spoilt: &Spoilt) -> Body {
        let mut left: VecDeque<_> = self.0.into_iter().map(|piece| (piece.length(), piece)).collect();
        let length = left.iter().try_fold(0_u64, |sum, (length, _)| sum.checked_add((*length)?));
        match left.pop_front() {
            None => Bytes::new().into(),
            Some((_, Piece::Text(text))) if left.is_empty() => text.into(),
            Some(first) => {
                left.push_front(first);
                let body = Body::chunks(Parts { left, open: None, why: spoilt.0.get_or_init(Why::default).clone() });
                match length {
                    Some(length) => body.with_length(length),
                    None => body,
                }
            }
        }
    }

    /// The body for people to read, without the bytes of files.
    pub(crate) fn describe(&self) -> String {
        let describe = |piece: &Piece| match piece {
            Piece::Text(text) => text.replace("\r\n", "\n"),
            Piece::File { upload, .. } => match upload.length() {
                Some(length) => format!("[{length} bytes]"),
                None => "[a stream]".to_owned(),
            },
        };
        self.0.iter().map(describe).collect()
    }
}

impl Piece {
    fn length(&self) -> Option<u64> {
        match self {
            Self::Text(text) => Some(text.len() as u64),
            Self::File { upload, .. } => upload.length(),
        }
    }
}

impl Spoilt {
    /// What went wrong, if something did.
    pub(crate) fn take(&self) -> Option<TransportError> {
        self.0.get()?.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A body on its way out.
struct Parts {
    /// What is not sent yet, with its length if that was announced.
    left: VecDeque<(Option<u64>, Piece)>,
    open: Option<Open>,
    why: Why,
}

/// A file that is being sent.
struct Open {
    body: Body,
    sent: u64,
    length: Option<u64>,
    limit: Option<u64>,
}

impl Parts {
    /// Keeps an error for the one who asks, and gives the transport another.
    fn spoil(&self, error: TransportError) -> TransportError {
        let told = TransportError::unreadable(error.to_string());
        *self.why.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        told
    }

    async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        loop {
            if let Some(open) = &mut self.open {
                if let Some(chunk) = open.next().await? {
                    return Ok(Some(chunk));
                }
                self.open = None;
            }
            match self.left.pop_front() {
                None => return Ok(None),
                Some((_, Piece::Text(text))) => return Ok(Some(text.into())),
                Some((length, Piece::File { upload, limit })) => {
                    self.open = Some(Open { body: upload.open().await?, sent: 0, length, limit });
                }
            }
        }
    }
}

impl Chunks for Parts {
    fn next_chunk(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(async {
            let next = self.next().await;
            next.map_err(|error| self.spoil(error))
        })
    }
}

impl Open {
    /// What is left of the file, held to what was said of it: a server would wait for the rest, or take the end of the
    /// body for the beginning of another request.
    async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        let Some(chunk) = self.body.next_chunk().await? else {
            return match self.length {
                Some(length) if length != self.sent => Err(TransportError::unreadable("it ends before it should")),
                _ => Ok(None),
            };
        };
        self.sent = self.sent.saturating_add(chunk.len() as u64);
        if self.length.is_some_and(|length| self.sent > length) {
            return Err(TransportError::unreadable("it does not end where it should"));
        }
        match self.limit {
            Some(limit) if self.sent > limit => {
                Err(TransportError::unreadable(format!("it must have at most {limit} bytes, and has more")))
            }
            _ => Ok(Some(chunk)),
        }
    }
}

/// A name of a part: line breaks are those of the network, in whatever way they were written.
fn name_of_part(name: &str) -> String {
    escaped(&name.replace("\r\n", "\n").replace(['\r', '\n'], "\r\n"))
}

/// What would end a quoted text or its line, percent-encoded, and nothing else.
fn escaped(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn is_header_value(text: &str) -> bool {
    !text.is_empty() && http::HeaderValue::from_str(text).is_ok()
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use super::*;
    use crate::args::Sensitivity;

    fn field<'a>(name: &'a str, text: &'a str, kind: Kind) -> Field<'a> {
        let (location, sensitivity) = (Location::Body, Sensitivity::Public);
        Field { name, text: text.into(), kind, location, sensitivity, signed: true, content_type: None }
    }

    fn attached(upload: Upload) -> Attached {
        Attached { upload, limit: None }
    }

    /// A stream of one piece.
    struct One(Option<Bytes>);

    impl futures_core::Stream for One {
        type Item = Result<Bytes, std::io::Error>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(self.0.take().map(Ok))
        }
    }

    async fn sent(outline: Outline) -> Result<String, TransportError> {
        let spoilt = Spoilt::default();
        let bytes = outline.body(&spoilt).read(usize::MAX).await;
        bytes.map(|bytes| String::from_utf8(bytes.to_vec()).unwrap()).map_err(|_| spoilt.take().unwrap())
    }

    #[tokio::test]
    async fn parts_stand_in_order_as_browsers_write_them() {
        let files = [attached(Upload::bytes("\"ä\r\n.txt", "abc").content_type("text/plain"))];
        let json = Field { content_type: Some("application/json"), ..field("about", "{\"file\":0}", Kind::Json) };
        let fields = [field("a\"\nb", "1\r2", Kind::Text), field("file[0]", "\"ä\r\n.txt", Kind::File(0)), json];
        let outline = || Outline::new(fields.iter(), &files, "B").unwrap();
        let expected = "--B\r\nContent-Disposition: form-data; name=\"a%22%0D%0Ab\"\r\n\r\n1\r2\r\n\
            --B\r\nContent-Disposition: form-data; name=\"file[0]\"; filename=\"%22ä%0D%0A.txt\"\r\n\
            Content-Type: text/plain\r\n\r\nabc\r\n\
            --B\r\nContent-Disposition: form-data; name=\"about\"\r\nContent-Type: application/json\r\n\r\n\
            {\"file\":0}\r\n--B--\r\n";
        assert_eq!(outline().body(&Spoilt::default()).length(), Some(expected.len() as u64));
        assert_eq!(sent(outline()).await.unwrap(), expected);
        assert_eq!(outline().describe(), expected.replace("\r\n", "\n").replace("abc", "[3 bytes]"));
        let none: [Field<'_>; 0] = [];
        assert!(Outline::new(none.iter(), &[], "B").unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_file_is_what_was_said_of_it() {
        let fields = [field("f", "x", Kind::File(0))];
        for (length, limit, problem) in [
            (Some(4), None, "it ends before it should"),
            (Some(2), None, "it does not end where it should"),
            (None, Some(2), "it must have at most 2 bytes, and has more"),
        ] {
            let upload = Upload::stream("x", One(Some(Bytes::from_static(b"abc"))));
            let upload = length.into_iter().fold(upload, Upload::sized);
            let files = [Attached { upload, limit }];
            let error = sent(Outline::new(fields.iter(), &files, "B").unwrap()).await.unwrap_err();
            assert_eq!(std::error::Error::source(&error).unwrap().to_string(), problem);
            assert!(!error.is_transient() && files[0].upload.is_spent());
        }
    }
}
