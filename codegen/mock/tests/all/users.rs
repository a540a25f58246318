//! What the operations do to the users that the mock remembers.

use codegen_mock::Mock;
use serde_json::{Value, json};

use crate::caller::{Answer, Call, create, start};

fn fields(value: &Value) -> Vec<&str> {
    let mut names: Vec<_> = value.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

fn list(mock: &Mock, page: &[(&str, &str)]) -> Answer {
    let call = page.iter().fold(Call::new("GET", "/institutes/1/users"), |call, (name, value)| call.text(name, value));
    call.send(mock)
}

#[tokio::test]
async fn a_list_has_the_documented_items_and_headers() {
    let mock = start().await;
    let answer = list(&mock, &[]);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.header("content-type"), Some("application/json; charset=utf-8"));
    assert_eq!(answer.header("X-Pagination-Item-Count"), Some("2"));
    assert_eq!(answer.header("X-Pagination-Page-Count"), Some("1"));
    assert_eq!(answer.header("X-Pagination-Page"), Some("1"));
    assert_eq!(answer.header("X-Pagination-Limit"), Some("300"));
    assert_eq!(
        answer.json()["users"][1],
        json!({
            "id": 2, "email": "teacher@proctorexam.com", "name": "ProctorExam Teacher", "role": "teacher",
            "logo_image": "/logo_images/original/missing.png", "institute_name": "ProctorExam",
            "omniauth_config_id": null
        })
    );
}

#[tokio::test]
async fn pages_are_stretches_of_the_list() {
    let mock = start().await;
    for index in 0..3 {
        assert_eq!(create(&format!("{index}@x.test")).send(&mock).status, 200);
    }
    let ids = |answer: &Answer| -> Vec<i64> {
        answer.json()["users"].as_array().unwrap().iter().map(|user| user["id"].as_i64().unwrap()).collect()
    };
    let second = list(&mock, &[("page", "2"), ("limit", "2")]);
    assert_eq!(ids(&second), [3, 4]);
    assert_eq!(second.header("X-Pagination-Page-Count"), Some("3"));
    assert_eq!(second.header("X-Pagination-Page"), Some("2"));
    assert_eq!(ids(&list(&mock, &[("page", "3"), ("limit", "2")])), [5]);
    assert!(ids(&list(&mock, &[("page", "9223372036854775807")])).is_empty());
    assert_eq!(list(&mock, &[("limit", "301")]).status, 422);
}

#[tokio::test]
async fn lists_keep_to_their_institute() {
    let mock = start().await;
    let none = Call::new("GET", "/institutes/2/users").send(&mock);
    assert_eq!(none.status, 404);
    assert!(none.json()["error"].as_str().unwrap().ends_with("'id'='2'"), "{none:?}");
    assert_eq!(Call::new("POST", "/institutes").text("name", "Other").text("short_name", "o").send(&mock).status, 200);
    let other = Call::new("GET", "/institutes/2/users").send(&mock);
    assert_eq!(other.both(), (200, json!({"users": []})));
    assert_eq!(other.header("X-Pagination-Item-Count"), Some("0"));
    assert_eq!(Call::new("GET", "/institutes/2/users/1").send(&mock).status, 404);
}

#[tokio::test]
async fn a_user_lives_from_create_to_destroy() {
    let mock = start().await;
    let created = create("new@x.test").send(&mock);
    assert_eq!(created.status, 200, "{created:?}");
    let user = created.json()["user"].clone();
    assert_eq!(fields(&user).len(), 25);
    assert_eq!(user["id"], 3);
    assert_eq!(user["institute_id"], 1);
    assert_eq!(user["email"], "new@x.test");
    assert_eq!(user["created_at"], "2023-11-14T22:13:20.000+00:00");
    assert_eq!(user["student_number"], Value::Null);
    assert_eq!(user["invitation_created_at"], Value::Null);
    assert_eq!(user["omniauth_config_id"], Value::Null);
    assert_ne!(user["api_token"], "jq560vN9KZdAdFtOYH5xXw");
    assert!(!created.body.contains("Passw0rd"));

    let shown = Call::new("GET", "/institutes/1/users/3").send(&mock).json()["user"].clone();
    assert_eq!(fields(&shown), ["email", "id", "institute_name", "logo_image", "name", "omniauth_config_id", "role"]);
    assert_eq!(shown["email"], "new@x.test");

    let updated = Call::new("PATCH", "/institutes/1/users/3")
        .raw("receives_reports", "true", "true")
        .text("report_frequency", "month")
        .raw("omniauth_config_id", "4", "4")
        .send(&mock);
    let updated = updated.json()["user"].clone();
    assert_eq!(updated["receives_reports"], true);
    assert_eq!(updated["report_frequency"], "month");
    assert_eq!(updated["omniauth_config_id"], 4);
    assert_eq!(updated["api_token"], user["api_token"]);

    let cleared = Call::new("PATCH", "/institutes/1/users/3").text("omniauth_config_id", "").send(&mock);
    assert_eq!(cleared.json()["user"]["omniauth_config_id"], Value::Null);
    assert_eq!(cleared.json()["user"]["report_frequency"], "month");

    assert_eq!(Call::new("DELETE", "/institutes/1/users/3").send(&mock).both(), (200, json!({})));
    let gone = json!({"error": "Couldn't find User with 'id'='3'"});
    assert_eq!(Call::new("GET", "/institutes/1/users/3").send(&mock).both(), (404, gone.clone()));
    assert_eq!(Call::new("DELETE", "/institutes/1/users/3").send(&mock).both(), (404, gone.clone()));
    assert_eq!(Call::new("PATCH", "/institutes/1/users/3").send(&mock).both(), (404, gone));
    assert_eq!(create("again@x.test").send(&mock).json()["user"]["id"], 4);
}

#[tokio::test]
async fn an_update_of_a_user_that_was_there_answers_every_field() {
    let mock = start().await;
    let answer = Call::new("PATCH", "/institutes/1/users/2").raw("receives_reports", "false", "false").send(&mock);
    let user = answer.json()["user"].clone();
    assert_eq!(fields(&user).len(), 25);
    assert_eq!((&user["id"], &user["email"]), (&json!(2), &json!("teacher@proctorexam.com")));
    assert_eq!(user["receives_reports"], false);
}

#[tokio::test]
async fn an_address_is_taken_once() {
    let mock = start().await;
    let taken = create("teacher@proctorexam.com").send(&mock);
    assert_eq!(taken.both(), (422, json!({"error": {"email": ["has already been taken"]}})));
    assert_eq!(list(&mock, &[]).header("X-Pagination-Item-Count"), Some("2"));
}

#[tokio::test]
async fn an_identity_provider_is_a_number_whatever_it_came_as() {
    let mock = start().await;
    let created = create("idp@x.test").text("omniauth_config_id", "1").send(&mock);
    assert_eq!(created.json()["user"]["omniauth_config_id"], 1);
}
