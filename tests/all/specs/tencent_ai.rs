//! The example of the vendor's page about signatures. It names no operation, so that the call is not described either.

use tests::specs::tencent_ai::{Builder, Client, Credentials, Environment, TalkChat};

use super::{At, at, body, mock, step};

const MOMENT: At = At(1_493_449_657_000, "20e3408a79");
const ID: &str = "10000";
const SECRET: &str = "a95eceb1ac8c24ee28b70f7dbba912bf";

fn client(environment: Environment, secret: &str) -> Builder<Client> {
    Client::builder(environment).credentials(Credentials { app_id: ID.into(), app_key: secret.into() })
}

#[test]
fn the_published_parameters() {
    let client = at(client(Environment::Live, SECRET), MOMENT);
    let call = client.request("POST", "/example").body("key1", "腾讯AI开放平台").body("key2", "示例仅供参考");
    let prepared = call.body("empty", "").prepare().unwrap();
    assert_eq!(
        step(&prepared, "pairs"),
        "app_id=%7Esecret%7E&key1=%E8%85%BE%E8%AE%AFAI%E5%BC%80%E6%94%BE%E5%B9%B3%E5%8F%B0\
         &key2=%E7%A4%BA%E4%BE%8B%E4%BB%85%E4%BE%9B%E5%8F%82%E8%80%83&nonce_str=20e3408a79&time_stamp=1493449657"
    );
    assert!(step(&prepared, "message").ends_with("&time_stamp=1493449657&app_key=~secret~"));
    assert!(body(&prepared).ends_with("&time_stamp=1493449657&sign=BE918C28827E0783D1E5F8E6D7C37A61"));
}

#[tokio::test]
async fn the_mock_agrees() {
    let mock = mock("tencent_ai", &[("app_id", ID), ("app_key", SECRET)]).await;
    let at = |secret| client(Environment::custom(mock.address()).unwrap(), secret).build().unwrap();
    let talk = || TalkChat { session: "10000".into(), question: "What is 1 + 1 * 2?".into() };
    assert_eq!(at(SECRET).chats().talk(talk()).await.unwrap().answer, "我叫小豪豪~");
    assert_eq!(at("another").chats().talk(talk()).await.unwrap_err().status().unwrap(), 403);
}
