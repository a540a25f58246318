//! Success and errors in every way that the language can say it: scripted answers, the mock's own, and samples.

mod codes;
mod mocked;
mod read;
mod repeated;
mod samples;

pub(crate) use samples::samples;

use std::path::PathBuf;

use tests::answers::{Client, Credentials, Environment};

use crate::support::Hasty;

/// The folder of the spec.
fn spec() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/good/answers")
}

fn client(address: &str) -> Client {
    Client::builder(Environment::custom(address).unwrap()).credentials(Credentials {}).timer(Hasty).build().unwrap()
}
