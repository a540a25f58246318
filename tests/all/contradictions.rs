//! Where the vendor's documentation contradicts itself, the spec decides; each decision as it is seen on the wire.
//!
//! The numbers are those of the notes in the spec.

use generated_client::proctorexam::{
    Call, Client, CreateUser, Error, IdentityProviderId, InstituteId, Patch, Prepared, Role, UserId,
};
use serde_json::{Map, Value, json};

use crate::support::{Fixed, INSTITUTE, Scripted, body, builder, client, json, last, mock, teacher};

/// The signature of every documented example.
const PLACEHOLDER: &str = "8aac70c9906ad0812f4fbc34617322f985b4ac978cec861724f142cb572b88ff";

/// A client that makes every call at the moment and with the nonce of the documented examples.
fn documented() -> Client {
    builder("http://127.0.0.1:1/api/v3").clock(Fixed::DOCUMENTED).nonces(Fixed::DOCUMENTED).build().unwrap()
}

/// The text that is signed, with secrets and personal data masked.
fn canonical(prepared: &Prepared) -> &str {
    prepared.explanation().steps().iter().find(|step| step.name() == "canonical").unwrap().text()
}

fn members(prepared: &Prepared) -> Map<String, Value> {
    serde_json::from_slice(prepared.request().body()).unwrap()
}

fn user(member: &str) -> Vec<u8> {
    json(200, &format!(r#"{{"user":{{"id":7,"email":"e","name":"n","role":"teacher",{member}}}}}"#))
}

#[tokio::test]
async fn contradiction_01_an_update_is_a_patch_of_the_users_path() {
    let mock = mock().await;
    client(mock.address()).users().update(INSTITUTE, UserId(2)).receives_reports(true).await.unwrap();
    let request = last(&mock);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("PATCH", "/api/v3/institutes/1/users/2"));
}

#[tokio::test]
async fn contradiction_02_the_nonce_is_a_number() {
    let mock = mock().await;
    client(mock.address()).users().create(teacher(1)).await.unwrap();
    assert!(body(&last(&mock))["nonce"].is_i64());
    let prepared = documented().users().create(teacher(1)).prepare().unwrap();
    assert_eq!(members(&prepared)["nonce"], json!(1_527_500_365));
    assert!(canonical(&prepared).contains("?nonce=1527500365?"), "the signed text is the same for a text");
}

#[test]
fn contradiction_03_the_timestamp_is_a_number() {
    let prepared = documented().users().create(teacher(1)).prepare().unwrap();
    assert_eq!(members(&prepared)["timestamp"], json!(1_527_500_365_052_i64));
}

#[test]
fn contradiction_04_the_documented_signature_is_a_placeholder() {
    let users = documented().users();
    let documented = [
        members(&users.create(teacher(1)).prepare().unwrap())["signature"].clone(),
        members(&users.update(INSTITUTE, UserId(7)).receives_reports(true).prepare().unwrap())["signature"].clone(),
    ];
    assert_ne!(documented[0], documented[1]);
    assert!(!documented.contains(&json!(PLACEHOLDER)));
}

#[test]
fn contradiction_05_the_institute_is_in_the_path_and_signed() {
    let prepared = documented().users().list(INSTITUTE).page(1).prepare().unwrap();
    assert_eq!(prepared.request().uri().path(), "/api/v3/institutes/1/users");
    assert_eq!(canonical(&prepared), "institute_id=1?nonce=1527500365?page=1?timestamp=1527500365052");
}

#[test]
fn contradiction_06_ids_of_the_path_are_signed() {
    let users = documented().users();
    let signed = "id=7?institute_id=1?nonce=1527500365?timestamp=1527500365052";
    assert_eq!(canonical(&users.show(INSTITUTE, UserId(7)).prepare().unwrap()), signed);
    assert_eq!(canonical(&users.update(INSTITUTE, UserId(7)).prepare().unwrap()), signed);
    assert_eq!(canonical(&users.destroy(INSTITUTE, UserId(7)).prepare().unwrap()), signed);
    assert_ne!(canonical(&users.show(InstituteId(7), UserId(1)).prepare().unwrap()), signed);
}

#[test]
fn contradiction_07_pairs_are_joined_by_a_question_mark() {
    let prepared = documented().users().create(teacher(1)).prepare().unwrap();
    assert_eq!(canonical(&prepared).split('?').count(), 8);
    assert!(!canonical(&prepared).contains('&'));
}

#[tokio::test]
async fn contradiction_08_the_documented_password_is_refused() {
    let mock = mock().await;
    let new = CreateUser { password: "password1".into(), ..teacher(1) };
    let error = client(mock.address()).users().create(new).await.unwrap_err();
    let Error::Invalid(violations) = error else { panic!("{error:?}") };
    let found: Vec<_> = violations.iter().map(|violation| violation.constraint).collect();
    assert_eq!(found, ["contains_upper", "contains_special"]);
    assert_eq!(mock.requests(), []);
}

#[tokio::test]
async fn contradiction_09_roles_are_in_lower_case_and_unknown_ones_are_kept() {
    let users = documented().users();
    let role = |role| members(&users.create(CreateUser { role, ..teacher(1) }).prepare().unwrap())["role"].clone();
    assert_eq!(role(Role::Administrator), json!("administrator"));
    assert_eq!(role(Role::GlobalProctor), json!("global_proctor"));
    assert_eq!(role(Role::Other("Administration".into())), json!("Administration"));

    let server = Scripted::once(json(200, r#"{"user":{"id":7,"email":"e","name":"n","role":"Administration"}}"#));
    let user = client(server.address()).users().show(INSTITUTE, UserId(7)).await.unwrap();
    assert_eq!(user.role, Role::Other("Administration".into()));
    assert_eq!(role(user.role), json!("Administration"), "it is sent as it came");
}

#[tokio::test]
async fn contradiction_10_the_identity_provider_is_sent_as_a_number_and_read_as_either() {
    let call = documented().users().create(teacher(1)).omniauth_config_id(IdentityProviderId(1));
    assert_eq!(members(&call.prepare().unwrap())["omniauth_config_id"], json!(1));
    for (text, read) in [(r#""1""#, Some(1)), ("1", Some(1)), ("null", None), (r#""""#, None)] {
        let server = Scripted::once(user(&format!(r#""omniauth_config_id":{text}"#)));
        let user = client(server.address()).users().show(INSTITUTE, UserId(7)).await.unwrap();
        assert_eq!(user.omniauth_config_id, read.map(IdentityProviderId), "{text}");
    }
}

#[test]
fn contradiction_11_empty_means_left_out_when_creating_and_an_empty_text_when_updating() {
    let users = documented().users();
    let created = members(&users.create(teacher(1)).prepare().unwrap());
    assert!(!created.contains_key("omniauth_config_id"));
    let update = |patch: Patch<_>| users.update(INSTITUTE, UserId(7)).omniauth_config_id(patch).prepare().unwrap();
    let cleared = update(Patch::Clear);
    assert_eq!(members(&cleared)["omniauth_config_id"], json!(""));
    assert!(canonical(&cleared).ends_with("?omniauth_config_id=?timestamp=1527500365052"), "{}", canonical(&cleared));
    assert!(!members(&update(Patch::Keep)).contains_key("omniauth_config_id"));
}

#[tokio::test]
async fn contradiction_12_and_13_examples_are_read_as_repaired_only() {
    let list = |comma| {
        let user = |id| format!(r#"{{"id":{id},"email":"e","name":"n"{comma} "role":"teacher"}}"#);
        json(200, &format!(r#"{{"users":[{},{}]}}"#, user(1), user(2)))
    };
    let users = |answer| {
        let server = Scripted::once(answer);
        client(server.address()).users().list(INSTITUTE).into_future()
    };
    assert_eq!(users(list(",")).await.unwrap().items.len(), 2);
    let Error::Decode(answer) = users(list("")).await.unwrap_err() else { panic!("it was read") };
    assert_eq!(answer.cause().path(), "users[0]");

    let server = Scripted::once(user(r#""omniauth_config_id":"1","#));
    let error = client(server.address()).users().show(INSTITUTE, UserId(7)).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

#[tokio::test]
async fn contradiction_31_the_token_is_not_in_quotes() {
    let mock = mock().await;
    client(mock.address()).users().list(INSTITUTE).await.unwrap();
    let request = last(&mock);
    assert_eq!(request.header("authorization"), Some("Token token=test-api_token"));
    assert_eq!(request.header("accept"), Some("application/vnd.procwise.v3"));
}

#[tokio::test]
async fn contradiction_36_what_reads_or_deletes_has_a_query_and_no_body() {
    let mock = mock().await;
    let users = client(mock.address()).users();
    users.list(INSTITUTE).page(1).await.unwrap();
    users.show(INSTITUTE, UserId(1)).await.unwrap();
    users.destroy(INSTITUTE, UserId(1)).await.unwrap();
    for request in mock.requests() {
        assert_eq!((request.body.len(), request.header("content-type")), (0, None), "{request:?}");
        assert!(request.query.contains("timestamp=") && request.query.contains("signature="), "{request:?}");
    }
}

#[test]
fn contradiction_37_parameters_are_signed_in_byte_order() {
    let users = documented().users();
    let signed = |call: Call<_>| canonical(&call.prepare().unwrap()).to_owned();
    let expected = "institute_id=1?limit=5?nonce=1527500365?page=2?timestamp=1527500365052";
    assert_eq!(signed(users.list(INSTITUTE).page(2).limit(5)), expected);
    assert_eq!(signed(users.list(INSTITUTE).limit(5).page(2)), expected);
}
