//! A tool of another vendor in an exam, in the four documented steps: the exam, the tool provider, the LTI resource of
//! both, and the exam's document with the resource's placeholder.
//!
//! `cargo run --example proctorexam_lti`

use std::io::Write;

use codegen_mock::Mock;
use generated_client::proctorexam::{
    Client, CreateToolProvider, Credentials, DestroyToolProviderError, Environment, Error, ExamStatus, ExamType,
};

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/proctorexam");

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mock = Mock::start(SPEC).await?;
    let [api_token, secret_key] = ["api_token", "secret_key"].map(|name| mock.credential(name).into());
    let client = Client::builder(Environment::custom(mock.base_url())?);
    let client = client.credentials(Credentials { api_token, secret_key }).build()?;
    set_up(&client, &mut std::io::stdout()).await
}

/// Puts the tool into a new exam, and says what was made.
pub(crate) async fn set_up(client: &Client, out: &mut impl Write) -> Result<(), Box<dyn std::error::Error>> {
    let exam = client.exams().create("With a calculator".into(), ExamType::RecordReview).await?;
    writeln!(out, "1. exam {}", exam.id)?;

    // One provider serves all exams: it is made only where there is none of its name.
    let known = client.tool_providers().list().await?.into_iter().find(|known| known.tool_name == "Calculator");
    let tool = match known {
        Some(tool) => tool,
        None => {
            let new = CreateToolProvider {
                tool_name: "Calculator".into(),
                oauth_consumer_key: "key".into(),
                oauth_consumer_secret: "secret".into(),
            };
            client
                .tool_providers()
                .create(new)
                .tool_url("https://calculator.example/lti")
                .use_as_basic_link(true)
                .await?
        }
    };
    writeln!(out, "2. tool provider {}", tool.id)?;

    let link = client
        .lti_resources()
        .create("The calculator".into(), exam.id, tool.id)
        .lti_custom_data(r#"{"digits":"12"}"#)
        .open_in_new_tab(true)
        .await?;
    writeln!(out, "3. LTI resource {}", link.id)?;

    let text = format!("<p>You may use this:</p>{{{}}}", link.placeholder);
    let document = client.documents().create(exam.id, text).await?;
    writeln!(out, "4. document {}", document.id)?;
    if client.exams().show(exam.id).await?.status != Some(ExamStatus::Open) {
        return Err("the exam is not open".into());
    }

    // What is linked to cannot be deleted, and the error says where the link stands.
    match client.tool_providers().destroy(tool.id).await {
        Err(Error::Api(DestroyToolProviderError::Locked { open_exam })) => {
            for exam in open_exam.iter().flatten() {
                writeln!(out, "the tool provider is in use, in exam {} for example", exam.id)?;
            }
            Ok(())
        }
        other => Err(format!("expected Locked, got {other:?}").into()),
    }
}
