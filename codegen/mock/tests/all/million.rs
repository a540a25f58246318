//! Objects that are made when they are asked for.

use codegen_mock::Mock;
use serde_json::{Value, json};

use crate::caller::{Answer, Call, builder, create};

async fn start(count: u64) -> Mock {
    builder().synthesise("users", count).start().await.unwrap()
}

fn page(mock: &Mock, page: u64, limit: u64) -> Answer {
    let (page, limit) = (page.to_string(), limit.to_string());
    Call::new("GET", "/institutes/1/users").text("page", &page).text("limit", &limit).send(mock)
}

fn users(mock: &Mock, number: u64, limit: u64) -> Vec<Value> {
    page(mock, number, limit).json()["users"].as_array().unwrap().clone()
}

fn show(mock: &Mock, id: u64) -> Answer {
    Call::new("GET", &format!("/institutes/1/users/{id}")).send(mock)
}

#[tokio::test]
async fn a_list_and_a_show_agree_about_each() {
    let mock = start(1_000_000).await;
    assert_eq!(page(&mock, 1, 300).header("X-Pagination-Item-Count"), Some("1000002"));
    for number in [1, 2, 1_700, 3_334] {
        for user in users(&mock, number, 300).iter().step_by(97) {
            let id = user["id"].as_u64().unwrap();
            assert_eq!(show(&mock, id).json()["user"], *user);
            if id > 2 {
                assert_eq!(user["email"], format!("user{id}@proctorexam.com"));
            }
        }
    }
    assert_eq!(users(&mock, 3_334, 300).len(), 102);
    assert_eq!(show(&mock, 1_000_003).status, 404);
    assert_eq!(Call::new("GET", "/institutes/2/users/7").send(&mock).status, 404);
}

#[tokio::test]
async fn each_can_be_changed_and_removed() {
    let mock = start(1_000_000).await;
    assert_eq!(Call::new("DELETE", "/institutes/1/users/10").send(&mock).status, 200);
    assert_eq!(show(&mock, 10).status, 404);
    let ids =
        |number| -> Vec<u64> { users(&mock, number, 4).iter().map(|user| user["id"].as_u64().unwrap()).collect() };
    assert_eq!((ids(2), ids(3)), (vec![5, 6, 7, 8], vec![9, 11, 12, 13]));
    let change = Call::new("PATCH", "/institutes/1/users/12").raw("omniauth_config_id", "4", "4").send(&mock);
    assert_eq!(change.json()["user"]["email"], "user12@proctorexam.com");
    assert_eq!(ids(3), [9, 11, 12, 13], "it stays where it was");
    assert_eq!(users(&mock, 3, 4)[2]["omniauth_config_id"], 4);
    assert_eq!(page(&mock, 1, 1).header("X-Pagination-Item-Count"), Some("1000001"));

    assert_eq!(create("user999999@proctorexam.com").send(&mock).status, 422, "it is taken");
    assert_eq!(create("user10@proctorexam.com").send(&mock).json()["user"]["id"], 1_000_003, "it was removed");
    assert_eq!(users(&mock, 1_000_002, 1)[0]["email"], "user10@proctorexam.com");
}

#[tokio::test]
async fn their_number_costs_nothing() {
    // So many fit into no memory.
    let mock = start(u64::MAX).await;
    let last = show(&mock, i64::MAX as u64 - 1).json();
    assert_eq!(last["user"]["name"], json!(format!("ProctorExam User {}", i64::MAX - 1)));
    assert_eq!(users(&mock, 1, 300).len(), 300);
    assert_eq!(create("last@x.test").send(&mock).json()["user"]["id"], i64::MAX);
    assert_eq!(create("n@x.test").send(&mock).status, 409, "there is no number left");
}
