//! Sample answers of APIs: each is read without loss or is the error that it documents, and with any of its nodes
//! changed it is still a value or a typed error.

mod changed;
mod hostile;

use std::fmt::Debug;
use std::fs;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use client_runtime::rt::public::{Error, OperationError, exposing};
use client_runtime::rt::serde::Serialize;
use client_runtime::rt::{AnyError, Code};
use client_runtime::seams::{Body, BoxFuture, Transport, TransportError};
use client_runtime::testing::{Reply, Script};
use serde_json::Value;

use crate::examples::{differences, take_added};
use crate::support::texts;

pub(crate) use changed::{TEXT, changed, deep, written};

/// Answers what it is told to, whatever it is asked.
#[derive(Clone, Default)]
pub(crate) struct Canned(Arc<Mutex<(u16, Bytes)>>);

impl Canned {
    pub(crate) fn answer(&self, status: u16, body: impl Into<Bytes>) {
        *self.0.lock().unwrap() = (status, body.into());
    }

    /// The same where nothing is signed, and no answer need be.
    pub(crate) fn script(self) -> Script {
        Script::by(move |_| {
            let (status, body) = self.0.lock().unwrap().clone();
            Reply::json(status, body)
        })
    }
}

impl Transport for Canned {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let (status, body) = self.0.lock().unwrap().clone();
        Box::pin(async move { Ok(http::Response::builder().status(status).body(Body::from(body)).unwrap()) })
    }
}

/// An answer that somebody published, or that was put together from what they did.
pub(crate) struct Sample {
    pub(crate) method: String,
    pub(crate) name: String,
    /// The name that the spec has for the error that it is.
    pub(crate) error: Option<String>,
    pub(crate) is_constructed: bool,
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Sample {
    /// What messages call it.
    pub(crate) fn place(&self) -> String {
        format!("{} {}", self.method, self.name)
    }
}

/// The samples in a folder of `tests/data`, which has a file for each operation.
pub(crate) fn samples(folder: &str) -> Vec<Sample> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data").join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let file = path.file_name().unwrap().to_str().unwrap();
        let Some(method) = file.strip_suffix(".response.json") else { continue };
        let json: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for example in json["examples"].as_array().unwrap() {
            assert!(example["source"].is_string(), "{method}: where is it from?");
            all.push(Sample {
                method: method.to_owned(),
                name: example["name"].as_str().unwrap().to_owned(),
                error: example["error"].as_str().map(str::to_owned),
                is_constructed: example["provenance"] == "constructed",
                status: u16::try_from(example["http_status"].as_u64().unwrap()).unwrap(),
                body: example["body"].clone(),
            });
        }
    }
    all
}

/// A result, as it is printed and as it is written again.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) debug: String,
    pub(crate) json: Value,
}

impl Shown {
    pub(crate) fn of(value: &(impl Debug + Serialize)) -> Self {
        Self { debug: format!("{value:?}"), json: exposing(|| serde_json::to_value(value)).unwrap() }
    }
}

/// What an error tells.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The name of the documented error, as its variant is called.
    pub(crate) code: Option<String>,
    pub(crate) status: Option<u16>,
    /// Whether it has the answer, or is what the answer says.
    pub(crate) is_about_an_answer: bool,
    /// The first constraint for which nothing was sent.
    pub(crate) violated: Option<&'static str>,
    /// All that can be printed of it.
    pub(crate) texts: String,
}

impl Failure {
    pub(crate) fn of<E: OperationError<Code: Debug>>(error: Error<E>) -> Self {
        Self::any(&AnyError::from(error))
    }

    pub(crate) fn any<C: Code + Debug>(error: &AnyError<C>) -> Self {
        Self {
            code: error.code().map(|code| format!("{code:?}")),
            status: error.status().map(|status| status.as_u16()),
            is_about_an_answer: error.code().is_some() || error.response().is_some(),
            violated: error.violations().and_then(|it| it.iter().next()).map(|violation| violation.constraint),
            texts: texts(error),
        }
    }
}

/// A call that is under way.
pub(crate) type Calling = Pin<Box<dyn Future<Output = Result<Shown, Failure>>>>;

/// An API: answers, and who makes what of them.
pub(crate) struct Api {
    pub(crate) name: &'static str,
    pub(crate) samples: Vec<Sample>,
    /// Makes the call of a method.
    call: Box<dyn Fn(&str) -> Calling>,
    canned: Canned,
}

impl Api {
    pub(crate) fn new(
        name: &'static str,
        samples: Vec<Sample>,
        canned: Canned,
        call: impl Fn(&str) -> Calling + 'static,
    ) -> Self {
        Self { name, samples, call: Box::new(call), canned }
    }

    /// What a call makes of an answer.
    pub(crate) async fn ask(&self, method: &str, status: u16, body: String) -> Result<Shown, Failure> {
        self.canned.answer(status, body);
        (self.call)(method).await
    }

    /// Each sample is read and written again, with no more lost than is `declared`, or is the error that it documents.
    /// `payload` is what an answer holds.
    pub(crate) async fn loses_nothing(&self, payload: fn(&Sample) -> &Value, declared: &[(&str, &[&str])]) {
        for sample in &self.samples {
            let place = sample.place();
            match (self.ask(&sample.method, sample.status, sample.body.to_string()).await, &sample.error) {
                (Ok(shown), None) => {
                    let mut found = Vec::new();
                    differences("", payload(sample), &shown.json, &mut found);
                    take_added(&mut found);
                    let declared = declared.iter().find(|(declared, _)| *declared == place).map_or(&[][..], |it| it.1);
                    assert_eq!(found, declared, "{place}");
                }
                (Err(failure), Some(error)) => assert_eq!(failure.code, Some(variant(error)), "{place}: {failure:?}"),
                (result, _) => panic!("{place}: {result:?}"),
            }
        }
    }
}

/// What the variant for a name of the spec is called.
pub(crate) fn variant(name: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('_').map(capital).collect()
}

/// Who makes the call of each method, with a client that is there for the taking.
macro_rules! calls {
    ($client:ident: $($method:literal => $call:expr;)*) => {
        move |method: &str| -> $crate::samples::Calling {
            let $client = $client.clone();
            match method {
                $($method => Box::pin(async move {
                    match $call.await {
                        Ok(result) => Ok($crate::samples::Shown::of(&result)),
                        Err(error) => Err($crate::samples::Failure::of(error)),
                    }
                }),)*
                other => panic!("nobody calls `{other}`"),
            }
        }
    };
}
pub(crate) use calls;
