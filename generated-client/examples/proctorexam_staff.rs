//! Staff users from a CSV file, a few at a time. A journal keeps what was begun and what came of it: after an
//! interruption nobody is created twice, and nobody who was there before is taken for created.
//!
//! `cargo run --example proctorexam_staff`

use std::{collections::HashMap, fs::File, io::Write as _, path::Path, sync::Arc};

use codegen_mock::Mock;
use generated_client::proctorexam::{
    Client, CreateUser, CreateUserError::EmailTaken, Credentials, Environment, Error, InstituteId, Role,
};
use indicatif::ProgressBar;
use tokio::task::JoinSet;

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/proctorexam");
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Creates those of a file who are not created yet, so many at a time, and says what failed.
pub(crate) async fn import(client: Client, file: &Path, journal: &Path, most: usize) -> Result<Vec<String>, Failure> {
    let written = std::fs::read_to_string(journal).unwrap_or_default();
    let states: HashMap<_, _> = written.lines().filter_map(|line| line.rsplit_once(' ')).collect();
    let journal = Arc::new(File::options().append(true).create(true).open(journal)?);
    let (mut rows, mut failed, mut running) = (HashMap::new(), Vec::new(), JoinSet::new());
    let reader = csv::Reader::from_reader(ProgressBar::new(file.metadata()?.len()).wrap_read(File::open(file)?));
    for (number, row) in (1..).zip(reader.into_deserialize::<(String, String, String, String)>()) {
        let Ok((email, name, role, password)) = row.map_err(|error| failed.push(format!("row {number}: {error}")))
        else {
            continue;
        };
        let who = email.to_lowercase().escape_default().to_string();
        let state = states.get(&*who).copied().unwrap_or("new");
        if let Some(first) = rows.insert(who.clone(), number) {
            failed.push(format!("row {number}: the address of row {first} again"));
        } else if state != "done" {
            // The file has roles in the vendor's words, which are sent as they are.
            let (email, name, role, password) = (email.into(), name.into(), Role::Other(role), password.into());
            let new = CreateUser { institute_id: InstituteId(1), email, name, role, password };
            let create = create(client.clone(), new, journal.clone(), who, state == "begun");
            running.spawn(async move { create.await.map_err(|error| format!("row {number}: {error}")) });
        }
        settle(&mut running, most - 1, &mut failed).await;
    }
    settle(&mut running, 0, &mut failed).await;
    Ok(failed)
}

/// Creates one. Whoever was begun before may have been created then, which the API tells only this time.
async fn create(client: Client, new: CreateUser, journal: Arc<File>, who: String, again: bool) -> Result<(), Failure> {
    writeln!(&*journal, "{who} begun")?;
    let (state, result) = match client.users().create(new).await {
        Ok(_) => ("done", Ok(())),
        Err(Error::Api(EmailTaken)) if again => ("done", Ok(())),
        Err(Error::Api(EmailTaken)) => ("refused", Err("there was such a user before".into())),
        Err(error) => (if again || error.is_outcome_unknown() { "begun" } else { "refused" }, Err(error.into())),
    };
    writeln!(&*journal, "{who} {state}")?;
    result
}

/// Waits until no more are running. Nobody is forgotten: a row in which the program itself fails is one that failed.
async fn settle(running: &mut JoinSet<Result<(), String>>, most: usize, failed: &mut Vec<String>) {
    while running.len() > most {
        let ended = running.join_next().await.unwrap_or(Ok(Ok(())));
        failed.extend(ended.unwrap_or_else(|_| Err("a row: the program failed".to_owned())).err());
    }
}

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Failure> {
    let mock = Mock::start(SPEC).await?;
    let [api_token, secret_key] = ["api_token", "secret_key"].map(|name| mock.credential(name).into());
    let client = Client::builder(Environment::custom(mock.base_url())?);
    let client = client.credentials(Credentials { api_token, secret_key }).build()?;
    let folder = tempfile::tempdir()?;
    let [file, journal] = ["staff.csv", "journal"].map(|name| folder.path().join(name));
    std::fs::write(&file, "email,name,role,password\na@b.co,Ada,teacher,Passw0rd!\nx@b.co,X,teacher,short\n")?;
    import(client, &file, &journal, 4).await?.iter().for_each(|failed| println!("{failed}"));
    Ok(())
}
