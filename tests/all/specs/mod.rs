//! Public APIs of very different signing: what their vendors publish, through the compiled client, and the same client
//! against the mock, which reads the spec by itself.

mod aws_service;
mod gateio;
mod kraken;
mod s3;
mod tencent_ai;
mod twitter;
mod veracode;

use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use client_runtime::rt::{Api, Builder, Prepared};
use client_runtime::seams::{Body, BoxFuture, Clock, NoNonce, Nonces, Transport, TransportError};
use codegen_mock::Mock;
use http::{Request, Response};

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

/// A transport for calls that are only prepared.
struct Nowhere;

impl Transport for Nowhere {
    fn send(&self, _: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(std::future::pending())
    }
}

/// A client of that moment that sends nothing.
fn at<A: Api>(builder: Builder<A>, moment: At) -> A {
    builder.clock(moment).nonces(moment).transport(Nowhere).timer(Hasty).build().unwrap()
}

/// A mock of one of the specs that takes these credentials.
async fn mock(name: &str, credentials: &[(&str, &str)]) -> Mock {
    let spec = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("specs").join(name);
    let mock = Mock::builder(codegen::load(&spec).unwrap());
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
