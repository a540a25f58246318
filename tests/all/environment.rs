//! Credentials and secrets from the environment, in a process of their own: no other can be given variables safely.

use std::process::Command;

use generated_client::{proctorexam, proctoru};

use crate::support::{Hasty, INSTITUTE, mock};

#[test]
fn credentials_are_read_from_the_variables_that_the_spec_names() {
    let variables = [
        ("PROCTOREXAM_API_TOKEN", "test-api_token"),
        ("PROCTOREXAM_SECRET_KEY", "test-secret_key"),
        ("PROCTORU_WEBHOOK_SECRET", "test-secret"),
    ];
    let told = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "environment::with_variables", "--ignored"])
        .envs(variables)
        .env_remove("PROCTORU_API_KEY")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&told.stdout);
    assert!(told.contains("test result: ok. 1 passed"), "{told}");
}

/// The mock takes these credentials alone, each in its place.
#[tokio::test]
#[ignore = "has its variables from the test above"]
async fn with_variables() {
    let mock = mock().await;
    let environment = proctorexam::Environment::custom(mock.address()).unwrap();
    let credentials = proctorexam::Credentials::from_env().unwrap();
    let client = proctorexam::Client::builder(environment).credentials(credentials).timer(Hasty).build().unwrap();
    assert_eq!(client.users().list(INSTITUTE).await.unwrap().items.len(), 2);

    assert!(proctoru::WebhookVerifier::from_env().is_ok());
    let missing = proctoru::Credentials::from_env().unwrap_err();
    assert!(missing.to_string().contains("PROCTORU_API_KEY"), "{missing}");
}
