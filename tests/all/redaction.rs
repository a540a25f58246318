//! Nothing secret and nothing about a person is printed: every text there is gets searched for canaries.

use std::error::Error as StdError;
use std::fmt::{Debug, Display};

use generated_client::proctorexam::seams::{NoNonce, Nonces};
use generated_client::proctorexam::{
    AnyError, Client, CreateUser, CreateUserError, Credentials, Environment, Error, IdentityProviderId,
    NotAuthorizedOrNotFoundError, Role, UserId, exposing,
};

use crate::support::{INSTITUTE, Scripted, answer, builder, credentials, json, mock, teacher, texts};

/// Stands in every value that nobody must see. It needs no escape anywhere, so no escape can hide it.
const CANARY: &str = "c4naryC4NARY";

fn new_user() -> CreateUser {
    CreateUser {
        institute_id: INSTITUTE,
        email: format!("{CANARY}@institute.com").into(),
        name: format!("{CANARY} Name").into(),
        password: format!("{CANARY}!").into(),
        role: Role::Teacher,
    }
}

fn secret_client(address: &str) -> Client {
    builder(address).credentials(credentials(CANARY, CANARY)).build().unwrap()
}

/// A user whose every secret or personal member is a canary.
fn user() -> String {
    format!(
        r#"{{"id":7,"institute_id":1,"email":"{CANARY}","student_number":"{CANARY}","name":"{CANARY}","role":"teacher",
        "invitation_token":"{CANARY}","api_token":"{CANARY}","secret_key":"{CANARY}","receives_reports":true}}"#
    )
}

#[track_caller]
fn assert_silent(text: &str) {
    assert!(!text.is_empty());
    assert!(!text.to_lowercase().contains(&CANARY.to_lowercase()), "{text}");
}

#[track_caller]
fn assert_debug(value: &impl Debug) {
    assert_silent(&format!("{value:?} {value:#?}"));
}

#[track_caller]
fn assert_both(value: &(impl Debug + Display)) {
    assert_silent(&format!("{value:?} {value:#?} {value} {value:#}"));
}

/// The error, all its sources, the same as the one error of the API, and what both carry.
#[track_caller]
fn assert_error<E>(error: Error<E>)
where
    E: client_runtime::rt::OperationError,
    AnyError: From<Error<E>>,
    Error<E>: StdError,
{
    assert_silent(&texts(&error));
    if let Some(response) = error.response() {
        assert_both(response);
    }
    match &error {
        Error::Invalid(violations) => violations.iter().for_each(|violation| assert_silent(&texts(violation))),
        Error::Api(error) => assert_debug(error),
        Error::Unexpected(answer) => assert_both(answer),
        Error::Decode(answer) => {
            assert_both(answer);
            assert_both(answer.cause());
        }
        Error::Timeout(broken) | Error::Transport(broken) => {
            assert_debug(broken);
            broken.cause().into_iter().for_each(|cause| assert_silent(&texts(cause)));
        }
        Error::Signing(error) => assert_silent(&texts(error)),
        _ => panic!("a variant that this test does not know"),
    }
    let any = AnyError::from(error);
    assert_silent(&texts(&any));
    let boxed: Box<dyn StdError + Send + Sync> = any.into();
    assert_both(&boxed);
}

#[test]
fn credentials_and_clients_print_nothing() {
    assert_debug(&credentials(CANARY, CANARY));
    assert_debug(&credentials(CANARY, CANARY).secret_key);
    let client_builder = Client::builder(Environment::Fun).credentials(credentials(CANARY, CANARY));
    assert_debug(&client_builder);
    let client = secret_client("http://127.0.0.1:1");
    assert_debug(&client);
    assert_debug(&client.users());
    let missing = Credentials::from_variables(|name| name.ends_with("TOKEN").then(|| CANARY.to_owned()));
    assert_both(&missing.unwrap_err());
    assert_both(&Environment::custom(&format!("https://user:{CANARY}@example.com")).unwrap_err());
    assert_both(&Environment::custom(&format!("https://example.com?{CANARY}")).unwrap_err());
}

#[test]
fn requests_and_calls_print_nothing() {
    assert_debug(&new_user());
    assert_debug(&new_user().email);
    assert_debug(&new_user().password);
    let users = secret_client("http://127.0.0.1:1").users();
    let create = || users.create(new_user()).password_confirmation(format!("{CANARY}!"));
    assert_debug(&create());
    assert_debug(&users.list(INSTITUTE).limit(3));
    assert_debug(&users.list(INSTITUTE).stream());
    assert_debug(&users.list(INSTITUTE).stream().pages());
    assert_debug(&users.show(INSTITUTE, UserId(1)));
    assert_debug(&users.update(INSTITUTE, UserId(1)).omniauth_config_id(IdentityProviderId(1)));
    assert_debug(&users.destroy(INSTITUTE, UserId(1)));
    assert_debug(&create().into_future());

    let prepared = create().prepare().unwrap();
    assert_debug(&prepared);
    let explanation = prepared.explanation();
    assert_both(explanation);
    assert_silent(&explanation.request_line());
    assert_silent(explanation.body());
    explanation.headers().iter().for_each(|header| assert_debug(header));
    explanation.steps().iter().for_each(|step| assert_silent(step.text()));
    // What was masked was there: the request itself has it, for it is what is sent.
    let sent = String::from_utf8(prepared.request().body().to_vec()).unwrap();
    assert_eq!(sent.matches(CANARY).count(), 4);
    assert!(prepared.request().headers()["authorization"].to_str().unwrap().contains(CANARY));
    assert_debug(&prepared.request().headers());
    assert_debug(prepared.request());
    let request = prepared.into_request();
    assert_debug(&request);
    assert_eq!(*request.into_http().body().bytes().unwrap(), sent);
}

#[tokio::test]
async fn returned_users_print_nothing() {
    let server = Scripted::start([
        json(200, &format!(r#"{{"user":{}}}"#, user())),
        json(200, &format!(r#"{{"user":{}}}"#, user())),
        json(200, &format!(r#"{{"users":[{}]}}"#, user())),
    ]);
    let users = secret_client(server.address()).users();
    let full = users.create(new_user()).await.unwrap();
    assert_debug(&full);
    let summary = users.show(INSTITUTE, UserId(7)).await.unwrap();
    assert_debug(&summary);
    let page = users.list(INSTITUTE).await.unwrap();
    assert_debug(&page);
    assert_silent(&serde_json::to_string(&(&full, &summary, &page.items, &full.email, &full.api_token)).unwrap());
    let exposed = exposing(|| serde_json::to_string(&full)).unwrap();
    assert_eq!(exposed.matches(CANARY).count(), 6);
    assert_silent(&serde_json::to_string(&full).unwrap());
    // They are there for those who ask.
    assert_eq!(full.api_token.as_ref().unwrap().expose(), CANARY);
    assert_eq!((full.student_number.as_ref().unwrap().as_str(), summary.email.as_str()), (CANARY, CANARY));
    assert_eq!(format!("{}", page.items[0].name), CANARY, "a person's name is printed on purpose only");
}

#[tokio::test]
async fn violations_hold_no_value() {
    let users = secret_client("http://127.0.0.1:1").users();
    let weak = CreateUser { password: CANARY.to_lowercase().into(), ..new_user() };
    let error = users.create(weak).password_confirmation(format!("{CANARY}?")).await.unwrap_err();
    let Error::Invalid(violations) = &error else { panic!("{error:?}") };
    assert_eq!(violations.len(), 3);
    assert_silent(&serde_json::to_string(violations).unwrap());
    assert_silent(&serde_json::to_string_pretty(violations.iter().next().unwrap()).unwrap());
    assert_error(error);
}

#[tokio::test]
async fn answers_in_errors_print_nothing() {
    let c = CANARY;
    let headers = [("X-Secret", c), ("Set-Cookie", c), ("Location", c)];
    let answers = [
        answer(500, &headers, c.as_bytes()),
        answer(302, &headers, b""),
        json(403, &format!(r#"{{"error":"{c}","{c}":"You are not authorized to access this page."}}"#)),
        json(422, &format!(r#"{{"errors":{{"email":["{c}"]}}}}"#)),
        json(422, &format!(r#"{{"error":"Param is missing or the value is empty: '{c}'"}}"#)),
        json(422, &format!(r#"{{"error":{{"email":["has already been taken"],"was":"{c}"}}}}"#)),
        // Answers to calls that succeeded, broken in every way that has a message.
        answer(200, &headers, c.as_bytes()),
        json(200, &format!(r#""{c}""#)),
        json(200, &format!(r#"{{"{c}":{{"{c}":1}}}}"#)),
        json(200, &format!(r#"{{"user":"{c}"}}"#)),
        json(200, &format!(r#"{{"user":{{"id":"{c}"}}}}"#)),
        json(200, &format!(r#"{{"user":{{"id":7,"{c}":7,"email":["{c}"]}}}}"#)),
        json(200, &user().replace("true", c)),
        json(200, &format!(r#"{{"user":{{"id":7,"email":"e","name":"n","role":"r","created_at":["{c}",]}}}}"#)),
        json(200, &format!(r#"{{"user":{}}}{c}"#, user())),
        json(200, &format!(r#"{{"user":{{"id":7,"email":"{c}\u12"#)),
    ];
    for answer in answers {
        let server = Scripted::once(answer.clone());
        let error = secret_client(server.address()).users().create(new_user()).await.unwrap_err();
        if let Some(response) = error.response() {
            let holds = |text: &[u8]| text.windows(CANARY.len()).any(|window| window == CANARY.as_bytes());
            let in_headers = response.headers().values().any(|value| holds(value.as_bytes()));
            assert!(in_headers || holds(response.body()), "it is reachable by the accessors");
        }
        assert_error(error);
    }
}

#[tokio::test]
async fn captures_print_nothing() {
    let message = format!("Couldn't find {CANARY} with 'id'='{CANARY}'");
    let server = Scripted::once(json(404, &serde_json::json!({ "error": message }).to_string()));
    let error = secret_client(server.address()).users().destroy(INSTITUTE, UserId(7)).await.unwrap_err();
    let Error::Api(NotAuthorizedOrNotFoundError::NotFound { model, id }) = &error else { panic!("{error:?}") };
    assert_eq!((model.as_str(), id.as_str()), (CANARY, CANARY));
    assert_debug(model);
    assert_error(error);
}

#[tokio::test]
async fn broken_exchanges_print_nothing() {
    struct Dry;
    impl Nonces for Dry {
        fn nonce(&self) -> Result<i64, NoNonce> {
            Err(NoNonce)
        }
    }
    let not_http = [
        format!("{CANARY}\r\n\r\n").into_bytes(),
        format!("HTTP/1.1 {CANARY}\r\n\r\n").into_bytes(),
        format!("HTTP/1.1 200 OK\r\n{CANARY} : x\r\n\r\n").into_bytes(),
        format!("HTTP/1.1 200 OK\r\nContent-Length: {CANARY}\r\n\r\n").into_bytes(),
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{CANARY}\r\n").into_bytes(),
        format!("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{CANARY}").into_bytes(),
        Vec::new(),
    ];
    for answer in not_http {
        let server = Scripted::once(answer);
        let error = secret_client(server.address()).users().create(new_user()).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert!(error.is_outcome_unknown());
        assert_error::<CreateUserError>(error);
    }
    // Nobody listens; the operating system refuses the nonce; a line ends in the token.
    assert_error(secret_client("http://127.0.0.1:1").users().create(new_user()).await.unwrap_err());
    let dry = builder("http://127.0.0.1:1").nonces(Dry).build().unwrap();
    assert_error(dry.users().create(new_user()).await.unwrap_err());
    let unfit = builder("http://127.0.0.1:1").credentials(credentials(&format!("{CANARY}\n"), CANARY)).build();
    let unfit = unfit.unwrap_err();
    assert_both(&unfit);
}

#[tokio::test]
async fn the_mock_prints_nothing() {
    let mock = mock().await;
    let weak = CreateUser { name: CANARY.into(), ..teacher(1) };
    builder(mock.address()).build().unwrap().users().create(weak).await.unwrap();
    assert_debug(&mock);
    assert_debug(&mock.requests());
    assert!(!format!("{mock:?} {:?}", mock.requests()).contains("test-secret_key"));
}
