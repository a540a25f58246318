//! One call.

use super::Wait;
use super::engine::{block_on, not_made};
use crate::client::{Answered, Answering, Client, Sending};
use crate::error::{Error, Response, conclude};
use crate::sending::{Exchange, Failure};
use crate::tables::{Endpoint, Operation};

/// Whatever is a call once it is awaited.
impl<C, O> Wait for C
where
    C: IntoFuture<IntoFuture = Sending<O>>,
    O: Operation,
{
    type Waited = Result<O::Output, Error<O::Error>>;

    fn wait(self) -> Self::Waited {
        let Sending { client, endpoint, mut exchange, .. } = self.into_future();
        conclude::<O>(endpoint, outcome(&client, endpoint, &mut exchange), &exchange.span)
    }
}

impl<O: Operation> Wait for Answering<O> {
    type Waited = Answered<O>;

    fn wait(self) -> Self::Waited {
        let Sending { client, endpoint, mut exchange, .. } = self.0;
        Answered::new(endpoint, outcome(&client, endpoint, &mut exchange), &exchange.span)
    }
}

/// The same code for every operation.
fn outcome(client: &Client, endpoint: &'static Endpoint, exchange: &mut Exchange) -> Result<Response, Failure> {
    block_on(Some(client), exchange).unwrap_or_else(|cause| Err(not_made(client, endpoint, cause)))
}
