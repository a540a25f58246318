//! One operation as data.

use super::{ApiSpec, Envelope, ErrorCase, Paging, Path};
use crate::args::{Encoding, Param};

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Method(&'static str);

impl Method {
    /// Reads; has no body.
    pub(crate) const GET: Self = Self("GET");
    /// Reads the headers only.
    pub(crate) const HEAD: Self = Self("HEAD");
    /// Creates, or does anything at all.
    pub(crate) const POST: Self = Self("POST");
    /// Replaces.
    pub(crate) const PUT: Self = Self("PUT");
    /// Changes parts.
    pub(crate) const PATCH: Self = Self("PATCH");
    /// Removes.
    pub(crate) const DELETE: Self = Self("DELETE");

    /// As it stands in a request line.
    pub(crate) const fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether its answers have no body.
    pub(crate) const fn is_head(self) -> bool {
        matches!(self.0.as_bytes(), b"HEAD")
    }

    /// Whether parameters without a place of their own travel in the query: a body would mean nothing.
    pub(crate) const fn prefers_query(self) -> bool {
        matches!(self.0.as_bytes(), b"GET" | b"HEAD" | b"DELETE")
    }
}

/// What a successful answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload {
    /// Whatever it says is of no interest.
    Nothing,
    /// A value under this key.
    Key(&'static str),
    /// A page of a list under this key.
    Page(&'static str),
    /// A page of a list, which is the answer itself.
    WholePage,
    /// The answer itself.
    Whole,
    /// The answer itself, which is text and no JSON.
    Text,
    /// The answer itself, read by the caller while it arrives.
    Stream,
}

impl Payload {
    /// The key under which the value stands, if it does not stand bare.
    pub(crate) const fn key(self) -> Option<&'static str> {
        match self {
            Self::Key(key) | Self::Page(key) => Some(key),
            Self::Whole | Self::WholePage | Self::Text | Self::Stream | Self::Nothing => None,
        }
    }
}

/// When a call may be made again without the caller saying so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Only when it was certainly not made before.
    Never,
    /// Making it twice is the same as making it once.
    Safe,
    /// The same, as long as it is made under the same key. Another call has another key, unless its caller gives it.
    Keyed,
}

/// Method and path of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
}

impl Line {
    /// What is safe to repeat when nothing else is said: what only reads.
    pub const fn retry(self) -> Retry {
        match self.method.0.as_bytes() {
            b"GET" | b"HEAD" => Retry::Safe,
            _ => Retry::Never,
        }
    }
}

/// What every operation has, in one constant: each is a body of its own to the compiler.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    pub(crate) line: Line,
    pub(crate) id: &'static str,
    pub(crate) payload: Payload,
}

impl Table {
    pub(crate) const fn new(method: Method, path: &'static str) -> Self {
        Self { line: Line { method, path }, id: "", payload: Payload::Nothing }
    }

    /// What messages call it.
    #[must_use]
    pub const fn id(mut self, id: &'static str) -> Self {
        self.id = id;
        self
    }

    /// What a successful answer holds: nothing, unless it says so.
    #[must_use]
    pub const fn gives(mut self, payload: Payload) -> Self {
        self.payload = payload;
        self
    }
}

/// `GET` and the path.
pub const fn get(path: &'static str) -> Table {
    Table::new(Method::GET, path)
}

/// `HEAD` and the path.
pub const fn head(path: &'static str) -> Table {
    Table::new(Method::HEAD, path)
}

/// `POST` and the path.
pub const fn post(path: &'static str) -> Table {
    Table::new(Method::POST, path)
}

/// `PUT` and the path.
pub const fn put(path: &'static str) -> Table {
    Table::new(Method::PUT, path)
}

/// `PATCH` and the path.
pub const fn patch(path: &'static str) -> Table {
    Table::new(Method::PATCH, path)
}

/// `DELETE` and the path.
pub const fn delete(path: &'static str) -> Table {
    Table::new(Method::DELETE, path)
}

/// One operation: what to send and what comes back.
pub struct Endpoint {
    pub(crate) api: &'static ApiSpec,
    pub(crate) id: &'static str,
    pub(crate) line: Line,
    pub(crate) params: &'static [Param],
    pub(crate) payload: Payload,
    /// Other keys that it may stand under, tried after its own.
    pub(crate) also_under: &'static [&'static str],
    /// One item may stand for the list of it.
    pub(crate) or_one: bool,
    pub(crate) retry: Retry,
    /// How its pages follow each other, where that is not as the API says.
    pub(crate) paging: Option<&'static Paging>,
    /// Where in the last item of a page it stands what leads to the next, in the order they are tried.
    pub(crate) last: &'static [Path],
    /// How it is encoded, where that is not as the API says.
    pub(crate) encoding: Option<&'static Encoding>,
    pub(crate) envelope: &'static Envelope,
    /// The errors that say only that there is nothing to return.
    pub(crate) empty_on: &'static [&'static ErrorCase],
    /// How many documented errors are tried before each of those, rising; none where it does not say.
    pub(crate) empty_after: &'static [usize],
    /// Its documented errors by their position.
    pub(crate) error: fn(usize) -> Option<&'static ErrorCase>,
    pub(crate) signed: bool,
    /// Whether it goes without the headers that hold a credential.
    pub(crate) anonymous: bool,
    /// Whether its path is below scheme and host alone.
    pub(crate) below_host: bool,
}

/// One of the errors of an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Documented {
    pub(crate) case: &'static ErrorCase,
    /// Which of those it is that callers are told; none where it says only that there is nothing to return.
    pub(crate) position: Option<usize>,
}

/// Its name: errors print it, and nobody reads a table there.
impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Endpoint").field(&self.id).finish()
    }
}

impl Endpoint {
    /// How its calls are encoded.
    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding.copied().unwrap_or(self.api.encoding)
    }

    /// Its errors, in the order they are tried.
    pub(crate) fn errors(&self) -> impl Iterator<Item = Documented> {
        let (mut empty, mut position) = (self.empty_on.iter().zip(0..).peekable(), 0);
        std::iter::from_fn(move || {
            let documented = (self.error)(position);
            let is_next = |at: usize| documented.is_none() || self.empty_after.get(at).is_none_or(|it| *it <= position);
            if let Some((case, _)) = empty.next_if(|(_, at)| is_next(*at)) {
                return Some(Documented { case, position: None });
            }
            position += 1;
            documented.map(|case| Documented { case, position: Some(position - 1) })
        })
    }

    /// How its pages follow each other, if the answer is one.
    pub(crate) fn paging(&self) -> Option<&'static Paging> {
        match self.payload {
            Payload::Page(_) | Payload::WholePage => self.paging.or(self.api.pages.as_ref()),
            _ => None,
        }
    }

    /// The parameters that come with the paging of the API.
    pub(crate) fn page_params(&self) -> &'static [Param] {
        match (self.payload, self.paging) {
            (Payload::Page(_) | Payload::WholePage, None) => self.api.page_params,
            _ => &[],
        }
    }
}
