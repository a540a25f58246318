//! What tests of the client share: a client against a mock, one against a scripted server, and what is injected.

mod injected;
mod scripted;
mod spans;

use std::error::Error as StdError;
use std::path::PathBuf;

use codegen_mock::{Mock, Received};
use generated_client::proctorexam::{Builder, Client, CreateUser, Credentials, Environment, InstituteId, Role};

pub(crate) use injected::{Counting, Fixed, Hasty, Seconds, provider};
pub(crate) use scripted::{Scripted, answer, json};
pub(crate) use spans::Spans;

/// The institute that the mock's users belong to.
pub(crate) const INSTITUTE: InstituteId = InstituteId(1);

/// The folder of the real spec.
pub(crate) fn spec() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../spec/proctorexam")
}

/// A mock of the real spec.
pub(crate) async fn mock() -> Mock {
    Mock::start(spec()).await.unwrap()
}

/// A client of a server on this machine, with the credentials that a mock takes.
pub(crate) fn builder(address: &str) -> Builder<Client> {
    Client::builder(Environment::custom(address).unwrap())
        .credentials(credentials("test-api_token", "test-secret_key"))
        .timer(Hasty)
}

pub(crate) fn client(address: &str) -> Client {
    builder(address).build().unwrap()
}

pub(crate) fn credentials(api_token: &str, secret_key: &str) -> Credentials {
    Credentials { api_token: api_token.into(), secret_key: secret_key.into() }
}

/// A valid new user; another number is another address.
pub(crate) fn teacher(number: u32) -> CreateUser {
    CreateUser {
        institute_id: INSTITUTE,
        email: format!("teacher{number}@institute.com").into(),
        name: "Teacher name".into(),
        password: "Passw0rd!".into(),
        role: Role::Teacher,
    }
}

/// The JSON object that a request had for a body.
pub(crate) fn body(request: &Received) -> serde_json::Map<String, serde_json::Value> {
    serde_json::from_slice(&request.body).unwrap()
}

/// The last request that a mock received.
pub(crate) fn last(mock: &Mock) -> Received {
    mock.requests().pop().unwrap()
}

/// An error and all its sources, in every way they can be printed.
pub(crate) fn texts(error: &dyn StdError) -> String {
    let chain = std::iter::successors(Some(error), |&error| error.source());
    chain.map(|error| format!("{error}\n{error:#}\n{error:?}\n{error:#?}\n")).collect()
}

/// The lines of an error's sources.
pub(crate) fn sources(error: &dyn StdError) -> Vec<String> {
    std::iter::successors(error.source(), |&error| error.source()).map(ToString::to_string).collect()
}
