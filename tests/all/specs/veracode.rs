//! The vendor publishes how, and no result: what must come out was computed with Python's `hmac`.

use tests::specs::veracode::{AddSandboxApplication, Builder, Client, Credentials, Environment};

use super::{At, at, body, header, mock, step};

const ID: &str = "3DDAEEB10CA690DF3FEE5E3BD1C329FA";
const SALT: &str = "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0fa1";
const MOMENT: At = At(1_527_500_365_052, SALT);

fn secret() -> String {
    "0123456789abcdef".repeat(8)
}

fn client(environment: Environment, secret: String) -> Builder<Client> {
    Client::builder(environment).credentials(Credentials { key_id: ID.into(), secret: secret.into() })
}

fn sandbox(guid: &str, name: &str) -> AddSandboxApplication {
    AddSandboxApplication { guid: guid.into(), name: name.into() }
}

fn authorization(signature: &str) -> String {
    format!("VERACODE-HMAC-SHA-256 id={ID},ts=1527500365052,nonce={SALT},sig={signature}")
}

#[test]
fn the_line_of_a_request_is_signed() {
    let client = at(client(Environment::Live, secret()), MOMENT);
    let prepared = client.applications().find().name("a b").size(50).prepare().unwrap();
    let line = "host=api.veracode.com&url=/appsec/v1/applications?name=a%20b&size=50&method=GET";
    assert!(step(&prepared, "message").ends_with(line), "{}", step(&prepared, "message"));
    let expected = "ec7dcd0dd1e6cfa1b212063c50bbf7b676d2462d31c900e3e6268e4f7e2e55f0";
    assert_eq!(header(&prepared, "authorization"), authorization(expected));
}

#[test]
fn nothing_of_a_body_is_signed() {
    let client = at(client(Environment::Live, secret()), MOMENT);
    let expected = authorization("c0b6f12043a56f51b596449779a015099cdf6c101d69d83df14c02d03fc78d14");
    for name in ["nightly", "another"] {
        let prepared = client.applications().add_sandbox(sandbox("7", name)).prepare().unwrap();
        assert_eq!(body(&prepared), format!(r#"{{"name":"{name}"}}"#));
        assert_eq!(header(&prepared, "authorization"), expected);
    }
}

#[tokio::test]
async fn the_mock_agrees() {
    let mock = mock("veracode", &[("key_id", ID), ("secret", &secret())]).await;
    let at = |secret| client(Environment::custom(mock.address()).unwrap(), secret).build().unwrap();
    at(secret()).applications().find().name("ü&=").await.unwrap();
    let added = at(secret()).applications().add_sandbox(sandbox("a/b", "nightly")).await.unwrap();
    assert_eq!(added.name, "nightly");
    let refused = at("00".repeat(64)).applications().find().await.unwrap_err();
    assert_eq!(refused.status().unwrap(), 403);
}
