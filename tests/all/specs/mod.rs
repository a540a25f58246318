//! Public APIs of very different signing and very different answers: what their vendors publish, through the compiled
//! client, and the same client against the mock, which reads the spec by itself.

mod akamai;
mod aws_service;
mod bitstamp;
mod gateio;
mod kraken;
pub(crate) mod okx;
mod s3;
pub(crate) mod salesforce;
pub(crate) mod slack;
mod slack_files;
pub(crate) mod stripe;
mod telegram;
mod tencent_ai;
mod twitter;
mod veracode;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use client_runtime::Response;
use client_runtime::rt::{Api, Builder, Prepared};
use client_runtime::seams::{Attempt, Clock, Hooks, NoNonce, Nonces, TransportError};
use client_runtime::testing::Script;
use codegen_mock::{Fault, Fields, Mock};
use http::header::{HeaderMap, HeaderValue};

use crate::samples::Calling;
use crate::support::Hasty;

/// The moment of a published example: its time in milliseconds, and its random text.
#[derive(Clone, Copy)]
struct At(u64, &'static str);

impl Clock for At {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(self.0)
    }
}

impl Nonces for At {
    fn nonce(&self) -> Result<i64, NoNonce> {
        Err(NoNonce)
    }

    fn nonce_hex(&self, _: usize) -> Result<String, NoNonce> {
        Ok(self.1.to_owned())
    }
}

/// A client of that moment that sends nothing.
fn at<A: Api>(builder: Builder<A>, moment: At) -> A {
    builder.clock(moment).nonces(moment).transport(Script::new([])).timer(Hasty).build().unwrap()
}

/// Writes down all that it is told, and says to the API whose calls these are.
#[derive(Clone, Default)]
struct Ears(Arc<Mutex<String>>);

impl Hooks for Ears {
    fn before_signing(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
        let template = attempt.template();
        writeln!(self.0.lock().unwrap(), "{attempt:?} {template} {headers:?}").unwrap();
        headers.insert("x-tenant", HeaderValue::from_static("t3nant"));
    }

    fn after_response(&self, attempt: &Attempt<'_>, result: Result<&Response, &TransportError>) {
        let (template, base) = (attempt.template(), attempt.base_address());
        writeln!(self.0.lock().unwrap(), "{attempt:?} {template} {base} {base:?} {result:?}").unwrap();
    }
}

/// What one of the specs describes.
fn described(name: &str) -> codegen::ir::Api {
    codegen::load(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("specs").join(name)).unwrap()
}

/// The operations of one of the specs, as the samples call them, each with the errors that it documents.
fn documented(name: &str) -> Vec<(String, Vec<String>)> {
    let api = described(name);
    let operations = api.operations().map(|(resource, operation)| {
        let errors = operation.errors.iter().map(|id| api.error(*id).name.wire.clone());
        (format!("{}.{}", resource.name.wire, operation.name.wire), errors.collect())
    });
    operations.collect()
}

/// Each error of each operation, as the mock answers it, is read back as itself.
async fn errors_are_read_back(name: &str, mock: &Mock, call: impl Fn(&str) -> Calling) {
    for (method, errors) in documented(name) {
        assert!(!errors.is_empty(), "{method}");
        for error in errors {
            mock.fail_next(Fault::Documented(error.clone()));
            let failure = call(&method).await.unwrap_err();
            assert_eq!(failure.code, Some(crate::samples::variant(&error)), "{method}: {failure:?}");
        }
    }
}

/// What goes wrong on the way, or in an answer, is a value or an error that says what it knows: each fault of each call
/// with a mock of its own, which remembers nothing.
async fn faults_are_values_or_errors<C: Fn(&str) -> Calling>(
    name: &str,
    mock: impl AsyncFn() -> Mock,
    calls: impl Fn(&str) -> C,
) {
    for (method, _) in documented(name) {
        for fault in [Fault::DropBefore, Fault::DropAfter, Fault::Truncate, Fault::Status(503, "busy".into())] {
            let mock = mock().await;
            mock.fail_next(fault.clone());
            let failure = calls(mock.address())(&method).await.unwrap_err();
            assert_eq!(failure.code, None, "{method}: {fault:?}: {failure:?}");
        }
        for fault in [Fault::ExtraFields, Fault::WrongTypes(Fields::Every), Fault::MissingFields(Fields::Every)] {
            let mock = mock().await;
            mock.fail_next(fault.clone());
            if let Err(failure) = calls(mock.address())(&method).await {
                assert!(!matches!(fault, Fault::ExtraFields), "{method}: what nobody documents changes nothing");
                assert!(failure.is_about_an_answer, "{method}: {fault:?}: {failure:?}");
            }
        }
    }
}

/// A mock of one of the specs that takes these credentials.
async fn mock(name: &str, credentials: &[(&str, &str)]) -> Mock {
    let mock = Mock::builder(described(name));
    credentials.iter().fold(mock, |mock, (name, value)| mock.credential(*name, *value)).start().await.unwrap()
}

/// What signing came to at one of its steps, secrets masked.
fn step<'a>(prepared: &'a Prepared, name: &str) -> &'a str {
    prepared.explanation().steps().iter().find(|step| step.name() == name).unwrap().text()
}

/// A header that is sent.
fn header<'a>(prepared: &'a Prepared, name: &str) -> &'a str {
    prepared.request().headers()[name].to_str().unwrap()
}

/// The body that is sent.
fn body(prepared: &Prepared) -> &str {
    str::from_utf8(prepared.request().body()).unwrap()
}
