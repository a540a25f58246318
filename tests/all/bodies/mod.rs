//! Files on their way to a server and back: in which parts, in how much memory, and how often.

mod answers;
mod lists;
mod parts;
mod sources;
mod waiting;

use codegen_mock::Mock;
use tests::bodies::{Builder, Client, Credentials, Environment};

use crate::support::Hasty;

fn spec() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/good/bodies")
}

async fn start() -> (Mock, Client) {
    let mock = Mock::start(spec()).await.unwrap();
    let client = client(mock.address());
    (mock, client)
}

fn builder(address: &str) -> Builder<Client> {
    Client::builder(Environment::custom(address).unwrap())
        .credentials(Credentials { key: "test-key".into() })
        .timer(Hasty)
}

fn client(address: &str) -> Client {
    builder(address).build().unwrap()
}
