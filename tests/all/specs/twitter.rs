//! The example of the vendor's page about creating a signature.

use tests::specs::twitter::{Builder, Client, Credentials, Environment};

use super::{At, at, body, header, mock, step};

/// The published nonce is not the hexadecimal number that the spec asks for; a source of them may give anything.
const MOMENT: At = At(1_318_622_958_000, "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg");
const CONSUMER: [&str; 2] = ["xvz1evFS4wEEPTGEFPHBog", "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw"];
const TOKEN: [&str; 2] =
    ["370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb", "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE"];
const STATUS: &str = "Hello Ladies + Gentlemen, a signed OAuth request!";

fn client(environment: Environment, token_secret: &str) -> Builder<Client> {
    Client::builder(environment).credentials(Credentials {
        consumer_key: CONSUMER[0].into(),
        consumer_secret: CONSUMER[1].into(),
        token: TOKEN[0].into(),
        token_secret: token_secret.into(),
    })
}

#[test]
fn the_published_status() {
    let client = at(client(Environment::Live, TOKEN[1]), MOMENT);
    let prepared = client.statuses().update(STATUS.to_owned()).include_entities(true).prepare().unwrap();
    assert_eq!(body(&prepared), "status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21");
    let [before, after] = [
        "include_entities=true&oauth_consumer_key=",
        "&oauth_version=1.0&status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21",
    ];
    let parameters = step(&prepared, "parameters");
    assert!(parameters.starts_with(before) && parameters.ends_with(after), "{parameters}");
    let base = "POST&https%3A%2F%2Fapi.twitter.com%2F1.1%2Fstatuses%2Fupdate.json&include_entities%3Dtrue%26";
    assert!(step(&prepared, "base").starts_with(base));
    assert_eq!(
        header(&prepared, "authorization"),
        "OAuth oauth_consumer_key=\"xvz1evFS4wEEPTGEFPHBog\", \
         oauth_nonce=\"kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg\", \
         oauth_signature=\"hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D\", oauth_signature_method=\"HMAC-SHA1\", \
         oauth_timestamp=\"1318622958\", oauth_token=\"370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb\", \
         oauth_version=\"1.0\""
    );
}

#[tokio::test]
async fn the_mock_agrees() {
    let credentials = [
        ("consumer_key", CONSUMER[0]),
        ("consumer_secret", CONSUMER[1]),
        ("token", TOKEN[0]),
        ("token_secret", TOKEN[1]),
    ];
    let mock = mock("twitter", &credentials).await;
    let at = |secret| client(Environment::custom(mock.address()).unwrap(), secret).build().unwrap();
    let update = |secret| at(secret).statuses().update(STATUS.to_owned()).include_entities(true);
    assert_eq!(update(TOKEN[1]).await.unwrap().id_str, "243145735212777472");
    assert_eq!(update("another").await.unwrap_err().status().unwrap(), 403);
}
