//! Nothing secret and nothing about a person is printed: every text is searched for canaries.

use std::fmt::Debug;

use super::api::{AnyError, Client, CreateUser, Credentials, Environment, Role};
use super::stage::{Act, Stage};

/// Stands in every value that must not be seen.
const CANARY: &str = "c4nary";

fn credentials() -> Credentials {
    Credentials { api_token: CANARY.into(), secret_key: format!("key-{CANARY}").into() }
}

fn new_user() -> CreateUser {
    let (email, password) = (format!("{CANARY}@b.co").into(), format!("{CANARY}1234").into());
    CreateUser { institute_id: 1, email, password, role: Role::Teacher }
}

#[track_caller]
fn assert_silent(text: &str) {
    assert!(!text.is_empty() && !text.contains(CANARY), "{text}");
}

#[track_caller]
fn assert_debug_is_silent(value: &impl Debug) {
    assert_silent(&format!("{value:?} {value:#?}"));
}

#[tokio::test]
async fn what_callers_hold_prints_no_secret() {
    let body = format!(r#"{{"user":{{"id":7,"email":"{CANARY}","api_token":"{CANARY}"}}}}"#);
    let stage = Stage::new([Act::ok(&body)]);
    assert_debug_is_silent(&credentials());
    let builder = stage.builder().credentials(credentials());
    assert_debug_is_silent(&builder);
    let client = builder.build().unwrap();
    assert_debug_is_silent(&client);
    assert_debug_is_silent(&client.users());
    assert_debug_is_silent(&new_user());
    let call = client.users().create(new_user());
    assert_debug_is_silent(&call);
    let prepared = call.prepare().unwrap();
    assert!(prepared.request().body().windows(CANARY.len()).any(|window| window == CANARY.as_bytes()));
    assert_debug_is_silent(&prepared);
    assert_debug_is_silent(prepared.request());
    assert_silent(&prepared.explanation().to_string());
    let list = client.users().list(1).search(CANARY).prepare().unwrap();
    assert_silent(&list.explanation().to_string());
    assert_debug_is_silent(list.request());
    assert!(list.into_request().into_http().uri().query().unwrap().contains(CANARY));
    assert_debug_is_silent(&client.users().list(1).search(CANARY).stream());
    let user = client.users().create(new_user()).await.unwrap();
    assert_eq!(&*user.email, CANARY);
    assert_debug_is_silent(&user);
}

/// By the table of its operation, that is without what has a value only where it is set.
#[test]
fn what_a_call_needs_is_shown_as_if_that_were_derived() {
    #[derive(Debug)]
    #[expect(dead_code, reason = "only shown")]
    struct CreateUser {
        institute_id: i64,
        email: crate::Personal<String>,
        password: crate::Secret,
        role: Role,
    }
    let super::api::CreateUser { institute_id, email, password, role } = new_user();
    let derived = CreateUser { institute_id, email, password, role };
    let table = new_user();
    assert_eq!((format!("{table:?}"), format!("{table:#?}")), (format!("{derived:?}"), format!("{derived:#?}")));
}

/// Every text that an error can be asked for.
fn texts(error: &(dyn std::error::Error + 'static)) -> String {
    let chain = std::iter::successors(Some(error), |&error| error.source());
    chain.map(|error| format!("{error} {error:?} {error:#?}\n")).collect()
}

#[tokio::test]
async fn errors_print_nothing_of_an_answer() {
    let headers: &[(&str, &str)] = &[("Set-Cookie", CANARY)];
    let answers = [
        (422, format!(r#"{{"error":"Param is missing: {CANARY}"}}"#)),
        (422, format!(r#"{{"{CANARY}":["{CANARY}"]}}"#)),
        (500, format!("<html>{CANARY}</html>")),
        (200, format!(r#"{{"user":{{"id":"{CANARY}"}}}}"#)),
        (200, format!(r#"{{"{CANARY}":1}}"#)),
        (200, format!(r#"{{"user":{{"id":1,"email":{{"{CANARY}":"{CANARY}"}}}}}}"#)),
        (200, CANARY.to_owned()),
    ];
    for (status, body) in answers {
        let stage = Stage::new([Act::Answer(status, headers, body)]);
        let client = stage.builder().credentials(credentials()).build().unwrap();
        let error = client.users().create(new_user()).await.unwrap_err();
        assert_silent(&texts(&error));
        assert_silent(&error.response().map_or("none".to_owned(), |response| format!("{response} {response:?}")));
        assert_silent(&texts(&AnyError::from(error)));
    }
}

#[tokio::test]
async fn errors_print_nothing_of_a_call() {
    let stage = Stage::new([Act::Broken]);
    let client = stage.builder().credentials(credentials()).build().unwrap();
    let invalid = CreateUser { password: CANARY.into(), ..new_user() };
    assert_silent(&texts(&client.users().create(invalid).await.unwrap_err()));
    assert_silent(&texts(&client.users().create(new_user()).await.unwrap_err()));
    let missing = Credentials::from_vars(|name| (name == "SAMPLE_API_TOKEN").then(|| CANARY.to_owned()));
    assert_silent(&texts(&missing.unwrap_err()));
}

#[test]
fn a_client_needs_credentials_and_encryption() {
    let stage = Stage::new([]);
    let builder =
        |address| Client::builder(Environment::custom(address).unwrap()).transport(stage.clone()).timer(stage.clone());
    let message = |result: Result<Client, crate::BuildError>| result.unwrap_err().to_string();
    assert_eq!(message(builder("https://example.com").build()), "no credentials were given");
    assert_eq!(
        message(builder("http://example.com").credentials(credentials()).build()),
        "`http://example.com` is not encrypted; only a loopback address may be, unless plain text is allowed explicitly"
    );
    assert_eq!(
        message(builder("https://e.com").credentials(credentials()).user_agent(format!("{CANARY}\n")).build()),
        "the user agent cannot stand in a header"
    );
    for (secret_key, problem) in [
        (String::new(), "is empty"),
        (format!("{CANARY}\n"), "has white space around it"),
        (format!("\u{a0}{CANARY}"), "has white space around it"),
        (format!("{CANARY}\r\n{CANARY}"), "has a control character in it, which no header can hold"),
    ] {
        let unfit = Credentials { secret_key: secret_key.into(), ..credentials() };
        let error = builder("https://e.com").credentials(unfit).build().unwrap_err();
        assert_silent(&texts(&error));
        assert_eq!(error.to_string(), format!("the credential `secret_key` {problem}"));
    }
    builder("http://example.com").credentials(credentials()).allow_plaintext().build().unwrap();
    builder("http://127.0.0.1:1").credentials(credentials()).build().unwrap();
    assert!(matches!(Environment::Production, Environment::Production));
}
