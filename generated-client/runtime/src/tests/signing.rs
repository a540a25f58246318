//! What is signed, and that what is signed is what is sent.

use super::api::{CreateUser, Error, SigningError};
use super::stage::{Act, Stage, USER};
use crate::rt::{hex, hmac_sha256};
use crate::seams::{NoNonce, Nonces};

fn new_user() -> CreateUser {
    CreateUser {
        institute_id: 1,
        email: "a=b?c&d@é.co".into(),
        password: "Passw0rd\"\n".into(),
        role: super::api::Role::Teacher,
    }
}

#[tokio::test]
async fn the_body_holds_the_texts_that_were_signed() {
    let stage = Stage::new([Act::ok(USER)]);
    stage.client().users().create(new_user()).await.unwrap();
    let canonical = "email=a=b?c&d@é.co?institute_id=1?nonce=1?password=Passw0rd\"\n?password_confirmation=Passw0rd\"\n?role=teacher?timestamp=1527500365052";
    let signature = hex(hmac_sha256("k3y", canonical));
    let request = stage.requests().remove(0);
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://api.example.com/v3/institutes/1/users");
    let body = format!(
        r#"{{"email":"a=b?c&d@é.co","password":"Passw0rd\"\n","password_confirmation":"Passw0rd\"\n","role":"teacher","timestamp":1527500365052,"nonce":1,"signature":"{signature}"}}"#
    );
    assert_eq!(request.body(), &body);
    let headers = request.headers();
    assert_eq!(headers["authorization"], "Token token=t0ken");
    assert!(headers["authorization"].is_sensitive());
    assert_eq!(headers["accept"], "application/vnd.sample");
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(headers["user-agent"], concat!("samples/2.0.1 (sample) client-runtime/", env!("CARGO_PKG_VERSION")));
}

#[tokio::test]
async fn a_reading_call_carries_everything_in_the_query() {
    let stage = Stage::new([Act::ok(r#"{"users":[]}"#), Act::status(204, "")]);
    let client = stage.client();
    client.users().list(1).search("a b&c/é").limit(50).await.unwrap();
    client.users().destroy("a/b?c").await.unwrap();
    let signature = hex(hmac_sha256("k3y", "institute_id=1?limit=50?nonce=1?search=a b&c/é?timestamp=1527500365052"));
    let deleted = hex(hmac_sha256("k3y", "id=a/b?c?nonce=2?timestamp=1527500365052"));
    assert_eq!(
        stage.targets(),
        [
            format!(
                "https://api.example.com/v3/institutes/1/users?search=a%20b%26c%2F%C3%A9&limit=50&timestamp=1527500365052&nonce=1&signature={signature}"
            ),
            format!("https://api.example.com/v3/users/a%2Fb%3Fc?timestamp=1527500365052&nonce=2&signature={deleted}"),
        ]
    );
    assert!(stage.requests().iter().all(|request| request.body().is_empty()));
}

#[tokio::test]
async fn an_update_sends_what_was_set_and_what_was_cleared() {
    use crate::rt::Patch;
    let stage = Stage::new([Act::ok(USER), Act::ok(USER), Act::ok(USER)]);
    let users = stage.client().users();
    users.update(1, 7).receives_reports(true).provider(Patch::Clear).await.unwrap();
    users.update(1, 7).provider(5).await.unwrap();
    users.update(1, 7).provider(5).provider(Patch::Keep).await.unwrap();
    let sent: Vec<_> = stage.requests().iter().map(|request| request.body().clone()).collect();
    assert!(sent[0].starts_with(br#"{"receives_reports":true,"provider":"","timestamp":"#), "{:?}", sent[0]);
    assert!(sent[1].starts_with(br#"{"provider":5,"timestamp":"#), "{:?}", sent[1]);
    assert!(sent[2].starts_with(br#"{"timestamp":"#), "{:?}", sent[2]);
}

#[tokio::test]
async fn what_is_not_met_is_not_sent_unless_the_server_is_to_judge() {
    let stage = Stage::new([Act::ok(USER)]);
    let invalid = CreateUser { password: "short".into(), ..new_user() };
    let call = stage.client().users().create(invalid.clone()).password_confirmation("other");
    let violations = call.validate().unwrap_err();
    let found: Vec<_> = violations.iter().map(|found| (found.parameter.as_str(), found.constraint)).collect();
    assert_eq!(
        found,
        [("password", "min_length"), ("password", "contains_digit"), ("password_confirmation", "equals")]
    );
    let Err(Error::Invalid(same)) = call.await else { panic!("it was sent") };
    assert_eq!(same, violations);
    assert!(stage.requests().is_empty());
    let client = stage.builder().skip_validation().build().unwrap();
    client.users().create(invalid).await.unwrap();
    assert_eq!(stage.requests().len(), 1);
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_an_error_without_its_value() {
    let stage = Stage::new([]);
    let mut client = stage.client();
    // No builder would take it.
    let keys = ["canary\r\nX-Evil: 1".into(), "k3y".into()].into();
    std::sync::Arc::get_mut(&mut client.0.0).unwrap().means.keyring = crate::credentials::Keyring::Given(keys);
    let error = client.users().list(1).await.unwrap_err();
    assert!(matches!(error, Error::Signing(SigningError::Header { header: "Authorization" })));
    assert!(!format!("{error} {error:?}").contains("canary"));
}

#[tokio::test]
async fn without_a_nonce_nothing_is_sent() {
    struct Dry;
    impl Nonces for Dry {
        fn nonce(&self) -> Result<i64, NoNonce> {
            Err(NoNonce)
        }
    }
    let stage = Stage::new([]);
    let client = stage.builder().nonces(Dry).build().unwrap();
    let error = client.users().list(1).await.unwrap_err();
    assert!(matches!(error, Error::Signing(SigningError::Nonce)));
}

#[test]
fn a_prepared_call_is_the_call_and_says_how_it_came_about() {
    let stage = Stage::new([]);
    let prepared = stage.client().users().create(new_user()).prepare().unwrap();
    let body = std::str::from_utf8(prepared.request().body()).unwrap();
    let (_, signature) = body.rsplit_once("signature\":\"").unwrap();
    let signature = signature.trim_end_matches("\"}");
    let canonical = "email=~personal~?institute_id=1?nonce=1?password=~secret~?password_confirmation=~secret~?role=teacher?timestamp=1527500365052";
    assert_eq!(
        prepared.explanation().to_string(),
        format!(
            "canonical: {canonical}\nsignature: {signature}\n\
             POST https://api.example.com/v3/institutes/1/users\n\
             accept: application/vnd.sample\n\
             authorization: Token token=~secret~\n\
             user-agent: samples/2.0.1 (sample) client-runtime/{}\n\
             content-type: application/json\n\
             \n\
             {{\"email\":\"~personal~\",\"password\":\"~secret~\",\"password_confirmation\":\"~secret~\",\"role\":\"teacher\",\
             \"timestamp\":1527500365052,\"nonce\":1,\"signature\":\"{signature}\"}}\n",
            env!("CARGO_PKG_VERSION")
        )
    );
}

#[tokio::test]
async fn the_application_comes_first_in_the_user_agent() {
    let stage = Stage::new([Act::ok("1")]);
    let client = stage.builder().user_agent("exam-platform/2.1").build().unwrap();
    client.request("GET", "/a").await.unwrap();
    let request = stage.requests().remove(0);
    let sent = &request.headers()["user-agent"];
    assert_eq!(sent, concat!("exam-platform/2.1 samples/2.0.1 (sample) client-runtime/", env!("CARGO_PKG_VERSION")));
}
