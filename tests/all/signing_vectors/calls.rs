//! Vectors that are calls, made as an application would make them.

use client_runtime::rt;
use generated_client::proctorexam::{
    AnyError, Call, Client, CreateUser, Environment, ErrorCode, IdentityProviderId, InstituteId, Patch, Prepared,
    ReportFrequency, Role, UserId,
};
use serde_json::{Map, Value};

use super::{CALLS, Vector, start, vectors};
use crate::support::{credentials, spec};

/// A client that makes every call at the moment of a vector.
fn client(vector: &Vector, address: &str) -> Client {
    Client::builder(Environment::custom(address).unwrap())
        .credentials(credentials(vector.credential("api_token"), vector.credential("secret_key")))
        .clock(vector.moment())
        .nonces(vector.moment())
        .build()
        .unwrap()
}

/// What is done with a call.
#[derive(Clone, Copy)]
enum Act {
    Prepare,
    Send,
}

impl Act {
    async fn on<O>(self, call: Call<O>) -> Result<Option<Prepared>, AnyError>
    where
        O: rt::Operation<Error: rt::OperationError<Code = ErrorCode>>,
    {
        match self {
            Self::Prepare => Ok(Some(call.prepare()?)),
            Self::Send => call.await.map(|_| None).map_err(AnyError::from),
        }
    }
}

fn number(value: Value) -> i64 {
    value.as_i64().unwrap()
}

fn text(value: Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Makes the call of a vector. Every argument must be used.
async fn make(vector: &Vector, client: &Client, act: Act) -> Result<Option<Prepared>, AnyError> {
    let mut arguments = vector.members["arguments"].as_object().unwrap().clone();
    let users = client.users();
    let institute = InstituteId(number(arguments.remove("institute_id").unwrap()));
    let id = arguments.remove("id").map(|id| UserId(number(id)));
    let mut take = |name: &str| arguments.remove(name);
    let done = match (vector.text("operation"), id) {
        ("users.list", None) => {
            let call = take("limit").into_iter().fold(users.list(institute), |call, limit| call.limit(number(limit)));
            act.on(take("page").into_iter().fold(call, |call, page| call.page(number(page)))).await
        }
        ("users.show", Some(id)) => act.on(users.show(institute, id)).await,
        ("users.destroy", Some(id)) => act.on(users.destroy(institute, id)).await,
        ("users.create", None) => {
            let mut call = users.create(CreateUser {
                institute_id: institute,
                email: text(take("email").unwrap()).into(),
                name: text(take("name").unwrap()).into(),
                password: text(take("password").unwrap()).into(),
                role: match text(take("role").unwrap()).as_str() {
                    "teacher" => Role::Teacher,
                    other => Role::Other(other.to_owned()),
                },
            });
            if let Some(confirmation) = take("password_confirmation") {
                call = call.password_confirmation(text(confirmation));
            }
            if let Some(id) = take("omniauth_config_id") {
                call = call.omniauth_config_id(IdentityProviderId(number(id)));
            }
            act.on(call).await
        }
        ("users.update", Some(id)) => {
            let mut call = users.update(institute, id);
            if let Some(receives) = take("receives_reports") {
                call = call.receives_reports(receives.as_bool().unwrap());
            }
            if let Some(frequency) = take("report_frequency").map(text) {
                let known = [ReportFrequency::Day, ReportFrequency::Week, ReportFrequency::Month];
                call = call.report_frequency(known.into_iter().find(|known| known.to_string() == frequency).unwrap());
            }
            call = match take("omniauth_config_id") {
                None => call,
                Some(Value::String(empty)) if empty.is_empty() => call.omniauth_config_id(Patch::Clear),
                Some(id) => call.omniauth_config_id(IdentityProviderId(number(id))),
            };
            act.on(call).await
        }
        other => panic!("no such operation: {other:?}"),
    };
    assert_eq!(arguments, Map::new(), "{}: not used", vector.name);
    done
}

#[tokio::test]
async fn the_client_signs_and_writes_what_the_vectors_say() {
    let vectors = vectors("operation");
    assert_eq!(vectors.len(), CALLS);
    for vector in vectors {
        let name = &vector.name;
        let client = client(&vector, "http://127.0.0.1:1/api/v3");
        let prepared = make(&vector, &client, Act::Prepare).await.unwrap().unwrap();
        let request = prepared.request();
        assert_eq!(request.method().as_str(), vector.text("method"), "{name}");
        assert_eq!(request.uri().path_and_query().unwrap().as_str(), vector.text("target"), "{name}");
        let sent = (!request.body().is_empty()).then(|| serde_json::from_slice(request.body()).unwrap());
        assert_eq!(sent.as_ref(), vector.members.get("body"), "{name}");
        let steps = prepared.explanation().steps();
        let signature = steps.iter().find(|step| step.name() == "signature").unwrap();
        assert_eq!(signature.text(), vector.text("signature"), "{name}");
        let token = format!("Token token={}", vector.credential("api_token"));
        assert_eq!(request.headers()["authorization"], token.as_str(), "{name}");
        assert_eq!(request.headers()["accept"], "application/vnd.procwise.v3", "{name}");
        assert_eq!(request.headers().contains_key("content-type"), sent.is_some(), "{name}");
    }
}

#[tokio::test]
async fn the_mock_accepts_every_call_over_a_socket() {
    for vector in vectors("operation") {
        let mock = start(codegen::load(&spec()).unwrap(), &vector).await;
        let made = make(&vector, &client(&vector, mock.address()), Act::Send).await;
        // What comes after the signature is the effect, which may find no such user.
        let status = made.err().map(|error| error.status().unwrap().as_u16());
        assert!(matches!(status, None | Some(404)), "{}: {status:?}", vector.name);
        let [request] = mock.requests().try_into().unwrap();
        assert_eq!(request.parameter("signature").as_deref(), Some(vector.text("signature")), "{}", vector.name);
    }
}
