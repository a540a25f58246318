//! What of ProctorExam is known by half: methods that are guesses, and signing in.

use generated_client::proctorexam::{
    AnyError, BuildError, Client, Credentials, EndExamStudentSession, Environment, Error, ExamId, InstituteId,
    NotificationType, SignIn, SignInNeeds, StudentSessionId, UserId,
};

use crate::support::{Scripted, client, json, last, mock};

fn end(id: i64) -> EndExamStudentSession {
    EndExamStudentSession {
        id: StudentSessionId(id),
        notification_title: "Over".into(),
        notification_text: "Thank you".into(),
        notification_type: NotificationType::Warning,
    }
}

#[tokio::test]
async fn a_guessed_method_gives_way_to_that_of_the_caller() {
    let mock = mock().await;
    let sessions = client(mock.address()).student_sessions();
    // The session that is there has ended: a proctor is assigned before.
    client(mock.address()).exams().send_emails(ExamId(1)).await.unwrap();
    for method in ["PUT", "POST", "PATCH", "DELETE", "GET"] {
        let assigned = sessions.assign_proctor(StudentSessionId(1), UserId(2)).with_method(method).await.unwrap();
        assert_eq!(assigned.proctor_id, UserId(2), "{method}");
        let sent = last(&mock);
        let has_body = ["PUT", "POST", "PATCH"].contains(&method);
        let is_in_query = sent.query.contains("proctor_id=2");
        assert_eq!((sent.method.as_str(), is_in_query, sent.body.is_empty()), (method, !has_body, !has_body));
    }
    sessions.end_exam(end(1)).await.unwrap();
    assert_eq!(last(&mock).method, "PUT");

    let Err(Error::Invalid(violations)) = sessions.end_exam(end(1)).with_method("CONNECT").await else { panic!() };
    assert_eq!(violations.iter().next().unwrap().parameter, "method");
}

#[tokio::test]
async fn signing_in_takes_no_credentials_and_gives_them() {
    let user = r#"{"id":7,"email":"a@institute.com","name":"Ann","role":"superuser","api_token":"t0ken","secret_key":"k3y",
        "max_proctoring_sessions":null,"disabled":false,"proctoring_sessions_count":0,"deleted":false}"#;
    let server = Scripted::start([json(200, user), json(401, r#"{"error":"Invalid Email or password."}"#)]);
    let environment = || Environment::custom(server.address()).unwrap();
    let stranger = Client::builder(environment()).without_credentials().build().unwrap();
    let sign_in = || SignIn::new(SignInNeeds { email: "a@institute.com".into(), password: "Passw0rd!".into() });
    let signed_in = stranger.users().sign_in(sign_in()).await.unwrap();
    assert_eq!((signed_in.max_proctoring_sessions, signed_in.deleted), (None, Some(false)));
    let Credentials { api_token, secret_key } = signed_in.into();
    assert_eq!((api_token.expose(), secret_key.expose()), ("t0ken", "k3y"));

    // A client that has credentials does not send them.
    let error = client(server.address()).users().sign_in(sign_in()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    for request in server.requests() {
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("POST /users/sign_in.json HTTP/1.1\r\n"), "{head}");
        assert!(!head.to_lowercase().contains("authorization"), "{head}");
        assert_eq!(body, r#"{"user":{"email":"a@institute.com","password":"Passw0rd!"}}"#);
    }
}

#[tokio::test]
async fn a_client_without_credentials_makes_no_other_call() {
    let environment = Environment::custom("http://127.0.0.1:1/api/v3").unwrap();
    assert!(matches!(Client::builder(environment.clone()).build(), Err(BuildError::NoCredentials)));
    let stranger = Client::builder(environment).without_credentials().build().unwrap();
    let error = AnyError::from(stranger.users().list(InstituteId(1)).await.unwrap_err());
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "the client was made without credentials");
    assert!(stranger.request("GET", "/exams").prepare().is_err());
}
