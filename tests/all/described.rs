//! The operations of every spec whose client is compiled, by their names: checked, and called, with values of which the
//! compiler knows nothing.

use std::fmt::Debug;
use std::fs;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use client_runtime::rt::{self, Call, Operation, OperationError, ValueWriter, Violations, Wire};
use codegen::ir::Api;
use serde_json::Value;

use crate::samples::{Calling, Canned, Failure, Shown};
use crate::support::Hasty;

/// What is found of values by their names; nothing is told of an operation that there is not.
type Check = fn(&str, &[(&str, &dyn Wire)]) -> Result<(), Option<Violations>>;

/// Values by the names of their parameters.
pub(crate) type Given = [(&'static str, Box<dyn Wire>)];

/// A spec, and what was generated from it.
pub(crate) struct Described {
    pub(crate) name: &'static str,
    /// Its folder, from that of these tests.
    pub(crate) spec: &'static str,
    /// A client of a server at an address, or of one that is told its answers.
    client: fn(&str, Option<Canned>) -> rt::Client,
    /// Checks values for the operation of a name.
    pub(crate) check: Check,
    /// Calls the operation of a name, whatever its validators say of the values.
    call: fn(&rt::Client, &str, &Given) -> Calling,
}

include!(concat!(env!("OUT_DIR"), "/language/described.rs"));

/// All of them.
pub(crate) fn all() -> &'static [Described] {
    DESCRIBED
}

/// What each credential is, which reads as base64 and as hexadecimal digits as well.
pub(crate) const CREDENTIAL: &str = "deadbeef";

impl Described {
    pub(crate) fn folder(&self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(self.spec)
    }

    /// What it describes, for as long as the tests run: the names of parameters are as static as those of a table.
    pub(crate) fn load(&self) -> &'static Api {
        Box::leak(Box::new(codegen::load(&self.folder()).unwrap_or_else(|failure| panic!("{failure}"))))
    }

    /// Calls operations of it by their names: at an address, or where answers are told.
    pub(crate) fn caller(&self, address: &str, canned: Option<Canned>) -> impl Fn(&str, &Given) -> Calling {
        let client = (self.client)(address, canned);
        let call = self.call;
        move |id, given| call(&client, id, given)
    }
}

/// A client without its face: it calls any operation, with values by their names.
struct Raw<A>(rt::Client, PhantomData<A>);

impl<A: rt::Api> rt::Api for Raw<A> {
    type Credentials = A::Credentials;
    const API: &'static rt::ApiSpec = A::API;

    fn wrap(client: rt::Client) -> Self {
        Self(client, PhantomData)
    }
}

/// Where credentials look for what they are made of.
type LookUp = fn(&str) -> Option<String>;

fn client<A: rt::Api>(address: &str, canned: Option<Canned>, credentials: fn(LookUp) -> A::Credentials) -> rt::Client {
    let builder = rt::Builder::<Raw<A>>::new(rt::BaseAddress::parse(address).unwrap());
    let builder = builder.credentials(credentials(|_| Some(CREDENTIAL.to_owned()))).timer(Hasty).max_attempts(1);
    canned.into_iter().map(Canned::script).fold(builder, rt::Builder::answered_by).build().unwrap().0
}

/// A value of a type that does not matter.
#[derive(Debug)]
struct Any<'a>(&'a dyn Wire);

impl Wire for Any<'_> {
    fn write(&self, out: &mut ValueWriter<'_>) {
        self.0.write(out);
    }
}

/// Makes a call, and asks for all that its answer says besides.
fn call<O: Operation<Output: Debug, Error: OperationError<Code: Debug>>>(
    client: &rt::Client,
    given: &Given,
) -> Calling {
    let call: Call<O> = client.call([]);
    let call = given.iter().fold(call, |call, (name, value)| call.set(name, Any(value.as_ref())));
    let call = call.skip_validation().with_response();
    Box::pin(async move {
        let answered = call.await;
        drop((answered.errors(), answered.warnings(), answered.request_id(), answered.retry_after()));
        let status = answered.response().map(|response| response.status().as_u16());
        match answered.result {
            Ok(value) => Ok(Shown { debug: format!("{value:?}"), json: Value::Null }),
            Err(error) => {
                let failure = Failure::of(error);
                Err(Failure { status: status.or(failure.status), ..failure })
            }
        }
    })
}

/// The lists of the build are written by hand. Webhooks alone have no calls.
#[test]
fn every_spec_is_described() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["../spec", "specs", "fixtures/good", "webhooks"].map(|folder| tests.join(folder)) {
        let entries = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        for spec in entries.filter(|entry| entry.join("api.yaml").exists()) {
            let is_described = all().iter().any(|described| described.folder() == spec);
            let has_no_answer = || {
                let api = codegen::load(&spec).unwrap();
                api.operations().all(|(_, operation)| operation.examples.iter().all(|it| it.answer().is_none()))
            };
            let is_free = folder.ends_with("webhooks") && has_no_answer();
            assert!(is_described || is_free, "nothing calls what {} describes", spec.display());
        }
    }
}
