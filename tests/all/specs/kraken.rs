//! The example of the vendor's page about authentication.

use tests::specs::kraken::{AddOrder, Builder, Client, Credentials, Environment};

use super::{At, at, body, header, mock, step};

const KEY: &str = "an account's key";
const SECRET: &str = "kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxnyRzBHCd3pd5nE9qa99HAZtuZuj6F1huXg==";

fn client(environment: Environment, secret: &str) -> Builder<Client> {
    Client::builder(environment).credentials(Credentials { api_key: KEY.into(), private_key: secret.into() })
}

fn order() -> AddOrder {
    AddOrder {
        nonce: 1_616_492_376_594,
        ordertype: "limit".into(),
        pair: "XBTUSD".into(),
        r#type: "buy".into(),
        volume: "1.25".into(),
    }
}

#[test]
fn the_published_order() {
    let client = at(client(Environment::Live, SECRET), At(0, ""));
    let prepared = client.orders().add(order()).price("37500").prepare().unwrap();
    let expected = "nonce=1616492376594&ordertype=limit&pair=XBTUSD&price=37500&type=buy&volume=1.25";
    assert_eq!(body(&prepared), expected);
    assert_eq!(prepared.request().uri().path(), "/0/private/AddOrder");
    assert_eq!(step(&prepared, "digest"), "23a1c1b34c6a11d641af0f24684896cb90f66fb991125c83dc357bdc3dc146f1");
    assert_eq!(
        header(&prepared, "api-sign"),
        "4/dpxb3iT4tp/ZCVEwSnEsLxx0bqyhLpdfOpc6fn7OR8+UClSV5n9E6aSS8MPtnRfp32bAb0nmbRn6H8ndwLUQ=="
    );
}

#[test]
fn a_secret_that_does_not_decode_is_named_but_not_shown() {
    let client = at(client(Environment::Live, &format!("{SECRET}!")), At(0, ""));
    let error = client.orders().add(order()).prepare().unwrap_err();
    let reason = std::error::Error::source(&error).unwrap().to_string();
    assert!(reason.contains("`private_key` is not base64") && !reason.contains(SECRET), "{reason}");
}

#[tokio::test]
async fn the_mock_agrees() {
    let mock = mock("kraken", &[("api_key", KEY), ("private_key", SECRET)]).await;
    let at = |secret| client(Environment::custom(mock.address()).unwrap(), secret).build().unwrap();
    let added = at(SECRET).orders().add(order()).price("37500").await.unwrap();
    assert_eq!(added.txid, ["OUF4EM-FRGI2-MQMWZD"]);
    let refused = at("YW5vdGhlcg==").orders().add(order()).await.unwrap_err();
    assert_eq!(refused.status().unwrap(), 403);
}
