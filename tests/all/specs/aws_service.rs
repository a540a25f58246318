//! The Signature Version 4 test suite: `get-vanilla` and its companions.

use tests::specs::aws_service::{Builder, Client, Credentials, Environment};

use super::{At, at, header, mock, step};

const MOMENT: At = At(1_440_938_160_000, "");
const KEY: &str = "AKIDEXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

fn client(environment: Environment, secret: &str) -> Builder<Client> {
    Client::builder(environment).credentials(Credentials { access_key: KEY.into(), secret_key: secret.into() })
}

fn suite() -> Client {
    at(client(Environment::TestSuite, SECRET), MOMENT)
}

fn authorization(names: &str, signature: &str) -> String {
    let scope = "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request";
    format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders={names}, Signature={signature}")
}

#[test]
fn get_vanilla() {
    let prepared = suite().requests().read().prepare().unwrap();
    assert_eq!(header(&prepared, "x-amz-date"), "20150830T123600Z");
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let request = "GET\n/\n\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n";
    assert_eq!(step(&prepared, "canonical_request"), format!("{request}{empty}"));
    assert_eq!(
        step(&prepared, "string_to_sign"),
        "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/aws4_request\n\
         bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63"
    );
    assert_eq!(
        header(&prepared, "authorization"),
        authorization("host;x-amz-date", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")
    );
}

#[test]
fn get_vanilla_query_order_key_case() {
    let prepared = suite().requests().read().second("value2").first("value1").prepare().unwrap();
    assert_eq!(prepared.request().uri().query(), Some("Param2=value2&Param1=value1"));
    assert_eq!(step(&prepared, "canonical_query"), "Param1=value1&Param2=value2");
    assert_eq!(
        header(&prepared, "authorization"),
        authorization("host;x-amz-date", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")
    );
}

#[test]
fn post_x_www_form_urlencoded() {
    let prepared = suite().requests().submit().first("value1").prepare().unwrap();
    assert_eq!(
        header(&prepared, "authorization"),
        authorization(
            "content-type;host;x-amz-date",
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"
        )
    );
}

/// A space and a letter in the path, and white space in a header, as in several requests of the suite.
#[test]
fn a_path_is_escaped_twice_and_values_are_trimmed() {
    let call = suite().request("GET", "/example space/ሴ").query("a b", "*~");
    let prepared = call.header("X-Amz-Meta", "a   b").header("X-Other", "c").prepare().unwrap();
    let lines = "GET\n/example%2520space/%25E1%2588%25B4\na%20b=%2A~\nhost:example.amazonaws.com\n\
                 x-amz-date:20150830T123600Z\nx-amz-meta:a b\n\nhost;x-amz-date;x-amz-meta\n";
    assert!(step(&prepared, "canonical_request").starts_with(lines), "{}", step(&prepared, "canonical_request"));
}

#[tokio::test]
async fn the_mock_agrees() {
    let mock = mock("aws_service", &[("access_key", KEY), ("secret_key", SECRET)]).await;
    let at = |secret| client(Environment::custom(mock.address()).unwrap(), secret).build().unwrap();
    at(SECRET).requests().read().second("a b").first("é/+*~").await.unwrap();
    at(SECRET).requests().submit().first("a b").await.unwrap();
    let refused = at("another").requests().read().await.unwrap_err();
    assert_eq!(refused.status().unwrap(), 403);
}
