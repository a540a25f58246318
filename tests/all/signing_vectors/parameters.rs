//! Vectors that are lists of any parameters, through an API made for them whose signing is the generated lines.

use std::cell::RefCell;

use client_runtime::rt;
use codegen::ir::{Api, PathPart, Payload};

use super::{PARAMETERS, Vector, start, vectors};
use crate::support::spec;

thread_local! {
    /// What the operation below has for parameters on this thread.
    static PARAMS: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// An API with one operation, whose parameters are those of a vector.
struct Client(rt::Client);

struct Credentials([rt::Secret; 2]);

enum Get {}

/// The operation documents no errors.
#[derive(Clone, Copy, Debug, PartialEq)]
enum NoError {}

static API: rt::ApiSpec = rt::ApiSpec::new("any", "", |call| {
    for (name, value) in PARAMS.with_borrow(Clone::clone) {
        // Names are constants in generated code.
        call.inject(name.leak(), value)?;
    }
    // From here on these are the generated lines.
    call.header("Accept", &["application/vnd.procwise.v3"])?;
    call.secret_header("Authorization", &["Token token=", call.credential(0)])?;
    call.inject("timestamp", rt::epoch_ms(call.now()))?;
    call.inject("nonce", call.nonce()?)?;
    let canonical = call.params()?.sort().pairs("=").join("?");
    let canonical = call.step("canonical", canonical);
    let signature = rt::hex(rt::hmac_sha256(call.credential(1), &canonical));
    let signature = call.digest("signature", signature);
    call.inject("signature", &signature)?;
    Ok(())
});

impl rt::Api for Client {
    type Credentials = Credentials;
    const API: &'static rt::ApiSpec = &API;
    fn wrap(client: rt::Client) -> Self {
        Self(client)
    }
}

impl rt::Credentials for Credentials {
    const NAMES: &'static [&'static str] = &["api_token", "secret_key"];
    fn secrets(self) -> Vec<rt::Secret> {
        self.0.into()
    }
}

impl rt::Operation for Get {
    type Output = ();
    type Error = NoError;
    const TABLE: rt::Table = rt::get("/any").id("any.get");
}

rt::documented_error!(NoError);

impl rt::OperationError for NoError {
    type Code = Self;
    const VARIANTS: &'static [rt::Variant<Self>] = &[];
}

impl rt::Code for NoError {
    const API: &'static rt::ApiSpec = &API;
}

/// The call of a vector.
fn call(vector: &Vector, address: &str) -> rt::Call<Get> {
    let params = serde_json::from_value(vector.members["params"].clone()).unwrap();
    PARAMS.set(params);
    let credentials = Credentials(["api_token", "secret_key"].map(|name| vector.credential(name).into()));
    let builder = rt::Builder::<Client>::new(rt::BaseAddress::parse(address).unwrap()).credentials(credentials);
    builder.clock(vector.moment()).nonces(vector.moment()).build().unwrap().0.call([])
}

/// The real spec with one operation that has no parameters of its own: any others are signed as they come.
fn any_parameters() -> Api {
    let mut api = codegen::load(&spec()).unwrap();
    let operations = &mut api.resources[0].operations;
    operations.truncate(1);
    let any = &mut operations[0];
    any.path = vec![PathPart::Literal("/any".to_owned())];
    any.parameters.clear();
    any.examples.clear();
    (any.payload, any.effect) = (Payload::Nothing, None);
    api
}

#[test]
fn the_client_signs_and_writes_what_the_vectors_say() {
    let vectors = vectors("params");
    assert_eq!(vectors.len(), PARAMETERS);
    for vector in vectors {
        let prepared = call(&vector, "http://127.0.0.1:1/api/v3").prepare().unwrap();
        assert_eq!(prepared.request().uri().query(), Some(vector.text("query")), "{}", vector.name);
        let steps: Vec<_> = prepared.explanation().steps().iter().map(|step| (step.name(), step.text())).collect();
        let expected = [("canonical", vector.text("canonical")), ("signature", vector.text("signature"))];
        assert_eq!(steps, expected, "{}", vector.name);
    }
}

#[tokio::test]
async fn the_mock_accepts_every_list_over_a_socket() {
    for vector in vectors("params") {
        let mock = start(any_parameters(), &vector).await;
        let answer = call(&vector, mock.address()).send().await;
        assert!(answer.is_ok(), "{}: {answer:?}", vector.name);
        let [request] = mock.requests().try_into().unwrap();
        assert_eq!(request.query, vector.text("query"), "{}", vector.name);
    }
}
