//! A first tour of the ProctorExam client, against a mock server that behaves as the spec says.
//!
//! `cargo run --example quickstart`, and with `-- --explain` also how one call is signed.

use codegen_mock::Mock;
use generated_client::proctorexam::{
    AnyError, Client, CreateUser, CreateUserError, Credentials, Environment, Error, IdentityProviderId, InstituteId,
    Patch, ReportFrequency, Role,
};

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/proctorexam");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let explain = std::env::args().any(|argument| argument == "--explain");
    let mock = Mock::start(SPEC).await?;
    println!("The mock serves ProctorExam at {}", mock.base_url());

    let client = Client::builder(Environment::custom(mock.base_url())?)
        .credentials(Credentials {
            api_token: mock.credential("api_token").into(),
            secret_key: mock.credential("secret_key").into(),
        })
        .build()?;
    let institute = InstituteId(1);
    if explain {
        let call = client.users().create(teacher(institute, 0)).prepare()?;
        println!("\nHow a call is signed, secrets masked:\n{}", call.explanation());
    }

    let page = client.users().list(institute).limit(1).await?;
    // The totals are in headers, which an answer may lack.
    let said = |total: Option<i64>| total.map_or_else(|| "?".to_owned(), |total| total.to_string());
    let (number, pages, items) = (said(page.number), said(page.total_pages), said(page.total_items));
    println!("\nlist: page {number} of {pages}, {items} users in all");
    for user in &page {
        println!("  {} {} ({})", user.id, user.email, user.role);
    }

    for number in 1..=3 {
        let user = client.users().create(teacher(institute, number)).await?;
        println!("create: {} {} ({})", user.id, user.email, user.role);
    }

    println!("stream, two a page:");
    let mut all = client.users().list(institute).limit(2).stream();
    while let Some(user) = all.try_next().await? {
        println!("  {} {}", user.id, user.email);
    }

    let weak = CreateUser { password: "password1".into(), ..teacher(institute, 4) };
    match client.users().create(weak).await {
        Err(Error::Invalid(violations)) => {
            println!("create with the documented example's password is refused before it is sent:");
            for violation in &violations {
                println!("  {}: {} ({})", violation.parameter, violation.message, violation.constraint);
            }
        }
        other => return Err(format!("expected violations, got {other:?}").into()),
    }

    match client.users().create(teacher(institute, 1)).await {
        Err(Error::Api(CreateUserError::EmailTaken)) => println!("create once more: there is such a user already"),
        other => return Err(format!("expected EmailTaken, got {other:?}").into()),
    }

    match report_weekly(&client, institute).await? {
        Some(frequency) => println!("update: reports go out every {frequency}"),
        None => println!("update: no reports"),
    }
    Ok(())
}

/// One error type for all calls: `?` converts each operation's own.
async fn report_weekly(client: &Client, institute: InstituteId) -> Result<Option<ReportFrequency>, AnyError> {
    let user = client.users().create(teacher(institute, 5)).await?;
    let user = client
        .users()
        .update(institute, user.id)
        .receives_reports(true)
        .report_frequency(ReportFrequency::Week)
        .omniauth_config_id(IdentityProviderId(1))
        .await?;
    let user = client.users().update(institute, user.id).omniauth_config_id(Patch::Clear).await?;
    client.users().destroy(institute, user.id).await?;
    Ok(user.report_frequency)
}

fn teacher(institute_id: InstituteId, number: u32) -> CreateUser {
    CreateUser {
        institute_id,
        email: format!("teacher{number}@institute.com").into(),
        name: "Teacher name".into(),
        password: "Passw0rd!".into(),
        role: Role::Teacher,
    }
}
