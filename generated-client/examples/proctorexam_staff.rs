//! Staff users from a CSV file: a few at a time, with a report of what failed, and nobody twice after an interruption.
//!
//! `cargo run --example proctorexam_staff`

use std::collections::HashSet;

use codegen_mock::Mock;
use generated_client::proctorexam::{
    AnyError, Client, CreateUser, Credentials, Environment, ErrorCode, InstituteId, Role,
};
use indicatif::ProgressBar;
use tokio::task::JoinSet;

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/proctorexam");
const INSTITUTE: InstituteId = InstituteId(1);
const AT_A_TIME: usize = 4;
type Running = JoinSet<(usize, Result<(), AnyError>)>;

/// Creates those who are not there yet, and says what failed.
async fn import(client: Client, file: String) -> Result<Vec<String>, AnyError> {
    // Whoever was created before an interruption is there.
    let mut known = HashSet::new();
    let mut users = client.users().list(INSTITUTE).stream();
    while let Some(user) = users.try_next().await? {
        known.insert(user.email.to_lowercase());
    }
    let lines = csv::Reader::from_reader(file.as_bytes()).into_deserialize::<(String, String, String, String)>();
    let lines: Vec<_> = lines.collect();
    let (bar, mut failed, mut running) = (ProgressBar::new(lines.len() as u64), Vec::new(), Running::new());
    for (number, line) in (2..).zip(lines) {
        match line {
            Err(error) => failed.push(format!("line {number}: {error}")),
            Ok((email, ..)) if !known.insert(email.to_lowercase()) => bar.inc(1),
            Ok((email, name, role, password)) => {
                let (email, name, password) = (email.into(), name.into(), password.into());
                // The file has roles in the vendor's words, which are sent as they are.
                let role = Role::Other(role);
                let call = client.users().create(CreateUser { institute_id: INSTITUTE, email, name, password, role });
                running.spawn(async move { (number, call.await.map(drop).map_err(AnyError::from)) });
            }
        }
        settle(&mut running, AT_A_TIME - 1, &mut failed, &bar).await;
    }
    settle(&mut running, 0, &mut failed, &bar).await;
    bar.finish();
    Ok(failed)
}

/// Waits until no more are running. A call that was cut off may have created the user, which only the next one is told.
async fn settle(running: &mut Running, most: usize, failed: &mut Vec<String>, bar: &ProgressBar) {
    while running.len() > most {
        let Some(Ok((number, result))) = running.join_next().await else { continue };
        let error = result.err().filter(|error| error.code() != Some(ErrorCode::EmailTaken));
        failed.extend(error.map(|error| format!("line {number}: {error}")));
        bar.inc(1);
    }
}

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mock = Mock::start(SPEC).await?;
    let [api_token, secret_key] = ["api_token", "secret_key"].map(|name| mock.credential(name).into());
    let client = Client::builder(Environment::custom(mock.base_url())?);
    let client = client.credentials(Credentials { api_token, secret_key }).build()?;
    let people: String = (1..=40).map(|n| format!("p{n}@institute.com,\"P, {n}\",teacher,Passw0rd!\n")).collect();
    let file = format!("email,name,role,password\n{people}x@institute.com,X,teacher,short\n");

    let first = tokio::spawn(import(client.clone(), file.clone()));
    while mock.requests().len() < 20 {
        tokio::task::yield_now().await;
    }
    first.abort();
    println!("interrupted: {}", first.await.is_err_and(|error| error.is_cancelled()));
    for failed in import(client.clone(), file).await? {
        println!("{failed}");
    }
    let there = client.users().list(INSTITUTE).await?.items.len();
    if there == 42 { Ok(()) } else { Err(format!("there are {there} users").into()) }
}
