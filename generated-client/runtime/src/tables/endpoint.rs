//! One operation as data.

use super::ApiSpec;
use crate::args::Param;

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method(&'static str);

impl Method {
    /// Reads; has no body.
    pub const GET: Self = Self("GET");
    /// Reads the headers only.
    pub const HEAD: Self = Self("HEAD");
    /// Creates, or does anything at all.
    pub const POST: Self = Self("POST");
    /// Replaces.
    pub const PUT: Self = Self("PUT");
    /// Changes parts.
    pub const PATCH: Self = Self("PATCH");
    /// Removes.
    pub const DELETE: Self = Self("DELETE");

    /// As it stands in a request line.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether it only reads, so that making a call twice is the same as making it once.
    const fn reads(self) -> bool {
        // `GET` and `HEAD`, in what a constant function can say.
        matches!(self.0.as_bytes(), b"GET" | b"HEAD")
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
    /// The answer itself.
    Whole,
}

/// When a call may be made again without the caller saying so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Only when it was certainly not made before.
    Never,
    /// Making it twice is the same as making it once.
    Safe,
}

/// One operation: what to send and what comes back.
#[derive(Debug)]
pub struct Endpoint {
    pub(crate) api: &'static ApiSpec,
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) params: &'static [Param],
    pub(crate) payload: Payload,
    pub(crate) retry: Retry,
}

impl Endpoint {
    /// An operation without parameters that returns nothing; `id` is what errors call it.
    pub const fn new(api: &'static ApiSpec, id: &'static str, method: Method, path: &'static str) -> Self {
        let retry = if method.reads() { Retry::Safe } else { Retry::Never };
        Self { api, id, method, path, params: &[], payload: Payload::Nothing, retry }
    }

    /// Its parameters, in the order of the spec.
    pub const fn params(mut self, params: &'static [Param]) -> Self {
        self.params = params;
        self
    }

    /// It returns a value under a key.
    pub const fn returns(mut self, key: &'static str) -> Self {
        self.payload = Payload::Key(key);
        self
    }

    /// It returns one page of a list under a key, and takes the paging parameters of its API.
    pub const fn page(mut self, key: &'static str) -> Self {
        self.payload = Payload::Page(key);
        self
    }

    /// The answer itself is what it returns.
    pub const fn whole(mut self) -> Self {
        self.payload = Payload::Whole;
        self
    }

    /// Making it twice is the same as making it once, so it may be repeated after a failure.
    pub const fn safe(mut self) -> Self {
        self.retry = Retry::Safe;
        self
    }

    /// It is repeated only when it was certainly not made before.
    pub const fn never(mut self) -> Self {
        self.retry = Retry::Never;
        self
    }

    /// The parameters that come with paging, if the answer is a page.
    pub(crate) const fn page_params(&self) -> &'static [Param] {
        match self.payload {
            Payload::Page(_) => self.api.page_params,
            Payload::Nothing | Payload::Key(_) | Payload::Whole => &[],
        }
    }
}
