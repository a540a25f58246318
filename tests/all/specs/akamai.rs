//! Lines of a request under a key made of the time, and what the vendor's own test data says of them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use client_runtime::testing::Script;
use codegen_mock::interpret::{Moment, Request, sign};
use tests::specs::akamai::{Builder, Client, Credentials, Environment};

use super::{Clock, NoNonce, Nonces, described, header, mock, step};
use crate::support::Hasty;

const CLIENT: &str = "akab-client-token-xxx-xxxxxxxxxxxxxxxx";
const ACCESS: &str = "akab-access-token-xxx-xxxxxxxxxxxxxxxx";
const SECRET: &str = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=";
const HOST: &str = "akaa-baseurl-xxxxxxxxxxx-xxxxxxxxxxxxx.luna.akamaiapis.net";
const NONCE: &str = "nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
const NOW: i64 = 1_395_430_461_000;

/// The moment of all the requests.
struct Published;

impl Clock for Published {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(NOW.unsigned_abs())
    }
}

impl Nonces for Published {
    fn nonce(&self) -> Result<i64, NoNonce> {
        Err(NoNonce)
    }

    fn uuid(&self) -> Result<String, NoNonce> {
        Ok(NONCE.to_owned())
    }
}

fn builder(environment: Environment, secret: &str) -> Builder<Client> {
    let credentials =
        Credentials { client_token: CLIENT.into(), client_secret: secret.into(), access_token: ACCESS.into() };
    Client::builder(environment).credentials(credentials).timer(Hasty)
}

fn authorization(signature: &str) -> String {
    format!(
        "EG1-HMAC-SHA256 client_token={CLIENT};access_token={ACCESS};timestamp=20140321T19:34:21+0000;nonce={NONCE};\
         signature={signature}"
    )
}

#[test]
fn requests_without_a_body_are_signed_as_published() {
    let builder = builder(Environment::Sample, SECRET).clock(Published).nonces(Published);
    let client = builder.transport(Script::new([])).build().unwrap();
    let calls = [
        (client.request("GET", "/"), "/", "tL+y4hxyHxgWVD30X3pWnGKHcPzmrIF+LThiAOhMxYU="),
        (
            client.request("GET", "/testapi/v1/t1").query("p1", 1).query("p2", 2),
            "/testapi/v1/t1?p1=1&p2=2",
            "hKDH1UlnQySSHjvIcZpDMbQHihTQ0XyVAKZaApabdeA=",
        ),
        (
            client.request("GET", "/testapi/v1/configs/111").query("from", 12345).query("limit", 200_000),
            "/testapi/v1/configs/111?from=12345&limit=200000",
            "XM+hsuSs6nuy/5eDRty1IjtVCAdr8xPFRAZ/b8RXDm8=",
        ),
        (client.request("POST", "/testapi/v1/t6"), "/testapi/v1/t6", "1gEDxeQGD5GovIkJJGcBaKnZ+VaPtrc4qBUHixjsPCQ="),
    ];
    for (call, target, signature) in calls {
        let prepared = call.prepare().unwrap();
        let line = format!("{}\thttps\t{HOST}\t{target}\t\t\t", prepared.request().method());
        assert!(step(&prepared, "line").starts_with(&line), "{}", step(&prepared, "line"));
        assert_eq!(header(&prepared, "authorization"), authorization(signature));
    }
}

/// No client of an API in JSON sends them; the other reading of the same spec signs them.
#[test]
fn bodies_are_signed_as_published() {
    let moment = Moment { now: NOW, uuid: NONCE.to_owned(), ..Moment::default() };
    let credentials = [CLIENT, SECRET, ACCESS].map(str::to_owned);
    for (method, path, body, content, signature) in [
        (
            "POST",
            "/testapi/v1/t3",
            "datadatadatadatadatadatadatadata",
            "fDimoYqXOLntG3If/Z0K2aS9I19Pkv9P5OMCoL8lY0w=",
            "hXm4iCxtpN22m4cbZb4lVLW5rhX8Ca82vCFqXzSTPe4=",
        ),
        (
            "PUT",
            "/testapi/v1/t6",
            "PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP",
            "",
            "GNBWEYSEWOLtu+7dD52da2C39aX/Jchpon3K/AmBqBU=",
        ),
    ] {
        let request = Request::new(method, &format!("https://{HOST}{path}")).unwrap();
        let request = request.raw_body("text/plain", body.as_bytes().to_vec());
        let signed = sign(&described("akamai").signing, &credentials, &moment, request).unwrap();
        let headers = signed.request.headers();
        assert!(headers.contains(&("authorization".to_owned(), authorization(signature))), "{method}: {headers:?}");
        assert_eq!(signed.steps[3].text().as_deref(), Some(content));
    }
}

#[tokio::test]
async fn the_mock_agrees() {
    let credentials = [("client_token", CLIENT), ("client_secret", SECRET), ("access_token", ACCESS)];
    let mock = mock("akamai", &credentials).await;
    let at = |secret| builder(Environment::custom(mock.address()).unwrap(), secret).build().unwrap();
    at(SECRET).groups().list().await.unwrap();
    at(SECRET).groups().search("exämple.com".to_owned()).await.unwrap();
    let refused = at("another").groups().list().await.unwrap_err();
    assert_eq!(refused.status().unwrap(), 403);
}
