//! Failed answers into errors: wherever a documented message stands it is recognised, and nothing else is.

use std::error::Error as StdError;

use generated_client::proctorexam::{
    AnyError, Captured, CreateUserError, Error, ErrorCode, NotAuthorizedOrNotFoundError, UserId,
};

use crate::support::{INSTITUTE, Scripted, answer, client, json, sources, teacher};

const NOT_AUTHORIZED: &str = "You are not authorized to access this page.";
const MISSING: &str = "Param is missing or the value is empty: 'name'";

async fn create(answer: Vec<u8>) -> Error<CreateUserError> {
    let server = Scripted::once(answer);
    client(server.address()).users().create(teacher(1)).await.unwrap_err()
}

async fn show(answer: Vec<u8>) -> Error<NotAuthorizedOrNotFoundError> {
    let server = Scripted::once(answer);
    client(server.address()).users().show(INSTITUTE, UserId(7)).await.unwrap_err()
}

/// A message in every place and form in which it may come; the forms are not documented.
fn forms(message: &str) -> Vec<Vec<u8>> {
    let text = serde_json::to_string(message).unwrap();
    let mut forms = vec![
        message.as_bytes().to_vec(),
        format!("  {message}\r\n").into_bytes(),
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
    ];
    for inner in [text.clone(), format!("[{text}]"), format!(r#"["Something else.",{text}]"#)] {
        forms.extend([
            inner.clone().into_bytes(),
            format!(r#"{{"error":{inner}}}"#).into_bytes(),
            format!(r#"{{"errors":{inner}}}"#).into_bytes(),
            format!(r#"{{"status":1,"error":"Forbidden","more":[{{}}],"errors":{inner}}}"#).into_bytes(),
        ]);
    }
    forms
}

#[tokio::test]
async fn a_documented_message_is_recognised_wherever_it_stands() {
    for form in forms(NOT_AUTHORIZED) {
        let error = show(answer(403, &[], &form)).await;
        assert!(matches!(error, Error::Api(NotAuthorizedOrNotFoundError::NotAuthorized)), "{error:?}");
    }
    for message in ["Couldn't find User with 'id'='7'", "Couldn't find User with 'id'=7"] {
        for form in forms(message) {
            let error = show(answer(404, &[], &form)).await;
            let Error::Api(error) = error else { panic!("{error:?}") };
            let expected = NotAuthorizedOrNotFoundError::NotFound { model: "User".into(), id: "7".into() };
            assert_eq!(error, expected, "{message}");
        }
    }
    for message in [MISSING, "Param is missing or the value is empty: name"] {
        for form in forms(message) {
            let error = create(answer(422, &[], &form)).await;
            let Error::Api(CreateUserError::ParameterMissing { parameter }) = error else { panic!("{error:?}") };
            assert_eq!(parameter, Captured::from("name"));
        }
    }
}

#[tokio::test]
async fn an_error_of_a_field_is_recognised_by_the_field() {
    for body in [
        r#"{"email":["has already been taken"]}"#,
        r#"{"email":"has already been taken"}"#,
        r#"{"error":{"email":["has already been taken"]}}"#,
        r#"{"errors":{"email":["is odd","has already been taken"]}}"#,
        r#"{"errors":{"name":["is odd"],"email":"has already been taken"}}"#,
        r#"{"errors":[{"email":["has already been taken"]}]}"#,
        // As the documentation prints it.
        "'email':['has already been taken']",
        r#""email": ["is odd", "has already been taken"]"#,
        r#"{"error":"'email':['has already been taken']"}"#,
        r#"{"errors":["Something else.","'email':['has already been taken']"]}"#,
    ] {
        let error = create(json(422, body)).await;
        assert!(matches!(error, Error::Api(CreateUserError::EmailTaken)), "{body}: {error:?}");
    }
    for body in [
        r#"{"name":["has already been taken"]}"#,
        r#"{"errors":["has already been taken"]}"#,
        r#"{"errors":{"user":{"email":["has already been taken"]}}}"#,
        r#"{"email":["Has already been taken"]}"#,
        r#"{"email":["Email has already been taken"]}"#,
        r#"{"email":{"message":"has already been taken"}}"#,
        r#"{"Email":["has already been taken"]}"#,
        r#""has already been taken""#,
        "has already been taken",
        "'name':['has already been taken']",
        "'email':'has already been taken'",
        "The documentation says 'email':['has already been taken']",
        r#"{"message":"'email':['has already been taken']"}"#,
        r#"{"errors":{"user":"'email':['has already been taken']"}}"#,
    ] {
        let error = create(json(422, body)).await;
        assert!(matches!(error, Error::Unexpected(_)), "{body}: {error:?}");
    }
}

#[tokio::test]
async fn what_is_not_documented_is_kept_as_it_came() {
    let headers = [("X-Request-Id", "r-1"), ("Content-Type", "text/html")];
    for (status, body) in [
        (400, NOT_AUTHORIZED),
        (404, NOT_AUTHORIZED),
        (403, "you are not authorized to access this page."),
        (403, "You are not authorized to access this page"),
        (403, r#"{"message":"You are not authorized to access this page."}"#),
        (403, r#"{"error":{"message":"You are not authorized to access this page."}}"#),
        (403, r#"{"error":{"error":"You are not authorized to access this page."}}"#),
        (403, r#"{"error":403,"errors":null}"#),
        (403, r#"{"error":"You are not authorized to access this page.""#),
        (422, r#"{"error":"Invalid parameters"}"#),
        (500, "<html>"),
        (418, ""),
        (302, ""),
        (308, ""),
        (599, "\u{0}"),
    ] {
        let error = create(answer(status, &headers, body.as_bytes())).await;
        // A redirect says neither that something was done nor that it was not, unless it wants the same done elsewhere.
        let is_open = status >= 500 || status == 302;
        let open = if is_open { "; whether the call took effect is unknown" } else { "" };
        assert_eq!(error.to_string(), format!("users.create: an answer that is not documented, status {status}{open}"));
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(error.source().is_none() && !error.is_retryable());
        assert_eq!(error.is_outcome_unknown(), is_open, "{status}");
        let Error::Unexpected(answer) = &error else { panic!("{error:?}") };
        let response = answer.response();
        assert_eq!((response.status().as_u16(), response.body().as_ref()), (status, body.as_bytes()));
        assert_eq!(
            (&response.headers()["x-request-id"], &response.headers()["content-type"]),
            (&"r-1".parse().unwrap(), &"text/html".parse().unwrap())
        );
    }
}

#[tokio::test]
async fn an_error_that_an_operation_does_not_list_is_unexpected() {
    // `show` lists no 422, and `create` no name that is taken.
    let error = show(json(422, &format!(r#"{{"error":"{MISSING}"}}"#))).await;
    assert!(matches!(error, Error::Unexpected(_)), "{error:?}");
    let error = create(json(422, r#"{"error":{"name":["has already been taken"]}}"#)).await;
    assert!(matches!(error, Error::Unexpected(_)), "{error:?}");
    assert_eq!(AnyError::from(error).code(), None);
}

#[tokio::test]
async fn of_two_errors_the_one_that_is_listed_first_counts() {
    for body in [
        format!(r#"{{"errors":["{MISSING}",{{"email":["has already been taken"]}}]}}"#),
        format!(r#"{{"email":["has already been taken"],"error":"{MISSING}"}}"#),
        format!(r#"{{"error":{{"email":["has already been taken"]}},"errors":["{MISSING}"]}}"#),
    ] {
        let error = create(json(422, &body)).await;
        assert!(matches!(error, Error::Api(CreateUserError::ParameterMissing { .. })), "{body}: {error:?}");
    }
}

#[tokio::test]
async fn captures_hold_what_the_message_has() {
    let found = async |message: &str| {
        let error = show(json(404, &serde_json::json!({ "error": message }).to_string())).await;
        match error {
            Error::Api(NotAuthorizedOrNotFoundError::NotFound { model, id }) => {
                Some((model.as_str().to_owned(), id.as_str().to_owned()))
            }
            Error::Unexpected(_) => None,
            other => panic!("{other:?}"),
        }
    };
    let pair = |model: &str, id: &str| Some((model.to_owned(), id.to_owned()));
    assert_eq!(found("Couldn't find User with 'id'='it''s'").await, pair("User", "it''s"));
    assert_eq!(found("Couldn't find Exam::Übung with 'id'=a b").await, pair("Exam::Übung", "a b"));
    // The second form takes whatever the server adds to the id.
    assert_eq!(found("Couldn't find User with 'id'=7 [WHERE x]").await, pair("User", "7 [WHERE x]"));
    assert_eq!(found("Couldn't find User without an id").await, None);
    assert_eq!(found("Couldn't find all Users with 'id': (7, 8)").await, None);
}

#[tokio::test]
async fn each_error_is_one_line_and_its_sources_are_the_rest() {
    let line = |error: &dyn StdError| {
        let line = error.to_string();
        assert!(!line.contains('\n'), "{line}");
        (line, sources(error).len())
    };
    let error = create(json(403, &format!(r#"{{"error":"{NOT_AUTHORIZED}"}}"#))).await;
    let expected = "not_authorized (403 or 401): The user whose credentials sign the call may not do this";
    assert_eq!(line(&error), (expected.to_owned(), 0));
    assert_eq!(AnyError::from(error).code(), Some(ErrorCode::NotAuthorized));

    let error = create(json(422, &format!(r#"{{"error":"{MISSING}"}}"#))).await;
    assert_eq!(line(&error), ("parameter_missing (422): A required parameter is missing or empty".to_owned(), 0));
    assert_eq!(AnyError::from(error).code(), Some(ErrorCode::ParameterMissing));

    let error = create(json(422, r#"{"email":["has already been taken"]}"#)).await;
    assert_eq!(line(&error), ("email_taken (422): Another user has this address".to_owned(), 0));
    assert_eq!((error.status().unwrap().as_u16(), error.is_retryable(), error.is_timeout()), (422, false, false));
    assert_eq!(AnyError::from(error).code(), Some(ErrorCode::EmailTaken));

    let error = create(json(200, "{}")).await;
    let expected = "users.create: the call succeeded (200), but its answer could not be read";
    assert_eq!(line(&error), (expected.to_owned(), 1));
    let any = AnyError::from(error);
    assert_eq!((line(&any), any.code()), ((expected.to_owned(), 1), None));
    assert_eq!(any.response().unwrap().body().as_ref(), b"{}");
}
