//! What generated types implement.

use std::fmt;

use super::{ApiSpec, Captures, Endpoint, Envelope, ErrorCase, Outcome, Paging, Path, Retry, Table};
use crate::args::{Encoding, Param, Take, show_lent};
use crate::client::Client;
use crate::json::Read;
use crate::paging::Page;
use crate::values::Secret;

/// An operation: its table and the types around it.
pub trait Operation: 'static {
    /// What a successful call returns.
    type Output: Outcome;
    /// The errors its documentation lists.
    type Error: OperationError;
    /// Method and path, what messages call it, and what a successful answer holds.
    const TABLE: Table;
    /// Its parameters, in the order of the spec.
    const PARAMS: &'static [Param] = &[];
    /// What messages call it.
    const ID: &'static str = Self::TABLE.id;
    /// Other keys that it may stand under, tried after its own.
    const ALSO_UNDER: &'static [&'static str] = &[];
    /// One item may stand for the list of it.
    const OR_ONE: bool = false;
    /// When it may be made again by itself.
    const RETRY: Retry = Self::TABLE.line.retry();
    /// How its pages follow each other, where that is not as the API says.
    const PAGING: Option<&'static Paging> = None;
    /// Where in the last item of a page it stands what leads to the next, in the order they are tried.
    const LAST: &'static [Path] = &[];
    /// How its calls are encoded, where that is not as the API says.
    const ENCODING: Option<&'static Encoding> = None;
    /// What its answers have in common, as the API's have unless it says else.
    const ENVELOPE: &'static Envelope = &<<Self::Error as OperationError>::Code as Code>::API.envelope;
    /// The errors that say only that there is nothing to return.
    const EMPTY_ON: &'static [&'static ErrorCase] = &[];
    /// How many documented errors are tried before each of those; none where it does not say.
    const EMPTY_AFTER: &'static [usize] = &[];
    /// Whether its path is below scheme and host alone, and not below the base address.
    const BELOW_HOST: bool = false;
    /// Whether it is made without credentials; it is not signed then.
    const ANONYMOUS: bool = false;
    /// Whether it is signed, and not only sent with the headers of every call.
    const SIGNED: bool = true;
    /// Lends what its calls must be given, where that has names and the operation is what holds it.
    fn lend(&self, take: &mut Take<'_>) {
        take.all([]);
    }
    /// All of it, for code that is the same for every operation.
    const ENDPOINT: &'static Endpoint = &Endpoint {
        api: <<Self::Error as OperationError>::Code as Code>::API,
        id: Self::ID,
        line: Self::TABLE.line,
        params: Self::PARAMS,
        payload: Self::TABLE.payload,
        also_under: Self::ALSO_UNDER,
        or_one: Self::OR_ONE,
        retry: Self::RETRY,
        paging: Self::PAGING,
        last: Self::LAST,
        encoding: Self::ENCODING,
        envelope: Self::ENVELOPE,
        empty_on: Self::EMPTY_ON,
        empty_after: Self::EMPTY_AFTER,
        error: |at| <Self::Error as OperationError>::VARIANTS.get(at).map(|variant| variant.0),
        signed: Self::SIGNED && !Self::ANONYMOUS,
        anonymous: Self::ANONYMOUS,
        below_host: Self::BELOW_HOST,
    };
}

/// Shows what a call must be given.
///
/// # Errors
///
/// When it cannot be written.
pub fn debug_request<O: Operation>(name: &str, request: &O, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    show_lent(name, O::PARAMS, &|take| request.lend(take), f)
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
    /// Whether a call that ends in one of them may have changed something, where nothing but the status says what happened.
    const LEAVES_OPEN: bool = false;
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
