//! A program in which nothing is async: the calls are the same, and are waited for.
//!
//! `cargo run --example blocking --features blocking`

use std::io;

use codegen_mock::Mock;
use generated_client::proctorexam::blocking::Wait;
use generated_client::proctorexam::{
    Client, CreateUser, CreateUserError, Credentials, Environment, Error, ExamId, InstituteId, Role, Upload,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mock = mock()?;
    let client = Client::builder(Environment::custom(mock.base_url())?)
        .credentials(Credentials {
            api_token: mock.credential("api_token").into(),
            secret_key: mock.credential("secret_key").into(),
        })
        .build()?;
    let institute = InstituteId(1);

    for number in 1..=2 {
        match client.users().create(teacher(institute, number)).wait() {
            Ok(user) => println!("create: {} {}", user.id, user.email),
            Err(Error::Api(CreateUserError::EmailTaken)) => println!("create: there is such a user already"),
            Err(error) => return Err(error.into()),
        }
    }

    println!("a list is an iterator, whose pages are fetched when it comes to them:");
    for user in client.users().list(institute).limit(2).stream().wait() {
        let user = user?;
        println!("  {} {}", user.id, user.email);
    }

    let plan = Upload::bytes("plan.txt", "from ten to twelve").content_type("text/plain");
    let attachment = client.attachments().create(ExamId(1), plan).wait()?;
    println!("upload: attachment {}", attachment.id);

    println!("calls of several threads at once:");
    let counts = std::thread::scope(|scope| {
        let count = || client.users().list(institute).wait().map(|page| page.items.len());
        let threads = [scope.spawn(count), scope.spawn(count)];
        threads.map(|thread| thread.join().map_err(|_| io::Error::other("a thread broke down")))
    });
    for count in counts {
        println!("  {} users", count??);
    }
    Ok(())
}

/// The mock has a thread of its own, and needs no runtime once it is started.
fn mock() -> io::Result<Mock> {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/proctorexam");
    tokio::runtime::Builder::new_current_thread().build()?.block_on(Mock::start(spec))
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
