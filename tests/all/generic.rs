//! Code over any call, as applications write it for logging, metrics or a queue of their own.

use generated_client::proctorexam::{Call, Error, Items, Operation, Paged, UserId};

use crate::support::{INSTITUTE, client, mock};

/// Makes any call, and says in one line how it ended.
async fn told<O: Operation>(call: Call<O>) -> (Option<O::Output>, String) {
    match call.await {
        Ok(value) => (Some(value), format!("{}: done", O::ID)),
        Err(Error::Api(error)) => (None, format!("{}: {error}", O::ID)),
        Err(error) => (None, error.to_string()),
    }
}

async fn count<O: Paged>(mut items: Items<O>) -> usize {
    let mut count = 0;
    while items.try_next().await.is_ok_and(|item| item.is_some()) {
        count += 1;
    }
    count
}

#[tokio::test]
async fn one_function_makes_calls_of_any_operation() {
    let mock = mock().await;
    let users = client(mock.address()).users();
    let (page, line) = told(users.list(INSTITUTE)).await;
    assert_eq!((page.unwrap().items.len(), line.as_str()), (2, "users.list: done"));
    assert_eq!(count(users.list(INSTITUTE).stream()).await, 2);
    let (user, line) = told(users.show(INSTITUTE, UserId(999))).await;
    assert_eq!((user, line.as_str()), (None, "users.show: not_found (404): There is no such object"));
}
