//! Both examples of the vendor's page about signatures.

use tests::specs::gateio::{Builder, Call, Client, CreateOrder, Credentials, Environment};

use super::{At, at, body, header, mock, step};

const MOMENT: At = At(1_541_993_715_000, "");

fn client(environment: Environment, secret: &str) -> Builder<Client> {
    Client::builder(environment).credentials(Credentials { key: "key".into(), secret: secret.into() })
}

fn order(client: &Client) -> Call<CreateOrder> {
    client.orders().create("BTC_USD".to_owned(), 100).r#type("limit").price(6800).time_in_force("gtc")
}

#[test]
fn the_published_list() {
    let client = at(client(Environment::Live, "secret"), MOMENT);
    let prepared = client.orders().list("BTC_USD".to_owned()).status("finished").limit(50).prepare().unwrap();
    let empty = "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce\
                 47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";
    assert_eq!(step(&prepared, "body_hash"), empty);
    let lines = "GET\n/api/v4/futures/orders\ncontract=BTC_USD&status=finished&limit=50\n";
    assert_eq!(step(&prepared, "message"), format!("{lines}{empty}\n1541993715"));
    assert_eq!(
        header(&prepared, "sign"),
        "55f84ea195d6fe57ce62464daaa7c3c02fa9d1dde954e4c898289c9a2407a3d6\
         fb3faf24deff16790d726b66ac9f74526668b13bd01029199cc4fcc522418b8a"
    );
}

#[test]
fn the_published_order() {
    let client = at(client(Environment::Live, "secret"), MOMENT);
    let prepared = order(&client).prepare().unwrap();
    let expected = r#"{"contract":"BTC_USD","type":"limit","size":100,"price":6800,"time_in_force":"gtc"}"#;
    assert_eq!(body(&prepared), expected);
    assert_eq!(
        header(&prepared, "sign"),
        "eae42da914a590ddf727473aff25fc87d50b64783941061f47a3fdb92742541f\
         c4c2c14017581b4199a1418d54471c269c03a38d788d802e2c306c37636389f0"
    );
}

#[tokio::test]
async fn the_mock_agrees() {
    let mock = mock("gateio", &[("key", "key"), ("secret", "secret")]).await;
    let at = |secret| client(Environment::custom(mock.address()).unwrap(), secret).build().unwrap();
    assert_eq!(at("secret").orders().list("BTC USD".to_owned()).limit(50).await.unwrap()[0].id, 15_675_394);
    assert_eq!(order(&at("secret")).await.unwrap().id, 15_675_394);
    assert_eq!(order(&at("another")).await.unwrap_err().status().unwrap(), 403);
}
