//! How an application tests what it does with a client, in each of the ways there are: against a script, with time and
//! chance standing still, and against the mock server.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up its scene has failed")]

use std::time::{Duration, UNIX_EPOCH};

use codegen_mock::Mock;
use generated_client::proctorexam::seams::TransportError;
use generated_client::proctorexam::testing::{Fixed, Reply, Script};
use generated_client::proctorexam::{
    AnyError, Builder, Client, Credentials, Environment, Error, ExamId, InstituteId, Upload, UserId,
};

const ADDRESS: &str = "https://fun.proctorexam.com/api/v3";

/// What is to be tested: a part of an application that makes calls.
async fn greeting(client: &Client, user: UserId) -> Result<String, AnyError> {
    let user = client.users().show(InstituteId(1), user).await?;
    Ok(format!("Hello, {}!", user.name))
}

fn builder(address: &str) -> Builder<Client> {
    Client::builder(Environment::custom(address).unwrap()).credentials(Credentials {
        api_token: "jq560vN9KZdAdFtOYH5xXw".into(),
        secret_key: "NNAK4kQK3hveFpuuRMeC-DFRgn0nnUn4XpPSWofvXxY".into(),
    })
}

/// Nothing is waited for in the time that tests are paused in, and nothing leaves the process.
#[tokio::test(start_paused = true)]
async fn against_a_script() {
    let ada = r#"{"user": {"id": 7, "email": "ada@b.example", "name": "Ada", "role": "teacher"}}"#;
    let script = Script::new([TransportError::broken("reset").into(), Reply::status(503), Reply::json(200, ada)]);
    let client = builder(ADDRESS).transport(script.clone()).build().unwrap();
    assert_eq!(greeting(&client, UserId(7)).await.unwrap(), "Hello, Ada!");
    let requests = script.requests();
    let paths: Vec<_> = requests.iter().map(|request| request.uri().path()).collect();
    assert_eq!(paths, ["/api/v3/institutes/1/users/7"; 3]);
    assert_ne!(requests[0].uri(), requests[1].uri(), "each attempt has a nonce and a signature of its own");
}

/// Above signing and retries a reply is what the call comes to, and there is nothing to sign with.
#[tokio::test(start_paused = true)]
async fn against_a_script_that_answers_calls() {
    let ada = r#"{"user": {"id": 7, "email": "ada@b.example", "name": "Ada", "role": "teacher"}}"#;
    let replies = [Reply::json(200, ada), Reply::status(503), Reply::status(401), Reply::silence()];
    let script = Script::new(replies);
    let environment = Environment::custom(ADDRESS).unwrap();
    let client = Client::builder(environment).answered_by(script.clone()).build().unwrap();
    assert_eq!(greeting(&client, UserId(7)).await.unwrap(), "Hello, Ada!");
    for status in [503, 401] {
        assert_eq!(greeting(&client, UserId(7)).await.unwrap_err().status().map(|it| it.as_u16()), Some(status));
    }
    assert!(greeting(&client, UserId(7)).await.unwrap_err().is_timeout());
    let requests = script.requests();
    let uris: Vec<_> = requests.iter().map(|request| request.uri().to_string()).collect();
    assert_eq!(uris, ["https://fun.proctorexam.com/api/v3/institutes/1/users/7"; 4]);
    assert!(requests.iter().all(|request| !request.headers().contains_key("authorization")));
    // What the caller did wrong is told before anybody answers.
    let long = client.users().list(InstituteId(1)).with_header("host", "b.example").await;
    assert!(matches!(long, Err(Error::Invalid(_))), "{long:?}");
    assert_eq!(script.requests().len(), 4);
    // The last that is said counts.
    let below = builder(ADDRESS).answered_by(Script::new([])).transport(Script::by(|_| Reply::status(503)));
    let below = below.build().unwrap();
    assert_eq!(below.users().show(InstituteId(1), UserId(7)).with_response().await.attempts(), 3);
}

#[tokio::test]
async fn with_time_and_nonces_that_stand_still() {
    let fixed = Fixed::new(UNIX_EPOCH + Duration::from_millis(1_527_500_365_052), 1_527_500_365);
    let script = Script::by(|_| Reply::status(404));
    let client = builder(ADDRESS).transport(script.clone()).clock(fixed).nonces(fixed).build().unwrap();
    let attach = || client.attachments().create(ExamId(3), Upload::bytes("plan.txt", "from ten to twelve"));
    for _ in 0..2 {
        greeting(&client, UserId(7)).await.unwrap_err();
        attach().await.unwrap_err();
    }
    let sent: Vec<_> =
        script.requests().iter().map(|request| (request.uri().to_string(), request.body().clone())).collect();
    // Of the signing vectors, the one of this call.
    let vector = "c300352a090b0a318d646ab7f8679b37bc0b0431c8fcc857e03814e968449472";
    assert!(sent[0].0.ends_with(&format!("&nonce=1527500365&signature={vector}")), "{}", sent[0].0);
    assert!(sent[1].1.windows(18).any(|window| window == b"from ten to twelve"), "files are part of what was sent");
    assert_eq!(sent[..2], sent[2..]);
}

#[tokio::test]
async fn against_the_mock_server() {
    let mock = Mock::start(concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/proctorexam")).await.unwrap();
    let credentials = Credentials {
        api_token: mock.credential("api_token").into(),
        secret_key: mock.credential("secret_key").into(),
    };
    let client = builder(mock.base_url()).credentials(credentials).build().unwrap();
    assert!(greeting(&client, UserId(1)).await.unwrap().starts_with("Hello, "));
    // The mock checks signatures: the credentials of the others are not its own.
    let stranger = builder(mock.base_url()).build().unwrap();
    assert!(greeting(&stranger, UserId(1)).await.is_err());
    assert_eq!(mock.requests().len(), 2);
}
