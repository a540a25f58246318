//! What generated types implement.

use super::{ApiSpec, Captures, Endpoint, ErrorCase, Line, Payload, Retry};
use crate::args::{Encoding, Param};
use crate::client::Client;
use crate::error::Response;
use crate::json::{Read, ReadResult, read_under};
use crate::paging::Page;
use crate::values::Secret;

/// An operation: its table and the types around it.
pub trait Operation: 'static {
    /// What a successful call returns.
    type Output: Outcome;
    /// The errors its documentation lists.
    type Error: OperationError;
    /// What messages call it.
    const ID: &'static str;
    /// Method and path.
    const LINE: Line;
    /// Its parameters, in the order of the spec.
    const PARAMS: &'static [Param] = &[];
    /// What a successful answer holds.
    const PAYLOAD: Payload = Payload::Nothing;
    /// When it may be made again by itself.
    const RETRY: Retry = Self::LINE.retry();
    /// How its calls are encoded, where that is not as the API says.
    const ENCODING: Option<&'static Encoding> = None;
    /// All of it, for code that is the same for every operation.
    const ENDPOINT: &'static Endpoint = &Endpoint {
        api: <<Self::Error as OperationError>::Code as Code>::API,
        id: Self::ID,
        line: Self::LINE,
        params: Self::PARAMS,
        payload: Self::PAYLOAD,
        retry: Self::RETRY,
        encoding: Self::ENCODING,
    };
}

/// An operation that returns one page of a list.
pub trait Paged: Operation<Output = Page<Self::Item>> {
    /// What the list is of.
    type Item: Read + Default + Send + 'static;
}

impl<O: Operation<Output = Page<T>>, T: Read + Default + Send + 'static> Paged for O {
    type Item = T;
}

/// The documented errors of an operation, or of several that document the same.
pub trait OperationError: std::error::Error + Sized + Send + Sync + 'static {
    /// The one enum of all errors of the API.
    type Code: Code;
    /// One line per documented error, in the order they are tried.
    const VARIANTS: &'static [Variant<Self>];
}

/// How an error is recognised, and how its variant is made from what the message captured.
#[derive(Debug)]
pub struct Variant<E: 'static>(pub(crate) &'static ErrorCase, pub(crate) fn(&mut Captures) -> E);

/// The variant of an error.
pub const fn case<E>(error: &'static ErrorCase, make: fn(&mut Captures) -> E) -> Variant<E> {
    Variant(error, make)
}

/// An error of the API, whichever operation it comes from. As the error of an operation it is that of one
/// which nobody described: any of them may come.
pub trait Code: Copy + PartialEq + OperationError<Code = Self> {
    /// The API whose errors these are.
    const API: &'static ApiSpec;
}

/// A generated client.
pub trait Api: Sized {
    /// What its calls are signed with.
    type Credentials: Credentials;
    /// What its operations share.
    const API: &'static ApiSpec;
    /// Puts the generated face on a client.
    fn wrap(client: Client) -> Self;
}

/// The caller's secret material.
pub trait Credentials {
    /// What its parts are called, for messages.
    const NAMES: &'static [&'static str];
    /// Its parts, in the order in which signing counts them.
    fn secrets(self) -> Vec<Secret>;
}

/// Something a successful answer is turned into.
pub trait Outcome: Sized + Send + 'static {
    /// Reads it from an answer.
    ///
    /// # Errors
    ///
    /// Says where in the answer something else stands than was expected.
    fn read(response: &Response, endpoint: &Endpoint) -> ReadResult<Self>;
}

impl Outcome for () {
    fn read(_: &Response, _: &Endpoint) -> ReadResult {
        Ok(())
    }
}

impl Outcome for Response {
    fn read(response: &Response, _: &Endpoint) -> ReadResult<Self> {
        Ok(response.clone())
    }
}

impl<T: Read + Default + Send + 'static> Outcome for T {
    fn read(response: &Response, endpoint: &Endpoint) -> ReadResult<Self> {
        read_under(response.body(), key(endpoint))
    }
}

impl<T: Read + Default + Send + 'static> Outcome for Page<T> {
    fn read(response: &Response, endpoint: &Endpoint) -> ReadResult<Self> {
        let items = read_under(response.body(), key(endpoint))?;
        Ok(Self::new(items, response.headers(), endpoint.api.pages.as_ref()))
    }
}

/// The key under which the value stands, if it does not stand bare.
fn key(endpoint: &Endpoint) -> Option<&'static str> {
    match endpoint.payload {
        Payload::Key(key) | Payload::Page(key) => Some(key),
        Payload::Whole | Payload::Nothing => None,
    }
}
