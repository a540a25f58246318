//! Every operation of the generated client against the mock, over a real socket.
//!
//! Client and mock read the spec independently of each other, so each is a test of the other.

use generated_client::proctorexam::{
    AnyError, CreateInstitute, CreateUser, CreateUserError, Error, ErrorCode, IdentityProviderId, InstituteId,
    ListUsersError, NotAuthorizedOrNotFoundError, Patch, ReportFrequency, Role, ShowUserError, UserId,
};
use serde_json::json;

use crate::support::{INSTITUTE, body, builder, client, last, mock, teacher};

#[tokio::test]
async fn a_list_is_one_page_with_totals() {
    let mock = mock().await;
    let client = client(mock.address());
    assert_eq!(client.base_address().to_string(), mock.address());
    let users = client.users();
    let page = users.list(INSTITUTE).await.unwrap();
    assert_eq!(page.items.len(), 2);
    assert_eq!((page.number, page.limit), (Some(1), Some(300)));
    assert_eq!((page.total_items, page.total_pages), (Some(2), Some(1)));
    let first = &page.items[0];
    assert_eq!(
        (first.id, first.email.as_str(), first.name.as_str()),
        (UserId(1), "administrator@proctorexam.com", "ProctorExam Administrator")
    );
    assert_eq!((&first.role, first.omniauth_config_id), (&Role::Administrator, None));
    assert_eq!(first.institute_name.as_deref(), Some("ProctorExam"));

    let page = users.list(INSTITUTE).limit(1).page(2).await.unwrap();
    assert_eq!((page.number, page.limit, page.total_items, page.total_pages), (Some(2), Some(1), Some(2), Some(2)));
    assert_eq!(page.into_iter().map(|user| user.id).collect::<Vec<_>>(), [UserId(2)]);
    let request = last(&mock);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/api/v3/institutes/1/users"));
    assert_eq!((request.parameter("limit").as_deref(), request.parameter("page").as_deref()), (Some("1"), Some("2")));

    let Err(Error::Api(ListUsersError::NotFound { id, .. })) = users.list(InstituteId(2)).await else { panic!() };
    assert_eq!(id.as_str(), "2", "the id of the institute");
    let other = CreateInstitute { name: "Other".into(), short_name: "o".into() };
    let other = client.institutes().create(other).await.unwrap();
    assert!(users.list(other.id).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn a_user_is_shown_or_not_found() {
    let mock = mock().await;
    let users = client(mock.address()).users();
    let user = users.show(INSTITUTE, UserId(2)).await.unwrap();
    assert_eq!((user.id, user.email.as_str()), (UserId(2), "teacher@proctorexam.com"));
    assert_eq!(last(&mock).path, "/api/v3/institutes/1/users/2");

    let error = users.show(INSTITUTE, UserId(99)).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 404);
    let Error::Api(ShowUserError::NotFound { model, id }) = error else { panic!("{error:?}") };
    assert_eq!((model.as_str(), id.as_str()), ("User", "99"));
}

#[tokio::test]
async fn a_created_user_comes_back_in_full() {
    let mock = mock().await;
    let users = client(mock.address()).users();
    let user = users.create(teacher(1)).omniauth_config_id(IdentityProviderId(5)).await.unwrap();
    assert_eq!(
        (user.email.as_str(), user.name.as_str(), user.role),
        ("teacher1@institute.com", "Teacher name", Role::Teacher)
    );
    assert_eq!((user.institute_id, user.omniauth_config_id), (Some(INSTITUTE), Some(IdentityProviderId(5))));
    assert!(!user.api_token.unwrap().expose().is_empty());
    assert!(!user.secret_key.unwrap().expose().is_empty());
    assert!(user.created_at.is_some() && user.updated_at == user.created_at);
    assert_eq!(user.student_number, None);

    let sent = last(&mock);
    assert_eq!(
        (sent.method.as_str(), sent.path.as_str(), sent.query.as_str()),
        ("POST", "/api/v3/institutes/1/users", "")
    );
    assert_eq!(sent.header("content-type"), Some("application/json"));
    let body = body(&sent);
    assert_eq!((&body["password"], &body["password_confirmation"]), (&json!("Passw0rd!"), &json!("Passw0rd!")));
    assert_eq!((&body["role"], &body["omniauth_config_id"]), (&json!("teacher"), &json!(5)));
    assert!(!body.contains_key("institute_id"), "it is in the path");

    assert_eq!(users.show(INSTITUTE, user.id).await.unwrap().email, user.email);
}

#[tokio::test]
async fn an_address_is_taken_once() {
    let mock = mock().await;
    let users = client(mock.address()).users();
    users.create(teacher(1)).await.unwrap();
    let error = users.create(teacher(1)).await.unwrap_err();
    assert!(matches!(error, Error::Api(CreateUserError::EmailTaken)), "{error:?}");
    assert_eq!(error.status().unwrap().as_u16(), 422);
    assert!(!error.is_retryable() && !error.is_timeout() && !error.is_outcome_unknown());
}

#[tokio::test]
async fn the_server_has_the_last_word_on_what_is_missing() {
    let mock = mock().await;
    let users = builder(mock.address()).skip_validation().build().unwrap().users();
    let error = users.create(CreateUser { name: "".into(), ..teacher(1) }).await.unwrap_err();
    let Error::Api(CreateUserError::ParameterMissing { parameter }) = error else { panic!("{error:?}") };
    assert_eq!(parameter.as_str(), "name");
    // What the mock says to a weak password is assumed, not documented.
    let error = users.create(CreateUser { password: "password1".into(), ..teacher(1) }).await.unwrap_err();
    let Error::Unexpected(answer) = error else { panic!("{error:?}") };
    assert_eq!(answer.response().body().as_ref(), br#"{"error":"Invalid parameter: password"}"#);
}

#[tokio::test]
async fn violations_are_found_before_anything_is_sent() {
    let mock = mock().await;
    let users = client(mock.address()).users();
    let weak = CreateUser { email: "".into(), password: "pass".into(), ..teacher(1) };
    let call = users.create(weak.clone()).password_confirmation("other");
    let expected = [
        ("email", "min_length"),
        ("password", "min_length"),
        ("password", "contains_upper"),
        ("password", "contains_digit"),
        ("password", "contains_special"),
        ("password_confirmation", "equals"),
    ];
    let found = call.validate().unwrap_err();
    let found: Vec<_> = found.iter().map(|violation| (violation.parameter.as_str(), violation.constraint)).collect();
    assert_eq!(found, expected);
    let Error::Invalid(violations) = call.await.unwrap_err() else { panic!("it was sent") };
    assert_eq!(violations.len(), expected.len());

    for call in [users.list(INSTITUTE).limit(301), users.list(INSTITUTE).limit(i64::MAX)] {
        assert!(call.validate().is_err());
        assert!(matches!(call.await.unwrap_err(), Error::Invalid(_)));
    }
    let error = users.list(INSTITUTE).limit(301).stream().try_next().await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)));
    assert_eq!(users.create(teacher(1)).validate(), Ok(()));
    assert!(users.create(teacher(1)).prepare().is_ok());
    assert!(matches!(users.create(weak).prepare().unwrap_err(), Error::Invalid(_)));
    assert_eq!(mock.requests(), [], "nothing was sent");
}

#[tokio::test]
async fn an_update_keeps_clears_and_sets() {
    let mock = mock().await;
    let users = client(mock.address()).users();
    let id = users.create(teacher(1)).await.unwrap().id;

    let user = users.update(INSTITUTE, id).receives_reports(true).report_frequency(ReportFrequency::Day).await.unwrap();
    assert_eq!((user.receives_reports, user.report_frequency), (Some(true), Some(ReportFrequency::Day)));
    let sent = body(&last(&mock));
    assert_eq!((&sent["receives_reports"], &sent["report_frequency"]), (&json!(true), &json!("day")));
    assert!(!sent.contains_key("omniauth_config_id"));

    let user = users.update(INSTITUTE, id).omniauth_config_id(IdentityProviderId(12)).await.unwrap();
    assert_eq!(user.omniauth_config_id, Some(IdentityProviderId(12)));
    assert_eq!(user.receives_reports, Some(true), "what is not sent stays");
    assert_eq!(body(&last(&mock))["omniauth_config_id"], json!(12));

    let user = users.update(INSTITUTE, id).omniauth_config_id(Patch::Keep).await.unwrap();
    assert_eq!(user.omniauth_config_id, Some(IdentityProviderId(12)));
    assert!(!body(&last(&mock)).contains_key("omniauth_config_id"));

    let user = users.update(INSTITUTE, id).omniauth_config_id(Patch::Clear).await.unwrap();
    assert_eq!(user.omniauth_config_id, None);
    assert_eq!(body(&last(&mock))["omniauth_config_id"], json!(""));

    // The last word counts, also when it is to say nothing.
    let call = users.update(INSTITUTE, id).omniauth_config_id(Patch::Clear).omniauth_config_id(Patch::Keep);
    call.receives_reports(true).receives_reports(false).await.unwrap();
    let sent = body(&last(&mock));
    assert_eq!((sent.get("omniauth_config_id"), &sent["receives_reports"]), (None, &json!(false)));
}

#[tokio::test]
async fn a_destroyed_user_is_gone() {
    let mock = mock().await;
    let users = client(mock.address()).users();
    users.destroy(INSTITUTE, UserId(2)).await.unwrap();
    let sent = last(&mock);
    assert_eq!((sent.method.as_str(), sent.path.as_str()), ("DELETE", "/api/v3/institutes/1/users/2"));
    let error = users.destroy(INSTITUTE, UserId(2)).await.unwrap_err();
    assert!(matches!(error, Error::Api(NotAuthorizedOrNotFoundError::NotFound { .. })), "{error:?}");
    assert!(users.show(INSTITUTE, UserId(2)).await.is_err());
}

#[tokio::test]
async fn errors_of_all_operations_are_one_error() {
    let mock = mock().await;
    let users = client(mock.address()).users();
    let all = async || -> Result<UserId, AnyError> {
        let user = users.create(teacher(1)).await?;
        users.update(INSTITUTE, user.id).receives_reports(true).await?;
        users.list(INSTITUTE).stream().try_next().await?;
        users.destroy(INSTITUTE, user.id).await?;
        users.show(INSTITUTE, user.id).await?;
        Ok(user.id)
    };
    let error = all().await.unwrap_err();
    assert_eq!((error.code(), error.status().unwrap().as_u16()), (Some(ErrorCode::NotFound), 404));
    assert_eq!(error.to_string(), "not_found (404): There is no such object");
    let error: &Error<ShowUserError> = error.downcast_ref().unwrap();
    assert!(matches!(error, Error::Api(ShowUserError::NotFound { .. })));

    let error = AnyError::from(users.list(INSTITUTE).limit(301).await.unwrap_err());
    assert_eq!((error.code(), error.status(), error.is_retryable()), (None, None, false));
    let error: Box<dyn std::error::Error + Send + Sync> = error.into();
    assert_eq!(error.to_string(), "`limit` must be at most 300");
}
