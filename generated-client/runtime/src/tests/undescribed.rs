//! Calls that no operation describes, and parameters that a described one does not have.

use super::api::{AnyError, Error, ErrorCode, Json, Role, SigningError};
use super::stage::{Act, Stage};
use crate::rt::{hex, hmac_sha256};

fn object(members: &[(&str, Json)]) -> Json {
    Json::Object(members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

fn signature(canonical: &str) -> String {
    hex(hmac_sha256("k3y", canonical)).to_string()
}

#[tokio::test]
async fn what_is_sent_is_what_was_signed() {
    let stage = Stage::new([Act::ok("[1]"), Act::status(204, "")]);
    let client = stage.client();
    let call = client.request("GET", "/a b/c:d").query("x", "1 2").query("role", Role::Teacher).query("x", 3);
    let answer = call.header("X-Trace", "t").await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.json().unwrap()), (200, Json::Array(vec![Json::Number("1".into())])));
    let parts = object(&[("b", Json::Array(vec![Json::String("é\"".into()), Json::Null, object(&[])]))]);
    let call = client.request("POST", "/a").json(object(&[("n", Json::Number("1.50".into())), ("p", parts)]));
    assert!(call.body("n", true).await.unwrap().json().is_err(), "an empty answer is no JSON");

    let requests = stage.requests();
    let signed = signature("nonce=1?role=teacher?timestamp=1527500365052?x=3");
    assert_eq!(
        requests[0].uri().to_string(),
        format!(
            "https://api.example.com/v3/a%20b/c:d?x=3&role=teacher&timestamp=1527500365052&nonce=1&signature={signed}"
        )
    );
    assert_eq!(requests[0].headers()["x-trace"], "t");
    let parts = r#"{"b":["é\"",null,{}]}"#;
    let signed = signature(&format!("n=true?nonce=2?p={parts}?timestamp=1527500365052"));
    let body = format!(r#"{{"n":true,"p":{parts},"timestamp":1527500365052,"nonce":2,"signature":"{signed}"}}"#);
    assert_eq!(requests[1].body(), &body);
    assert_eq!(requests[1].headers()["content-type"], "application/json");
}

#[tokio::test]
async fn a_parameter_in_the_path_is_signed_and_stays_in_its_segment() {
    let stage = Stage::new([Act::ok("1")]);
    let call = stage.client().request("GET", "/users/{id}/{what}.json").path("id", 1).path("what", "é/..");
    call.path("id", 7).query("x", 1).await.unwrap();
    let signed = signature("id=7?nonce=1?timestamp=1527500365052?what=é/..?x=1");
    assert_eq!(
        stage.requests()[0].uri().path_and_query().unwrap().as_str(),
        format!("/v3/users/7/%C3%A9%2F...json?x=1&timestamp=1527500365052&nonce=1&signature={signed}")
    );
}

#[tokio::test]
async fn a_call_is_repeated_as_its_method_allows_and_any_documented_error_is_known() {
    let busy = || Act::status(503, "");
    let gone = Act::status(404, "Couldn't find User with 'id'='7'");
    let stage = Stage::new([busy(), gone, busy(), Act::status(418, "teapot")]);
    let client = stage.client();
    let error = client.request("GET", "/users/7").await.unwrap_err();
    assert!(matches!(error, Error::Api(ErrorCode::NotFound)), "{error:?}");
    assert_eq!(error.to_string(), "not_found (404): there is no such object");
    assert_eq!(AnyError::from(error).code(), Some(ErrorCode::NotFound));
    let error = client.request("POST", "/users").await.unwrap_err();
    assert_eq!(error.to_string(), "request: an answer that is not documented, status 503");
    let error = client.request("DELETE", "/users/7").await.unwrap_err();
    assert!(matches!(&error, Error::Unexpected(answer) if answer.response().body() == "teapot"), "{error:?}");
    assert_eq!(stage.requests().len(), 4);
}

#[tokio::test]
async fn how_a_call_went_is_known_of_one_that_no_operation_describes_too() {
    let answer = |status| Act::Answer(status, &[("x-request-id", "r-7")], "1".to_owned());
    let stage = Stage::new([Act::status(503, ""), answer(200), answer(404), answer(200)]);
    let client = stage.client();
    let answered = client.request("GET", "/a").with_response().await;
    assert_eq!((answered.attempts(), answered.took()), (2, stage.slept()[0]));
    assert_eq!(answered.request_id().unwrap(), "r-7");
    assert_eq!(answered.into_result().unwrap().body(), "1");
    let failed = client.request("GET", "/a").with_response().await.into_result().unwrap_err();
    assert_eq!((failed.request_id().unwrap(), failed.attempts()), ("r-7".to_owned(), Some(1)));
    let answered = client.0.request_to::<ErrorCode>("GET", "https://files.example/a").with_response().await;
    assert_eq!((answered.attempts(), answered.request_id()), (1, None), "what storage calls an exchange, no spec says");
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_before_anything_is() {
    let stage = Stage::new([]);
    let client = stage.builder().skip_validation().build().unwrap();
    for (method, path, refused) in [
        ("get", "/a", "`method` must be one of GET, HEAD, POST, PUT, PATCH, DELETE"),
        ("GET", "https://example.com/c4nary", "`path` must start with `/`, below the base address"),
        ("GET", "/a/../c4nary", "`path` must not hold a segment that is empty, `.` or `..`"),
        ("GET", "/a?c4nary", "`path` must not hold a query or a fragment"),
        ("GET", "/a/{c4nary", "`path` must hold braces around the name of a parameter only"),
        ("GET", "/a/{id}", "`id` is required"),
    ] {
        let error = client.request(method, path).await.unwrap_err();
        assert_eq!(error.to_string(), refused);
        assert!(client.request(method, path).prepare().is_err());
    }
    for (text, refused) in [("", "`id` must not be empty, `.` or `..`"), ("..", "`id` must not be empty, `.` or `..`")]
    {
        let error = client.request("GET", "/a/{id}/b").path("id", text).await.unwrap_err();
        assert_eq!(error.to_string(), refused);
    }
    let error = client.request("GET", "/a/{id}").path("id", 1).path("di", 2).await.unwrap_err();
    assert_eq!(error.to_string(), "`di` must have a place in the path, in braces");
    let error = client.request("GET", "/a").header("X-A", "c4nary\r\nX-B: 1").await.unwrap_err();
    assert_eq!(error.to_string(), "`X-A` must be a text that a header can hold");
    let error = client.request("GET", "/a").header("accept", "text/csv").await.unwrap_err();
    assert!(matches!(&error, Error::Signing(SigningError::HeaderTaken { header }) if header == "accept"), "{error:?}");
    let error = client.request("POST", "/a").json(Json::Array(Vec::new())).await.unwrap_err();
    assert!(matches!(error, Error::Signing(SigningError::WholeBody)), "{error:?}");
}

#[tokio::test]
async fn a_described_call_takes_more_than_is_described() {
    let stage = Stage::new([Act::ok(r#"{"users":[]}"#)]);
    let client = stage.client();
    let list = || client.users().list(1).with_query("odd", 1).with_header("X-Trace", "t").with_body("b", vec!["x"]);
    list().await.unwrap();
    let signed = signature(r#"b=["x"]?institute_id=1?nonce=1?odd=1?timestamp=1527500365052"#);
    let request = stage.requests().remove(0);
    assert_eq!(request.uri().query().unwrap(), format!("odd=1&timestamp=1527500365052&nonce=1&signature={signed}"));
    assert_eq!((request.body(), &request.headers()["x-trace"]), (&r#"{"b":["x"]}"#.into(), &"t".parse().unwrap()));
    // What is described after all keeps to its description.
    let error = list().with_query("limit", 301).validate().unwrap_err();
    assert_eq!(error.to_string(), "`limit` must be at most 300");
    assert_eq!(list().with_body("limit", 301).validate(), Ok(()));
}

#[tokio::test]
async fn an_address_that_is_given_no_body_is_sent_none() {
    let stage = Stage::new([Act::ok(""), Act::ok("")]);
    let client = stage.client().0;
    for method in ["GET", "POST"] {
        client.request_to::<ErrorCode>(method, "https://files.example/a?b=c").header("X-Trace", "t").await.unwrap();
    }
    for request in stage.requests() {
        assert_eq!((request.uri(), request.body()), (&"https://files.example/a?b=c".parse().unwrap(), &"".into()));
        let names: Vec<_> = request.headers().keys().map(|name| name.as_str()).collect();
        assert_eq!(names, ["x-trace", "user-agent"]);
    }
}

/// A server would take either of two.
#[tokio::test]
async fn a_header_is_sent_once_in_whatever_case_it_is_given() {
    let stage = Stage::new([Act::ok("1")]);
    stage.client().request("GET", "/a").header("X-Trace", "a").header("x-trace", "b").await.unwrap();
    let request = stage.requests().remove(0);
    assert_eq!(request.headers().get_all("x-trace").iter().collect::<Vec<_>>(), ["b"]);
}

#[test]
fn nothing_of_it_is_printed() {
    let client = Stage::new([]).client();
    let call = || {
        client
            .request("POST", "/a")
            .body("b", crate::Secret::from("c4nary"))
            .header("X-C", crate::Secret::from("c4nary"))
    };
    assert!(!format!("{:?}", call()).contains("c4nary"));
    let prepared = call().body("d", "shown").prepare().unwrap();
    let explanation = prepared.explanation().to_string();
    assert!(explanation.contains("shown") && !explanation.contains("c4nary"), "{explanation}");
    let request: http::Request<crate::seams::Body> = prepared.into_request().into_http();
    assert_eq!(request.headers()["x-c"], "c4nary");
    assert!(request.headers()["x-c"].is_sensitive());
}
