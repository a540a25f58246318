//! The end of a call: an answer into a value or an error, by status first and body second.

use super::{Error, Response, Undecodable, Unexpected};
use crate::json::messages;
use crate::sending::Failure;
use crate::tables::{Endpoint, Message, Operation, OperationError, Outcome};

/// What an exchange means for an operation.
pub(crate) fn conclude<O: Operation>(
    endpoint: &'static Endpoint,
    result: Result<Response, Failure>,
) -> Result<O::Output, Error<O::Error>> {
    let response = result.map_err(Error::from_failure)?;
    if !response.status.is_success() {
        return Err(Error::from_answer(endpoint, response));
    }
    match O::Output::read(&response, endpoint) {
        Ok(value) => Ok(value),
        Err(cause) => Err(Error::Decode(Box::new(Undecodable { endpoint, response, cause }))),
    }
}

impl<E: OperationError> Error<E> {
    /// The first documented error that the answer is, in the order of the table.
    fn from_answer(endpoint: &'static Endpoint, response: Response) -> Self {
        let found = found(endpoint, &response);
        let status = response.status.as_u16();
        for variant in E::VARIANTS {
            if let Some(mut captures) = variant.0.recognise(status, &found) {
                return Self::Api((variant.1)(&mut captures));
            }
        }
        Self::Unexpected(Box::new(Unexpected { endpoint, response }))
    }

    pub(crate) fn from_failure(failure: Failure) -> Self {
        match failure {
            Failure::Invalid(violations) => Self::Invalid(violations),
            Failure::Signing(error) => Self::Signing(error),
            Failure::Timeout(interrupted) => Self::Timeout(interrupted),
            Failure::Transport(interrupted) => Self::Transport(interrupted),
        }
    }
}

/// The messages of an answer, wherever the API may put them.
fn found(endpoint: &Endpoint, response: &Response) -> Vec<Message> {
    let mut found = Vec::new();
    messages(&response.body, endpoint.api.error_places, &mut |field, text| {
        found.push(Message { field: field.to_owned(), text: text.to_owned() });
        true
    });
    found
}
