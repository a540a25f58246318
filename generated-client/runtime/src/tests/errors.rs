//! Which answer is which error, and what errors say.

use std::error::Error as _;

use super::api::{AnyError, CreateUser, CreateUserError, DestroyUserError, Error, ErrorCode, ListUsersError, User};
use super::stage::{Act, Stage};

async fn create(status: u16, body: &str) -> Result<User, Error<CreateUserError>> {
    let stage = Stage::new([Act::status(status, body)]);
    let new = CreateUser {
        institute_id: 1,
        email: "a@b.co".into(),
        password: "Passw0rd".into(),
        role: super::api::Role::Teacher,
    };
    stage.client().users().create(new).await
}

#[tokio::test]
async fn a_documented_message_is_found_wherever_it_may_stand() {
    for body in [
        r#""Param is missing: name""#,
        "Param is missing: name",
        r#"{"error":"Param is missing: name"}"#,
        r#"{"errors":["something else","Param is missing: name"]}"#,
    ] {
        let error = create(422, body).await.unwrap_err();
        let parameter = "name".into();
        assert!(
            matches!(&error, Error::Api(found) if *found == CreateUserError::ParameterMissing { parameter }),
            "{body}: {error:?}"
        );
    }
    for body in [
        r#"{"email":["has already been taken"]}"#,
        r#"{"errors":{"email":["is odd","has already been taken"]}}"#,
        r#"{"error":{"email":"has already been taken"}}"#,
    ] {
        assert!(matches!(create(422, body).await, Err(Error::Api(CreateUserError::EmailTaken))), "{body}");
    }
}

#[tokio::test]
async fn status_and_message_must_both_fit() {
    for (status, body) in [
        (422, r#"{"name":["has already been taken"]}"#),
        (422, r#"{"error":"has already been taken"}"#),
        (400, r#"{"email":["has already been taken"]}"#),
        (404, r#"{"error":"Couldn't find User with 'id'=7"}"#),
        (403, "<html>You are not authorized.</html>"),
        (302, ""),
        (500, "\u{0}"),
    ] {
        let error = create(status, body).await.unwrap_err();
        let Error::Unexpected(answer) = &error else { panic!("{status} {body}: {error:?}") };
        assert_eq!(answer.response().body(), body);
        assert_eq!(error.status().unwrap().as_u16(), status);
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_says_where() {
    let error = create(201, r#"{"user":{"id":"seven"}}"#).await.unwrap_err();
    assert!(matches!(&error, Error::Decode(answer) if answer.cause().path() == "user.id"));
    assert_eq!(error.response().unwrap().status(), 201);
    assert_eq!(error.to_string(), "users.create: the call succeeded (201), but its answer could not be read");
    assert!(error.source().unwrap().to_string().starts_with("`user.id`: expected a 64-bit integer"));
    for body in ["{}", "[]", r#"{"user":{"id":null}}"#] {
        let error = create(200, body).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)) && !error.is_outcome_unknown(), "{body}: {error:?}");
    }
}

#[tokio::test]
async fn what_is_no_json_does_not_say_that_a_change_took_effect() {
    for body in ["", " ", "<html>", "OK", "7 is created", r#"{"user":{"id":[]}"#] {
        let error = create(200, body).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{body}: {error:?}");
        assert!(error.is_outcome_unknown() && !error.is_retryable(), "{body}: {error:?}");
        let says = "users.create: an answer that cannot be read, status 200; whether the call took effect is unknown";
        assert_eq!(error.to_string(), says, "{body}");
        let error = Stage::new([Act::ok(body)]).client().users().list(1).await.unwrap_err();
        assert_eq!(error.to_string(), "users.list: an answer that cannot be read, status 200", "{body}");
        assert!(!error.is_outcome_unknown(), "{body}: reading changes nothing");
    }
}

#[tokio::test]
async fn nothing_is_read_where_nothing_is_returned() {
    for body in ["", " ", "{}", "null", "not json", "{\"user\":"] {
        Stage::new([Act::ok(body)]).client().users().destroy("7").await.unwrap();
    }
    let html = |body: &str| Act::Answer(200, &[("Content-Type", "Text/HTML; charset=utf-8")], body.to_owned());
    for act in [html(""), html(" "), html("{}"), html("7"), html("null")] {
        Stage::new([act]).client().users().destroy("7").await.unwrap();
    }
}

#[tokio::test]
async fn a_page_is_no_success_where_nothing_is_returned_either() {
    let html = |body: &str| Act::Answer(200, &[("Content-Type", "Text/HTML; charset=utf-8")], body.to_owned());
    for (act, found) in [
        (Act::ok("<html>"), "HTML or XML"),
        (Act::ok("\u{feff}\r\n <!DOCTYPE html>"), "HTML or XML"),
        (html("<html>"), "a page of HTML"),
        (html("Please log in"), "a page of HTML"),
    ] {
        let error = Stage::new([act]).client().users().destroy("7").await.unwrap_err();
        let says = "users.destroy: an answer that cannot be read, status 200; whether the call took effect is unknown";
        assert_eq!(error.to_string(), says);
        assert!(error.is_outcome_unknown() && !error.is_retryable(), "{error:?}");
        let cause = format!("the answer: expected JSON or nothing, found {found} at byte 0");
        assert_eq!(error.source().unwrap().to_string(), cause);
    }
}

#[tokio::test]
async fn captures_reach_the_variant() {
    for body in [r#"{"error":"Couldn't find User with 'id'='7'"}"#, "Couldn't find User with 'id'=7"] {
        let result = Stage::new([Act::status(404, body)]).client().users().destroy("7").await;
        let expected = DestroyUserError::NotFound { model: "User".into(), id: "7".into() };
        assert!(matches!(&result, Err(Error::Api(found)) if *found == expected), "{result:?}");
    }
}

#[tokio::test]
async fn display_is_one_line_that_helps() {
    let taken = create(422, r#"{"email":["has already been taken"]}"#).await.unwrap_err();
    assert_eq!(taken.to_string(), "email_taken (422): another user has this address");
    assert_eq!(taken.status().unwrap().as_u16(), 422);
    // What a caller takes out of it says the same, and is an error by itself.
    let Error::Api(inner) = &taken else { panic!("{taken:?}") };
    let inner: &dyn std::error::Error = inner;
    assert_eq!((inner.to_string(), inner.source().is_none()), (taken.to_string(), true));
    let forbidden = create(403, r#"{"error":"You are not authorized."}"#).await.unwrap_err();
    assert_eq!(forbidden.to_string(), "not_authorized (401 or 403): you may not do this");
    assert_eq!(forbidden.status(), None, "either could have come");
    let other = create(500, "").await.unwrap_err();
    let says = "users.create: an answer that is not documented, status 500; whether the call took effect is unknown";
    assert_eq!(other.to_string(), says);
    assert!(taken.source().is_none() && forbidden.source().is_none() && other.source().is_none());
    let broken =
        Stage::new([Act::Broken]).builder().max_attempts(1).build().unwrap().users().list(1).await.unwrap_err();
    assert_eq!(broken.to_string(), "users.list: no answer");
    let chain: Vec<_> =
        std::iter::successors(broken.source(), |&error| error.source()).map(|e| e.to_string()).collect();
    assert_eq!(chain, ["the connection to the server broke", "reset"]);
}

#[tokio::test]
async fn every_error_becomes_the_one_error_of_the_api() {
    async fn one() -> Result<(), AnyError> {
        create(422, r#"{"email":["has already been taken"]}"#).await?;
        Ok(())
    }
    async fn other() -> Result<(), AnyError> {
        Stage::new([Act::status(409, "{}")]).client().users().list(1).await?;
        Ok(())
    }
    let taken = one().await.unwrap_err();
    assert_eq!(taken.code(), Some(ErrorCode::EmailTaken));
    assert_eq!(taken.to_string(), "email_taken (422): another user has this address");
    let original = taken.downcast_ref::<Error<CreateUserError>>().unwrap();
    assert!(matches!(original, Error::Api(CreateUserError::EmailTaken)));
    let conflict = other().await.unwrap_err();
    assert_eq!((conflict.code(), conflict.status().unwrap().as_u16()), (None, 409));
    assert_eq!(conflict.response().unwrap().body(), "{}");
    assert!(conflict.downcast_ref::<Error<CreateUserError>>().is_none());
    assert!(conflict.downcast_ref::<Error<ListUsersError>>().is_some());
    assert!(taken.violations().is_none() && conflict.violations().is_none());
    let invalid = AnyError::from(Stage::new([]).client().users().list(1).limit(0).await.unwrap_err());
    let broken = invalid.violations().unwrap().iter().map(|violation| (&*violation.parameter, violation.constraint));
    assert_eq!(broken.collect::<Vec<_>>(), [("limit", "min")]);
    let boxed: Box<dyn std::error::Error + Send + Sync> = conflict.into();
    assert!(boxed.source().is_none());
}

#[test]
fn everything_travels_between_threads() {
    fn travels<T: Send + Sync + 'static>() {}
    fn is_sent<T: Send + 'static>() {}
    travels::<super::api::Client>();
    travels::<Error<CreateUserError>>();
    travels::<AnyError>();
    is_sent::<super::api::Call<CreateUser>>();
    is_sent::<crate::rt::Sending<CreateUser>>();
    is_sent::<crate::rt::Items<super::api::ListUsers>>();
}
