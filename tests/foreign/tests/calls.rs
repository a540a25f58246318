//! The client and the mock server have read the same YAML, each in its own way.

use codegen_mock::Mock;
use parcels::parcels::{Client, Credentials, Environment, Error, ParcelId, State};

async fn desk() -> (Mock, Client) {
    let mock = Mock::start(concat!(env!("CARGO_MANIFEST_DIR"), "/spec")).await.unwrap();
    let credentials =
        Credentials { key_id: mock.credential("key_id").into(), secret: mock.credential("secret").into() };
    let environment = Environment::custom(mock.address()).unwrap();
    let client = Client::builder(environment).credentials(credentials).build().unwrap();
    (mock, client)
}

#[tokio::test]
async fn calls_are_signed_as_the_spec_says() {
    let (mock, client) = desk().await;
    let waiting = client.parcels().list().state(State::Waiting).await.unwrap();
    assert_eq!(waiting[0].id, ParcelId(7));
    let sent = client.parcels().send(900, "Ann".into()).await.unwrap();
    assert_eq!(sent.state, State::Waiting);
    assert_eq!(client.parcels().show(ParcelId(7)).await.unwrap().state, State::Travelling);

    let request = &mock.requests()[0];
    assert_eq!(request.path, "/v1/parcels");
    assert!(request.header("authorization").unwrap().starts_with("Parcels test-key_id:"));
    // Whose calls these are is said by the name of this crate.
    let agent = request.header("user-agent").unwrap();
    assert!(agent.starts_with("parcels/0.1.0 (parcels) client-runtime/"), "{agent}");
}

#[tokio::test]
async fn a_wrong_secret_and_a_heavy_parcel_are_refused() {
    let (mock, _) = desk().await;
    let credentials = Credentials { key_id: mock.credential("key_id").into(), secret: "another".into() };
    let environment = Environment::custom(mock.address()).unwrap();
    let client = Client::builder(environment).credentials(credentials).build().unwrap();
    assert_eq!(client.parcels().show(ParcelId(7)).await.unwrap_err().status().unwrap(), 403);

    let heavy = client.parcels().send(40_000, "Ann".into()).await.unwrap_err();
    let Error::Invalid(violations) = heavy else { panic!("{heavy:?}") };
    assert_eq!(violations.iter().map(|it| it.parameter.as_str()).collect::<Vec<_>>(), ["grams"]);
}
