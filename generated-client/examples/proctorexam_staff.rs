//! Staff users from a CSV file, with roles in the vendor's words, a few at a time. A journal keeps what was begun and
//! what came of it, and torn lines do not count: nobody is created twice. Whoever was under way and is there is done.
//!
//! `cargo run --example proctorexam_staff`

use std::{collections::HashMap, fs::File, io::Write as _, path::Path, sync::Arc};

use codegen_mock::Mock;
use generated_client::proctorexam::{
    Client, CreateUser, CreateUserError::EmailTaken, Credentials, Environment, Error, InstituteId, Role,
};
use indicatif::ProgressBar;
use tokio::task::JoinSet;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Creates those of a file who are not created yet, so many at a time, and says what failed.
pub(crate) async fn import(client: Client, file: &Path, journal: &Path, most: usize) -> Result<Vec<String>, Failure> {
    let notes = Arc::new(File::options().append(true).create(true).open(journal)?);
    let journal = std::fs::read_to_string(journal)?;
    let lines = journal.lines().filter_map(|line| line.rsplit_once(' '));
    let states: HashMap<_, _> = lines.filter(|(_, state)| ["begun", "done", "refused"].contains(state)).collect();
    let (mut rows, mut failed, mut running, mut taken) = (HashMap::new(), Vec::new(), JoinSet::new(), 0);
    let bar = ProgressBar::new(csv::Reader::from_path(file)?.into_records().count() as u64);
    let mut table = (1..).zip(csv::Reader::from_path(file)?.into_deserialize::<[String; 4]>());
    loop {
        if let Some((number, row)) = (running.len() < most.max(1)).then(|| table.next()).flatten() {
            taken = number;
            if let Ok([email, name, role, password]) = row.map_err(|why| failed.push(format!("row {number}: {why}"))) {
                let who = email.to_lowercase().escape_default().to_string();
                let state = states.get(&*who).copied().unwrap_or("new");
                if let Some(first) = rows.insert(who.clone(), number) {
                    failed.push(format!("row {number}: the address of row {first} again"));
                } else if state != "done" {
                    let (email, name, role, password) = (email.into(), name.into(), Role::Other(role), password.into());
                    let new = CreateUser { institute_id: InstituteId(1), email, name, role, password };
                    let create = create(client.clone(), new, notes.clone(), who, state == "begun");
                    running.spawn(async move { create.await.map_err(|why| format!("row {number}: {}", all(&*why))) });
                }
            }
        } else if let Some(ended) = running.join_next().await {
            failed.extend(ended.unwrap_or_else(|_| Err("a row: the program failed".to_owned())).err());
        } else {
            bar.finish();
            return Ok(failed);
        }
        bar.set_position(taken - running.len() as u64);
    }
}

/// Creates one. Whoever was begun before may have been created then, which the API tells only this time.
async fn create(client: Client, new: CreateUser, notes: Arc<File>, who: String, again: bool) -> Result<(), Failure> {
    (&*notes).write_all(format!("\n{who} begun").as_bytes())?;
    let (state, result) = match client.users().create(new).await {
        Ok(_) => ("done", Ok(())),
        Err(Error::Api(EmailTaken)) if again => ("done", Ok(())),
        Err(Error::Api(EmailTaken)) => ("refused", Err("there was such a user before".into())),
        Err(error) => (if again || error.is_outcome_unknown() { "begun" } else { "refused" }, Err(error.into())),
    };
    (&*notes).write_all(format!("\n{who} {state}").as_bytes())?;
    result
}

/// An error and what it comes of.
fn all(error: &(dyn std::error::Error + 'static)) -> String {
    error.source().map_or_else(|| error.to_string(), |cause| format!("{error}: {}", all(cause)))
}

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Failure> {
    let mock = Mock::start(concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/proctorexam")).await?;
    let [api_token, secret_key] = ["api_token", "secret_key"].map(|name| mock.credential(name).into());
    let api = Client::builder(Environment::custom(mock.base_url())?).credentials(Credentials { api_token, secret_key });
    let folder = tempfile::tempdir()?;
    let [file, journal] = ["staff.csv", "journal"].map(|name| folder.path().join(name));
    std::fs::write(&file, "email,name,role,password\na@b.co,Ada,teacher,Passw0rd!\nx@b.co,X,teacher,short\n")?;
    import(api.build()?, &file, &journal, 4).await?.iter().for_each(|failed| println!("{failed}"));
    Ok(())
}
