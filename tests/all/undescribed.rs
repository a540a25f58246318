//! Endpoints that no spec describes, over a real socket: the mock verifies the signature of whatever it is sent.

use codegen_mock::Fault;
use generated_client::proctorexam::{AnyError, Error, ErrorCode, Json, SigningError, UserId};

use crate::support::{INSTITUTE, body, builder, client, last, mock, sources, teacher};

fn text(text: &str) -> Json {
    Json::String(text.to_owned())
}

#[tokio::test]
async fn a_call_without_a_description_is_signed_sent_repeated_and_judged() {
    let mock = mock().await;
    let client = client(mock.address());
    mock.fail_next(Fault::Status(503, String::new()));
    let list = || client.request("GET", "/institutes/1/users").query("limit", 1);
    // This API signs what is in its paths, under the names that its documentation gives.
    let answer = list().query("institute_id", INSTITUTE).await.unwrap();
    assert_eq!(answer.headers()["x-pagination-item-count"], "2");
    let Json::Object(members) = answer.json().unwrap() else { panic!("an object") };
    assert_eq!(members[0].0, "users");
    assert_eq!(mock.requests().len(), 2, "it was made again");

    let error = list().await.unwrap_err();
    assert!(matches!(&error, Error::Unexpected(answer) if answer.response().status() == 403), "{error:?}");
    let error = client.request("GET", "/nowhere").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
    let missing =
        client.request("GET", "/institutes/1/users/99").query("institute_id", INSTITUTE).query("id", UserId(99));
    let error = AnyError::from(missing.await.unwrap_err());
    assert_eq!(error.code(), Some(ErrorCode::NotFound));
}

#[tokio::test]
async fn a_body_is_given_whole_or_in_parts() {
    let mock = mock().await;
    let client = client(mock.address());
    let new =
        [("email", text("a@b.co")), ("name", text("É")), ("password", text("Passw0rd!")), ("role", text("teacher"))];
    let new = Json::Object(new.map(|(name, value)| (name.to_owned(), value)).to_vec());
    let parts = Json::Array(vec![text("\"\\\u{7}"), Json::Null, Json::Number("1e2".to_owned())]);
    let create = || client.request("POST", "/institutes/1/users").body("institute_id", INSTITUTE).json(new.clone());
    create().body("password_confirmation", "Passw0rd!").body("odd", parts).await.unwrap();
    assert_eq!(body(&last(&mock))["odd"], serde_json::json!(["\"\\\u{7}", null, 1e2]));
    let error = create().body("password_confirmation", "Passw0rd!").await.unwrap_err();
    assert!(matches!(error, Error::Api(ErrorCode::EmailTaken)), "{error:?}");
}

#[tokio::test]
async fn a_described_call_takes_more_than_is_described() {
    let mock = mock().await;
    let users = client(mock.address()).users();
    users.create(teacher(1)).with_body("locale", "fr").with_header("X-Request-Id", "7").await.unwrap();
    let sent = last(&mock);
    assert_eq!((body(&sent)["locale"].as_str(), sent.header("x-request-id")), (Some("fr"), Some("7")));
    users.list(INSTITUTE).with_query("odd", true).await.unwrap();
    assert_eq!(last(&mock).parameter("odd").as_deref(), Some("true"));
}

#[tokio::test]
async fn a_prepared_request_can_be_sent_by_anything_that_speaks_http() {
    let mock = mock().await;
    let client = builder(mock.address()).build().unwrap();
    let call = client.request("GET", "/institutes/1/users").query("institute_id", INSTITUTE);
    let request = call.prepare().unwrap().into_request().into_http();
    assert!(mock.requests().is_empty());
    let mut lines = vec![format!("GET {} HTTP/1.1", request.uri().path_and_query().unwrap())];
    lines.extend(request.headers().iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())));
    lines.extend([format!("Host: {}", request.uri().authority().unwrap()), "Connection: close\r\n\r\n".to_owned()]);
    let mut stream = std::net::TcpStream::connect(request.uri().authority().unwrap().as_str()).unwrap();
    std::io::Write::write_all(&mut stream, lines.join("\r\n").as_bytes()).unwrap();
    let answer = std::io::read_to_string(stream).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn what_signing_adds_cannot_be_given() {
    let mock = mock().await;
    let client = client(mock.address());
    let taken = |error: String| assert_eq!(error, "the parameter `nonce` is added to every call, as the spec says");
    let undescribed = [
        client.request("POST", "/x").body("nonce", 1).body("q", text("x")),
        client.request("POST", "/x").json(Json::Object(vec![("nonce".to_owned(), text("1"))])),
        client.request("GET", "/x").query("nonce", text("evil")),
        // It would be signed beside the other, wherever it travels.
        client.request("GET", "/x").body("nonce", 1),
        client.request("POST", "/x").query("nonce", 1),
    ];
    for call in undescribed {
        taken(sources(&call.await.unwrap_err()).concat());
    }
    taken(sources(&client.users().list(INSTITUTE).with_query("nonce", 1).await.unwrap_err()).concat());
    taken(sources(&client.users().create(teacher(1)).with_body("nonce", 1).await.unwrap_err()).concat());
    assert!(mock.requests().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_body_without_members_is_refused_where_parameters_are_signed() {
    let mock = mock().await;
    let client = client(mock.address());
    for body in [Json::Array(vec![Json::Null]), text("a"), Json::Null, Json::Number("1".to_owned())] {
        let error = client.request("DELETE", "/x").query("q", 1).json(body).await.unwrap_err();
        assert!(matches!(error, Error::Signing(SigningError::NoFields)), "{error:?}");
    }
    let error = client.request("POST", "/x").json(text("a")).await.unwrap_err();
    assert!(matches!(error, Error::Signing(SigningError::WholeBody)), "{error:?}");
    assert!(mock.requests().is_empty(), "nothing was sent");
}
