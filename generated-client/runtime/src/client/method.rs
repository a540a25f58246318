//! Calls under other methods than the tables say.

use std::marker::PhantomData;

use crate::tables::{Endpoint, Line, Method, Operation, Retry};
use crate::validate::Violation;

/// An operation under each of the methods there are.
pub(super) struct Under<O>(PhantomData<fn() -> O>);

impl<O: Operation> Under<O> {
    const ALL: [&'static Endpoint; 6] = [
        &Self::endpoint(Method::GET),
        &Self::endpoint(Method::HEAD),
        &Self::endpoint(Method::POST),
        &Self::endpoint(Method::PUT),
        &Self::endpoint(Method::PATCH),
        &Self::endpoint(Method::DELETE),
    ];

    const fn endpoint(method: Method) -> Endpoint {
        let line = Line { method, path: O::TABLE.line.path };
        // What nobody described does what its method says, and so does what is safe only because its method reads.
        let table = O::TABLE.line;
        let by_method = table.path.is_empty() || matches!((O::RETRY, table.retry()), (Retry::Safe, Retry::Safe));
        let retry = if by_method { line.retry() } else { O::RETRY };
        Endpoint { line, retry, ..*O::ENDPOINT }
    }

    /// The endpoint under a method.
    ///
    /// # Errors
    ///
    /// When there is no such method.
    pub(super) fn of(method: &str) -> Result<&'static Endpoint, Violation> {
        let unknown =
            || Violation::new("method", "method", "must be one of GET, HEAD, POST, PUT, PATCH, DELETE".into());
        Self::ALL.into_iter().find(|endpoint| endpoint.line.method.as_str() == method).ok_or_else(unknown)
    }
}
